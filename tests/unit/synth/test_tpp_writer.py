"""A SystmOne extract holds every item of the practice with its values, and counts what it cannot hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from godwit.synth.model import Alert, Patient
from godwit.synth.tpp import make_writer
from godwit.synth.tpp.columns import COLUMNS
from tests.support.extract_rows import AWKWARD, Rows, read_back
from tests.support.small_practice import patient_of, practice

MADE = practice()
FLU = "Flugard quadrivalent"


def somebody(number: int) -> Patient:
    """A patient of the hand-made practice, with vaccines that the schedule has."""
    one = patient_of(MADE, number)
    return replace(
        one, immunisations=[replace(given, product=FLU, content="Influenza") for given in one.immunisations]
    )


PATIENTS = [somebody(number) for number in range(1, 6)]
MOMENT = re.compile(r"\d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d")


def extract(patients: list[Patient]) -> Rows:
    return {name.removesuffix(".csv"): rows for name, rows in read_back(make_writer(MADE), patients).items()}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return extract(PATIENTS)


def of_first(rows: Rows, table: str) -> list[dict[str, str]]:
    return [row for row in rows[table] if row["IDPatient"] == "1"]


def test_the_manifest_names_every_file_and_its_end(rows: Rows) -> None:
    assert {row["FileName"] for row in rows["SRManifest"]} == COLUMNS.keys() - {"SRManifest"}
    assert {(row["IsDelta"], row["DateExtractTo"]) for row in rows["SRManifest"]} == {("N", "20270301_0100")}


def test_every_item_is_a_row_of_its_table(rows: Rows) -> None:
    one = PATIENTS[0]
    acute = {course.id for course in one.authorisations if course.kind == "acute"}
    expected: dict[str, Sequence[Any]] = {
        "SREvent": one.consultations,
        "SRCode": [*one.observations, one.allergies[1]],  # the allergy to peanut is not to a drug
        "SRProblem": one.problems,
        "SRDrugSensitivity": one.allergies[:1],
        "SRImmunisation": one.immunisations,
        "SRRepeatTemplate": [course for course in one.authorisations if course.id not in acute],
        "SRPrimaryCareMedication": one.issues,
        "SRReferralOut": one.referrals,
        "SRRecall": one.recalls,
        "SRMedia": one.documents,
        "SRSpecialNotes": one.alerts,
        "SRAppointment": one.appointments,
        "SRPatientAddressHistory": one.addresses,
        "SRPatientContactDetails": one.contacts,
        "SRPatientRelationship": one.relations,
        "SRPatientRegistration": one.registrations,
    }
    for table, items in expected.items():
        assert [row["RowIdentifier"] for row in of_first(rows, table)] == [str(item.id) for item in items]


def test_dates_are_written_as_the_supplier_writes_them(rows: Rows) -> None:
    for lines in rows.values():
        for row in lines:
            for column, cell in row.items():
                if column.startswith("Date") and cell and "Extract" not in column:
                    assert MOMENT.fullmatch(cell)
    year_only = of_first(rows, "SRCode")[8]
    assert year_only["DateEvent"].startswith("01 Jan")
    assert make_writer(MADE).patient(PATIENTS[0]).losses["tpp_precision"] == 3


def test_links_lead_to_rows_that_are_there(rows: Rows) -> None:
    keys = {table: {row.get("RowIdentifier", "") for row in lines} for table, lines in rows.items()}
    keys["ODS"] = {row["ID"] for row in rows["SROrganisation"]}
    links = {
        "IDEvent": "SREvent", "IDPatient": "SRPatient", "IDCode": "SRCode", "IDRepeatTemplate": "SRRepeatTemplate",
        "IDDoneBy": "SRStaffMember", "IDProfileEnteredBy": "SRStaffMemberProfile", "IDRota": "SRRota",
        "IDOrganisation": "ODS", "IDOrganisationVisibleTo": "ODS", "IDImmunisationContent": "SRImmunisationContent",
        "ContactMethod": "SRMapping", "ContactEventLocation": "SRConfiguredListOption", "VaccPart": "SRMapping",
        "RecallType": "SRConfiguredListOption", "AddressType": "SRMapping", "IDBranch": "SROrganisationBranch",
    }  # fmt: skip
    followed: Counter[str] = Counter()
    for lines in rows.values():
        for row in lines:
            for column, table in links.items():
                if row.get(column) not in {None, "", "-1"}:
                    assert row[column] in keys[table]
                    followed[column] += 1
    assert set(followed) == set(links)


def test_a_result_keeps_its_comparator_and_what_is_no_number_says_so(rows: Rows) -> None:
    codes = of_first(rows, "SRCode")
    assert [
        (row["NumericComparator"], row["NumericValue"], row["NumericUnit"])
        for row in codes
        if row["IsNumeric"] == "TRUE"
    ][-1] == ("<", "2.5", "mmol/L")
    assert {row["NumericValue"] for row in codes if row["IsNumeric"] == "FALSE"} == {"0"}


def test_a_drug_allergy_is_a_product_whose_name_stands_elsewhere(rows: Rows) -> None:
    (allergy,) = of_first(rows, "SRDrugSensitivity")
    names = {row["IDMultiLexProduct"]: row["DrugReadCodeDesc"] for row in rows["SRMedicationReadCodeDetails"]}
    assert names[allergy["IDDrugCode"]] == "penicillin"


def test_free_texts_stand_in_their_own_extract_and_survive() -> None:
    base = PATIENTS[0].observations[2]
    entries = [replace(base, id=base.id + 1000 + n, text=text) for n, text in enumerate(AWKWARD)]
    found = extract([replace(PATIENTS[0], observations=entries, problems=[])])["SRFreeText"]
    told = {row["IDSRTable"]: row["FreeText"] for row in found if row["SRTable"] == "SRCode"}
    assert [told[str(entry.id)] for entry in entries] == list(AWKWARD)


def test_a_letter_that_the_encoding_does_not_have_is_counted() -> None:
    one = PATIENTS[0]
    entries = [replace(one.observations[2], text="Nguyễn ≥ 5")]
    changed = replace(one, observations=entries, problems=[], family="Nguyễn")
    rows = extract([changed])
    assert rows["SRPatient"][0]["Surname"] == "Nguy?n"
    assert rows["SRFreeText"][0]["FreeText"] == "Nguy?n ? 5"
    assert make_writer(MADE).patient(changed).losses["tpp_character"] == 2


def test_medication_says_repeat_or_not_and_always_ends(rows: Rows) -> None:
    issues = of_first(rows, "SRPrimaryCareMedication")
    kinds = Counter((row["IsRepeatMedication"], row["IDRepeatTemplate"] == "-1") for row in issues)
    assert kinds == {("TRUE", False): 4, ("FALSE", True): 1}
    assert all(row["DateMedicationEnd"] for row in issues)
    assert {row["MedicationQuantity"] for row in issues} == {"28 capsule", "1 capsule", "21 capsule"}
    assert [row["DrugStatus"] for row in of_first(rows, "SRRepeatTemplate")] == ["0", "0", "4"]


def test_a_local_code_has_no_snomed_id() -> None:
    entry = replace(PATIENTS[0].observations[2], code=17)
    (row,) = extract([replace(PATIENTS[0], observations=[entry], problems=[], allergies=[])])["SRCode"]
    assert row["CTV3Code"].startswith("Y")
    assert (row["CTV3Text"], row["SNOMEDCode"]) == ("Practice note", "-1")


def test_safeguarding_registers_have_their_own_tables() -> None:
    note = PATIENTS[0].alerts[0]
    kinds = ("note", "child_at_risk", "adult_at_risk")
    alerts: list[Alert] = [replace(note, id=note.id + 500 + n, kind=kind) for n, kind in enumerate(kinds)]  # type: ignore[arg-type]
    rows = extract([replace(PATIENTS[0], alerts=alerts)])
    assert [row["Note"] for row in rows["SRSpecialNotes"]] == ["Lives alone"]
    assert [row["ChildProtectionPlan"] for row in rows["SRChildAtRisk"]] == ["TRUE"]
    assert [row["ReasonForPlan"] for row in rows["SRPersonAtRisk"]] == ["Lives alone"]
    assert "Lives alone" in [
        row["FreeText"] for row in rows["SRFreeText"] if row["SRTable"] == "SRChildAtRisk"
    ]


def test_a_home_visit_is_no_appointment_in_a_rota() -> None:
    one = PATIENTS[0]
    rows = extract([replace(one, appointments=[replace(one.appointments[0], type="Home visit")])])
    assert (len(rows["SRVisit"]), len(rows["SRAppointment"])) == (1, 0)


def test_a_vaccine_that_no_list_has_is_counted(rows: Rows) -> None:
    contents = {row["RowIdentifier"]: row["Name"] for row in rows["SRImmunisationContent"]}
    assert {contents[row["IDImmunisationContent"]] for row in of_first(rows, "SRImmunisation")} == {FLU}
    assert make_writer(MADE).patient(patient_of(MADE, 1)).losses["tpp_vaccine_product"] == 1


def test_every_loss_has_words() -> None:
    writer = make_writer(MADE)
    assert writer.patient(PATIENTS[0]).losses.keys() <= writer.losses.keys()
    assert writer.patient(PATIENTS[0]).losses["tpp_negation"] == 1
