"""From differences to findings: asked of the rules, given a reason and a risk, and grouped by cause."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.definitions.comparison import Equivalence, Example, read_severities
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.differing import find_differences
from godwit.records.compare.findings import change_of, gather
from godwit.records.compare.judging import judge
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Fills, Scheme
from godwit.records.duck import Duck
from tests.support.staged import EVERYTHING, pair, put, tables

GOUT, OTHER = '["snomed|90560007"]', '["snomed|195967001"]'
DEGRADED = '["snomed|196461000000101"]'


def rule(fields: str = "*.text") -> Equivalence:
    one = Example(source="a", target="b")
    return Equivalence(
        id="made_up",
        title="t",
        source="s",
        by="blanks_at_line_ends",
        fields=(fields,),
        accepts=(one,),
        refuses=(one,),
    )


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """Tables with person 1 on both sides and person 9 on neither."""
    with tables(tmp_path) as one:
        yield one


def found(duck: Duck, fills: tuple[Fills, Fills] = (EVERYTHING, EVERYTHING)) -> list[tuple[str | None, ...]]:
    """The findings as (entity, outcome, field, reason, severity)."""
    scheme = Scheme(fills, same_format=False)
    find_differences(duck, scheme)
    judge(duck, Rulebook((rule(),), "x", "y"))
    gather(duck, read_severities(), scheme)
    query = "SELECT entity, outcome, field, reason, severity FROM finding.finding ORDER BY ALL"
    return [tuple(row) for row in duck.run("test", query)]


def outcomes(duck: Duck) -> list[str]:
    return [one for (one,) in duck.run("test", "SELECT outcome FROM finding.outcome ORDER BY source_row")]


@pytest.mark.parametrize(
    ("source", "target", "change"),
    [
        ("a", None, "lost"),
        (None, "a", "gained"),
        ("a", "b", "changed"),
        (GOUT, DEGRADED, "degraded"),
        (DEGRADED, GOUT, "changed"),
        (DEGRADED, '["snomed|196461000000101","x|1"]', "changed"),
        (None, DEGRADED, "gained"),
        ("seen", "seen 196461000000101", "changed"),
    ],
)
def test_the_kind_of_a_change(source: str | None, target: str | None, change: str) -> None:
    assert change_of(Difference("allergy", "code", source, target, {}, {})) == change


def test_a_pair_is_identical_equivalent_or_different(duck: Duck) -> None:
    put(duck, "source", "recall", {"text": "a"}, {"text": "a"}, {"text": "a"}, {"text": "a", "due": "2020"})
    put(duck, "target", "recall", {"text": "a"}, {"text": "a "}, {"text": "b"}, {"text": "a ", "due": "2021"})
    pair(duck, *(("recall", number, number) for number in (1, 2, 3, 4)))
    assert found(duck) == [
        ("recall", "different", "due", "changed", "high"),
        ("recall", "different", "text", "changed", "medium"),
    ]
    assert outcomes(duck) == ["identical", "equivalent", "different", "different"]
    rules = duck.run(
        "test", "SELECT source_row, rule FROM finding.verdict WHERE rule IS NOT NULL ORDER BY ALL"
    )
    assert rules == [(2, "made_up"), (4, "made_up")]


@pytest.mark.parametrize(
    ("name", "source", "target", "expected"),
    [
        (
            "missing",
            {"problem": {"code": GOUT}},
            {},
            [("problem", "missing", None, "no_counterpart", "critical")],
        ),
        (
            "unexpected",
            {},
            {"problem": {"code": GOUT}},
            [("problem", "unexpected", None, "no_counterpart", "high")],
        ),
        (
            "the patient is not on the other side",
            {"allergy": {"code": GOUT, "person": 9}},
            {},
            [("allergy", "missing", None, "patient_not_paired", "critical")],
        ),
        (
            "the same code and day under another kind",
            {"immunisation": {"code": GOUT, "effective": "2010-01-02"}},
            {"observation": {"code": GOUT, "effective": "2010-01-02T08:30Z"}},
            [
                ("immunisation", "missing", None, "kind_changed_observation", "high"),
                ("observation", "unexpected", None, "kind_changed_immunisation", "medium"),
            ],
        ),
        (
            "another code or another day is another record",
            {"immunisation": {"code": GOUT, "effective": "2010-01-02"}},
            {
                "observation": {"code": OTHER, "effective": "2010-01-02"},
                "allergy": {"code": GOUT, "onset": "2011"},
            },
            [
                ("allergy", "unexpected", None, "no_counterpart", "high"),
                ("immunisation", "missing", None, "no_counterpart", "high"),
                ("observation", "unexpected", None, "no_counterpart", "medium"),
            ],
        ),
    ],
)
def test_a_record_without_a_counterpart(
    duck: Duck, name: str, source: dict[str, dict[str, str]], target: dict[str, dict[str, str]],
    expected: list[tuple[str | None, ...]]
) -> None:  # fmt: skip
    for side, records in (("source", source), ("target", target)):
        for number, (entity, fields) in enumerate(records.items(), start=1):
            put(duck, side, entity, fields, first=number)
    pair(duck)
    assert found(duck) == expected, name


def test_a_kind_the_other_format_has_no_place_for_says_so(duck: Duck) -> None:
    """Of low risk it is by a rule of clinical risk, which is tried with the others."""
    put(duck, "source", "registration", {"start": "2010"})
    pair(duck)
    nothing: Fills = {**EVERYTHING, "registration": frozenset()}
    assert found(duck, (EVERYTHING, nothing)) == [("registration", "missing", None, "no_place", "high")]
