"""Every clean-up check finds what it is for and leaves alone what only looks like it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from godwit.definitions.guide.roles import read_roles
from godwit.definitions.guide.task import read_tasks
from godwit.records.profile.checks import Check, read_checks
from godwit.records.profile.looking import SQL, sql
from tests.support.profile_scene import Row, entry, person, registered, repeat, scene

LOCAL = '["emis_local|EMISNQAB1","emis|2"]'
OWN_RANGE = '["emis_local|EMISNQAB2","emis|3","snomed|1234561000006119"]'
READ_ONLY = '["emis|4","read2|C10F."]'
WRONG = '["snomed|44054007"]'
WITHOUT_DMD = '["emis_drug|9"]'


@dataclass(frozen=True)
class Case:
    """Rows by entity, and for each record found what it is: (person, number of the record in its entity)."""

    rows: dict[str, list[Row]]
    found: list[tuple[int | None, int]] = field(default_factory=list)


def people(*rows: Row) -> dict[str, list[Row]]:
    """These patients, all registered."""
    return {"patient": list(rows), "registration": [registered(one["person"]) for one in rows]}


def of_two(**entities: Any) -> dict[str, list[Row]]:
    """Patient 1 is registered, patient 2 has left; and these records."""
    left = registered(2, status="left", end_date="2024-05-06")
    return {"patient": [person(1), person(2)], "registration": [registered(1), left], **entities}


CASES: dict[str, Case] = {
    "nhs_number_twice": Case(
        people(person(1, nhs_number="9434765919"), person(2, nhs_number="9434765919"), person(3), person(4)),
        [(1, 1), (2, 2)],
    ),
    "same_person_twice": Case(
        people(
            person(1, given="Ada Mary"),
            person(2, given="ADA"),
            person(3, given="Ada", birth_date="1950-02-04"),
            person(4, given="Ada", sex="male"),
        ),
        [(1, 1), (2, 2)],
    ),
    "nhs_number_absent": Case(
        {
            "patient": [person(1), person(2, nhs_number="9434765919"), person(3)],
            "registration": [registered(1), registered(2), registered(3, status="left")],
        },
        [(1, 1)],
    ),
    "nhs_number_wrong": Case(
        people(
            person(1, nhs_number="9434765919"),
            person(2, nhs_number="9434765918"),
            person(3, nhs_number="943476591"),
            person(4, nhs_number="943 476 5919"),
            person(5, nhs_number="9990158401"),
            person(6, nhs_number="1000000010"),
        ),
        [(2, 2), (3, 3), (6, 6)],
    ),
    "dead_and_registered": Case(
        {
            "patient": [person(1, death_date="2024-01-02"), person(2, death_date="2024-01-02"), person(3)],
            "registration": [registered(1), registered(2, end_date="2024-01-09"), registered(3)],
        },
        [(1, 1)],
    ),
    "birth_date_impossible": Case(
        people(
            person(1, birth_date=None),
            person(2, birth_date="2026-02-01"),
            person(3, birth_date="1900-01-01"),
            person(4, birth_date="unreadable:1950-13-01"),
            person(5, birth_date="1990-01-01", death_date="1989-01-01"),
            person(6),
            person(7, birth_date="1900-01-01", death_date="1990-01-01"),
        ),
        [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)],
    ),
    "temporary_too_long": Case(
        {
            "patient": [person(1), person(2), person(3)],
            "registration": [
                registered(1, kind="temporary", start="2025-10-01"),
                registered(2, kind="temporary", start="2026-01-02"),
                registered(3),
            ],
        },
        [(1, 1)],
    ),
    "other_registrations": Case(
        {"patient": [person(1), person(2)], "registration": [registered(1, kind="private"), registered(2)]},
        [(1, 1)],
    ),
    "sex_unknown": Case(people(person(1, sex="unknown"), person(2, sex=None), person(3)), [(1, 1), (2, 2)]),
    "postcode_absent": Case(
        {
            "patient": [person(1, postcode=None), person(2, postcode=None), person(3)],
            "registration": [registered(1), registered(2, kind="temporary"), registered(3)],
        },
        [(1, 1)],
    ),
    "email_malformed": Case(
        people(
            person(1, email="ada.example.org"),
            person(2, email="ada@example"),
            person(3, email="a@b.org; c@d.org"),
            person(4, email="ada.tern+gp@mail.example.org"),
            person(5),
        ),
        [(1, 1), (2, 2), (3, 3)],
    ),
    "email_shared": Case(
        people(
            *(person(one, email="None@example.org ") for one in range(1, 6)),
            *(person(one, email="family@example.org") for one in range(6, 10)),
        ),
        [(one, one) for one in range(1, 6)],
    ),
    "mobile_malformed": Case(
        people(
            person(1, mobile_phone="0770 900001"),
            person(2, mobile_phone="ask wife"),
            person(3, mobile_phone="07700 900001"),
            person(4, mobile_phone="+44 (0)7700 900001"),
            person(5, mobile_phone="0033 6 12 34 56 78"),
            person(6, mobile_phone="020 7946 0001"),
        ),
        [(1, 1), (2, 2), (6, 6)],
    ),
    "test_patients": Case(people(person(1, test_patient="true"), person(2, test_patient="false")), [(1, 1)]),
    "left_patients": Case(of_two(), [(2, 2)]),
    "dead_patients": Case(people(person(1, death_date="2020-02-02"), person(2)), [(1, 1)]),
    "local_codes": Case(
        of_two(
            observation=[entry(1, code=LOCAL), entry(1, code=OWN_RANGE), entry(1), entry(2, code=READ_ONLY)],
            allergy=[{"person": 1, "code": LOCAL}],
        ),
        [(1, 1), (1, 2)],
    ),
    "codes_without_snomed": Case(
        of_two(observation=[entry(1, code=READ_ONLY), entry(1), entry(1, code=LOCAL)]), [(1, 1)]
    ),
    "codes_unknown": Case(
        of_two(
            observation=[
                entry(1, code='["emis|77"]', code_term=None),
                entry(1, code=None, code_term=None),
                entry(1, code=None, code_term=None, kind="alert"),
                entry(1),
                entry(1, code=LOCAL),
            ],
            recall=[{"person": 1, "code_term": '["Smear"]'}, {"person": 1}],
            referral=[{"person": 1}],
        ),
        [(1, 1), (1, 2), (1, 2)],
    ),
    "snomed_wrong": Case(of_two(observation=[entry(1, code=WRONG), entry(1)]), [(1, 1)]),
    "problems_without_code": Case(
        of_two(
            problem=[
                {"person": 1, "status": "active", "code": LOCAL},
                {"person": 1, "status": "active"},
                {"person": 1, "status": "past"},
                {"person": 1, "status": "active", "code": READ_ONLY},
            ]
        ),
        [(1, 1), (1, 2)],
    ),
    "allergies_without_code": Case(
        of_two(
            allergy=[
                {"person": 1, "code": LOCAL, "agent": "nuts"},
                {"person": 1, "agent": "nuts"},
                {"person": 1, "code": '["snomed|44054006"]'},
                {"person": 1, "code": '["multilex|71"]'},
                {"person": 2, "agent": "nuts"},
            ]
        ),
        [(1, 1), (1, 2)],
    ),
    "repeats_without_dmd": Case(
        of_two(
            medication_authorisation=[
                repeat(1, drug=WITHOUT_DMD),
                repeat(1),
                repeat(1, drug=WITHOUT_DMD, status="ended"),
                repeat(2, drug=WITHOUT_DMD),
                repeat(1, drug=None, type="acute"),
            ]
        ),
        [(1, 1), (1, 5)],
    ),
    "issues_without_dmd": Case(
        of_two(
            medication_issue=[
                {"person": 1, "drug": WITHOUT_DMD},
                {"person": 1, "drug": '["snomed|44054006"]'},
            ]
        ),
        [(1, 1)],
    ),
    "repeats_not_issued": Case(
        of_two(
            medication_authorisation=[
                repeat(1, start="2020-01-01", drug_term='["Old"]'),
                repeat(1, start="2020-01-01", drug_term='["Issued"]'),
                repeat(1, start="2020-01-01", drug_term='["Told"]', last_issue="2025-12-01"),
                repeat(2, start="2020-01-01"),
            ],
            medication_issue=[
                {"person": 1, "drug_term": '["Issued"]', "start": "2025-11-01"},
                {"person": 1, "drug_term": '["Old"]', "start": "2024-11-01"},
            ],
        ),
        [(1, 1)],
    ),
    "repeats_past_review": Case(
        of_two(
            medication_authorisation=[
                repeat(1, review="2026-01-30"),
                repeat(1, review="2026-01-31"),
                repeat(1),
            ]
        ),
        [(1, 1)],
    ),
    "repeats_used_up": Case(
        of_two(
            medication_authorisation=[
                repeat(1, repeats_allowed="6", repeats_issued="6"),
                repeat(1, repeats_allowed="6", repeats_issued="5"),
                repeat(1, repeats_allowed="0", repeats_issued="3"),
                repeat(1, repeats_allowed="unreadable:x", repeats_issued="3"),
            ]
        ),
        [(1, 1)],
    ),
    "repeats_without_dosage": Case(
        of_two(medication_authorisation=[repeat(1, dosage=None), repeat(1, dosage=" "), repeat(1)]),
        [(1, 1), (1, 2)],
    ),
    "repeats_of_leavers": Case(of_two(medication_authorisation=[repeat(1), repeat(2)]), [(2, 2)]),
    "repeat_dispensing_open": Case(
        of_two(medication_authorisation=[repeat(1, type="repeat_dispensing"), repeat(1)]), [(1, 1)]
    ),
    "dates_in_future": Case(
        of_two(
            observation=[
                entry(1, effective="2026-02-01"),
                entry(1, effective="2027"),
                entry(1, effective="2026"),
                entry(1, effective="2026-01-31T23:00:00"),
                entry(1, effective="unreadable:9999-99-99"),
            ],
            recall=[{"person": 1, "code": LOCAL, "due": "2027-01-01", "authored": "2026-01-01"}],
        ),
        [(1, 1), (1, 2)],
    ),
    "dates_before_birth": Case(
        of_two(
            observation=[
                entry(1, effective="1949"),
                entry(1, effective="1950"),
                entry(1, effective="1950-02-02"),
                entry(1, effective="1930-01-01", kind="family_history"),
                entry(1, effective="1900-01-01"),
            ]
        ),
        [(1, 1), (1, 3)],
    ),
    "dates_filled_in": Case(
        of_two(observation=[entry(1, effective="1900-01-01"), entry(1, effective="1900-01-02")]), [(1, 1)]
    ),
    "dates_absent": Case(
        of_two(observation=[entry(1, effective=None), entry(1), entry(1, effective=None, kind="alert")]),
        [(1, 1)],
    ),
    "values_without_unit": Case(
        of_two(
            observation=[
                *(entry(1, value="5", unit="mmol/L") for _ in range(2)),
                entry(1, value="5"),
                entry(1, value="9", code=READ_ONLY),
            ]
        ),
        [(1, 3)],
    ),
    "entries_twice": Case(
        of_two(
            observation=[
                entry(1, text="same"),
                entry(1, text="same"),
                entry(1, text="other"),
                entry(2, text="same"),
                entry(1),
                entry(1),
            ]
        ),
        [(1, 2)],
    ),
    "text_garbled": Case(
        {
            **people(
                person(1, family="RenÃ©e"), person(2, family="Renée"), person(3, address="1 Mill \ufffd Lane")
            ),
            "observation": [
                entry(1, text="donâ€™t"),
                entry(1, text="fine\x00"),
                entry(1, text="30 °C, ±2 µg £5"),
            ],
        },
        [(1, 1), (1, 1), (1, 2), (3, 3)],
    ),
    "text_cut": Case(
        of_two(
            observation=[*(entry(1, text="x" * 99 + str(one)) for one in range(5)), entry(1, text="short")],
            allergy=[{"person": 1, "text": "y" * 300}],
        ),
        [(1, one) for one in range(1, 6)],
    ),
    "documents_without_file": Case(
        of_two(document=[{"person": 1, "title": "Letter"}, {"person": 1, "path": "a"}]), [(1, 1)]
    ),
    "records_without_patient": Case(
        of_two(observation=[entry(1), {**entry(1), "person": None}], appointment=[{"person": None}]),
        [(None, 2)],
    ),
    "recalls_overdue": Case(
        of_two(
            recall=[
                {"person": 1, "due": "2025-01-01", "status": "active"},
                {"person": 1, "due": "2025-01-01"},
                {"person": 1, "due": "2025-01-01", "status": "completed"},
                {"person": 1, "due": "2026-01-31", "status": "active"},
                {"person": 2, "due": "2025-01-01", "status": "active"},
            ]
        ),
        [(1, 1), (1, 2)],
    ),
    "recalls_of_leavers": Case(
        of_two(
            recall=[{"person": 2, "due": "2027-01-01"}, {"person": 2, "status": "completed"}, {"person": 1}]
        ),
        [(2, 1)],
    ),
    "appointments_ahead": Case(
        of_two(
            appointment=[
                {"person": 1, "start": "2026-02-01T09:00:00", "status": "booked"},
                {"person": 1, "start": "2026-02-01T09:00:00", "status": "cancelled"},
                {"person": 1, "start": "2026-01-30T09:00:00", "status": "booked"},
            ]
        ),
        [(1, 1)],
    ),
    "appointments_of_leavers": Case(
        of_two(
            appointment=[
                {"person": 1, "start": "2026-02-01T09:00:00", "status": "booked"},
                {"person": 2, "start": "2026-02-01T09:00:00", "status": "booked"},
                {"person": None, "start": "2026-02-01T09:00:00", "status": "booked"},
                {"person": None, "start": "2025-02-01T09:00:00", "status": "seen"},
            ]
        ),
        [(2, 2), (None, 3)],
    ),
    "appointments_not_closed": Case(
        of_two(
            appointment=[
                {"person": 1, "start": "2026-01-30T09:00:00", "status": "booked"},
                {"person": 1, "start": "2026-01-30T09:00:00", "status": "seen"},
                {"person": 1, "start": "2026-01-31T09:00:00", "status": "booked"},
            ]
        ),
        [(1, 1)],
    ),
    "staff_left": Case(
        {
            "practitioner": [
                {"person": 0, "name": "Dr Jo Hill", "end_date": "2025-01-01"},
                {"person": 0, "name": "Tom Reed", "end_date": "2025-01-01"},
                {"person": 0, "name": "Tom Reed"},
            ]
        },
        [(None, 1)],
    ),
    "work_of_leavers": Case(
        of_two(
            practitioner=[
                {"person": 0, "name": "Dr Jo Hill", "end_date": "2025-01-01"},
                {"person": 0, "name": "Tom Reed"},
            ],
            recall=[
                {"person": 1, "performer": "dr jo hill", "status": "active"},
                {"person": 1, "performer": "tom reed", "status": "active"},
                {"person": 2, "performer": "dr jo hill", "status": "active"},
                {"person": 1, "performer": "dr jo hill", "status": "completed"},
            ],
        ),
        [(1, 1)],
    ),
}


@pytest.mark.parametrize("check", [one.id for one in read_checks().checks if not one.loading])
def test_a_check_finds_what_it_is_for_and_nothing_else(check: str, tmp_path: Path) -> None:
    case = CASES[check]
    with scene(tmp_path, case.rows) as duck:
        found = duck.run(check, f"SELECT person, record FROM ({sql(check)}) ORDER BY ALL")
    assert found == sorted(case.found, key=lambda one: (one[0] is None, one))


@pytest.mark.parametrize("check", [one.id for one in read_checks().checks if not one.loading])
def test_a_check_finds_nothing_in_a_practice_without_records(check: str, tmp_path: Path) -> None:
    with scene(tmp_path, {}) as duck:
        assert duck.run(check, sql(check)) == []


def test_every_check_names_people_and_tasks_of_the_guide() -> None:
    tasks = {one.id for one in read_tasks()}
    for check in read_checks().checks:
        assert set(check.tasks) <= tasks, check.id
        assert read_roles().of(check.role).name
    assert {task for one in read_checks().not_told for task in one.tasks} <= tasks


def test_every_check_has_its_sql_and_no_sql_is_left_over() -> None:
    shared = ("prepare_", "overview_", "list_")
    files = {one.stem for one in SQL.iterdir() if not one.name.startswith(shared)}
    assert files == {one.id for one in read_checks().checks if not one.loading}


def test_a_check_needs_fields_that_exist() -> None:
    one = read_checks().checks[0].model_dump()
    with pytest.raises(ValueError, match=r"no field patient\.shoe_size"):
        Check(**{**one, "needs": ["patient.shoe_size"]})


def test_what_an_extract_does_not_fill_it_cannot_tell() -> None:
    check = next(one for one in read_checks().checks if one.id == "repeats_past_review")
    assert check.tellable({"medication_authorisation": frozenset({"review"})})
    assert not check.tellable({"medication_authorisation": frozenset()})
    assert not check.tellable({})
