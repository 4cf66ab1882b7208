"""Why a record has no counterpart: one of several that are equal, another kind of record, or nothing like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.definitions.comparison import read_severities
from godwit.records.compare.differing import find_differences
from godwit.records.compare.findings import gather
from godwit.records.compare.scheme import Fills, Scheme
from godwit.records.duck import Duck
from tests.support.staged import EVERYTHING, Fields, pair, put, tables

GOUT = '["snomed|90560007"]'
VERDICT = dict.fromkeys(("entity", "field", "rule", "reason"), "VARCHAR") | {
    "source_row": "BIGINT",
    "target_row": "BIGINT",
}
MINUTE = "2010-01-02T08:30"


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """Tables with persons 1 and 2 on both sides."""
    with tables(tmp_path, people=[(1, 1), (2, 2)]) as one:
        yield one


def reasons(duck: Duck, fills: Fills = EVERYTHING) -> list[tuple[str, str, int, str]]:
    """Side, entity, row and reason of every record without a counterpart."""
    scheme = Scheme((fills, fills), same_format=False)
    find_differences(duck, scheme)
    duck.load("finding.verdict", VERDICT, [])
    gather(duck, read_severities(), scheme)
    rows = duck.run("test", "SELECT side, entity, row, reason FROM finding.unpaired ORDER BY ALL")
    return [(side, entity, row, reason) for side, entity, row, reason in rows]


# One of several that are equal ------------------------------------------------------------------------------------


def test_one_more_of_what_is_there_is_a_duplicate(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a"})
    put(duck, "target", "recall", {"text": "a"}, {"text": "a"}, {"text": "b"})
    pair(duck, ("recall", 1, 1))
    assert reasons(duck) == [
        ("target", "recall", 2, "duplicate"),
        ("target", "recall", 3, "no_counterpart"),
    ]


def test_one_less_is_a_duplicate_that_is_gone(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a"}, {"text": "a"}, {"text": "b"})
    put(duck, "target", "recall", {"text": "a"})
    pair(duck, ("recall", 1, 1))
    assert reasons(duck) == [
        ("source", "recall", 2, "duplicate_collapsed"),
        ("source", "recall", 3, "no_counterpart"),
    ]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("another patient's", {"text": "a", "person": 2}),
        ("another word", {"text": "a "}),
        ("something more", {"text": "a", "due": "2020"}),
    ],
)
def test_what_is_not_equal_is_no_duplicate(duck: Duck, name: str, other: Fields) -> None:
    put(duck, "source", "recall", {"text": "a"})
    put(duck, "target", "recall", {"text": "a"}, other)
    pair(duck, ("recall", 1, 1))
    assert reasons(duck) == [("target", "recall", 2, "no_counterpart")], name


def test_what_a_format_cannot_hold_tells_no_two_apart(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a"})
    put(duck, "target", "recall", {"text": "a"}, {"text": "a", "due": "2020"})
    pair(duck, ("recall", 1, 1))
    fills = {**EVERYTHING, "recall": frozenset({"text"})}
    assert reasons(duck, fills) == [("target", "recall", 2, "duplicate")]


def test_two_that_are_equal_and_both_alone_are_no_duplicates(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a"}, {"text": "a"})
    pair(duck)
    assert {reason for *_, reason in reasons(duck)} == {"no_counterpart"}


# Another kind of record -------------------------------------------------------------------------------------------

ALLERGY = {"agent": "Penicillin", "code": GOUT, "onset": "2010-01-02", "recorded": f"{MINUTE}:15"}
TOLD = [
    ("the substance in the free text", {"text": "Allergy to  PENICILLIN, rash"}, True),
    ("the substance in the term", {"code_term": '["Penicillin allergy"]'}, True),
    ("another substance", {"text": "Allergy to peanut"}, False),
    ("another minute", {"text": "Allergy to penicillin", "recorded": "2010-01-02T08:31"}, False),
    ("a minute nobody knows", {"text": "Allergy to penicillin", "recorded": "2010-01-02"}, False),
    ("another day", {"text": "Allergy to penicillin", "effective": "2010-01-03"}, False),
    ("another patient", {"text": "Allergy to penicillin", "person": 2}, False),
]


@pytest.mark.parametrize(("name", "fields", "found"), TOLD, ids=[case[0] for case in TOLD])
def test_an_allergy_whose_code_is_lost_is_known_by_its_words(
    duck: Duck, name: str, fields: Fields, found: bool
) -> None:
    put(duck, "source", "allergy", ALLERGY)
    put(duck, "target", "observation", {"effective": "2010-01-02", "recorded": MINUTE, **fields})
    pair(duck)
    kinds = ("kind_changed_observation", "kind_changed_allergy")
    expected = kinds if found else ("no_counterpart",) * 2
    assert tuple(reason for *_, reason in reasons(duck)) == expected, name


def test_two_letters_are_no_words_to_know_a_record_by(duck: Duck) -> None:
    put(duck, "source", "allergy", {**ALLERGY, "agent": "pe"})
    put(duck, "target", "observation", {"effective": "2010-01-02", "recorded": MINUTE, "text": "penicillin"})
    pair(duck)
    assert {reason for *_, reason in reasons(duck)} == {"no_counterpart"}
