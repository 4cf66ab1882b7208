"""A bulk extract and the deltas after it are the later bulk extract: compared record by record, by the command."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import bulk_deliveries as made
from tests.support.archives import zipped
from tests.support.bulk_deliveries import compared
from tests.support.commands import Outcome, godwit, names_in

pytestmark = pytest.mark.usefixtures("no_control")

SYSTEMS = ("emis", "tpp", "vision")
# A slot whose patient was taken out of it stays an empty slot; the made-up later extract leaves such slots out.
EMPTIED = {"emis": {"Appointment_Slot"}}


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """For a system: folders `bulk`, `delta-1`, `delta-2` and `later`, made once."""
    room = tmp_path_factory.mktemp("series")

    def of(system: str) -> Path:
        folder = room / system
        if not folder.exists():
            order = ("--patients", 20, "--seed", 3, "--density", 0.04, "--deltas", 2)
            outcome = godwit("synth", "--system", system, *order, "--out", folder)
            assert outcome.code == 0, outcome.err
        return folder

    return of


def delivered(made_: Path, target: Path, *parts: str) -> Path:
    """Some folders of a series as one delivery, their names without any order."""
    for one in parts:
        shutil.copytree(made_ / one, target / f"{len(target.name)}{one[::-1]}")
    return target


def delta(before: Path, after: Path, run: Path) -> Outcome:
    return godwit("delta", before, after, "--out", run, "--json")


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_bulk_and_its_deltas_are_the_later_bulk(
    series: Callable[[str], Path], tmp_path: Path, system: str
) -> None:
    made_ = series(system)
    together = delivered(made_, tmp_path / "together", "delta-2", "bulk", "delta-1")
    summary = compared(together, made_ / "later", tmp_path / "run")
    assert summary["causes"] == []
    assert all(one[name] == 0 for one in summary["entities"].values() for name in ("missing", "unexpected"))
    assert sum(one["identical"] for one in summary["entities"].values()) > 300
    assert "superseded" in {one["reason"] for one in summary["set_aside"]}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_delta_tells_what_the_series_changed(
    series: Callable[[str], Path], tmp_path: Path, system: str
) -> None:
    made_ = series(system)
    together = delivered(made_, tmp_path / "together", "bulk", "delta-1", "delta-2")
    step = delta(made_ / "bulk", together, tmp_path / "step").answer
    leap = delta(made_ / "bulk", made_ / "later", tmp_path / "leap").answer
    for name, one in step["tables"].items():
        if name not in EMPTIED.get(system, ()):
            assert one == leap["tables"][name], name
    assert leap["totals"]["added"] > 20
    assert leap["totals"]["changed"] > 0
    assert leap["totals"]["deleted"] > 0
    assert leap["patients"] <= 21


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_extract_and_itself_have_no_delta(
    series: Callable[[str], Path], tmp_path: Path, system: str
) -> None:
    later = series(system) / "later"
    told = delta(later, later, tmp_path / "run").answer
    assert told["totals"]["same"] == told["totals"]["before"] == told["totals"]["after"]
    assert told["patients"] == 0


@pytest.mark.parametrize("system", ["emis", "tpp"])
def test_a_missing_delta_stops_everything(series: Callable[[str], Path], tmp_path: Path, system: str) -> None:
    made_ = series(system)
    broken = delivered(made_, tmp_path / "broken", "bulk", "delta-2")
    for outcome in (
        godwit("compare", broken, made_ / "later", "--out", tmp_path / "run", "--json"),
        delta(broken, made_ / "later", tmp_path / "run"),
    ):
        assert (outcome.code, outcome.error["rule"]) == (3, "delta.gap")
        assert "batch 2" in outcome.error["place"]
    assert names_in(tmp_path) == ["broken"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_deltas_without_their_bulk_are_refused_or_told(
    series: Callable[[str], Path], tmp_path: Path, system: str
) -> None:
    made_ = series(system)
    alone = delivered(made_, tmp_path / "alone", "delta-1", "delta-2")
    outcome = delta(alone, made_ / "later", tmp_path / "run")
    if system == "emis":  # nothing in it marks a delta
        assert outcome.code == 0
        assert any("delta whose bulk was left out" in one for one in outcome.answer["before"]["warnings"])
    else:
        assert (outcome.code, outcome.error["rule"]) == (3, "delta.no_bulk")


def test_names_alone_order_the_files_of_a_flat_delivery(
    series: Callable[[str], Path], tmp_path: Path
) -> None:
    made_ = series("emis")
    files = [one for part in ("bulk", "delta-1", "delta-2") for one in (made_ / part).iterdir()]
    random.Random(7).shuffle(files)  # noqa: S311 - any order will do
    flat = tmp_path / "flat.zip"
    flat.write_bytes(zipped({one.name: one.read_bytes() for one in files}))
    told = delta(flat, made_ / "later", tmp_path / "run").answer
    assert {name for name, one in told["tables"].items() if one["same"] != one["before"]} <= EMPTIED["emis"]
    assert [one["bulk"] for one in told["before"]["extracts"]] == [True, False, False]


def test_a_delta_of_two_systems_is_refused(series: Callable[[str], Path], tmp_path: Path) -> None:
    outcome = delta(series("emis") / "bulk", series("vision") / "bulk", tmp_path / "run")
    assert (outcome.code, outcome.error["rule"]) == (3, "delta.two_systems")
    assert names_in(tmp_path) == []
    made.write({"note.txt": b"Sandpiper"}, tmp_path / "none")
    outcome = delta(tmp_path / "none", series("vision") / "bulk", tmp_path / "run")
    assert (outcome.code, outcome.error["rule"]) == (3, "delta.not_an_extract")
    assert "Sandpiper" not in outcome.out + outcome.err
