"""What the rows of a Vision extract become, trap by trap (format notes 4)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.records.formats.vision_stand_in import FORMAT, Vision

Row = dict[str, Any]

ENTITIES = list(dict.fromkeys(one["entity"] for one in FORMAT["conversions"]))

ROW: Row = {
    "PID": "7",
    "DATE": "2020-03-05",
    "RECORDED_DATE": "2020-03-06",
    "TIME": "0915",
    "HCP": "3",
    "ACTION": "A",
}
DRUG: Row = ROW | {"CODE": "bd35.00", "DMD_CODE": "44054006", "RUBRIC": "Atenolol 50mg tablets", "TEXT": "one daily",
              "VALUE1_NAME": "QUANTITY", "VALUE1": "28", "VALUE1_UNITS": "tablet"}  # fmt: skip
DIABETES: Row = ROW | {"CODE": "C10F.00", "SNOMED_CODE": "44054006", "RUBRIC": "Type 2 diabetes"}
FLU: Row = ROW | {"SUBSET": "I", "CODE": "65E..00", "RUBRIC": "Influenza vaccination"}
STAFF = [{"ID": "3", "TITLE": "Dr", "FORENAME": "Sarah", "SURNAME": "Adams", "SEX": "F", "HCP_TYPE": "A"}]
MET = [{"PID": "7", "ID": "50", "DATE": "2020-03-05", "TIME": "0910", "HCP": "3:STAFF:", "SESSION": "G",
        "LOCATION": "S", "DURATION": "10", "ACTION": "A"}]  # fmt: skip


def journal(work: Path, *rows: Row) -> Vision:
    numbered = [{"ID": str(number), **row} for number, row in enumerate(rows, start=1)]
    return Vision(work, Staff=STAFF, Encounter=MET, Journal=numbered)


def one(work: Path, entity: str, row: Row) -> Row:
    (found,) = journal(work, row).of(entity)
    return found


def extras(row: Row) -> dict[str, list[str]]:
    return json.loads(row["extras"] or "{}")


def test_a_read_code_has_five_characters_and_two_of_the_term(tmp_path: Path) -> None:
    entry = one(tmp_path, "observation", DIABETES | {"SUBSET": "C"})
    assert entry["code"] == '["read2|C10F.","snomed|44054006"]'
    assert entry["code_term"] == '["Type 2 diabetes"]'
    assert json.loads(entry["original"] or "") == {"code": "C10F.00"}


@pytest.mark.parametrize("code", ["#9V0..", "asthma", "EMISNQHO12"])
def test_a_malformed_code_is_kept_and_not_taken_for_a_read_code(tmp_path: Path, code: str) -> None:
    assert one(tmp_path, "observation", ROW | {"CODE": code})["code"] == f'["vision_local|{code}"]'


@pytest.mark.parametrize("snomed", ["29993973518322896898", "39217345555177672708", "44054007"])
def test_an_impossible_snomed_id_is_kept_and_not_taken_for_one(tmp_path: Path, snomed: str) -> None:
    entry = one(tmp_path, "observation", DIABETES | {"SNOMED_CODE": snomed})
    assert entry["code"] == '["read2|C10F."]'
    assert extras(entry)["SNOMED_CODE"] == [snomed]


@pytest.mark.parametrize(("time", "effective"), [
    ("0915", "2020-03-05T09:15:00"), ("9999", "2020-03-05"), (None, "2020-03-05"), ("0000", "2020-03-05T00:00:00"),
])  # fmt: skip
def test_9999_is_a_time_nobody_knows(tmp_path: Path, time: str | None, effective: str) -> None:
    assert one(tmp_path, "observation", DIABETES | {"TIME": time})["effective"] == effective


def test_a_date_that_is_none_is_kept_as_delivered(tmp_path: Path) -> None:
    row = DIABETES | {"DATE": None, "odd": '{"DATE":"20200231"}'}
    assert one(tmp_path, "observation", row)["effective"] == "unreadable:20200231"


def test_a_problem_is_two_records_and_keeps_its_end(tmp_path: Path) -> None:
    vision = journal(tmp_path, DIABETES | {"SUBSET": "P", "END_DATE": "2021-01-02", "TEXT": "seen"})
    (problem,), (entry,) = vision.of("problem"), vision.of("observation")
    assert (problem["end_date"], problem["status"], problem.get("part")) == ("2021-01-02", "past", None)
    assert (entry["part"], entry["code"], entry["text"], entry["end_date"]) == (
        1,
        problem["code"],
        "seen",
        None,
    )


def test_a_problem_without_an_end_is_active(tmp_path: Path) -> None:
    assert one(tmp_path, "problem", DIABETES | {"SUBSET": "P"})["status"] == "active"


def test_links_lead_to_the_consultation_and_the_problem(tmp_path: Path) -> None:
    linked = ROW | {"CODE": "66A..00", "RUBRIC": "Diabetic monitoring", "LINKS": "1|E50"}
    entry = journal(tmp_path, DIABETES | {"SUBSET": "P"}, linked).of("observation")[1]
    assert entry["consultation"] == "2020-03-05T09:10:00"
    assert entry["problem"] == "Type 2 diabetes @ 2020-03-05T09:15:00"


def test_rows_that_stand_twice_do_not_multiply_what_links_to_them(tmp_path: Path) -> None:
    twice = [DIABETES | {"ID": "1", "SUBSET": "P"}] * 2
    rows = [*twice, DIABETES | {"ID": "2", "LINKS": "E50|1"}]
    vision = Vision(tmp_path, Staff=STAFF * 2, Encounter=MET * 2, Journal=rows)
    assert len(vision.of("observation")) == 3


def test_a_weight_filed_under_immunisations_is_no_vaccine(tmp_path: Path) -> None:
    vision = journal(tmp_path, FLU | {"ENTITY": "WEIGHT", "VALUE1": "82.50"})
    (entry,) = vision.of("observation")
    assert (entry["value"], entry["unit"], vision.of("immunisation")) == ("82.5", "kg", [])
    assert extras(entry)["SUBSET"] == ["I"]


@pytest.mark.parametrize(("status", "not_given"), [
    (None, "false"), ("Given", "false"), ("Advised", "true"), ("Refusal to start or complete course", "true"),
    ("Something new", None),
])  # fmt: skip
def test_a_vaccine_may_have_been_refused(tmp_path: Path, status: str | None, not_given: str | None) -> None:
    assert one(tmp_path, "immunisation", FLU | {"IMMS_STATUS": status})["not_given"] == not_given


def test_what_a_vaccine_says_of_itself_is_kept(tmp_path: Path) -> None:
    row = FLU | {
        "IMMS_BATCH": "B1",
        "IMMS_SITE": "left arm",
        "IMMS_METHOD": "IM",
        "IMMS_SOURCE": "In practice",
    }
    given = one(tmp_path, "immunisation", row)
    assert (given["batch"], given["site_text"], given["route_text"]) == ("B1", "left arm", "IM")
    assert extras(given) == {"IMMS_SOURCE": ["In practice"]}


def test_an_acute_is_an_issue_and_what_authorises_it(tmp_path: Path) -> None:
    vision = journal(tmp_path, DRUG | {"SUBSET": "A"})
    (issue,), (authorised,) = vision.of("medication_issue"), vision.of("medication_authorisation")
    assert (issue["type"], authorised["type"], authorised["part"]) == ("acute", "acute", 1)
    assert (issue["quantity"], issue["quantity_unit"], issue["dosage"]) == ("28", "tablet", "one daily")
    assert issue["drug"] == '["read2|bd35.","snomed|44054006"]'


def test_the_issue_of_a_repeat_is_not_linked_to_it(tmp_path: Path) -> None:
    vision = journal(tmp_path, DRUG | {"SUBSET": "R"}, DRUG | {"SUBSET": "S"})
    (issue,), (authorised,) = vision.of("medication_issue"), vision.of("medication_authorisation")
    assert (issue["type"], authorised["type"], authorised["part"]) == ("repeat", "repeat", 0)
    assert "authorisation" not in issue


@pytest.mark.parametrize(
    ("end", "status"), [(None, "active"), ("2026-01-01", "ended"), ("2027-06-01", "active")]
)
def test_a_repeat_ends_when_its_day_has_come(tmp_path: Path, end: str | None, status: str) -> None:
    assert (
        one(tmp_path, "medication_authorisation", DRUG | {"SUBSET": "R", "END_DATE": end})["status"] == status
    )


@pytest.mark.parametrize(("value", "due"), [("20270301", "2027-03-01"), ("20270231", "unreadable:20270231")])
def test_a_review_date_is_a_recall(tmp_path: Path, value: str, due: str) -> None:
    vision = journal(tmp_path, DIABETES | {"SUBSET": "C", "VALUE1_NAME": "REVIEW_DAT", "VALUE1": value})
    assert (vision.of("recall")[0]["due"], vision.of("observation")) == (due, [])


def test_a_problem_with_a_review_date_does_not_take_it_for_a_value(tmp_path: Path) -> None:
    row = DIABETES | {"SUBSET": "P", "VALUE1_NAME": "REVIEW_DAT", "VALUE1": "20270301"}
    entry = one(tmp_path, "observation", row)
    assert (entry["value"], entry["value_text"]) == (None, None)
    assert extras(entry) == {"VALUE1_NAME": ["REVIEW_DAT"], "VALUE1": ["20270301"]}


@pytest.mark.parametrize(("cell", "comparator", "value", "words"), [
    ("5.10", None, "5.1", None), ("<5", "<", "5", None), (">=90", ">=", "90", None), ("trace", None, None, "trace"),
])  # fmt: skip
def test_results_keep_their_comparator_and_their_words(
    tmp_path: Path, cell: str, comparator: str | None, value: str | None, words: str | None
) -> None:
    entry = one(
        tmp_path, "observation", DIABETES | {"SUBSET": "T", "VALUE1_NAME": "NUM_RESULT", "VALUE1": cell}
    )
    assert (entry["comparator"], entry["value"], entry["value_text"]) == (comparator, value, words)


def test_an_allergy_says_how_sure_and_how_bad(tmp_path: Path) -> None:
    row = ROW | {"SUBSET": "L", "CODE": "14LK.00", "RUBRIC": "Allergy to penicillin"}
    allergy = one(tmp_path, "allergy", row | {"CERTAINTY": "255545003", "SEVERITY": "1"})
    assert (allergy["agent"], allergy["verification"], allergy["severity"]) == ("penicillin", "certain", "1")


@pytest.mark.parametrize(("number", "path"), [
    ("0|AB-1", "ab-1"), ("AB-1", "ab-1"), ("BEB0BBC548B807F3CB9A84E58FA00F0A", "beb0bbc5-48b8-07f3-cb9a-84e58fa00f0a"),
])  # fmt: skip
def test_a_document_is_named_by_its_number_or_the_second_part_of_it(
    tmp_path: Path, number: str, path: str
) -> None:
    document = one(tmp_path, "document", ROW | {"CODE": "9N2..00", "TEXT": "Letter", "DOCUMENT_ID": number})
    assert (document["path"], document["title"]) == (path, "Letter")


def test_read_chapter_12_is_family_history(tmp_path: Path) -> None:
    assert one(tmp_path, "observation", ROW | {"CODE": "12C2.00"})["kind"] == "family_history"


@pytest.mark.parametrize(
    ("contractor", "recipient"), [("RZZ01", "RZZ01"), ("City  Hospital", "city hospital")]
)
def test_a_referral_says_who_it_goes_to(tmp_path: Path, contractor: str, recipient: str) -> None:
    referral = {"PID": "7", "ID": "9", "DATE": "2020-03-05", "HCP": "3", "TYPE": "O", "LINKS": "E50|1"}
    referral |= {"SPECIALTY": "Cardiology", "CONTRACTOR": contractor}
    (made,) = Vision(tmp_path, Encounter=MET, Staff=STAFF, Referral=[referral]).of("referral")
    assert (made["recipient"], made["consultation"], "code" in made) == (
        recipient,
        "2020-03-05T09:10:00",
        False,
    )
    assert extras(made) == {"SPECIALTY": ["Cardiology"], "TYPE": ["outpatient"], "LINKS": ["1"]}


@pytest.mark.parametrize(("letter", "kind", "status"), [
    ("R", "regular", "active"), ("T", "temporary", "active"), ("P", "private", "active"), ("S", "other", "active"),
    ("D", None, "dead"), ("L", None, "left"),
])  # fmt: skip
def test_active_says_kind_or_end_of_a_registration(
    tmp_path: Path, letter: str, kind: str | None, status: str
) -> None:
    vision = Vision(tmp_path, Patient=[{"PID": "7", "ACTIVE": letter, "ACTION": "A"}])
    (registration,), (patient,) = vision.of("registration"), vision.of("patient")
    assert (registration["kind"], registration["status"], registration["part"]) == (kind, status, 1)
    assert patient["active"] == ("true" if status == "active" else "false")


def test_an_address_may_come_in_one_piece(tmp_path: Path) -> None:
    (patient,) = Vision(
        tmp_path, Patient=[{"PID": "7", "ADDRESS": "1|High St||Town|", "POSTCODE": "ZZ1 1ZZ"}]
    ).of("patient")
    assert patient["address"] == "1, high st, town, zz1 1zz"


def test_every_row_has_exactly_one_fate(tmp_path: Path) -> None:
    letters = ("A", "R", "S", "P", "I", "C", "T", "L", "Z", None, "c")
    rows = [
        {**DIABETES, **extra, "SUBSET": letter, "ACTION": action}
        for letter in letters
        for action in ("A", "D", "U", None, "d")
        for extra in (
            {}, {"VALUE1": "5", "VALUE1_NAME": "NUM_RESULT"}, {"VALUE1": "20270301", "VALUE1_NAME": "REVIEW_DAT"},
            {"DOCUMENT_ID": "0|x"}, {"ENTITY": "bp", "VALUE1": "120"}, {"CODE": None, "RUBRIC": None},
        )
    ]  # fmt: skip
    vision = journal(tmp_path, *rows)
    first = [row["record"] for entity in ENTITIES for row in vision.of(entity)
             if row["file"] == 5 and not row.get("part")]  # fmt: skip
    aside = [row["record"] for row in vision.set_aside()]
    assert sorted(first + aside) == list(range(1, len(rows) + 1))
    assert len(aside) == len(rows) * 2 // 5
