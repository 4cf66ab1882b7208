"""The SystmOne layout, conversions and losses as data: whole, and true to the format notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.scheme import role_columns
from godwit.records.formats import tpp
from tests.unit.records.formats.tpp_stand_in import FORMAT, PLACED, SystmOne

TABLES = FORMAT.layout.tables
OWN = {"file", "record", "part", "patient", "key", "source_id", "extras", "original"}


def test_all_tables_of_the_notes_are_known() -> None:
    assert len(TABLES) == 169  # 166 by header, and the manifest, the names of lists and the free text
    assert {"SRManifest", "SRMappingGroup", "SRFreeText"} <= TABLES.keys()


@pytest.mark.parametrize(
    ("table", "version", "width"),
    [
        ("SRPatient", "93", 18),
        ("SRPatient", "test pack 1", 16),
        ("SRCode", "93", 27),
        ("SRCode", "87", 23),
        ("SRPatientRelationship", "92", 49),
        ("SRPrimaryCareMedication", "93", 30),
        ("SRImmunisation", "88", 23),
        ("SRManifest", "other", 5),
        ("SRFreeText", "other", 13),
    ],
)
def test_versions_differ_in_their_columns(table: str, version: str, width: int) -> None:
    assert len(dict(TABLES[table].versions())[version]) == width


def test_types_follow_from_the_names() -> None:
    columns = TABLES["SRCode"].columns
    assert {name: columns[name].type for name in ("RowIdentifier", "DateEvent", "IsNumeric", "NumericValue")} == {
        "RowIdentifier": "int", "DateEvent": "moment", "IsNumeric": "flag", "NumericValue": "number",
    }  # fmt: skip
    assert columns["IDOrganisation"].type == "code"  # an ODS code, not a row number
    assert TABLES["SRPatientAddressHistory"].columns["NumberOfBuilding"].type == "text"  # "12A"


def test_a_removed_row_is_found_by_its_row_identifier_alone() -> None:
    assert all(table.key == ("RowIdentifier",) for table in TABLES.values() if table.deleted)


def test_free_text_is_not_known_by_its_row_identifier() -> None:
    assert TABLES["SRFreeText"].key == ("SRTable", "IDSRTable", "RowIdentifier")


def test_links_lead_to_the_rows_they_mean() -> None:
    led = {(one.column, one.to, one.at) for one in TABLES["SRProblem"].references}
    assert {
        ("IDCode", "SRCode", "RowIdentifier"),
        ("IDDoneBy", "SRStaffMember", "RowIdentifier"),
        ("IDProfileEnteredBy", "SRStaffMemberProfile", "RowIdentifier"),
        ("IDEvent", "SREvent", "RowIdentifier"),
        ("IDOrganisation", "SROrganisation", "ID"),
    } <= led
    junk = [(name, one.column) for name, table in TABLES.items() for one in table.references if one.orphans]
    assert junk == [("SRRota", "IDProfileOwner")]


def test_a_table_without_a_place_says_why() -> None:
    homeless = {name for name, table in TABLES.items() if table.canonical}
    assert len(homeless) + len(PLACED) == len(TABLES)
    assert all(TABLES[name].because for name in homeless)
    assert not homeless & {one.table for one in FORMAT.format.conversions}


def test_a_conversion_gives_only_what_its_entity_has(tmp_path: Path) -> None:
    made = SystmOne(tmp_path)
    for one in FORMAT.format.conversions:
        entity = ENTITIES[one.entity]
        assert made.rows(FORMAT.sql(f"canonical/{one.sql}")) == []
        given = {str(name) for name, *_ in made.duck.run(one.sql, "DESCRIBE made")}
        assert given <= OWN | {*entity.field_names, *role_columns(entity)}, one.sql


def test_every_file_of_the_folder_is_used() -> None:
    folder = Path(str(tpp.__file__)).parent
    assert {one.name for one in (folder / "canonical").iterdir()} == {
        one.sql for one in FORMAT.format.conversions
    }
    assert {one.name for one in (folder / "prepared").iterdir()} == set(FORMAT.format.prepared)
    texts = "".join(one.read_text("utf-8") for one in folder.rglob("*.sql"))
    assert all(f"raw.value_{name}" in texts for name in FORMAT.values)
    assert all(f"raw.{name.removesuffix('.sql')}" in texts for name in FORMAT.format.prepared)


def test_every_reason_of_setting_aside_has_words_and_is_used() -> None:
    sql = FORMAT.sql("set_aside.sql")
    assert {reason for reason in FORMAT.format.reasons if f"'{reason}'" in sql} == set(FORMAT.format.reasons)


def test_words_are_looked_up_in_small_letters() -> None:
    names = set(FORMAT.values) - {"branches"}
    assert all(word == " ".join(word.lower().split()) for name in names for word in FORMAT.values[name].words)
