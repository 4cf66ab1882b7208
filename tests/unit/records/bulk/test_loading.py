"""One side loaded as a whole practice: what is taken for one, what is not, and what is remembered of its files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.records.bulk.checking import Found
from godwit.records.bulk.converting import open_canonical
from godwit.records.bulk.loading import (
    SYSTEMS,
    Loaded,
    Opening,
    bulk_formats,
    load_bulk,
    looks_tabular,
    open_bulk,
    told,
)
from godwit.records.compare.stage import make_rooms
from godwit.records.duck import Duck
from tests.support.small_extracts import ORG, Cells, observation, patient, write

TABLES: dict[str, list[Cells]] = {
    "Admin_Organisation": [{"OrganisationGuid": ORG, "OrganisationName": "Tern Lane", "ODSCode": "Z99999"}],
    "Admin_Patient": [patient(1), patient(2)],
    "CareRecord_Observation": [observation(11, 1), observation(12, 2), observation(13, 2, Deleted="true")],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small delivery."""
    return write(tmp_path / "delivered", 1, TABLES)


@pytest.fixture
def duck(tmp_path: Path, folder: Path) -> Iterator[Duck]:
    """An engine that may read the delivery, in a folder named as people name theirs."""
    work = tmp_path / "Dr O'Brien's \"move\" {1}"
    work.mkdir()
    with Duck(work, reads=(folder,)) as one:
        make_rooms(one)
        yield one


def loaded(duck: Duck, folder: Path) -> Loaded:
    extract = open_bulk(folder, "source", None, duck.work, Opening())
    assert extract is not None
    steps: list[int] = []
    one = load_bulk(duck, "source", extract, Opening(), lambda: steps.append(1))
    assert len(steps) == extract.parts
    open_canonical(duck, {"source": one.canonical})
    assert duck.run("test", "SELECT count(*) FROM canonical.patient") == [(2,)]
    return one


def test_every_system_has_a_format() -> None:
    assert tuple(bulk_formats()) == SYSTEMS


def test_a_folder_of_tables_is_taken_for_an_extract(folder: Path, tmp_path: Path) -> None:
    extract = open_bulk(folder, "source", None, tmp_path, Opening())
    assert extract is not None
    assert extract.format.layout.system == "emis"
    assert {one.table for one in extract.recognition.known} == set(TABLES)


@pytest.mark.parametrize("name", ["record.json", "record.xml", "notes.txt"])
def test_other_files_are_left_to_other_readers(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    assert not looks_tabular(tmp_path)
    assert open_bulk(tmp_path, "source", None, tmp_path, Opening()) is None


def test_an_extract_is_not_looked_for_where_another_system_is_named(folder: Path, tmp_path: Path) -> None:
    assert open_bulk(folder, "source", "gpconnect", tmp_path, Opening()) is None


def test_what_is_not_there_is_left_to_those_who_say_so(tmp_path: Path) -> None:
    assert open_bulk(tmp_path / "nothing", "source", "emis", tmp_path, Opening()) is None


@pytest.mark.parametrize(("inside", "is_one"), [("a.csv", True), ("a.xml", False), ("b.CSV.GZ", True)])
def test_an_archive_is_judged_by_what_it_lists(tmp_path: Path, inside: str, is_one: bool) -> None:
    path = tmp_path / "delivery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "x")
    assert looks_tabular(path) is is_one
    assert looks_tabular(tmp_path) is is_one


def test_an_archive_that_is_none_is_no_extract(tmp_path: Path) -> None:
    (tmp_path / "delivery.zip").write_bytes(b"PK\x05\x06")
    assert not looks_tabular(tmp_path)


def test_every_row_of_every_file_has_a_fate(duck: Duck, folder: Path) -> None:
    facts = {one.public_name.partition("(")[2].rstrip(")"): one for one in loaded(duck, folder).files}
    seen = {
        name: (one.witnessed, one.read, one.set_aside, one.rejected, one.converted)
        for name, one in facts.items()
    }
    assert seen["Admin_Patient"] == (2, 2, 0, 0, 2)
    assert seen["CareRecord_Observation"] == (3, 3, 1, 0, 2)


def test_what_became_of_the_rows_is_counted_by_kind(duck: Duck, folder: Path) -> None:
    census = loaded(duck, folder).census
    assert census["CareRecord_Observation", "converted"] == 2
    assert census["CareRecord_Observation", "set_aside"] == 1


def test_reasons_of_all_who_set_aside_have_words(duck: Duck, folder: Path) -> None:
    one = loaded(duck, folder)
    reasons = {reason for (reason,) in duck.run("test", "SELECT DISTINCT reason FROM ledger.set_aside")}
    assert reasons <= set(one.canonical.known.reasons)


def test_a_file_of_no_table_is_booked_as_one_record_that_could_not_be_read(duck: Duck, folder: Path) -> None:
    (folder / "strange.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    facts = [one for one in loaded(duck, folder).files if one.system is None]
    assert [(one.witnessed, one.rejected, one.converted) for one in facts] == [(1, 1, 0)]
    assert duck.run("test", "SELECT reason FROM ledger.reject") == [("file.unrecognised",)]


def test_a_table_that_only_the_suppliers_description_knows_is_set_aside_whole(
    duck: Duck, folder: Path
) -> None:
    described = (
        "TableName,ColumnName,ColumnDataType\nAsked_Question,Question,Text\nAsked_Question,Answer,Text\n"
    )
    (folder / "Specification.csv").write_text(described, encoding="utf-8")
    (folder / "Asked_Question.csv").write_text("Question,Answer\nhow,so\nwhy,so\n", encoding="utf-8")
    (facts,) = [one for one in loaded(duck, folder).files if "Asked" in one.public_name]
    assert (facts.witnessed, facts.set_aside, facts.converted) == (2, 2, 0)


def test_findings_are_told_as_sentences() -> None:
    found = Found("bulk.orphans", "CareRecord_Observation", "PatientGuid", 1234, "known")
    (sentence,) = told([found])
    assert "CareRecord_Observation PatientGuid (1,234; to be expected: known)" in sentence
