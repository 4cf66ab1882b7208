"""What counts as a difference between two records that are paired: fields, null-safe, and where links lead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.differing import find_differences
from godwit.records.compare.scheme import Fills, Scheme
from godwit.records.duck import Duck
from tests.support.staged import EVERYTHING, link, pair, put, tables

Values = tuple[str | None, str | None]
NOTHING: Fills = {name: frozenset() for name in ENTITIES}


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """The canonical tables with a consultation, an entry and a doctor on both sides: rows 1, 2 and 3."""
    with tables(tmp_path) as one:
        yield one


def differences(
    duck: Duck, fills: tuple[Fills, Fills] = (EVERYTHING, EVERYTHING), same_format: bool = False
) -> list[tuple[str, str | None, str | None]]:
    find_differences(duck, Scheme(fills, same_format))
    query = "SELECT field, source_value, target_value FROM finding.difference ORDER BY ALL"
    return [(field, one, two) for field, one, two in duck.run("test", query)]


# Fields -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("a", "a", False),
        (None, None, False),
        ("a", "b", True),
        ("a", None, True),
        (None, "a", True),
        ("", None, True),
        ("a", "A", True),
        ("a", "a ", True),
        ("é", "e\u0301", True),
        ("{'x': \"y\"}; --", "{'x': \"y\"}; --", False),
    ],
)
def test_a_field_differs_unless_both_say_the_same_text_or_nothing(
    duck: Duck, source: str | None, target: str | None, found: bool
) -> None:
    put(duck, "source", "recall", {"text": source})
    put(duck, "target", "recall", {"text": target})
    pair(duck, ("recall", 1, 1))
    assert differences(duck) == ([("text", source, target)] if found else [])


def test_only_paired_records_are_compared(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a"}, {"text": "b"})
    put(duck, "target", "recall", {"text": "c"}, {"text": "b"})
    pair(duck, ("recall", 2, 2))
    assert differences(duck) == []


def test_every_field_of_a_pair_is_compared(duck: Duck) -> None:
    names = ENTITIES["recall"].field_names
    put(duck, "source", "recall", dict.fromkeys(names, "a"))
    put(duck, "target", "recall", dict.fromkeys(names, "b"))
    pair(duck, ("recall", 1, 1))
    assert [field for field, *_ in differences(duck)] == sorted(names)


def test_a_field_that_one_format_has_no_place_for_is_not_compared(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a", "due": "2020"})
    put(duck, "target", "recall", {"text": "b", "due": "2021"})
    pair(duck, ("recall", 1, 1))
    fills = {**NOTHING, "recall": frozenset({"due"})}
    assert differences(duck, (EVERYTHING, fills)) == [("due", "2020", "2021")]


@pytest.mark.parametrize("same_format", [True, False])
def test_the_extras_are_compared_within_one_format_only(duck: Duck, same_format: bool) -> None:
    put(duck, "source", "recall", {"extras": "a"})
    put(duck, "target", "recall", {"extras": "b"})
    pair(duck, ("recall", 1, 1))
    assert differences(duck, same_format=same_format) == ([("extras", "a", "b")] if same_format else [])


def test_a_record_that_moved_differs_in_its_patient_and_in_nothing_else(duck: Duck) -> None:
    put(duck, "source", "patient", {"nhs_number": "9990000018"}, {"person": 2}, first=20)
    put(duck, "target", "patient", {"nhs_number": "9990000018"}, {"person": 2}, first=20)
    put(duck, "source", "recall", {"text": "a"})
    put(duck, "target", "recall", {"text": "a", "person": 2})
    put(duck, "target", "practitioner", {}, first=5)
    link(duck, "target", 1, "performer", 5)
    pair(duck, ("recall", 1, 1))
    duck.run("test", "UPDATE paired.recall SET rung = 'moved'; UPDATE paired.record SET rung = 'moved'")
    assert differences(duck) == [("patient", "9990000018", "no NHS number")]


def test_what_is_compared_is_what_both_can_hold() -> None:
    recall = ENTITIES["recall"]
    one: Fills = {"recall": frozenset({"code", "due", "performer"})}
    two: Fills = {"recall": frozenset({"due", "text", "performer", "consultation"})}
    scheme = Scheme((one, two), same_format=False)
    assert scheme.names(recall) == ["due"]
    assert scheme.roles(recall) == ["performer"]


# Links ------------------------------------------------------------------------------------------------------------


def with_doctors(duck: Duck, *extra: tuple[str, int, int]) -> None:
    """Entry 1; doctors 2, 3 and 4 on both sides, of whom 2 and 3 are paired."""
    for side in ("source", "target"):
        put(duck, side, "recall", {})
        people = [{"family": name, "given": "jo"} for name in ("Adams", "Brown", "Clark")]
        put(duck, side, "practitioner", *people, first=2)
    pair(duck, ("recall", 1, 1), ("practitioner", 2, 2), ("practitioner", 3, 3), *extra)


ADAMS, BROWN, CLARK = (f"Staff record {number} of file 1" for number in (2, 3, 4))


@pytest.mark.parametrize(
    ("name", "source", "target", "values"),
    [
        ("the same record", [2], [2], None),
        ("another record", [2], [3], (ADAMS, BROWN)),
        ("no longer there", [2], [], (ADAMS, None)),
        ("there only in the target", [], [2], (None, ADAMS)),
        ("two of which one is lost", [2, 3], [2], (f"{ADAMS}; {BROWN}", ADAMS)),
        ("another order where order means nothing", [2, 3], [3, 2], None),
        ("both ends stand alone: their own findings say so", [4], [4], None),
        ("the end stands alone and the link is gone", [4], [], None),
        ("from an end that stands alone to one that is paired", [4], [2], (CLARK, ADAMS)),
        ("the same words", ["Dr Made Up"], ["Dr Made Up"], None),
        ("other words", ["Dr Made Up"], ["Dr M Up"], ("Dr Made Up", "Dr M Up")),
        ("words instead of a record", [2], ["Jo Adams"], (ADAMS, "Jo Adams")),
        ("a record instead of words", ["Jo Adams"], [2], ("Jo Adams", ADAMS)),
    ],
)
def test_a_link_is_compared_by_the_record_it_leads_to(
    duck: Duck, name: str, source: list[int | str], target: list[int | str], values: Values | None
) -> None:
    with_doctors(duck)
    link(duck, "source", 1, "performer", *source)
    link(duck, "target", 1, "performer", *target)
    assert differences(duck) == ([("performer", *values)] if values else []), name


def test_links_are_compared_role_by_role(duck: Duck) -> None:
    with_doctors(duck)
    link(duck, "source", 1, "performer", 2)
    link(duck, "target", 1, "organisation", 2)
    assert differences(duck) == [("organisation", None, ADAMS), ("performer", ADAMS, None)]


def test_a_role_that_one_format_has_no_place_for_is_not_compared(duck: Duck) -> None:
    with_doctors(duck)
    link(duck, "source", 1, "performer", 2)
    assert differences(duck, (EVERYTHING, {**NOTHING, "recall": frozenset({"code"})})) == []


@pytest.mark.parametrize(
    ("name", "source", "target", "differs"),
    [
        ("the same order", [2, 3, 4], [2, 3, 4], False),
        ("another order", [2, 3], [3, 2], True),
        ("the same order but for one that stands alone", [2, 4, 3], [2, 3], False),
    ],
)
def test_where_order_means_something_it_is_compared(
    duck: Duck, name: str, source: list[int | str], target: list[int | str], differs: bool
) -> None:
    with_doctors(duck, ("consultation", 9, 9))
    for side, ends in (("source", source), ("target", target)):
        put(duck, side, "consultation", {}, first=9)
        link(duck, side, 9, "items", *ends)
    assert [field for field, *_ in differences(duck)] == (["items"] if differs else []), name


def test_more_than_nine_links_stay_in_order(duck: Duck) -> None:
    put(duck, "source", "consultation", {})
    put(duck, "target", "consultation", {})
    rows: list[int | str] = list(range(10, 22))
    for side in ("source", "target"):
        put(duck, side, "recall", *({} for _ in rows), first=10)
        link(duck, side, 1, "items", *rows)
    pair(duck, ("consultation", 1, 1), *(("recall", int(row), int(row)) for row in rows))
    assert differences(duck) == []


def test_names_and_ends_travel_with_a_link_difference(duck: Duck) -> None:
    with_doctors(duck)
    link(duck, "source", 1, "performer", 2)
    link(duck, "target", 1, "performer", 3, "Dr Made Up")
    differences(duck)
    query = "SELECT source_names, source_ends, target_names, target_ends FROM finding.difference"
    assert duck.run("test", query) == [
        (
            '["adams, jo"]',
            '["pair:practitioner:2"]',
            '["Dr Made Up","brown, jo"]',
            '["pair:practitioner:3","words:Dr Made Up"]',
        )
    ]
