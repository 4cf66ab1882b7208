"""What the open part says of a sample, and the list that people carry."""

import json
from pathlib import Path

import pytest

from godwit.records.evidence.pages import template
from godwit.records.evidence.sample.tables import KEY, sample_part, share
from godwit.records.evidence.sample.telling import LIST_COLUMNS, kind_title, list_rows, sample_summary
from godwit.records.sampling.drawing import SampleOrder
from tests.support.sampled import Practice, sampled

PRIVATE = ("Sandpiper", "Wilma", "9990000018", "1961-05-04", "Marsh Lane", "Clinical photograph", "martian")


def practice() -> Practice:
    made = Practice()
    made.patient(
        1,
        family="Sandpiper",
        given="Wilma",
        nhs_number="9990000018",
        birth_date="1961-05-04",
        address="Marsh Lane",
    )
    for person in range(2, 30):
        made.patient(person)
        made.both("document", person, type_text="Letter", created="2020-01-01")
    made.both("document", 1, type_text="Clinical photograph", created="2020-01-01")
    made.both("observation", 1, code='["martian|1"]', effective="2020-01-01")
    return made


def test_the_open_part_holds_nobody_and_no_value_that_few_have(tmp_path: Path) -> None:
    with sampled(practice(), tmp_path / "work", SampleOrder(5)) as (_, sample):
        told = json.dumps(sample_summary(sample))
    assert [one for one in PRIVATE if one in told] == []
    assert "one that fewer than 5 patients have" in told
    assert '"P01"' in told


def test_the_section_of_the_report_is_made_of_the_open_part(tmp_path: Path) -> None:
    with sampled(practice(), tmp_path / "work", SampleOrder(5)) as (_, sample):
        part = sample_part(json.loads(json.dumps({KEY: sample_summary(sample)})))
    html = template("sections/sample.html.jinja").render(part=part)
    assert "This sample would see a fault that touches 1% of them" in html
    assert "Godwit compared all records of all 29 patients." in html
    assert "This format does not tell" not in html
    assert [one for one in PRIVATE if one in html] == []


def test_no_sample_no_section() -> None:
    assert sample_part({}) is None
    assert sample_part({KEY: None}) is None


def test_nobody_at_random_says_so(tmp_path: Path) -> None:
    with sampled(practice(), tmp_path / "work", SampleOrder(0)) as (_, sample):
        part = sample_part({KEY: json.loads(json.dumps(sample_summary(sample)))})
    assert part is not None
    assert part["power"] == [
        "No patient was drawn at random, so the sample says nothing about the patients who are not in it."
    ]


def test_the_list_names_everybody_once_with_room_for_two_readers(tmp_path: Path) -> None:
    with sampled(practice(), tmp_path / "work", SampleOrder(5)) as (duck, sample):
        rows = list(list_rows(duck, sample))
    assert [row[0] for row in rows] == [one.pseudonym for one in sample.chosen]
    assert all(len(row) == len(LIST_COLUMNS) for row in rows)
    mine = next(row for row in rows if row[1] == "9990000018")
    assert mine[2:7] == ("Sandpiper", "Wilma", "1961-05-04", "L1", "L1")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("allergy", "Allergies"),
        ("observation.unit", "Observations and results, unit"),
        ("recall.code=emis_local", "Recalls and diary entries: codes of EMIS local"),
        ("document.content_type=application/pdf", "Documents, file type: application/pdf"),
    ],
)
def test_kinds_of_data_have_words(kind: str, words: str) -> None:
    assert kind_title(kind) == words


@pytest.mark.parametrize(
    ("part", "words"), [(1, "100%"), (0.9999, "99.9%"), (0.1817, "18.1%"), (0.0001, "less than 0.1%")]
)
def test_a_share_never_claims_certainty_that_is_not_there(part: float, words: str) -> None:
    assert share(part) == words
