"""Two extracts of one system in, a sealed run of what changed out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from godwit.cli.delta import make_delta, show_delta
from godwit.records.bulk.loading import Opening
from godwit.records.duck import read_parquet
from godwit.records.errors import InputRefused
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.seal import MANIFEST, OUTPUTS, verify
from tests.support.small_extracts import Cells, guid, observation, patient, write

KEEPER = Keeper("somebody", "2026-12-31")
NOW = datetime(2026, 2, 1, tzinfo=UTC)
PATIENTS = [patient(1), patient(2)]
ENTRIES = [observation(11, 1), observation(12, 1), observation(21, 2)]


def delta(before: Path, after: Path, out: Path) -> dict[str, Any]:
    return make_delta((before, after), None, out, KEEPER, Opening(), quiet=True, now=lambda: NOW)


def feed(folder: Path, number: int, patients: Sequence[Cells], entries: Sequence[Cells]) -> Path:
    return write(folder, number, {"Admin_Patient": patients, "CareRecord_Observation": entries})


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return feed(tmp_path / "before", 1, PATIENTS, ENTRIES)


def test_what_changed_is_counted_kept_whole_and_sealed(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = [observation(11, 1, Value="5.10", ProcessingId="9"), observation(21, 2), observation(22, 2)]
    after = feed(tmp_path / "after", 5, [*PATIENTS, patient(3)], changed)
    run = tmp_path / "run"
    summary = delta(before, after, run)
    entries = summary["tables"]["CareRecord_Observation"]
    assert (entries["before"], entries["after"]) == (3, 3)
    assert [entries[name] for name in ("same", "changed", "added", "deleted")] == [1, 1, 1, 1]
    assert entries["columns"] == {"Value": 1}
    assert summary["tables"]["Admin_Patient"]["added"] == 1
    assert summary["patients"] == 3
    manifest = verify(run)
    assert (manifest["kind"], manifest["seal"]) == ("delta", manifest["seal"])
    assert {path.name for path in run.iterdir()} == {*OUTPUTS["delta"], MANIFEST}
    assert json.loads((run / "summary.json").read_text()) == summary
    rows = read_parquet(run / "delta.parquet", "SELECT change, after FROM this WHERE change = 'changed'")
    assert [(change, json.loads(text)["Value"]) for change, text in rows] == [("changed", "5.1")]
    counts = "SELECT sum(added), sum(changed), sum(deleted) FROM this"
    assert read_parquet(run / "patients.parquet", counts) == [(2, 1, 1)]
    show_delta(summary, "run")
    told = capsys.readouterr().out
    assert "2 added, 1 changed and 1 deleted" in told
    page = (run / "report.html").read_text("utf-8")
    assert "2 added, 1 changed and 1 deleted" in page
    for value in ("Zz1", "Zz3", guid(11).strip("{}").lower()):
        assert value not in page + told + (run / "summary.json").read_text()


def test_a_bulk_and_its_deltas_equal_the_later_bulk(tmp_path: Path) -> None:
    series = feed(tmp_path / "series", 1, PATIENTS, ENTRIES)
    feed(
        series, 2, [], [observation(12, 1, Deleted="true"), observation(21, 2, Value="7"), observation(23, 2)]
    )
    feed(series, 3, [patient(2, Surname="Zz9")], [observation(23, 2, Value="8")])
    later = feed(
        tmp_path / "later",
        9,
        [patient(1), patient(2, Surname="Zz9")],
        [observation(11, 1), observation(21, 2, Value="7"), observation(23, 2, Value="8")],
    )
    summary = delta(series, later, tmp_path / "run")
    assert summary["totals"] == {"before": 5, "after": 5, "same": 5, "changed": 0, "added": 0, "deleted": 0}
    assert [one["bulk"] for one in summary["before"]["extracts"]] == [True, False, False]
    assert {(one["reason"], one["records"]) for one in summary["set_aside"]} == {
        ("superseded", 2), ("superseded", 1), ("deletion", 1), ("deleted_in_error", 1),
    }  # fmt: skip
    assert "Nothing changed" in (tmp_path / "run" / "report.html").read_text("utf-8")


def test_what_is_no_bulk_extract_is_refused_and_nothing_is_left(before: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("no extract")
    with pytest.raises(InputRefused, match=r"delta\.not_an_extract"):
        delta(before, letter, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_missing_delta_stops(before: Path, tmp_path: Path) -> None:
    feed(before, 3, [], [observation(11, 1, Value="1")])
    with pytest.raises(InputRefused, match=r"delta\.gap"):
        delta(before, before, tmp_path / "run")
