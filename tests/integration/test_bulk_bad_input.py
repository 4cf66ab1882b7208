"""Bulk deliveries with something wrong in them: refused by name, or read around and counted. Never a value, never half.

Every case goes through the command. What is rejected is found again in the file by another reader.
"""

from __future__ import annotations

import stat
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pysequoia
import pytest

from godwit.records.bulk import staging, witness
from godwit.records.bulk.readable import Readable
from godwit.records.bulk.readable import readable as real
from godwit.records.intake import limits
from tests.support import bulk_deliveries as made
from tests.support.archives import split, zipped
from tests.support.bulk_deliveries import ENCODINGS, Style, compared, files_of, lines_of, sheets_of, write
from tests.support.bulk_dirt import DIRT, dirty
from tests.support.commands import Outcome, godwit, names_in, rows_of

pytestmark = pytest.mark.usefixtures("no_control")

SYSTEMS = ("emis", "tpp", "vision")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    room = tmp_path_factory.mktemp("good")
    return {system: made.practice(system, room / system) for system in SYSTEMS}


def files(folder: Path, system: str = "emis") -> Files:
    """The files of a delivery, as their system writes them."""
    return files_of(sheets_of(folder, system), Style(ENCODINGS[system]))


def private(folder: Path) -> list[str]:
    """Names and numbers of the made-up patients of an EMIS extract."""
    (patients,) = (one for one in sheets_of(folder, "emis") if one.table == "Admin_Patient")
    columns = [patients.column(name) for name in ("Surname", "NhsNumber", "PatientGuid", "EmailAddress")]
    return [line[at] for line in patients.lines[1:] for at in columns if line[at]]


def silent(outcome: Outcome, words: list[str]) -> None:
    """No private word is on the terminal."""
    assert [word for word in words if word in outcome.out + outcome.err] == []
    assert "Traceback" not in outcome.err


# Refused ------------------------------------------------------------------------------------------------------


def name_of(all_: Files, table: str) -> str:
    (name,) = (one for one in all_ if f"_{table}_2" in one)
    return name


def without_key(all_: Files, _: Path) -> Files:
    name = name_of(all_, "CareRecord_Observation")
    return {**all_, name: all_[name].replace(b'"ObservationGuid"', b'"Observation"', 1)}


def column_twice(all_: Files, _: Path) -> Files:
    name = name_of(all_, "CareRecord_Diary")
    return {**all_, name: all_[name].replace(b'"IsActive"', b'"IsComplete"', 1)}


def empty_file(all_: Files, _: Path) -> Files:
    return {**all_, name_of(all_, "CareRecord_Problem"): b""}


def two_systems(all_: Files, good_: Path) -> Files:
    tpp = good_.parent / "tpp" / "SRPatient.csv"
    return {**all_, "SRPatient.csv": tpp.read_bytes()}


def broken_zip(all_: Files, _: Path) -> Files:
    return {**all_, "more.zip": zipped({"SRCode.csv": b"x" * 9000})[:-40]}


def nothing(_: Files, __: Path) -> Files:
    return {}


Change = Callable[[Files, Path], Files]
REFUSED: list[tuple[Change, str, str]] = [
    (without_key, "layout.key_missing", "source file "),
    (column_twice, "layout.column_twice", "source file "),
    (empty_file, "file.empty", "source file "),
    (two_systems, "delivery.mixed", "source"),
    (broken_zip, "zip.damaged", "source file "),
    (nothing, "delivery.empty", "source"),
]


@pytest.mark.parametrize(("change", "rule", "place"), REFUSED, ids=[one[0].__name__ for one in REFUSED])
def test_a_delivery_is_refused_with_the_file_and_the_rule(
    good: dict[str, Path], tmp_path: Path, change: Change, rule: str, place: str
) -> None:
    (tmp_path / "bad").mkdir()
    bad = write(change(files(good["emis"]), good["emis"]), tmp_path / "bad")
    outcome = godwit("compare", bad, good["emis"], "--out", tmp_path / "run", "--json")
    refused(outcome, rule, place, tmp_path)
    silent(outcome, private(good["emis"]))
    other = godwit("extract", "inspect", bad, "--json")
    assert (other.code, other.error["rule"]) == (3, rule)
    turned = godwit("compare", good["emis"], bad, "--out", tmp_path / "run", "--json")
    refused(turned, rule, place.replace("source", "target"), tmp_path)


def refused(outcome: Outcome, rule: str, place: str, room: Path, code: int = 3) -> None:
    assert (outcome.code, outcome.error["rule"]) == (code, rule), outcome.error
    assert (outcome.error["place"] or "").startswith(place)
    assert not [name for name in names_in(room) if name.startswith("run")]


def test_a_missing_key_column_is_named(good: dict[str, Path], tmp_path: Path) -> None:
    bad = write(without_key(files(good["emis"]), good["emis"]), tmp_path / "bad")
    told = godwit("extract", "inspect", bad, "--json").error
    assert told["because"] == "column ObservationGuid is missing in the file of CareRecord_Observation"


def test_a_file_without_header_of_another_width_is_refused(good: dict[str, Path], tmp_path: Path) -> None:
    sheets = [
        replace(one, lines=[line[:-1] for line in one.lines]) if "_referral_" in one.name else one
        for one in sheets_of(good["vision"], "vision")
    ]
    bad = write(files_of(sheets), tmp_path / "bad")
    outcome = godwit("compare", bad, good["vision"], "--out", tmp_path / "run", "--json")
    refused(outcome, "layout.width", "source file 5", tmp_path)
    assert outcome.error["because"] == "the file of Referral has 14 columns; known are 15"


# Archives and keys --------------------------------------------------------------------------------------------


def climbing(all_: Files, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../SRCode.csv", b"1")
        for name, data in all_.items():
            archive.writestr(name, data)


def linked(all_: Files, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo(next(iter(all_)))
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/hostname")


def bomb(all_: Files, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(next(iter(all_)), bytes(limits.RATIO_COUNTS_FROM + 1))


def cut_short(all_: Files, path: Path) -> None:
    path.write_bytes(zipped(all_)[:-2000])


def too_deep(all_: Files, path: Path) -> None:
    data = zipped(all_)
    for number in range(limits.MAX_DEPTH + 1):
        data = zipped({f"{number}.zip": data})
    path.write_bytes(data)


def twice(all_: Files, path: Path) -> None:
    name = next(iter(all_))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(name, b"1")


ARCHIVES: list[tuple[Callable[[Files, Path], None], str]] = [
    (climbing, "zip.path"),
    (linked, "zip.link"),
    (bomb, "zip.bomb"),
    (cut_short, "zip.damaged"),
    (too_deep, "zip.depth"),
    (twice, "zip.name_twice"),
]


@pytest.mark.parametrize(("build", "rule"), ARCHIVES, ids=[one[0].__name__ for one in ARCHIVES])
def test_a_hostile_or_damaged_zip_is_refused(
    good: dict[str, Path], tmp_path: Path, build: Callable[[Files, Path], None], rule: str
) -> None:
    bad = tmp_path / "bad.zip"
    build(files(good["emis"]), bad)
    outcome = godwit("compare", bad, good["emis"], "--out", tmp_path / "run", "--json")
    refused(outcome, rule, "source", tmp_path)
    silent(outcome, private(good["emis"]))
    assert names_in(tmp_path) == ["bad.zip"]


def test_a_part_of_a_zip_that_is_missing(good: dict[str, Path], tmp_path: Path) -> None:
    for missing in range(3):
        room = tmp_path / f"{missing}"
        room.mkdir()
        parts = split(zipped(files(good["emis"])), 30_000, room, "delivery")
        parts[missing].unlink()
        outcome = godwit("compare", room, good["emis"], "--out", tmp_path / "run", "--json")
        refused(outcome, "zip.part_missing", "source", tmp_path)


def test_keys_that_do_not_fit(good: dict[str, Path], tmp_path: Path) -> None:
    own, other, none = tmp_path / "own.asc", tmp_path / "other.asc", tmp_path / "none.asc"
    key = pysequoia.Tsk.generate("one")
    own.write_bytes(bytes(key))
    other.write_bytes(bytes(pysequoia.Tsk.generate("another")))
    none.write_text("Sandpiper")
    to = [key.extract_certificate()]
    sealed = {f"{n}.gpg": pysequoia.encrypt(data, recipients=to) for n, data in files(good["emis"]).items()}
    bad = write(sealed, tmp_path / "bad")
    cut = write({name: data[:-90] for name, data in sealed.items()}, tmp_path / "cut")
    cases: list[tuple[Path, tuple[object, ...], int, str]] = [
        (bad, (), 3, "pgp.no_key"),
        (bad, ("--key", other), 3, "pgp.unreadable"),
        (cut, ("--key", own), 3, "pgp.unreadable"),
        (bad, ("--key", none), 2, "key.unusable"),
        (bad, ("--key", tmp_path / "Sandpiper"), 2, "key.unreadable"),
    ]
    for delivery, how, code, rule in cases:
        outcome = godwit("compare", delivery, good["emis"], "--out", tmp_path / "run", *how, "--json")
        refused(outcome, rule, "source file 1" if code == 3 else "", tmp_path, code)
        silent(outcome, ["Sandpiper", *private(good["emis"])])


# Read around and counted --------------------------------------------------------------------------------------


def test_an_unknown_table_and_a_header_alone(good: dict[str, Path], tmp_path: Path) -> None:
    all_ = files(good["emis"])
    diary = name_of(all_, "CareRecord_Diary")
    header = all_[diary].split(b"\r\n", 1)[0] + b"\r\n"
    strange = {diary.replace("Diary", "Sandpiper"): b'"Sandpiper","b"\r\n"1","2"\r\n', "read me.txt": b"x"}
    bad = write({**all_, diary: header, **strange}, tmp_path / "bad")
    summary = compared(bad, good["emis"], tmp_path / "run")
    (reject,) = summary["rejected"]
    assert (reject["side"], reject["rule"], reject["records"]) == ("source", "file.unrecognised", 2)
    assert summary["entities"]["recall"]["source"]["read"] == 0
    assert summary["entities"]["recall"]["unexpected"] > 0
    told = godwit("extract", "inspect", bad, "--json")
    assert len(told.answer["unknown_files"]) == 2
    for text in (told.out, (tmp_path / "run" / "manifest.json").read_text("utf-8")):
        assert "Sandpiper" not in text


def test_a_file_that_changes_while_it_is_read(
    good: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second witness has seen more of every file than the first gets to see."""
    seen: set[Path] = set()

    def witnessed(path: Path, *more: Any) -> witness.Witness:
        found = witness.witness(path, *more)
        path.write_bytes(path.read_bytes().rsplit(b"\r\n", 2)[0] + b"\r\n")
        seen.add(path)
        return found

    def readable(path: Path, *more: Any) -> Readable:
        while path not in seen:
            time.sleep(0.01)
        return real(path, *more)

    monkeypatch.setattr(staging, "witness", witnessed)
    monkeypatch.setattr(staging, "readable", readable)
    bad = write(files(good["emis"]), tmp_path / "bad")
    outcome = godwit("compare", bad, good["emis"], "--out", tmp_path / "run", "--json")
    refused(outcome, "machine.two_readings", "file-00001.csv", tmp_path, 6)
    silent(outcome, private(good["emis"]))


# Conservation -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_record_of_a_file_has_one_fate(good: dict[str, Path], tmp_path: Path, system: str) -> None:
    summary = compared(good[system], good[system], tmp_path / "run")
    ours = {one["name"]: one for one in summary["files"] if one["side"] == "source"}
    names = sorted(path.name for path in good[system].iterdir())
    assert len(ours) == len(names)
    for number, name in enumerate(names, start=1):
        (one,) = (one for said, one in ours.items() if said.startswith(f"file-{number:05d}.csv ("))
        records = len(lines_of(good[system] / name, ENCODINGS[system])) - (system != "vision")
        assert one["read"] == one["rejected"] + one["set_aside"] + one["converted"] == records
    fates = Counter(
        (row["file"], row["record"])
        for ledger in ("rejects", "set_aside")
        for row in rows_of(tmp_path / "run" / f"{ledger}.parquet")
        if row["side"] == "source"
    )
    assert max(fates.values(), default=1) == 1


# Dirt ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dirty_run(
    good: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Any, dict[str, Any], Path]:
    """An EMIS practice with every kind of dirt in its entries, compared with the clean one."""
    room = tmp_path_factory.mktemp("dirty")
    all_ = files(good["emis"])
    name = name_of(all_, "CareRecord_Observation")
    soiled = dirty(all_[name])
    bad = write({**all_, name: soiled.data}, room / "bad")
    return soiled, compared(bad, good["emis"], room / "run"), room / "run"


def test_every_kind_of_dirt_is_there(dirty_run: tuple[Any, dict[str, Any], Path]) -> None:
    soiled, _, _ = dirty_run
    assert len(DIRT) >= 23
    assert set(soiled.records) == set(DIRT)


def test_rejects_are_where_the_file_has_them(dirty_run: tuple[Any, dict[str, Any], Path]) -> None:
    soiled, summary, run = dirty_run
    found = {
        row["record"]: row["reason"] for row in rows_of(run / "rejects.parquet") if row["side"] == "source"
    }
    expected = {soiled.records[name]: one.rule for name, one in DIRT.items() if one.fate == "rejected"}
    assert found == expected
    assert sum(one["records"] for one in summary["rejected"]) == len(expected)


def test_issues_are_where_the_file_has_them(dirty_run: tuple[Any, dict[str, Any], Path]) -> None:
    soiled, _, run = dirty_run
    found = {
        (row["record"], row["reason"]) for row in rows_of(run / "issues.parquet") if row["side"] == "source"
    }
    expected = {(soiled.records[name], one.rule) for name, one in DIRT.items() if one.fate == "issue"}
    assert expected <= found
    assert {record for record, _ in found} <= set(soiled.records.values())


def test_all_that_is_sound_is_read(dirty_run: tuple[Any, dict[str, Any], Path]) -> None:
    soiled, summary, _ = dirty_run
    (file,) = (
        one
        for one in summary["files"]
        if one["side"] == "source" and one["name"].endswith("(CareRecord_Observation)")
    )
    assert file["read"] == soiled.count
    assert file["rejected"] == sum(one.fate == "rejected" for one in DIRT.values())
    assert summary["entities"]["observation"]["missing"] >= 1


def test_odd_text_is_kept_as_it_was_delivered(dirty_run: tuple[Any, dict[str, Any], Path]) -> None:
    soiled, _, run = dirty_run
    found = {
        row["source_record"]: row["source_value"]
        for row in rows_of(run / "findings.parquet")
        if (row["entity"], row["field"]) == ("observation", "text")
    }
    kept = {
        soiled.records[name]: text
        for name, one in DIRT.items()
        for column, text in one.cells
        if one.fate == "kept" and column == "AssociatedText"
    }
    assert {record: found.get(record) for record in kept} == kept


def test_no_dirt_is_told_to_everyone(dirty_run: tuple[Any, dict[str, Any], Path]) -> None:
    _, _, run = dirty_run
    for name in ("manifest.json", "summary.json", "report.html"):
        text = (run / name).read_text("utf-8")
        assert [one for one in ("Sandpiper", "31/02/2020", "1,234.5", "zzz") if one in text] == []
