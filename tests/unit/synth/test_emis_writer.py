"""An EMIS extract holds every item of the practice with its values, and counts what it cannot hold."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from godwit.synth.emis import make_writer
from godwit.synth.emis.clinical import QUALIFIERS
from godwit.synth.emis.columns import COLUMNS
from godwit.synth.emis.writer import EmisWriter
from godwit.synth.model import Item, Patient, When
from tests.support.extract_rows import AWKWARD, Rows, read_back
from tests.support.small_practice import patient_of, practice

MADE = practice()
PATIENTS = [patient_of(MADE, number) for number in range(1, 6)]


def extract(patients: list[Patient], **more: Any) -> Rows:
    files = read_back(EmisWriter(MADE, **more), patients)
    return {name.split("_2027")[0].split("_", 1)[1]: rows for name, rows in files.items()}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return extract(PATIENTS)


def of_first(rows: Rows, table: str) -> list[dict[str, str]]:
    guid = rows["Admin_Patient"][0]["PatientGuid"].strip("{}")
    return [row for row in rows[table] if row["PatientGuid"].strip("{}") == guid]


def test_all_files_are_there_by_the_rule_of_their_names() -> None:
    names = make_writer(MADE).openings()
    assert len(names) == len(COLUMNS) == 21
    pattern = re.compile(r"291_[A-Za-z]+_[A-Za-z]+_20270301010000_[0-9A-F-]{36}\.csv")
    assert all(pattern.fullmatch(name) for name in names)


def test_every_cell_is_quoted_and_every_line_ends_as_it_should() -> None:
    for text in make_writer(MADE).patient(PATIENTS[0]).parts.values():
        assert text.startswith('"')
        assert text.endswith('"\r\n')
        assert text.count("\n") == text.count("\r\n")


def test_every_item_is_a_row_and_one_of_a_kind(rows: Rows) -> None:
    one = PATIENTS[0]
    entries = of_first(rows, "CareRecord_Observation")
    extended: list[Sequence[Item]] = [
        one.observations, one.allergies, one.immunisations, one.referrals, one.documents,
    ]  # fmt: skip
    assert len(entries) == sum(map(len, extended))
    assert Counter(row["ObservationType"] for row in entries)["Allergy"] == len(one.allergies)
    extensions: dict[str, Sequence[Item]] = {
        "CareRecord_Consultation": one.consultations,
        "CareRecord_Problem": one.problems,
        "CareRecord_Diary": one.recalls,
        "CareRecord_ObservationReferral": one.referrals,
        "Prescribing_DrugRecord": one.authorisations,
        "Prescribing_IssueRecord": one.issues,
        "Appointment_Slot": one.appointments,
    }
    for table, items in extensions.items():
        found = of_first(rows, table)
        assert len(found) == len(items)
        assert len({next(iter(row.values())) for row in found}) == len(items)


def test_dates_are_padded_and_say_how_much_of_them_is_known(rows: Rows) -> None:
    told = Counter(
        (row["EffectiveDatePrecision"], row["EffectiveDate"][4:] == "-01-01")
        for row in of_first(rows, "CareRecord_Observation")
    )
    assert told[("Y", True)] == 2
    assert told[("YMDT", False)] > 0
    unknown = replace(PATIENTS[0].observations[0], when=When("U", None))
    again = extract([replace(PATIENTS[0], observations=[unknown], problems=[])])
    assert again["CareRecord_Observation"][0]["EffectiveDate"] == ""
    assert again["CareRecord_Observation"][0]["EffectiveDatePrecision"] == "U"


def test_links_lead_to_rows_that_are_there(rows: Rows) -> None:
    keys = {table: {row[COLUMNS[table][0]].strip("{}") for row in rows[table]} for table in COLUMNS}
    links = {
        "ParentObservationGuid": "CareRecord_Observation", "ProblemGuid": "CareRecord_Problem",
        "ConsultationGuid": "CareRecord_Consultation", "DrugRecordGuid": "Prescribing_DrugRecord",
        "ClinicianUserInRoleGuid": "Admin_UserInRole", "EnteredByUserInRoleGuid": "Admin_UserInRole",
        "SessionGuid": "Appointment_Session", "OrganisationGuid": "Admin_Organisation",
        "ReferralTargetOrganisationGuid": "Admin_Organisation", "PatientGuid": "Admin_Patient",
        "LocationGuid": "Admin_Location",
    }  # fmt: skip
    followed: Counter[str] = Counter()
    for lines in rows.values():
        for row in lines:
            for column, table in links.items():
                if row.get(column):
                    assert row[column].strip("{}") in keys[table]
                    followed[column] += 1
    assert set(followed) == set(links)
    codes = {row["CodeId"] for row in rows["Coding_ClinicalCode"]}
    assert {row["CodeId"] for row in rows["CareRecord_Observation"]} <= codes


def test_values_and_qualifiers_are_told_and_a_comparator_is_lost(rows: Rows) -> None:
    entries = of_first(rows, "CareRecord_Observation")
    potassium = [row for row in entries if row["NumericUnit"] == "mmol/L"]
    assert [(row["Value"], row["NumericRangeLow"], row["Abnormal"]) for row in potassium] == [
        ("4.2", "3.5", "false"),
        ("2.5", "", "true"),
    ]
    told = "".join(row["Qualifiers"] for row in entries)
    assert "<Name>Laterality</Name><Value>Left</Value>" in told
    assert "<Name>Negation</Name>" in told
    assert "<Name>Relation</Name><Value>Mother</Value>" in told
    assert "<Name>Batch Number</Name><Value>AB1</Value>" in told
    assert "<Name>Status</Name><Value>Refused</Value>" in told
    assert set(re.findall("<Name>(.*?)</Name>", told)) <= set(QUALIFIERS)
    written = make_writer(MADE).patient(PATIENTS[0])
    assert written.losses["emis_comparator"] == 1
    assert written.losses["emis_alert"] == 1
    assert written.losses.keys() <= make_writer(MADE).losses.keys()


def test_awkward_texts_survive() -> None:
    base = PATIENTS[0].observations[2]
    entries = [
        replace(base, id=base.id + 1000 + n, text=text) for n, text in enumerate((*AWKWARD, "Nguyễn ≥ 5"))
    ]
    found = extract([replace(PATIENTS[0], observations=entries, problems=[])])["CareRecord_Observation"]
    assert [row["AssociatedText"] for row in found][: len(entries)] == [*AWKWARD, "Nguyễn ≥ 5"]


def test_a_problem_without_its_entry_gets_one() -> None:
    lonely = replace(PATIENTS[0], observations=[])
    rows = extract([lonely])
    guids = {row["ObservationGuid"] for row in rows["CareRecord_Observation"]}
    assert {row["ObservationGuid"] for row in rows["CareRecord_Problem"]} <= guids


def test_a_cancelled_appointment_gives_its_slot_back() -> None:
    one = PATIENTS[0]
    cancelled = replace(one, appointments=[replace(one.appointments[0], status="cancelled")])
    slot = extract([cancelled])["Appointment_Slot"][-1]
    assert slot["PatientGuid"] == ""
    assert make_writer(MADE).patient(cancelled).losses["emis_cancelled_appointment"] == 1


def test_a_local_code_has_no_snomed_id(rows: Rows) -> None:
    (local,) = [row for row in rows["Coding_ClinicalCode"] if row["Term"] == "Practice note"]
    assert (local["SnomedCTConceptId"], local["ReadTermId"]) == ("", "EMISNQLOC17")


def test_text_and_confidentiality_stand_where_they_belong(rows: Rows) -> None:
    entries = of_first(rows, "CareRecord_Observation")
    assert sum(row["IsConfidential"] == "true" for row in entries) == 1
    assert [row["AssociatedText"] for row in entries if row["ObservationType"] == "Document"] == [
        "Cardiology letter"
    ]


def test_defects_are_only_there_when_they_are_asked_for(rows: Rows) -> None:
    patients = [patient_of(MADE, number) for number in range(1, 15)]
    spoilt = extract(patients, defects=True)
    assert {row["Sex"] for row in spoilt["Admin_Patient"]} == {"F", "UNKNOWN"}
    assert sum(row["DrugRecordGuid"] == "" for row in spoilt["Prescribing_IssueRecord"]) == 2
    assert not any(row["DrugRecordGuid"] == "" for row in rows["Prescribing_IssueRecord"])
    codes = {row["CodeId"] for row in spoilt["Coding_ClinicalCode"]}
    assert any(row["CodeId"] not in codes for row in spoilt["CareRecord_Observation"])


def test_the_writer_travels_to_other_processes_and_says_the_same_there() -> None:
    writer = make_writer(MADE)
    again = pickle.loads(pickle.dumps(writer))  # noqa: S301 - our own bytes of a moment ago
    assert again.patient(PATIENTS[0]) == writer.patient(PATIENTS[0])
