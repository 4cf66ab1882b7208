"""What becomes of people, medication, appointments and lists of a SystmOne extract, and of rows that are no record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.records.formats.test_tpp_entries import DIABETES, SCENE, extras, made
from tests.unit.records.formats.tpp_stand_in import FORMAT, OWN, PLACED, Cells, Row, SystmOne

PERSON = {"RowIdentifier": 7, "IDOrganisationVisibleTo": "A81001"}
LISTS: list[Cells] = [{"RowIdentifier": 1, "Mapping": "Home"}, {"RowIdentifier": 2, "Mapping": "Mobile"}]


def test_a_patient_is_told_by_four_tables(tmp_path: Path) -> None:
    person = PERSON | {
        "Title": "Mrs", "FirstName": "Ann", "MiddleNames": "May", "Surname": "Lee", "PreviousSurname": "Hall",
        "NHSNumber": "999 001 5840", "DateBirth": "1950-02-01T04:30:00", "Gender": "F", "TestPatient": True,
    }  # fmt: skip
    address = {
        "IDPatient": 7,
        "AddressType": "1",
        "NumberOfBuilding": "1",
        "NameOfRoad": "Mill Lane",
        "FullPostCode": "ZZ1 1ZZ",
    }
    related = {"IDPatient": 7, "RelationshipType": "Daughter", "CaresForPatient": True}
    feed = SystmOne(
        tmp_path, SRPatient=[person], SRMapping=LISTS,
        SRPatientAddressHistory=[
            address | {"NumberOfBuilding": "9", "DateEvent": "2001-01-01T00:00:00", "DateTo": "2010-01-01T00:00:00"},
            address | {"DateEvent": "2010-01-01T00:00:00", "RowIdentifier": 2},
            address | {"NameOfRoad": "Elsewhere", "AddressType": "Temporary", "DateEvent": "2020-01-01T00:00:00"},
        ],
        SRPatientContactDetails=[
            {"IDPatient": 7, "ContactType": "2", "ContactNumber": "07700 900001", "DateEvent": "2001-01-01T00:00:00"},
            {"IDPatient": 7, "ContactType": "2", "ContactNumber": "07700 900002", "DateEvent": "2011-01-01T00:00:00"},
        ],
        SRPatientRelationship=[
            related | {"RelationshipWithName": "Joan Old", "DateEnded": "2019-01-01T00:00:00"},
            related | {"RelationshipWithName": "Mary Lee"},
        ],
        SRPatientRegistration=[OWN | {"RegistrationStatus": "GMS", "DateRegistration": "2001-01-01T00:00:00"}],
    )  # fmt: skip
    (got,) = feed.of("patient")
    wanted = (
        "nhs_number",
        "given",
        "birth_date",
        "sex",
        "address",
        "postcode",
        "mobile_phone",
        "carer",
        "test_patient",
        "active",
    )
    assert [got[name] for name in wanted] == [
        "9990015840", "Ann May", "1950-02-01", "female", "1 mill lane, zz1 1zz", "ZZ1 1ZZ", "07700 900002",
        "Mary Lee (Daughter)", "true", "true",
    ]  # fmt: skip
    assert extras(got)["TimeOfBirth"] == ["1950-02-01T04:30:00"]
    assert feed.set_aside()["SRPatientAddressHistory"] == ["told_with_patient"] * 3


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("GMS", "regular"), ("GMS,Contraception", "regular"), ("Contraception, Temporary", "temporary"),
        ("Contraception", "other"), ("Immediately Necessary", "immediately_necessary"), ("Unheard of", "other"),
    ],
)  # fmt: skip
def test_one_cell_names_several_kinds_of_registration(tmp_path: Path, cell: str, kind: str) -> None:
    (got,) = made(tmp_path, "SRPatientRegistration", {"RegistrationStatus": cell}).of("registration")
    assert got["kind"] == kind
    assert extras(got)["RegistrationStatus"] == [cell]


def test_registrations_here_are_records_and_those_elsewhere_are_not(tmp_path: Path) -> None:
    days = [("2001-01-01", "2005-01-01"), ("2010-01-01", None), ("2006-01-01", "2009-01-01")]
    rows = [
        {"DateRegistration": f"{start}T00:00:00", "DateDeRegistration": end and f"{end}T00:00:00"}
        for start, end in days
    ]
    feed = made(tmp_path, "SRPatientRegistration", *rows[:2], rows[2] | {"IDOrganisation": "B82002"})
    told = [(one["start"], one["end_date"], one["status"]) for one in feed.of("registration")]
    assert told == [("2001-01-01", "2005-01-01", "left"), ("2010-01-01", None, "active")]
    assert feed.set_aside()["SRPatientRegistration"] == ["registered_elsewhere"]


def test_the_dead_are_neither_active_nor_left(tmp_path: Path) -> None:
    dead: list[Cells] = [PERSON | {"DateDeath": "2020-01-01T00:00:00"}]
    feed = made(
        tmp_path, "SRPatientRegistration", {"DateRegistration": "2001-01-01T00:00:00"}, SRPatient=dead
    )
    assert feed.of("registration")[0]["status"] == "dead"
    assert feed.of("patient")[0]["active"] == "false"


DRUG = {
    "IDMultiLexProduct": 5, "IDMultiLexDMD": 39113611000001102, "NameOfMedication": "Atenolol 50mg tablets",
    "MedicationQuantity": "28 tablet", "MedicationDosage": "one daily",
}  # fmt: skip
ISSUE = DRUG | {"DateMedicationStart": "2027-02-01T00:00:00", "DateMedicationEnd": "2027-02-08T00:00:00"}


def test_an_acute_issue_is_its_own_authorisation(tmp_path: Path) -> None:
    feed = made(
        tmp_path, "SRPrimaryCareMedication", ISSUE, ISSUE | {"DateMedicationEnd": "2027-03-08T00:00:00"},
        ISSUE | {"IDRepeatTemplate": 1, "IsRepeatMedication": True},
        ISSUE | {"IDRepeatTemplate": 99, "IsRepeatMedication": True},
        SRRepeatTemplate=[OWN | DRUG | {"DateMedicationTemplateStart": "2026-01-01T00:00:00", "MaxIssues": 6}],
    )  # fmt: skip
    issues = feed.of("medication_issue")
    assert [(one["type"], one["authorisation"]) for one in issues] == [
        ("acute", "Atenolol 50mg tablets @ 2027-02-01"), ("acute", "Atenolol 50mg tablets @ 2027-02-01"),
        ("repeat", "Atenolol 50mg tablets @ 2026-01-01"), ("repeat", None),
    ]  # fmt: skip
    assert extras(issues[3]) == {"IDRepeatTemplate": ["99"]}
    wanted = ("drug", "quantity", "quantity_unit", "duration", "dosage")
    assert [issues[0][name] for name in wanted] == [
        '["multilex|5","snomed|39113611000001102"]', "28", "tablet", "7", "one daily",
    ]  # fmt: skip
    template, ended, running = feed.of("medication_authorisation")
    assert (template["type"], template["status"], template["repeats_allowed"]) == ("repeat", "active", "6")
    assert [(one["part"], one["type"], one["status"]) for one in (ended, running)] == [
        (1, "acute", "ended"),
        (1, "acute", "active"),
    ]


def test_a_quantity_that_is_no_number_and_unit_stays_whole(tmp_path: Path) -> None:
    rows = [ISSUE | {"MedicationQuantity": cell} for cell in ("2 x 28 tablet", "28.0 tablet")]
    told = made(tmp_path, "SRPrimaryCareMedication", *rows).of("medication_issue")
    assert [(one["quantity"], one["quantity_unit"], one["original"]) for one in told] == [
        (None, "2 x 28 tablet", None),
        ("28", "tablet", '{"quantity":"28.0 tablet"}'),
    ]


def test_a_template_says_how_long_and_whether_it_is_repeat_dispensing(tmp_path: Path) -> None:
    rows = [
        {"DrugStatus": "8", "CourseLengthPerIssue": "28"},
        {"DrugStatus": "0", "DateMedicationTemplateEnd": "2026-01-01T00:00:00"},
    ]
    feed = made(tmp_path, "SRRepeatTemplate", *(DRUG | row for row in rows))
    told = [(one["type"], one["status"], one["duration"]) for one in feed.of("medication_authorisation")]
    assert told == [("repeat_dispensing", "active", "28"), ("repeat", "ended", None)]


def test_a_recipient_is_an_organisation_or_what_the_cell_says(tmp_path: Path) -> None:
    rows = [
        {"RecipientID": "rr1", "RecipientIDType": "Staff"},
        {"RecipientID": "Dr  Who", "Urgency": "Urgent"},
        {"RecipientID": "-1"},
    ]
    steps: list[Cells] = [
        {
            "IDReferralOut": 1,
            "StatusOfReferralOut": "Sent",
            "DateEvent": "2020-01-01T00:00:00",
            "RowIdentifier": 1,
        },
        {
            "IDReferralOut": 1,
            "StatusOfReferralOut": "Seen",
            "DateEvent": "2020-02-01T00:00:00",
            "RowIdentifier": 2,
        },
    ]
    feed = made(
        tmp_path,
        "SRReferralOut",
        *rows,
        SRReferralOutStatusDetails=steps,
        SROrganisation=[{"ID": "RR1", "Name": "Hospital"}],
    )
    assert [one["recipient"] for one in feed.of("referral")] == ["RR1", "dr who", None]
    assert [one["status"] for one in feed.of("referral")] == ["seen", None, None]
    assert feed.of("referral")[1]["priority"] == "urgent"


def test_documents_are_named_and_letters_told_with_them(tmp_path: Path) -> None:
    media: list[Cells] = [
        OWN
        | {
            "DocumentUID": "6D3A3AD1EEEFB37E1D204DE7DA7B1128",
            "FileName": "Clinic letter 5.1.PDF",
            "FileSize": "120",
        },
        OWN | {"RowIdentifier": 2, "DocumentUID": "Scan 9", "FileName": "no ending"},
    ]
    feed = made(
        tmp_path, "SRLetter", {}, {"IDEvent": -1, "SenderOrganisation": "City  Hospital"}, SRMedia=media
    )
    told = [(one.get("path"), one.get("title"), one.get("content_type")) for one in feed.of("document")]
    assert told == [
        ("6d3a3ad1-eeef-b37e-1d20-4de7da7b1128", "Clinic letter 5.1", "application/pdf"), ("scan 9", "no ending", None),
        (None, None, None),
    ]  # fmt: skip
    assert feed.of("document")[2]["author"] == "city hospital"
    assert feed.set_aside()["SRLetter"] == ["told_with_document"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("0", "booked"),
        ("Finished", "seen"),
        ("2", "dna"),
        ("10", "cancelled"),
        ("Cancelled by Unit", "cancelled"),
        ("17", "17"),
    ],
)
def test_the_state_of_an_appointment_is_a_word_or_a_number(tmp_path: Path, cell: str, status: str) -> None:
    slot = {
        "DateStart": "2020-03-05T09:00:00",
        "DateEnd": "2020-03-05T09:10:00",
        "TelephoneAppointment": "TRUE",
    }
    (got,) = made(tmp_path, "SRAppointment", slot | {"AppointmentStatus": cell, "IDClinician": 3}).of(
        "appointment"
    )
    assert (got["status"], got["duration"], got["type_text"], got["performer"]) == (
        status,
        "10",
        "Telephone",
        "dr sarah adams",
    )


def test_free_slots_and_typed_in_visits_are_no_records(tmp_path: Path) -> None:
    visit = {
        "DateRequested": "2020-03-05T11:00:00",
        "DateBooked": "2020-03-04T17:00:00",
        "CurrentStatus": "Deferred",
        "Duration": 20,
    }
    feed = made(
        tmp_path, "SRVisit", visit, visit | {"IDPatient": -1}, SRAppointment=[OWN | {"IDPatient": -1}],
        SRRota=[{"RowIdentifier": 1}], SRAppointmentFlags=[{"IDAppointment": 1}],
    )  # fmt: skip
    (got,) = feed.of("appointment")
    assert (got["start"], got["booked"], got["status"], got["type_text"], got["duration"]) == (
        "2020-03-05T11:00:00", "2020-03-04T17:00:00", "cancelled", "Home visit", "20",
    )  # fmt: skip
    aside = feed.set_aside()
    assert (aside["SRVisit"], aside["SRAppointment"], aside["SRRota"]) == (
        ["no_patient"],
        ["free_slot"],
        ["appointment_book"],
    )


def test_staff_are_roles_persons_without_one_and_names_elsewhere(tmp_path: Path) -> None:
    feed = SystmOne(
        tmp_path, SRPatient=[PERSON],
        SRStaffMember=[
            {"RowIdentifier": 1, "StaffName": "Dr Sarah Adams", "NationalIdType": "GMC", "IDNational": "7654321"},
            {"RowIdentifier": 2, "StaffName": "Tom Reed"}, {"RowIdentifier": 3, "StaffName": "Ann Other"},
        ],
        SRStaffMemberProfile=[
            {"RowIdentifier": 10, "IDStaffMember": 1, "IDOrganisation": "A81001", "StaffRole": "GP", "GmpID": "G1",
             "DateEmploymentStart": "2001-01-01T00:00:00"},
            {"RowIdentifier": 11, "IDStaffMember": 3, "IDOrganisation": "B82002"},
        ],
    )  # fmt: skip
    told = [(one["kind"], one["name"], one["identifiers"]) for one in feed.of("practitioner")]
    assert told == [("role", "dr sarah adams", '["gmc|7654321","gmp|G1"]'), ("person", "tom reed", None)]
    assert feed.set_aside()["SRStaffMember"] == ["told_with_role", "told_with_role"]
    assert feed.set_aside()["SRStaffMemberProfile"] == ["staff_elsewhere"]


def test_the_practices_are_those_with_patients(tmp_path: Path) -> None:
    feed = made(tmp_path, "SRCode", DIABETES, SROrganisation=[{"ID": "a81001", "Name": "Mill Lane Surgery"}])
    assert feed.rows("SELECT 1 AS file, 1 AS record, * FROM (" + FORMAT.sql("practices.sql") + ")") == [
        {"file": 1, "record": 1, "practice": "A81001", "ods": "A81001", "name": "Mill Lane Surgery"}
    ]


@pytest.mark.parametrize("removed", [False, True])
def test_every_row_has_one_fate_even_where_keys_repeat(tmp_path: Path, removed: bool) -> None:
    row = {"RemovedData": True, "RowIdentifier": 1} if removed else OWN
    rows: dict[str, list[Cells]] = {}
    for name, table in PLACED.items():
        cells = {column: value for column, value in row.items() if column in table.columns}
        rows[name] = [cells, cells, {}]
    feed = SystmOne(tmp_path, **rows)
    found = [(name, one["record"]) for name, fates in _fates(feed).items() for one in fates]
    assert sorted(found) == sorted((name, number) for name in PLACED for number in (1, 2, 3))
    if removed:
        reasons = {
            reason for name, told in feed.set_aside().items() if PLACED[name].deleted for reason in told[:2]
        }
        assert reasons == {"removed_by_supplier"}


def _fates(feed: SystmOne) -> dict[str, list[Row]]:
    """Every fate of every row by table: the conversions that account for it, and the rows set aside."""
    found: dict[str, list[Row]] = {name: [] for name in PLACED}
    for one in FORMAT.format.conversions:
        found[one.table] += [
            row for row in feed.rows(FORMAT.sql(f"canonical/{one.sql}")) if not row.get("part")
        ]
    for row in feed.rows(FORMAT.sql("set_aside.sql")):
        found[str(row["kind"])].append(row)
    return found


def test_the_scene_is_used() -> None:
    assert SCENE["SREvent"][0]["RowIdentifier"] == OWN["IDEvent"]
