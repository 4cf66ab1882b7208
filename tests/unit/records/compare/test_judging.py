"""Verdicts: the same whether a difference is asked by its values or with its records, and each exactly once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.definitions.comparison import read_equivalences
from godwit.records.compare.differing import find_differences
from godwit.records.compare.judging import judge
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from tests.support.staged import EVERYTHING, pair, put, tables

SCHEME = Scheme((EVERYTHING, EVERYTHING), same_format=False)


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    with tables(tmp_path) as one:
        yield one


class Asked(Rulebook):
    """A rulebook that remembers how often it was asked with records and without."""

    def __init__(self) -> None:
        super().__init__(read_equivalences(), "emis", "tpp")
        self.with_records, self.by_values = 0, 0

    def explain(self, difference):  # type: ignore[no-untyped-def]
        self.with_records += 1
        return super().explain(difference)

    def explain_values(self, entity, field, source, target):  # type: ignore[no-untyped-def]
        self.by_values += 1
        return super().explain_values(entity, field, source, target)


def judged(duck: Duck, book: Rulebook) -> list[tuple[str, int, str, str | None, str | None]]:
    find_differences(duck, SCHEME)
    judge(duck, book)
    return duck.run(
        "test", "SELECT entity, source_row, field, rule, reason FROM finding.verdict ORDER BY ALL"
    )


def test_the_same_two_values_are_asked_once(duck: Duck) -> None:
    put(
        duck,
        "source",
        "observation",
        *({"unit": "mmol/L"} for _ in range(50)),
        {"unit": "g/L"},
        {"value": "7"},
    )
    put(
        duck,
        "target",
        "observation",
        *({"unit": "mmol/l"} for _ in range(50)),
        {"unit": "g/dL"},
        {"value": None},
    )
    pair(duck, *(("observation", row, row) for row in range(1, 53)))
    book = Asked()
    found = judged(duck, book)
    assert [one[2:] for one in found[:50]] == [("unit", "same_unit", None)] * 50
    assert [one[2:] for one in found[50:]] == [("unit", None, "changed"), ("value", None, "lost")]
    assert (book.by_values, book.with_records) == (3, 0)


def test_what_values_cannot_settle_is_asked_with_its_records(duck: Duck) -> None:
    put(duck, "source", "medication_issue",
        {"dosage": "One bd", "quantity_unit": "tablet"}, {"dosage": "One bd"}, {"dosage": "One bd"})  # fmt: skip
    put(duck, "target", "medication_issue",
        {"dosage": "1 tab bd", "quantity_unit": "tablet"}, {"dosage": "1 tab bd"}, {"dosage": "1 BD"})  # fmt: skip
    pair(duck, *(("medication_issue", row, row) for row in (1, 2, 3)))
    book = Asked()
    assert judged(duck, book) == [
        ("medication_issue", 1, "dosage", "dosage_in_other_words", None),
        ("medication_issue", 2, "dosage", None, "changed"),
        ("medication_issue", 3, "dosage", "dosage_in_other_words", None),
    ]
    assert (book.by_values, book.with_records) == (2, 2)


def test_no_difference_needs_no_verdict(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "the same"})
    put(duck, "target", "recall", {"text": "the same"})
    pair(duck, ("recall", 1, 1))
    assert judged(duck, Asked()) == []
