"""What becomes of coded entries, with their problems, referrals, documents, allergies and vaccines: trap by trap."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.emis_feed import Made, guid, made_of

OBSERVATION = "CareRecord_Observation"


def entry(work: Path, **cells: object) -> dict[str, Any]:
    """The record that one entry becomes."""
    return made_of(work, {OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 1, **cells}]}).only("observation")


def test_an_entry_with_all_it_can_say(tmp_path: Path) -> None:
    made = made_of(
        tmp_path,
        {
            "CareRecord_Consultation": [{"ConsultationGuid": "c1", "EffectiveDate": "2020-03-04"}],
            OBSERVATION: [
                {"ObservationGuid": "panel", "CodeId": 1},
                {
                    "ObservationGuid": "o1", "CodeId": 6, "Value": "5.1", "NumericUnit": "mmol/L",
                    "NumericRangeLow": "3.5",
                    "NumericRangeHigh": "5.3", "AssociatedText": "Fasting", "Abnormal": True, "Episode": "First",
                    "ConsultationGuid": "c1", "ParentObservationGuid": "panel", "IsConfidential": True,
                    "ObservationType": "Value",
                },
            ],
        },
    )  # fmt: skip
    got = next(one for one in made.records["observation"] if one["key"] == guid("o1"))
    told = {
        key: value for key, value in got.items() if value is not None and key not in ("file", "record", "key")
    }
    assert told == {
        "patient": guid("p1"), "source_id": f"emis.{OBSERVATION}|{guid('o1')}", "kind": "entry",
        "code": '["emis|6","read2|44I4."]', "code_term": '["Serum potassium level"]', "effective": "2020-03-05",
        "recorded": "2020-03-05T09:15:00", "value": "5.1", "unit": "mmol/L", "range_low": "3.5", "range_high": "5.3",
        "text": "Fasting",
        "abnormal": "true", "episode": "first", "performer": "dr sarah adams", "recorder": "tom reed",
        "consultation": "2020-03-04", "parent": "Asthma", "confidentiality": "confidential",
        "extras": '{"ObservationType":["Value"]}',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("precision", "day", "original"),
    [
        ("Y", "2020", True),
        ("YM", "2020-03", True),
        ("YMD", "2020-03-01", False),
        ("YMDT", "2020-03-01", False),
        ("U", None, True),
    ],
)
def test_precision_invents_no_date(tmp_path: Path, precision: str, day: str | None, original: bool) -> None:
    got = entry(tmp_path, EffectiveDate="2020-03-01", EffectiveDatePrecision=precision)
    assert got["effective"] == day
    assert got["original"] == ('{"effective": "2020-03-01"}' if original else None)


def test_a_day_that_could_not_be_read_is_kept_as_delivered(tmp_path: Path) -> None:
    odd = json.dumps({"EffectiveDate": "31/02/2020", "Value": "12-14"})
    got = entry(tmp_path, EffectiveDate=None, odd=odd)
    assert (got["effective"], got["value"]) == ("unreadable:31/02/2020", "unreadable:12-14")
    assert json.loads(got["extras"]) == {"odd": [odd]}


def test_additional_columns_travel_along(tmp_path: Path) -> None:
    assert json.loads(entry(tmp_path, more='{"New":"x"}')["extras"]) == {"more": ['{"New":"x"}']}


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        (1, ["emis|1", "read2|H33..", "snomed|195967001"]),
        (4, ["emis_local|EMISNQPR12", "emis|4"]),
        (987, ["emis|987"]),
        (None, None),
    ],
    ids=["with the suffix of a synonym", "local", "in no dictionary", "empty"],
)
def test_codes(tmp_path: Path, code: int | None, codes: list[str] | None) -> None:
    got = entry(tmp_path, CodeId=code)["code"]
    assert (json.loads(got) if got else None) == codes


@pytest.mark.parametrize(
    ("read", "ours"),
    [
        ("H33..", "read2|H33.."), ("H33..-2", "read2|H33.."), ("H33", "read2|H33.."), ("XaBVJ", "read2|XaBVJ"),
        ("EMISNQAS1", "emis_local|EMISNQAS1"), ("ESCT1", "emis_local|ESCT1"), ("^ESCTDI12", "emis_local|^ESCTDI12"),
        ("A1-KC60", "emis_local|A1-KC60"), ("9mE-SHHAPT", "emis_local|9mE-SHHAPT"), (None, None),
    ],
)  # fmt: skip
def test_only_a_real_read_code_is_one(tmp_path: Path, read: str | None, ours: str | None) -> None:
    made = made_of(
        tmp_path,
        {
            "Coding_ClinicalCode": [{"CodeId": 77, "Term": "New", "ReadTermId": read}],
            OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 77}],
        },
    )
    assert json.loads(made.only("observation")["code"]) == [
        one for one in sorted(["emis|77", ours or ""]) if one
    ]


def test_a_dictionary_sent_twice_doubles_nothing(tmp_path: Path) -> None:
    made = made_of(
        tmp_path,
        {
            "Coding_ClinicalCode": [{"CodeId": 1, "Term": "Asthma (new words)"}],
            OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 1}],
        },
    )
    assert made.only("observation")["code_term"] == '["Asthma (new words)"]'


def test_ranges_of_a_report_header_mean_nothing(tmp_path: Path) -> None:
    got = entry(tmp_path, NumericRangeLow="0", NumericRangeHigh="9999999")
    assert (got["range_low"], got["range_high"]) == (None, None)
    assert json.loads(got["extras"]) == {"NumericRangeHigh": ["9999999"], "NumericRangeLow": ["0"]}


def test_family_history_is_not_the_patients_own(tmp_path: Path) -> None:
    assert entry(tmp_path, CodeId=5)["kind"] == "family_history"


def test_the_category_of_the_code_decides_and_a_type_that_disagrees_is_kept(tmp_path: Path) -> None:
    made = made_of(
        tmp_path,
        {
            OBSERVATION: [
                {"ObservationGuid": "o1", "CodeId": 1, "ObservationType": "Allergy"},
                {"ObservationGuid": "o2", "CodeId": 987, "ObservationType": "Allergy"},
            ]
        },
    )
    assert json.loads(made.only("observation")["extras"]) == {
        "EmisCodeCategoryDescription": ["Conditions operations and procedures"],
        "ObservationType": ["Allergy"],
    }
    assert made.only("allergy")["key"] == guid("o2")


def problem_of(work: Path, entry_cells: dict[str, object], **cells: object) -> Made:
    """A problem and its entry."""
    rows: dict[str, list[dict[str, object]]] = {
        OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 1, "EffectiveDatePrecision": "YM", **entry_cells}],
        "CareRecord_Problem": [
            {"ObservationGuid": "o1", "ProblemStatusDescription": "Past", "EndDate": "2021-01-01",
             "EndDatePrecision": "Y",
             "SignificanceDescription": "Significant Problem", "Comment": "Since school", **cells}
        ],
    }  # fmt: skip
    return made_of(work, rows)


def test_a_problem_is_two_records_and_not_one_counted_twice(tmp_path: Path) -> None:
    made = problem_of(tmp_path, {})
    assert made.only("observation")["text"] is None
    got = made.only("problem")
    told = [
        got[name]
        for name in ("code_term", "onset", "status", "significance", "end_date", "text", "performer")
    ]
    assert told == ['["Asthma"]', "2020-03", "past", "major", "2021", "Since school", "dr sarah adams"]
    assert json.loads(got["original"]) == {"end_date": "2021-01-01", "onset": "2020-03-05"}


@pytest.mark.parametrize(
    ("deleted", "entry_deleted", "reason"),
    [(True, False, "deleted"), (False, True, "deleted"), (None, True, "deleted")],
    ids=["by its own mark", "with its entry", "with its entry, in a layout without the mark"],
)
def test_a_deleted_problem_is_set_aside(
    tmp_path: Path, deleted: bool | None, entry_deleted: bool, reason: str
) -> None:
    made = problem_of(tmp_path, {"Deleted": entry_deleted}, Deleted=deleted)
    assert made.records["problem"] == []
    assert made.reasons("CareRecord_Problem") == [reason]


def test_entries_name_their_problem_by_term_and_onset(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, object]]] = {
        OBSERVATION: [
            {"ObservationGuid": "o1", "CodeId": 1, "EffectiveDatePrecision": "Y"},
            {"ObservationGuid": "o2", "CodeId": 6, "ProblemGuid": "o1"},
        ],
        "CareRecord_Problem": [{"ObservationGuid": "o1"}, {"ObservationGuid": "gone"}],
    }
    made = made_of(tmp_path, rows)
    assert [one["problem"] for one in made.records["observation"]] == [None, "Asthma @ 2020"]
    assert made.reasons("CareRecord_Problem") == ["without_entry"]


def test_an_entry_delivered_twice_does_not_double_its_problem(tmp_path: Path) -> None:
    twice = {"ObservationGuid": "o1", "CodeId": 1}
    made = made_of(tmp_path, {OBSERVATION: [twice, twice], "CareRecord_Problem": [{"ObservationGuid": "o1"}]})
    assert (len(made.records["observation"]), len(made.records["problem"])) == (2, 1)


def test_guids_are_only_unique_with_their_patient(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, object]]] = {
        "Admin_Patient": [{"PatientGuid": "p2"}],
        OBSERVATION: [
            {"ObservationGuid": "o1", "CodeId": 1},
            {"ObservationGuid": "o1", "CodeId": 4, "PatientGuid": "p2"},
        ],
        "CareRecord_Problem": [{"ObservationGuid": "o1", "PatientGuid": "p2"}],
    }
    assert made_of(tmp_path, rows).only("problem")["code_term"] == '["Practice note"]'


def test_a_referral_tells_its_entry_whole(tmp_path: Path) -> None:
    rows = {
        OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 1, "AssociatedText": "Please see"}],
        "CareRecord_ObservationReferral": [
            {"ObservationGuid": "o1", "ReferralUrgency": "2 Week Wait", "ReferralTargetOrganisationGuid": "hospital",
             "ReferralUBRN": "000049853123", "ReferralMode": "Choose and Book", "ReferralReasonCodeId": 1}
        ],
    }  # fmt: skip
    made = made_of(tmp_path, rows)
    assert made.records["observation"] == []
    assert made.reasons(OBSERVATION) == ["told_with_referral"]
    got = made.only("referral")
    told = [
        got[name] for name in ("code_term", "authored", "priority", "ubrn", "text", "recipient", "performer")
    ]
    assert told == [
        '["Asthma"]',
        "2020-03-05",
        "two_week_wait",
        "000049853123",
        "Please see",
        "ternford hospital",
        "dr sarah adams",
    ]
    assert json.loads(got["extras"])["ReferralReasonCodeId"] == [
        "1"
    ]  # declared but never filled: kept where it is


@pytest.mark.parametrize(("deleted", "reason"), [(True, "deleted"), (None, "without_entry")])
def test_a_referral_goes_with_its_entry(tmp_path: Path, deleted: bool | None, reason: str) -> None:
    entries = [{"ObservationGuid": "o1", "CodeId": 1, "Deleted": True}] if deleted else []
    made = made_of(
        tmp_path, {OBSERVATION: entries, "CareRecord_ObservationReferral": [{"ObservationGuid": "o1"}]}
    )
    assert made.reasons("CareRecord_ObservationReferral") == [reason]
    assert made.reasons(OBSERVATION) == (["deleted"] if deleted else [])


def test_an_allergy(tmp_path: Path) -> None:
    xml = "<Qualifiers><Qualifier><Name>Severity</Name><Value>Severe</Value></Qualifier></Qualifiers>"
    got = made_of(tmp_path, {OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 2, "Qualifiers": xml}]}).only(
        "allergy"
    )
    told = [got[name] for name in ("agent", "category", "onset", "severity", "qualifiers")]
    assert told == ["penicillin", "drug", "2020-03-05", "severe", '[{"name":"Severity","value":"Severe"}]']


def test_a_vaccine_says_the_rest_in_xml(tmp_path: Path) -> None:
    pairs = {"Batch Number": "AB1&amp;2", "Expiry Date": "2020-12-31", "Site": "Left arm", "Status": "Given"}
    inner = "".join(f"<Qualifier><Name>{n}</Name><Value>{v}</Value></Qualifier>" for n, v in pairs.items())
    rows = {
        OBSERVATION: [
            {"ObservationGuid": "o1", "CodeId": 3, "Qualifiers": f"<Qualifiers>{inner}</Qualifiers>"}
        ]
    }
    got = made_of(tmp_path, rows).only("immunisation")
    told = [got[name] for name in ("batch", "expiry", "site_text", "not_given", "effective")]
    assert told == ["AB1&2", "2020-12-31", "Left arm", "false", "2020-03-05"]


def test_qualifiers_of_another_build_stay_whole(tmp_path: Path) -> None:
    assert json.loads(entry(tmp_path, Qualifiers='<q site="L"/>')["qualifiers"]) == '<q site="L"/>'


def test_an_expiry_that_is_no_date_is_kept_as_delivered(tmp_path: Path) -> None:
    xml = "<Q><Name>Expiry Date</Name><Value>next May</Value></Q>"
    made = made_of(tmp_path, {OBSERVATION: [{"ObservationGuid": "o1", "CodeId": 3, "Qualifiers": xml}]})
    assert made.only("immunisation")["expiry"] == "unreadable:next May"


def test_a_document_is_named_by_its_guid(tmp_path: Path) -> None:
    rows = {
        OBSERVATION: [
            {"ObservationGuid": "o1", "CodeId": 4, "DocumentGuid": "d1", "AssociatedText": "Clinic letter"}
        ]
    }
    got = made_of(tmp_path, rows).only("document")
    assert (got["path"], got["title"], got["type_term"]) == (guid("d1"), "Clinic letter", '["Practice note"]')


def test_a_deleted_entry_is_set_aside_whatever_it_was(tmp_path: Path) -> None:
    rows = {OBSERVATION: [{"ObservationGuid": f"o{n}", "CodeId": n, "Deleted": True} for n in (1, 2, 3)]}
    assert made_of(tmp_path, rows).reasons(OBSERVATION) == ["deleted"] * 3


def test_an_entry_without_a_key_is_still_a_record(tmp_path: Path) -> None:
    assert entry(tmp_path, ObservationGuid=None)["key"].startswith("row ")
