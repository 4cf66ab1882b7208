"""The EMIS layout as data: every table, version and reference of the format notes; and its losses do what they show."""

from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.scheme import role_columns
from godwit.records.duck import Duck
from tests.support.emis_feed import EMIS, made_of, of_source, prepare, stage

TABLES = EMIS.layout.tables


def test_all_tables_and_references_of_the_notes_are_there() -> None:
    assert len(TABLES) == 21
    assert sum(len(table.references) for table in TABLES.values()) == 72


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"Admin_PatientHistory"}))
def test_every_version_is_known(name: str) -> None:
    assert {version for version, _ in TABLES[name].versions()} == {"5.0", "5.1", "5.3", "5.4", "8.2"}


def test_the_history_of_registrations_came_with_version_8() -> None:
    assert [version for version, _ in TABLES["Admin_PatientHistory"].versions()] == ["8.2"]
    assert TABLES["Admin_PatientHistory"].columns["StatusDescription"].type == "text"  # the listing says GUID


def test_old_spellings_are_columns_of_their_own() -> None:
    for name in ("CareRecord_Diary", "Prescribing_DrugRecord", "Prescribing_IssueRecord"):
        assert "ClinicanUserInRoleGuid" in dict(TABLES[name].versions())["5.1"]
        assert "ClinicianUserInRoleGuid" in dict(TABLES[name].versions())["5.4"]
    assert {"ExternalUsusalGP", "ExternalUsusalGPOrganisation"} <= TABLES["Admin_Patient"].columns.keys()


def test_free_text_may_be_absent_and_is_no_surprise_where_it_is_not() -> None:
    assert (
        TABLES["CareRecord_Observation"].optional
        == TABLES["CareRecord_Diary"].optional
        == ("AssociatedText",)
    )
    assert TABLES["CareRecord_Problem"].optional == ("Comment",)
    assert "AssociatedText" not in dict(TABLES["CareRecord_Observation"].versions())["8.2"]


def test_files_shared_by_practices_are_kept_whole() -> None:
    whole = {name for name, table in TABLES.items() if table.practice is None}
    assert whole == {
        "Admin_Location", "Admin_Organisation", "Admin_OrganisationLocation", "Admin_UserInRole",
        "Appointment_SessionUser", "Coding_ClinicalCode", "Coding_DrugCode",
    }  # fmt: skip


def test_only_orphans_made_by_the_supplier_are_expected() -> None:
    told = [(name, one.column) for name, table in TABLES.items() for one in table.references if one.orphans]
    assert told == [("Appointment_Slot", "PatientGuid")]


def test_a_conversion_gives_only_what_its_entity_has(tmp_path: Path) -> None:
    with Duck(tmp_path) as duck:
        stage(duck, {})
        prepare(duck)
        for one in EMIS.format.conversions:
            entity = ENTITIES[one.entity]
            known = {*entity.field_names, *role_columns(entity), "extras", "original"}
            sql = of_source(EMIS.sql(f"canonical/{one.sql}"))
            given = {name for name, *_ in duck.run(one.sql, f"DESCRIBE {sql}")}
            assert given - known <= {"file", "record", "part", "patient", "key", "source_id"}, one.sql


def test_nothing_makes_nothing_of_a_feed_without_patients(tmp_path: Path) -> None:
    assert made_of(tmp_path, {}).records["observation"] == []


def test_every_reason_of_setting_aside_has_words_and_is_used() -> None:
    sql = EMIS.sql("set_aside.sql")
    assert {reason for reason in EMIS.format.reasons if f"'{reason}'" in sql} == set(EMIS.format.reasons)
