"""The run of the round before is proved untouched before a word of it is believed."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from godwit.records.errors import InputRefused, RunTampered
from godwit.records.evidence.previous_run import open_previous, remember_round, round_facts
from godwit.records.evidence.seal import exact_json, seal
from godwit.records.rounds.round import Previous
from tests.support.agreeing import TERM, caused
from tests.support.staged import put, tables

MANIFEST: dict[str, Any] = {
    "run": "run-1", "kind": "compare", "godwit_version": "1", "started_at": "2026-11-21T09:30:00+00:00",
    "inputs": [{"side": "source", "sha256": "aa"}, {"side": "target", "sha256": "bb"}],
    "definitions": [{"name": "a.yaml", "edition": "1", "sha256": "cc"}],
}  # fmt: skip
ROUNDS = {
    "round": 2,
    "causes": [{"cause": "x", "title": "Old"}, {"cause": "y", "title": ""}],
    "history": [{"round": 1}],
}
SUMMARY: dict[str, Any] = {
    "source": {"system": "emis"}, "target": {"system": "tpp"}, "rounds": ROUNDS,
    "causes": [{"cause": "z", "title": "Now"}],
}  # fmt: skip


def run(folder: Path, summary: dict[str, Any] = SUMMARY, memory: bool = True, **manifest: Any) -> Path:
    folder.mkdir()
    (folder / "summary.json").write_bytes(exact_json(summary).encode())
    if memory:
        (folder / "rounds.parquet").write_bytes(b"")
    seal(folder, MANIFEST | manifest, [one.name for one in folder.iterdir()])
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(InputRefused) as error:
        open_previous(folder)
    assert error.value.place == folder.name
    return error.value.rule


def test_what_the_next_round_needs_to_know(tmp_path: Path) -> None:
    found = open_previous(run(tmp_path / "run-1"))
    assert (found.run, found.round, found.history) == ("run-1", 2, [{"round": 1}])
    assert found.titles == {"x": "Old", "z": "Now"}
    assert found.facts.systems == ("emis", "tpp")
    assert found.facts.started_at == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert found.facts.files("target") == ["bb"]


def test_a_run_that_was_touched(tmp_path: Path) -> None:
    folder = run(tmp_path / "run-1")
    (folder / "rounds.parquet").write_bytes(b"x")
    with pytest.raises(RunTampered):
        open_previous(folder)


def test_what_cannot_be_the_round_before(tmp_path: Path) -> None:
    assert refused(run(tmp_path / "delta", kind="delta")) == "round.not_a_comparison"
    assert refused(run(tmp_path / "old", memory=False)) == "round.no_memory"
    without = {name: value for name, value in SUMMARY.items() if name != "rounds"}
    assert refused(run(tmp_path / "older", without)) == "round.no_memory"


def test_other_rules_have_another_fingerprint() -> None:
    here = round_facts(MANIFEST, ("emis", "tpp"))
    assert here.rules == round_facts(dict(MANIFEST), ("emis", "tpp")).rules
    assert here.rules != round_facts(MANIFEST | {"godwit_version": "2"}, ("emis", "tpp")).rules
    assert here.rules != round_facts(MANIFEST | {"definitions": []}, ("emis", "tpp")).rules


def told(folder: Path, number: int, wrong: int, previous: Previous | None) -> Path:
    """A run with `wrong` findings in one record each, sealed with its memory of rounds."""
    folder.mkdir()
    (folder / "work").mkdir()
    manifest = MANIFEST | {"started_at": f"2026-11-2{number}T09:30:00+00:00"}
    summary = SUMMARY | {"run": folder.name, "causes": [{"cause": TERM, "title": "Terms"}]}
    earlier = [previous.folder] if previous else []
    with tables(folder / "work", entities=("patient", "observation"), reads=earlier) as duck:
        for side in ("source", "target"):
            put(duck, side, "patient", {"nhs_number": "9000000001"})
            put(duck, side, "observation", *({"local_id": f"id{n}"} for n in range(3)))
        caused(duck, ({} for _ in range(wrong)))
        summary["rounds"] = remember_round(duck, folder, manifest, summary, previous)
    shutil.rmtree(folder / "work")
    (folder / "summary.json").write_bytes(exact_json(summary).encode())
    seal(folder, manifest, [one.name for one in folder.iterdir()])
    return folder


def test_one_sealed_run_after_another(tmp_path: Path) -> None:
    first = open_previous(told(tmp_path / "run-1", 1, 3, None))
    second = open_previous(told(tmp_path / "run-2", 2, 1, first))
    assert [one["found"] for one in second.history] == [1]  # the same files: no further round
    assert second.round == 1
    (row,) = json.loads((second.folder / "summary.json").read_text("utf-8"))["rounds"]["causes"]
    assert (row["title"], row["still"], row["fixed"]) == ("Terms", 1, 2)
    with pytest.raises(InputRefused) as error:
        told(tmp_path / "run-3", 1, 1, second)
    assert error.value.rule == "round.later"
