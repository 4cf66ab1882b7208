"""Every planted fault that both shapes of a pair can show is found, and nothing is found that no fault explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from godwit.synth.faults import FAULT_CLASSES
from tests.support.faults_found import Review, review
from tests.support.twins import Twin, found_in, make_twin, twins_compared

PAIRS = {
    "emis-tpp": 21,
    "tpp-emis": 22,
    "vision-tpp": 23,
    "tpp-vision": 24,
    "emis-vision": 25,
    "emis-gpconnect": 26,
    "tpp-gpconnect": 27,
    "emis-emis": 28,
    "tpp-tpp": 29,
    "vision-vision": 30,
    "gpconnect-gpconnect": 31,
}
"""Every pair of shapes with the seed of its practice."""

OF_EACH = 3
"""Faults planted of each kind."""

UNSEEN = {
    (
        "emis",
        "gpconnect",
        "document_of_another",
    ): "EMIS has a number for the file, GP Connect the address of a copy",
    (
        "vision",
        "gpconnect",
        "document_of_another",
    ): "Vision has a number for the file, GP Connect the address of a copy",
}
"""Faults that each shape can show and the pair cannot, and why."""


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
    twin = make_twin((source, target), work / "made", (60, 0.08), PAIRS[name], faults=OF_EACH)
    with twins_compared(twin, work / "work") as one:
        yield Outcome(twin, review(twin, found_in(one)))


def test_every_kind_of_fault_was_planted(outcome: Outcome) -> None:
    key = outcome.twin.said("answers")
    assert set(key["planted"]) == set(FAULT_CLASSES)
    assert all(count > 0 for count in key["planted"].values())


def test_every_fault_that_can_be_seen_is_found(outcome: Outcome) -> None:
    pair = (outcome.twin.source, outcome.twin.target)
    missed = Counter(
        one["fault"]
        for one in outcome.review.missed
        if (*pair, one["fault"]) not in UNSEEN and (*pair[::-1], one["fault"]) not in UNSEEN
    )
    assert missed == {}
    assert len(outcome.review.visible) > len(FAULT_CLASSES) * 2


def test_nothing_is_found_that_no_fault_explains(outcome: Outcome) -> None:
    assert outcome.review.beyond == []
