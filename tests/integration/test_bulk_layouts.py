"""Columns that come and go, older layouts, and several practices in one feed: what is there is read and told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.loading import bulk_formats
from tests.support import bulk_deliveries as made
from tests.support.bulk_deliveries import LOOSE, Sheets, compared, files_of, sheets_of, write
from tests.support.commands import godwit, names_in, rows_of

pytestmark = pytest.mark.usefixtures("no_control")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A made-up practice of EMIS and one of Vision."""
    room = tmp_path_factory.mktemp("delivered")
    return {system: made.practice(system, room / system) for system in ("emis", "vision")}


# Columns that come and go -------------------------------------------------------------------------------------


def inspected(path: Path, *more: object) -> dict[str, Any]:
    outcome = godwit("extract", "inspect", path, *more, "--json")
    assert outcome.code == 0, outcome.err
    return outcome.answer


def test_additional_columns_are_taken_along_and_told(delivered: dict[str, Path], tmp_path: Path) -> None:
    sheets = made.with_column("Xyzzy", "zq9qz")(sheets_of(delivered["emis"], "emis"))
    other = write(files_of(sheets), tmp_path / "other")
    summary = compared(delivered["emis"], other, tmp_path / "run")
    warnings = summary["target"]["warnings"]
    assert len(warnings) == len(sheets)
    assert all("Xyzzy" in one for one in warnings)
    assert summary["source"]["warnings"] == []
    rows = rows_of(tmp_path / "run" / "findings.parquet")
    assert {(row["outcome"], row["field"]) for row in rows} <= {("different", "extras")}
    told = inspected(other)
    assert all(table["additional"] == ["Xyzzy"] for table in told["tables"])
    run = godwit("delta", delivered["emis"], other, "--out", tmp_path / "delta", "--json").answer
    assert run["totals"]["same"] == run["totals"]["before"]


OLD = {
    "ClinicianUserInRoleGuid": "ClinicanUserInRoleGuid",
    "ExternalUsualGP": "ExternalUsusalGP",
    "ExternalUsualGPOrganisation": "ExternalUsusalGPOrganisation",
}


def of_version(sheets: Sheets, version: str) -> Sheets:
    """An EMIS extract of today with the columns of an older version alone, spelled as then."""
    tables = bulk_formats()["emis"].layout.tables
    found = []
    for one in sheets:
        columns = dict(tables[one.table].versions()).get(version)
        if columns:
            old = [OLD.get(name, name) for name in one.lines[0]]
            header = [name if name in columns else now for name, now in zip(old, one.lines[0], strict=True)]
            wanted = {name.lower() for name in columns}
            kept = [at for at, name in enumerate(header) if name.lower() in wanted]
            lines = [[line[at] for at in kept] for line in (header, *one.lines[1:])]
            found.append(replace(one, lines=lines))
    return found


@pytest.mark.parametrize("version", ["5.0", "5.1", "5.3", "5.4"])
def test_an_older_layout_is_known_and_read(delivered: dict[str, Path], tmp_path: Path, version: str) -> None:
    old = write(files_of(of_version(sheets_of(delivered["emis"], "emis"), version)), tmp_path / "old")
    told = inspected(old)
    assert any(version in one for one in told["versions"])
    assert told["warnings"] == []
    if version != "5.0":
        return
    summary = compared(old, delivered["emis"], tmp_path / "run")
    rows = rows_of(tmp_path / "run" / "findings.parquet")
    assert {row["outcome"] for row in rows} == {"different"}
    assert {row["field"] for row in rows} <= LATER
    assert summary["patients"]["paired"] == 12


LATER = {
    *("qualifiers", "severity", "verification", "reaction_text", "abnormal", "episode", "relation_text"),
    *("batch", "expiry", "manufacturer", "dose_number", "route_text", "site_text", "vaccine_text"),
    *("not_given", "reason_text", "booked", "type_text", "status", "consultation", "extras", "recorded"),
}
"""Fields whose columns came after version 5.0."""


PATIENT_TEST_PACK = {*range(35)} - {29, 30, 31}
JOURNAL_TEST_PACK = (0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 26, 29, 31, 32, 33, 34, 35, 36, 38, 40, 39)
STAFF_TEST_PACK = (0, 3, 4, 5, 6, 2, 1, 7)
TEST_PACK = {
    "patient": tuple(sorted(PATIENT_TEST_PACK)),
    "journal": JOURNAL_TEST_PACK,
    "staff": STAFF_TEST_PACK,
}


def test_the_test_pack_of_vision_is_known_by_its_widths(delivered: dict[str, Path], tmp_path: Path) -> None:
    sheets = []
    for one in sheets_of(delivered["vision"], "vision"):
        places = next((places for part, places in TEST_PACK.items() if f"_{part}_" in one.name), None)
        lines = [[line[at] for at in places] for line in one.lines] if places else one.lines
        sheets.append(replace(one, lines=lines))
    pack = write(files_of(sheets, LOOSE), tmp_path / "pack")
    told = inspected(pack)
    assert "test pack" in told["versions"]
    assert (told["accounted"], told["wrong"]) == (True, [])
    summary = compared(delivered["vision"], pack, tmp_path / "run")
    assert summary["patients"]["paired"] == 12
    counts = summary["entities"].values()
    assert sum(one["identical"] + one["different"] for one in counts) > 250


# Several practices in one feed --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def feed(delivered: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice Z99999 and another, Z88888, in one feed."""
    room = tmp_path_factory.mktemp("feed")
    other = sheets_of(made.practice("emis", room / "other", seed=4), "emis")
    sheets = []
    for one, two in zip(sheets_of(delivered["emis"], "emis"), other, strict=True):
        theirs = [[cell.replace("Z99999", "Z88888") for cell in line] for line in two.lines]
        lines = [*one.lines, *(line for line in theirs if line not in one.lines)]
        sheets.append(replace(one, lines=lines))
    return write(files_of(sheets), room / "feed")


def test_practices_in_one_feed_are_told_apart(delivered: dict[str, Path], feed: Path, tmp_path: Path) -> None:
    assert {one["ods"] for one in inspected(feed)["practices"]} == {"Z99999", "Z88888"}
    for practice, rule in ((), "practice.several"), (("--practice", "Z77777"), "practice.absent"):
        outcome = godwit("compare", feed, delivered["emis"], "--out", tmp_path / "run", *practice, "--json")
        assert (outcome.code, outcome.error["rule"], outcome.error["place"]) == (3, rule, "source")
        assert "Z88888" in outcome.err
        assert "Z99999" in outcome.err
        assert names_in(tmp_path) == []
    summary = compared(feed, delivered["emis"], tmp_path / "run", "--practice", "z99999")
    assert (summary["patients"]["source"], summary["patients"]["paired"]) == (12, 12)
    aside = {one["reason"]: one["title"] for one in summary["set_aside"]}
    assert aside["other_practice"] == "belongs to another practice of the delivery"
    rows = rows_of(tmp_path / "run" / "findings.parquet")
    assert {(row["entity"], row["outcome"]) for row in rows} == {("organisation", "missing")}


def test_the_delta_of_one_practice_of_a_feed(delivered: dict[str, Path], feed: Path, tmp_path: Path) -> None:
    both = (feed, delivered["emis"])
    told = godwit("delta", *both, "--out", tmp_path / "run", "--practice", "Z99999", "--json").answer
    differing = {name for name, one in told["tables"].items() if one["same"] != one["before"]}
    assert differing == SHARED
    assert told["totals"]["same"] == told["totals"]["after"]


SHARED = {"Admin_Location", "Admin_Organisation", "Admin_OrganisationLocation", "Admin_UserInRole"}
"""Lists that practices share, so that both are in them whichever is chosen."""
