"""Every planted fault that both shapes of a pair can show is found, and nothing is found that no fault explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from godwit.synth.faults import FAULT_CLASSES
from tests.benchmarks.expected import read_expected
from tests.support.faults_found import Review, review
from tests.support.twins import Twin, found_in, make_twin, twins_compared

PAIRS = {
    "emis-tpp": 21,
    "tpp-emis": 22,
    "vision-tpp": 23,
    "emis-vision": 25,
    "emis-gpconnect": 26,
    "tpp-tpp": 29,
    "gpconnect-gpconnect": 31,
}
"""Pairs of shapes with the seed of their practice: each shape on either side, links told by meaning, by what the record
says, and by what it carries. More pairs, sizes and seeds: `python3 dev.py detect`."""

OF_EACH = 2
"""Faults planted of each kind."""


@dataclass(frozen=True)
class Outcome:
    """A pair, what the key says of it, and what of that was found."""

    twin: Twin
    review: Review


@pytest.fixture(scope="module", params=PAIRS)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One comparison for all tests of a pair."""
    name = str(request.param)
    source, _, target = name.partition("-")
    work: Path = tmp_path_factory.mktemp(name)
    twin = make_twin((source, target), work / "made", (70, 0.08), PAIRS[name], faults=OF_EACH)
    with twins_compared(twin, work / "work") as one:
        yield Outcome(twin, review(twin, found_in(one)))


def test_every_kind_of_fault_was_planted(outcome: Outcome) -> None:
    key = outcome.twin.said("answers")
    assert set(key["planted"]) == set(FAULT_CLASSES)
    assert all(count > 0 for count in key["planted"].values())


def test_every_fault_that_can_be_seen_is_found(outcome: Outcome) -> None:
    pair = outcome.twin.source, outcome.twin.target
    blind = read_expected().why_blind
    assert Counter(one["fault"] for one in outcome.review.missed if not blind(one["fault"], pair)) == {}
    assert len(outcome.review.seen) > len(FAULT_CLASSES) * OF_EACH * 0.6


def test_nothing_is_found_that_no_fault_explains(outcome: Outcome) -> None:
    assert outcome.review.beyond == []


def test_nothing_dangerous_is_taken_lightly(outcome: Outcome) -> None:
    """What can harm a patient by itself is given a place near the top of the queue."""
    classes = read_expected().classes
    critical = [
        one for one in outcome.review.seen if one.exact and classes[one.answer["fault"]].least == "critical"
    ]
    light = Counter(
        one.answer["fault"] for one in critical if outcome.review.gravest(one.answer) in ("low", "medium")
    )
    assert light == {}
    assert len(critical) > OF_EACH * 5
