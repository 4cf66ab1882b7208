"""A sample drawn of a made-up practice, and its page, as a comparison leaves them."""

import re
from datetime import date
from pathlib import Path

import pytest

from godwit.definitions.comparison import read_equivalences
from godwit.records.comparing import Compared
from godwit.records.evidence.sample.gathering import gather_sample
from godwit.records.evidence.sample.page import render_sample
from godwit.records.evidence.sample.telling import list_rows, sample_summary
from godwit.records.sampling.drawing import Sample, SampleOrder, draw
from tests.support.comparing import compared
from tests.support.twins import SEED, make_twin, twins_compared

TODAY = date(2027, 3, 1)
FAMILY = Path(__file__).parents[2] / "examples" / "family"
LONE = ("different", "missing", "unexpected")


def drawn(one: Compared, size: int = 10) -> Sample:
    fills = one.source.format.fills if one.source.format else {}
    return draw(one.duck, SampleOrder(size), fills, TODAY)


def page_of(one: Compared, sample: Sample) -> str:
    rules = {rule.id: rule.title for rule in read_equivalences()}
    facts = {"run": "compare-test", "sides": ("Old", "New")}
    return "".join(render_sample(gather_sample(one.duck, sample), facts, rules))


def counted(html: str) -> list[int]:
    """What each patient's tally says of records with a finding, from the page."""
    tallies = re.findall(r'<ul class="tally">(.*?)</ul>', html)
    return [
        sum(
            int(found.replace(",", ""))
            for found in re.findall(rf'class="(?:{"|".join(LONE)})">[^:]*: ([\d,]+)<', one)
        )
        for one in tallies
    ]


@pytest.mark.parametrize("pair", [("emis", "tpp"), ("vision", "tpp")])
def test_the_page_shows_every_record_and_every_finding_of_the_patients_drawn(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    twin = make_twin(pair, tmp_path / "twin", (40, 0.05), SEED, faults=1)
    with twins_compared(twin, tmp_path / "work") as one:
        sample = drawn(one)
        html = page_of(one, sample)
        [(findings,)] = one.duck.run(
            "test",
            """SELECT count(DISTINCT (f.entity, f.source_row, f.target_row)) FROM finding.caused AS f
            JOIN sampling.chosen AS c ON f.source_person = c.person
               OR f.target_person = (SELECT target_person FROM sampling.person AS p WHERE p.person = c.person)""",
        )
        [(records,)] = one.duck.run(
            "test", "SELECT sum(records) FROM sampling.tally JOIN sampling.chosen USING (person)"
        )
        assert len(list(list_rows(one.duck, sample))) == len(sample.chosen)
    assert sum(counted(html)) >= findings > 0
    assert len(re.findall(r"<tr class=", html)) >= records
    assert {one.criterion.id for one in sample.criteria if one.eligible and not one.patients} == set()
    assert sample_summary(sample)["population"] + sample.test_patients == 40


def test_records_that_came_patient_by_patient_are_shown_with_the_names_of_their_clinicians(
    tmp_path: Path,
) -> None:
    with compared(FAMILY / "source", FAMILY / "target", tmp_path / "work") as one:
        sample = drawn(one)
        html = page_of(one, sample)
    assert len(sample.chosen) == 4
    assert re.search(r"; by \w+", html)
