"""What becomes of the clinical rows of a SystmOne extract: trap by trap (format notes 3.4 and 3.5)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.records.formats.tpp_stand_in import OWN, Cells, Row, SystmOne

SCENE: dict[str, list[Cells]] = {
    "SRPatient": [{"RowIdentifier": 7, "IDOrganisationVisibleTo": "A81001"}],
    "SRStaffMember": [
        {"RowIdentifier": 3, "StaffName": "Dr Sarah  Adams"},
        {"RowIdentifier": 4, "StaffName": "Tom Reed"},
    ],
    "SRStaffMemberProfile": [{"RowIdentifier": 30, "IDStaffMember": 4, "IDOrganisation": "A81001"}],
    "SREvent": [OWN | {"RowIdentifier": 50, "DateEvent": "2020-03-05T09:10:00"}],
}
DIABETES: Cells = {
    "CTV3Code": "C10F.",
    "CTV3Text": "Type 2 diabetes",
    "SNOMEDCode": "44054006",
    "SNOMEDText": "Diabetes type 2",
}


def made(work: Path, table: str, *rows: Cells, **more: list[Cells]) -> SystmOne:
    """The scene with rows of one table, numbered unless they say otherwise."""
    numbered = [OWN | {"RowIdentifier": number} | row for number, row in enumerate(rows, start=1)]
    return SystmOne(work, **{**SCENE, table: numbered, **more})


def entry(work: Path, row: Cells, **more: list[Cells]) -> Row:
    """The one observation a coded entry becomes."""
    (found,) = made(work, "SRCode", row, **more).of("observation")
    return found


def extras(row: Row) -> dict[str, list[str]]:
    told: dict[str, list[str]] = json.loads(row["extras"] or "{}")
    return told


def test_an_entry_with_all_it_can_say(tmp_path: Path) -> None:
    text: list[Cells] = [{"SRTable": "SRCode", "IDSRTable": 1, "FreeText": "Fasting", "RowIdentifier": 9}]
    row = DIABETES | {
        "IsNumeric": True, "NumericValue": "5.1", "NumericUnit": "mmol/L", "NumericComparator": "<",
        "EpisodeType": "First", "IDTemplate": 12,
    }  # fmt: skip
    got = entry(tmp_path, row, SRFreeText=text)
    told = {key: value for key, value in got.items() if value is not None and key not in ("file", "record")}
    assert told == {
        "patient": "7", "key": "SRCode|1", "source_id": "tpp.SRCode|1", "kind": "entry",
        "code": '["ctv3|C10F.","snomed|44054006"]', "code_term": '["Diabetes type 2","Type 2 diabetes"]',
        "effective": "2020-03-05T09:15:00", "recorded": "2020-03-05T09:20:00", "value": "5.1", "unit": "mmol/L",
        "comparator": "<", "episode": "first", "text": "Fasting", "performer": "dr sarah adams", "recorder": "tom reed",
        "consultation": "2020-03-05T09:10:00", "organisation": "A81001", "extras": '{"IDTemplate":["12"]}',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"CTV3Code": "C10F.", "SNOMEDCode": "-1"}, '["ctv3|C10F."]'),
        ({"CTV3Code": "Y1234", "SNOMEDCode": "-1"}, '["tpp_local|Y1234"]'),
        ({"CTV3Code": "C10F.", "SNOMEDCode": "29993973518322896898"}, '["ctv3|C10F."]'),
    ],
)
def test_minus_one_is_no_code_and_local_codes_are_local(tmp_path: Path, cells: Cells, codes: str) -> None:
    got = entry(tmp_path, cells)
    assert got["code"] == codes
    assert extras(got).get("SNOMEDCode", ["-1"]) == [cells["SNOMEDCode"]]


def test_layouts_without_snomed_are_helped_by_the_suppliers_map(tmp_path: Path) -> None:
    known: list[Cells] = [
        {"Ctv3Code": "C10F.", "SnomedCode": "44054006"},
        {"Ctv3Code": "X1234", "SnomedCode": "111111111"},
        {"Ctv3Code": "X1234", "SnomedCode": "222222222"},
    ]
    rows = made(tmp_path, "SRCode", {"CTV3Code": "C10F."}, {"CTV3Code": "X1234"}, SRCtv3ToSnomed=known)
    one, two = rows.of("observation")
    assert one["code"] == '["ctv3|C10F.","snomed|44054006"]'
    assert two["code"] == '["ctv3|X1234"]'  # two answers are none


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"IsNumeric": True, "NumericValue": "0"}, "0"),
        ({"IsNumeric": False, "NumericValue": "0"}, None),
        ({"IsNumeric": False, "NumericValue": "7"}, None),
        ({"IsNumeric": None, "NumericValue": "0"}, None),
        ({"IsNumeric": None, "NumericValue": "7"}, "7"),
        ({"IsNumeric": True, "NumericValue": None, "odd": '{"NumericValue": "high"}'}, "unreadable:high"),
    ],
)
def test_a_number_counts_only_where_the_row_says_it_is_one(
    tmp_path: Path, cells: Cells, value: str | None
) -> None:
    got = entry(tmp_path, DIABETES | cells)
    assert got["value"] == value
    assert extras(got).get("NumericValue") == (
        ["7"] if cells["IsNumeric"] is False and cells["NumericValue"] == "7" else None
    )


def test_midnight_is_no_time_and_what_is_no_date_is_kept(tmp_path: Path) -> None:
    rows = made(
        tmp_path, "SRCode", DIABETES | {"DateEvent": "2020-03-05T00:00:00"},
        DIABETES | {"DateEvent": None, "odd": '{"DateEvent": "31 Feb 2020"}'}, DIABETES | {"DateEvent": None},
    )  # fmt: skip
    assert [one["effective"] for one in rows.of("observation")] == [
        "2020-03-05",
        "unreadable:31 Feb 2020",
        None,
    ]


@pytest.mark.parametrize(
    ("cells", "performer", "told"),
    [
        ({"IDDoneBy": -1, "TextualEventDoneBy": "Dr  Old Friend"}, "dr old friend", {}),
        (
            {"IDDoneBy": 3, "TextualEventDoneBy": "Nurse Bell"},
            "dr sarah adams",
            {"TextualEventDoneBy": ["Nurse Bell"]},
        ),
        ({"IDDoneBy": 99}, None, {"IDDoneBy": ["99"]}),
        ({"IDDoneBy": None}, None, {}),
    ],
)
def test_the_clinician_is_a_number_or_a_text(
    tmp_path: Path, cells: Cells, performer: str | None, told: dict[str, list[str]]
) -> None:
    got = entry(tmp_path, DIABETES | cells)
    assert (got["performer"], extras(got)) == (performer, told)


def test_rows_of_other_organisations_are_records_and_marked(tmp_path: Path) -> None:
    got = entry(tmp_path, DIABETES | {"IDOrganisation": "B82002", "IDOrganisationDoneAt": "C83003"})
    assert got["organisation"] == "B82002"
    assert extras(got) == {"OtherOrganisation": ["B82002"], "IDOrganisationDoneAt": ["C83003"]}


def test_a_free_text_is_known_by_its_row_and_not_by_its_own_number(tmp_path: Path) -> None:
    texts: list[Cells] = [
        {"RowIdentifier": 9, "SRTable": "SRCode", "IDSRTable": 1, "FreeText": "First"},
        {"RowIdentifier": 9, "SRTable": "SRCode", "IDSRTable": 2, "FreeText": "Of another"},
        {"RowIdentifier": 9, "SRTable": "SRCode", "IDSRTable": 1, "FreeText": "yes", "Question": "Smoker"},
        {"RowIdentifier": 9, "SRTable": "SRAnsweredQuestionnaire", "IDSRTable": 1, "FreeText": "Elsewhere"},
        {"RowIdentifier": 9, "SRTable": "SRCode", "IDSRTable": 77, "FreeText": "Of nobody"},
        {"RowIdentifier": 9, "SRTable": "SRCode", "IDSRTable": 1, "FreeText": None},
    ]
    feed = made(tmp_path, "SRCode", DIABETES, DIABETES, SRFreeText=texts)
    assert [one["text"] for one in feed.of("observation")] == ["First\nSmoker: yes", "Of another"]
    assert feed.set_aside()["SRFreeText"] == [
        "told_with_entry", "told_with_entry", "told_with_entry",
        "text_without_record", "text_without_record", "text_empty",
    ]  # fmt: skip


def test_several_problems_of_one_entry_are_several_records_of_one_code(tmp_path: Path) -> None:
    problems: list[Cells] = [
        OWN | {"RowIdentifier": 1, "IDCode": 8, "Severity": "Minor", "DateEnd": "2021-01-01T00:00:00"},
        OWN | {"RowIdentifier": 2, "IDCode": 8, "Severity": "Major", "CTV3Code": "C10.."},
        OWN | {"RowIdentifier": 3, "IDCode": -1, "CTV3Code": "H33..", "Severity": "-1"},
    ]
    known: list[Cells] = [{"Ctv3Code": "H33..", "Ctv3Text": "Asthma"}]
    feed = made(tmp_path, "SRCode", DIABETES | {"RowIdentifier": 8}, SRProblem=problems, SRCtv3=known)
    told = [(one["code"], one["status"], one["significance"], one["end_date"]) for one in feed.of("problem")]
    assert told == [
        ('["ctv3|C10F.","snomed|44054006"]', "past", "minor", "2021-01-01"),
        ('["ctv3|C10F.","snomed|44054006"]', "active", "major", None),
        ('["ctv3|H33.."]', "active", None, None),
    ]
    assert extras(feed.of("problem")[1]) == {"CTV3Code": ["C10.."], "IDProfileEnteredBy": ["tom reed"]}
    assert feed.of("problem")[2]["code_term"] == '["Asthma"]'
    assert len(feed.of("observation")) == 1


def test_allergies_are_told_in_two_tables(tmp_path: Path) -> None:
    drugs: list[Cells] = [
        OWN | {"IDDrugCode": 55, "DateStarted": "2019-01-01T00:00:00"},
        OWN | {"RowIdentifier": 2, "IDDrugCode": 66},
    ]
    products: list[Cells] = [
        {
            "RowIdentifier": 1,
            "IDMultiLexProduct": 55,
            "DrugReadCodeDesc": "Penicillin",
            "DrugReadCode": "x001",
        }
    ]
    under: list[Cells] = [{"Ctv3CodeParent": "SN5..", "Ctv3CodeChild": "Xa1b2", "ChildLevel": "2"}]
    feed = made(
        tmp_path, "SRCode", {"CTV3Code": "SN58.", "CTV3Text": "Allergy to peanut"},
        {"CTV3Code": "14L1.", "CTV3Text": "Allergy to penicillin"}, {"CTV3Code": "Xa1b2", "CTV3Text": "Latex allergy"},
        {"CTV3Code": "12C1.", "CTV3Text": "FH: Asthma"}, DIABETES,
        SRDrugSensitivity=drugs, SRMedicationReadCodeDetails=products, SRCtv3Hierarchy=under,
    )  # fmt: skip
    told = [(one["agent"], one["category"], one["code"]) for one in feed.of("allergy")]
    assert told == [
        ("penicillin", "drug", '["multilex|55"]'), (None, "drug", '["multilex|66"]'),
        ("peanut", "other", '["ctv3|SN58."]'),
        ("penicillin", "drug", '["ctv3|14L1."]'), ("latex", "other", '["ctv3|Xa1b2"]'),
    ]  # fmt: skip
    assert feed.of("allergy")[0]["onset"] == "2019-01-01"
    assert [one["kind"] for one in feed.of("observation")] == ["family_history", "entry"]


def test_a_vaccine_has_its_part_batch_and_content(tmp_path: Path) -> None:
    row = {
        "ImmsReadCode": "65E..", "ImmsSNOMEDCode": "-1", "IDImmunisationContent": 5, "VaccPart": "1501",
        "Location": "1701",
        "VaccinationStatus": "Given", "VaccBatchNumber": "AB1", "DateExpiry": "2021-01-01T00:00:00",
    }  # fmt: skip
    lists: list[Cells] = [
        {"RowIdentifier": 1501, "Mapping": "Part 2"},
        {"RowIdentifier": 1701, "Mapping": "Left arm"},
    ]
    feed = made(
        tmp_path, "SRImmunisation", row, {"VaccinationStatus": "Refused", "VaccPart": "Booster"}, SRMapping=lists,
        SRImmunisationContent=[{"RowIdentifier": 5, "Name": "Fluvax", "Content": "Influenza"}],
        SRCtv3=[{"Ctv3Code": "65E..", "Ctv3Text": "Influenza vaccination"}],
    )  # fmt: skip
    given, refused = feed.of("immunisation")
    wanted = ("code", "code_term", "vaccine_text", "dose_number", "site_text", "batch", "expiry", "not_given")
    assert [given[name] for name in wanted] == [
        '["ctv3|65E.."]', '["Influenza vaccination"]', "Fluvax", "2", "Left arm", "AB1", "2021-01-01", "false",
    ]  # fmt: skip
    assert (refused["not_given"], refused["dose_number"]) == ("true", None)
    assert extras(refused)["VaccPart"] == ["Booster"]


def test_a_list_is_the_built_in_one_or_the_practices_own(tmp_path: Path) -> None:
    rows = [
        {"RecallType": "12"},
        {"RecallType": "13"},
        {"RecallType": "Smear"},
        {"RecallType": "-1", "RecallStatus": "14"},
    ]
    feed = made(
        tmp_path, "SRRecall", *({"DateRecall": "2021-01-01T00:00:00"} | row for row in rows),
        SRMapping=[{"RowIdentifier": 12, "Mapping": "Built in"}, {"RowIdentifier": 14, "Mapping": "Complete"}],
        SRConfiguredListOption=[
            {"RowIdentifier": 12, "ConfiguredListOption": "Own"},
            {"RowIdentifier": 13, "ConfiguredListOption": "Asthma review"},
        ],
    )  # fmt: skip
    assert [one["code_term"] for one in feed.of("recall")] == [
        '["Own"]',
        '["Asthma review"]',
        '["Smear"]',
        None,
    ]
    assert feed.of("recall")[3]["status"] == "completed"
    assert feed.of("recall")[0]["due"] == "2021-01-01"


def test_alerts_are_records_unless_the_practice_deleted_them(tmp_path: Path) -> None:
    note = {"DateStart": "2020-01-01T00:00:00", "Note": "Do not visit alone", "Type": "Warning"}
    feed = made(
        tmp_path, "SRSpecialNotes", note, note | {"DateDeleted": "2021-01-01T00:00:00"},
        SRChildAtRisk=[OWN | {"DateAdded": "2020-01-01T00:00:00", "ChildProtectionPlan": "TRUE"}],
        SRPersonAtRisk=[OWN | {"DateAdded": "2020-01-01T00:00:00", "DateRemoved": "2020-06-01T00:00:00",
                               "ReasonForPlan": "Neglect"}],
    )  # fmt: skip
    told = [
        (one["kind"], one["category_text"], one["text"], one["end_date"]) for one in feed.of("observation")
    ]
    assert told == [
        ("alert", "Warning", "Do not visit alone", None),
        ("alert", "child at risk", None, None),
        ("alert", "adult at risk", "Neglect", "2020-06-01"),
    ]
    assert feed.set_aside()["SRSpecialNotes"] == ["deleted_at_practice"]
