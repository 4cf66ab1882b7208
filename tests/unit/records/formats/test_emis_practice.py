"""What becomes of patients, medication, consultations, diary, appointments, staff and places: trap by trap."""

import json
from pathlib import Path
from typing import Any

import pytest

from godwit.records.duck import Duck
from tests.support.emis_feed import EMIS, guid, made_of, of_source, stage


def patient_of(work: Path, **cells: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """The patient and the registration that one row becomes."""
    made = made_of(work, {"Admin_Patient": [{"PatientGuid": "p2", **cells}]})
    return made.records["patient"][1], made.records["registration"][1]


def test_a_patient_with_all_that_is_told(tmp_path: Path) -> None:
    got, registration = patient_of(
        tmp_path, NhsNumber="9990000018", GivenName="Zoë", MiddleNames="Ann", Surname="O'Brien", Title="Ms",
        NumberAndStreet="1 Mill Lane", Town="Ternford", Postcode="ZZ11ZZ", CarerName="Tom Reed", CarerRelation="Son",
        UsualGpUserInRoleGuid="adams",
        PatientTypeDescription="Regular", DateOfRegistration="2001-05-06", IsConfidential=True,
    )  # fmt: skip
    told = [
        got[name]
        for name in ("given", "family", "title", "sex", "address", "carer", "usual_gp", "organisation")
    ]
    assert told == [
        "Zoë Ann", "O'Brien", "Ms", "female", "1 mill lane, ternford, zz11zz", "Tom Reed (Son)",
        "dr sarah adams", "A81001",
    ]  # fmt: skip
    assert (got["active"], got["test_patient"], got["confidentiality"]) == ("true", "false", "confidential")
    told = [registration[name] for name in ("part", "kind", "status", "start", "end_date", "organisation")]
    assert told == [1, "regular", "active", "2001-05-06", None, "A81001"]


@pytest.mark.parametrize(
    ("cells", "active", "status"),
    [
        ({"DateOfDeactivation": "2020-01-01"}, "false", "left"),
        ({"DateOfDeactivation": "2020-01-01", "DateOfDeath": "2019-12-30"}, "false", "dead"),
        ({}, "true", "active"),
    ],
)
def test_who_has_left(tmp_path: Path, cells: dict[str, object], active: str, status: str) -> None:
    got, registration = patient_of(tmp_path, **cells)
    assert (got["active"], registration["status"], registration["end_date"]) == (
        active,
        status,
        cells.get("DateOfDeactivation"),
    )


@pytest.mark.parametrize(
    ("delivered", "ours"), [("UNKNOWN", "unknown"), ("I", "indeterminate"), ("m", "male"), ("X", "X")]
)
def test_sex(tmp_path: Path, delivered: str, ours: str) -> None:
    assert patient_of(tmp_path, Sex=delivered)[0]["sex"] == ours


@pytest.mark.parametrize(
    ("delivered", "ours"),
    [("Emg", "immediately_necessary"), ("Walk-In Patient", "other"), ("Never seen", "Never seen")],
)
def test_kinds_of_patient(tmp_path: Path, delivered: str, ours: str) -> None:
    assert patient_of(tmp_path, PatientTypeDescription=delivered)[1]["kind"] == ours


def test_a_test_patient_is_marked_and_a_temporary_one_may_have_no_home(tmp_path: Path) -> None:
    got, _ = patient_of(tmp_path, DummyType=True)
    assert (got["test_patient"], got["address"]) == ("true", None)


@pytest.mark.parametrize("column", ["ExternalUsualGP", "ExternalUsusalGP"])
def test_the_misspelt_columns_of_old_layouts_are_read(tmp_path: Path, column: str) -> None:
    assert patient_of(tmp_path, **{column: "Dr  Jo Hill"})[0]["usual_gp"] == "dr jo hill"


@pytest.mark.parametrize("table", ["CareRecord_Diary", "Prescribing_DrugRecord", "Prescribing_IssueRecord"])
def test_the_misspelt_clinician_of_old_layouts_is_read(tmp_path: Path, table: str) -> None:
    old = {"ClinicianUserInRoleGuid": None, "ClinicanUserInRoleGuid": "adams"}
    made = made_of(tmp_path, {table: [old]})
    entity = next(one.entity for one in EMIS.format.conversions if one.table == table)
    assert made.only(entity)["performer"] == "dr sarah adams"


def test_a_deleted_patient_is_set_aside(tmp_path: Path) -> None:
    made = made_of(tmp_path, {"Admin_Patient": [{"PatientGuid": "p2", "Deleted": True}]})
    assert len(made.records["patient"]) == len(made.records["registration"]) == 1
    assert made.reasons("Admin_Patient") == ["deleted"]


def test_a_consultation(tmp_path: Path) -> None:
    rows = {
        "CareRecord_Consultation": [
            {
                "ConsultationGuid": "c1",
                "ConsultationSourceTerm": "Telephone",
                "ConsultationSourceCodeId": 4,
                "Complete": False,
            }
        ]
    }
    got = made_of(tmp_path, rows).only("consultation")
    told = [got[name] for name in ("type_text", "type_term", "start", "recorded", "performer", "recorder")]
    assert told == [
        "Telephone",
        '["Practice note"]',
        "2020-03-05",
        "2020-03-05T09:15:00",
        "dr sarah adams",
        "tom reed",
    ]
    assert json.loads(got["extras"]) == {"Complete": ["false"]}


def test_layout_5_0_has_no_time_of_entry(tmp_path: Path) -> None:
    made = made_of(tmp_path, {"CareRecord_Consultation": [{"ConsultationGuid": "c1", "EnteredTime": None}]})
    assert made.only("consultation")["recorded"] == "2020-03-05"


@pytest.mark.parametrize(
    ("active", "complete", "status"),
    [(True, False, "active"), (False, True, "completed"), (False, False, "inactive")],
)
def test_what_is_due(tmp_path: Path, active: bool, complete: bool, status: str) -> None:
    row = {
        "DiaryGuid": "d1",
        "CodeId": None,
        "OriginalTerm": "Asthma review",
        "IsActive": active,
        "IsComplete": complete,
    }
    got = made_of(tmp_path, {"CareRecord_Diary": [row]}).only("recall")
    told = [got[name] for name in ("status", "due", "authored", "code", "code_text")]
    assert told == [status, "2020-03-05", "2020-03-05T09:15:00", None, "Asthma review"]


def test_a_course_and_its_issue(tmp_path: Path) -> None:
    course = {
        "DrugRecordGuid": "d1", "CodeId": 10, "Dosage": "One daily", "Quantity": "28", "QuantityUnit": "capsule",
        "PrescriptionType": "Repeat Dispensing", "IsActive": False, "CancellationDate": "2021-01-01",
        "NumberOfIssues": 3, "NumberOfIssuesAuthorised": 6,
    }  # fmt: skip
    issue = {
        "IssueRecordGuid": "i1", "DrugRecordGuid": "d1", "CodeId": 10, "Dosage": "One daily",
        "CourseDurationInDays": 28,
        "PatientMessage": "See us", "EstimatedNhsCost": "1.2", "IsPrivatelyPrescribed": True,
    }  # fmt: skip
    made = made_of(tmp_path, {"Prescribing_DrugRecord": [course], "Prescribing_IssueRecord": [issue]})
    got = made.only("medication_authorisation")
    told = [
        got[name]
        for name in ("drug", "drug_term", "type", "status", "start", "end_date", "dosage", "quantity")
    ]
    assert told == [
        '["emis_drug|10","snomed|318837009"]', '["Ramipril 5mg capsules"]', "repeat_dispensing", "ended", "2020-03-05",
        "2021-01-01", "One daily", "28",
    ]  # fmt: skip
    assert (got["repeats_issued"], got["repeats_allowed"]) == ("3", "6")
    got = made.only("medication_issue")
    told = [got[name] for name in ("type", "authorisation", "duration", "patient_instruction")]
    assert told == ["repeat_dispensing", "Ramipril 5mg capsules @ 2020-03-05", "28", "See us"]
    assert json.loads(got["extras"]) == {"EstimatedNhsCost": ["1.2"], "IsPrivatelyPrescribed": ["true"]}


def test_an_issue_without_a_course_is_an_issue(tmp_path: Path) -> None:
    made = made_of(tmp_path, {"Prescribing_IssueRecord": [{"IssueRecordGuid": "i1", "CodeId": 11}]})
    assert made.only("medication_issue")["authorisation"] is None


def test_a_drug_without_a_national_id_is_known_by_the_suppliers(tmp_path: Path) -> None:
    drugs = [{"DrugRecordGuid": "d1", "CodeId": 11}, {"DrugRecordGuid": "d2", "CodeId": 12}]
    made = made_of(tmp_path, {"Prescribing_DrugRecord": drugs})
    assert [one["drug"] for one in made.records["medication_authorisation"]] == [
        '["emis_drug|11"]',
        '["emis_drug|12"]',
    ]


CLINIC: dict[str, list[dict[str, object]]] = {
    "Admin_Location": [{"LocationGuid": "site", "LocationName": "Main Surgery"}],
    "Appointment_Session": [
        {"AppointmentSessionGuid": "s1", "Description": "Morning", "LocationGuid": "site"}
    ],
    "Appointment_SessionUser": [
        {"SessionGuid": "s1", "UserInRoleGuid": "adams"},
        {"SessionGuid": "s1", "UserInRoleGuid": "clerk"},
        {"SessionGuid": "s1", "UserInRoleGuid": "locum", "Deleted": True},
    ],
}
SLOT: dict[str, object] = {
    "SlotGuid": "slot", "SessionGuid": "s1", "AppointmentDate": "2027-03-08", "AppointmentStartTime": "09:10:00",
    "PlannedDurationInMinutes": 10,
}  # fmt: skip


def test_an_appointment_with_more_than_one_clinician(tmp_path: Path) -> None:
    rows = {
        **CLINIC,
        "Appointment_Slot": [
            {**SLOT, "PatientGuid": "p1", "SlotStatus": "Booked", "SlotType": "Face to face"}
        ],
    }
    made = made_of(tmp_path, rows)
    got = made.only("appointment")
    told = [
        got[name] for name in ("start", "duration", "status", "type_text", "session", "performer", "location")
    ]
    assert told == [
        "2027-03-08T09:10:00", "10", "booked", "Face to face", "Morning", "dr sarah adams; tom reed", "main surgery",
    ]  # fmt: skip
    assert made.reasons("Appointment_Session") == ["told_with_appointment"]
    assert sorted(made.reasons("Appointment_SessionUser")) == [
        "deleted",
        "told_with_appointment",
        "told_with_appointment",
    ]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"DidNotAttend": True, "SlotStatus": "Booked"}, "dna"),
        ({"LeftTime": "09:20:00"}, "seen"),
        ({}, "booked"),
        ({"SlotStatus": "Never seen"}, "Never seen"),
    ],
)
def test_attendance_in_layouts_with_and_without_a_status(
    tmp_path: Path, cells: dict[str, object], status: str
) -> None:
    made = made_of(tmp_path, {"Appointment_Slot": [{**SLOT, "PatientGuid": "p1", **cells}]})
    assert made.only("appointment")["status"] == status


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, "free_slot"),
        ({"ExternalPatientGuid": "x"}, "patient_elsewhere"),
        ({"Deleted": True, "PatientGuid": "p1"}, "deleted"),
    ],
    ids=["free or cancelled", "booked for another practice", "deleted"],
)
def test_slots_that_are_no_appointment(tmp_path: Path, cells: dict[str, object], reason: str) -> None:
    made = made_of(tmp_path, {"Appointment_Slot": [{**SLOT, **cells}]})
    assert (made.records["appointment"], made.reasons("Appointment_Slot")) == ([], [reason])


def test_an_appointment_of_somebody_who_has_left_is_kept(tmp_path: Path) -> None:
    made = made_of(tmp_path, {"Appointment_Slot": [{**SLOT, "PatientGuid": "gone"}]})
    assert made.only("appointment")["patient"] == guid("gone")


def test_only_the_practices_own_staff_are_its_staff(tmp_path: Path) -> None:
    made = made_of(tmp_path, {})
    assert [one["name"] for one in made.records["practitioner"]] == ["dr sarah adams", "tom reed"]
    assert made.reasons("Admin_UserInRole") == ["staff_elsewhere"]


def test_a_place_says_whose_it_is(tmp_path: Path) -> None:
    rows = {
        "Admin_Location": CLINIC["Admin_Location"],
        "Admin_OrganisationLocation": [
            {"OrganisationGuid": "practice", "LocationGuid": "site", "IsMainLocation": True}
        ],
    }
    made = made_of(tmp_path, rows)
    place = next(one for one in made.records["organisation"] if one["kind"] == "place")
    assert (place["name"], place["organisation"], place["active"]) == ("Main Surgery", "A81001", "true")
    assert made.reasons("Admin_OrganisationLocation") == ["told_with_place"]


def test_what_no_record_is_made_of_says_why(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, object]]] = {
        "Admin_PatientHistory": [{"PatientGuid": "p1", "StatusDescription": "Deducted"}],
        "Audit_PatientAudit": [{"ItemGuid": "o1"}],
        "Audit_RegistrationAudit": [{"PatientGuid": "p1"}],
        "Agreements_SharingOrganisation": [{"OrganisationGuid": "practice"}],
    }
    made = made_of(tmp_path, rows)
    assert [made.reasons(name) for name in rows] == [
        ["history_not_compared"],
        ["audit"],
        ["audit"],
        ["agreement"],
    ]


@pytest.mark.parametrize(
    ("rows", "practices"),
    [
        ({"Admin_Patient": [{"OrganisationGuid": "a"}, {"OrganisationGuid": "a"}, {"OrganisationGuid": "b"}],
          "Agreements_SharingOrganisation": [{"OrganisationGuid": "c"}]}, {"a", "b"}),
        ({"Agreements_SharingOrganisation": [{"OrganisationGuid": "c"}]}, {"c"}),
        ({}, set()),
    ],
    ids=["those with patients", "else those of the agreement", "none"],
)  # fmt: skip
def test_the_practices_of_a_feed(
    tmp_path: Path, rows: dict[str, list[dict[str, object]]], practices: set[str]
) -> None:
    known = [{"OrganisationGuid": one, "ODSCode": f"A8100{one}", "OrganisationName": one} for one in "abc"]
    with Duck(tmp_path) as duck:
        stage(duck, {"Admin_Organisation": known, **rows})
        found = duck.run("practices", of_source(EMIS.sql(EMIS.layout.practices or "")))
    assert {(one, f"A8100{name}", name) for name in practices for one in [guid(name)]} == set(found)
