"""Who is recognised as whom: each tier, and every reason why a person must decide instead."""

from __future__ import annotations

import pytest

from godwit.records.listing.matching import match
from godwit.records.listing.scoring import candidates, weigh
from tests.support.listed_people import ADA, BOB, NUMBERS, entry


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "number_and_birth"),
        ({"family": "Gannet"}, "number_and_birth"),
        ({"family": "Gannet", "given": "Zoe"}, "facts"),
        ({"birth_date": "1950-02-04"}, "number"),
        ({"birth_date": "", "sex": "", "family": "Gannet"}, "facts"),
        ({"birth_date": "1961-01-01", "family": "Gannet"}, "facts"),
        ({"nhs_number": ""}, "demographics"),
        ({"nhs_number": "", "family": "Turn"}, "demographics"),
        ({"nhs_number": "9991234501"}, "demographics"),
        ({"nhs_number": NUMBERS[2]}, "demographics"),
        ({"nhs_number": NUMBERS[2], "given": "Adele"}, "other_number"),
        ({"nhs_number": "", "postcode": "ZZ2 2ZZ"}, None),
        ({"nhs_number": "", "birth_date": "1950-03-02"}, None),
    ],
)
def test_one_row_each(changes: dict[str, str], told: str | None) -> None:
    matching = match([entry("list", 2, **changes)], [entry("source", 1)])
    assert [*(one.tier for one in matching.pairs), *(one.why for one in matching.doubts)] == (
        [told] if told else []
    )


def test_the_same_number_twice_waits_for_a_person() -> None:
    matching = match([entry("list", 2), entry("list", 3)], [entry("source", 1)])
    assert [(one.left.number, one.why) for one in matching.doubts] == [(2, "several"), (3, "several")]
    assert not matching.pairs


def test_a_number_typed_for_two_people_stays_with_the_one_it_fits() -> None:
    bob = entry("list", 3, BOB, nhs_number=ADA["nhs_number"])
    matching = match([entry("list", 2), bob], [entry("source", 1), entry("source", 2, BOB)])
    assert [(one.left.number, one.right.number) for one in matching.pairs] == [(2, 1)]
    assert [(one.left.number, one.right.number, one.why) for one in matching.doubts] == [
        (3, 2, "other_number")
    ]


def test_twins_whose_numbers_are_changed_round_are_not_believed() -> None:
    one, other = {"given": "Ada"}, {"given": "Eva", "nhs_number": NUMBERS[1]}
    swapped = [
        entry("list", 2, **{**one, "nhs_number": NUMBERS[1]}),
        entry("list", 3, **{**other, "nhs_number": NUMBERS[0]}),
    ]
    matching = match(swapped, [entry("source", 1, **one), entry("source", 2, **other)])
    assert not matching.pairs
    assert {one.why for one in matching.doubts} == {"number_of_another"}


def test_evidence_is_weighed_and_told() -> None:
    ada = entry("list", 2)
    assert weigh(ada, entry("source", 1)).score == 100
    slip = weigh(ada, entry("source", 1, nhs_number="", birth_date="1950-03-02", given="A"))
    assert slip.evidence == {
        "birth_date": "near",
        "family": "same",
        "given": "near",
        "sex": "same",
        "postcode": "same",
    }
    assert slip.score == 42
    assert weigh(ada, entry("source", 1, BOB)).score < 0


def test_who_is_alike_is_shown_and_who_is_not_is_not() -> None:
    left = [entry("list", 2, nhs_number="", birth_date="1951-02-03")]
    right = [
        entry("source", 1),
        entry("source", 2, BOB),
        entry("source", 3, given="Zoe", birth_date="1999-09-09"),
    ]
    assert [(one.number, other.number) for one, other in candidates(left, right)] == [(2, 1)]
