"""The phases as bars: one after another, each as long as the guide says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.phases import Phase

_WORKING_DAYS = {"wd": 1.0, "d": 5 / 7, "w": 5.0, "m": 21.0}


@dataclass(frozen=True)
class Bar:
    """Where a phase lies, in percent of the whole width. `least` and `most` are 0 where the guide gives no length."""

    phase: Phase
    start: float
    least: float
    most: float


def bars(phases: tuple[Phase, ...]) -> Iterator[Bar]:
    """One bar for each phase. Each begins where the one before it ends at the latest."""
    whole, reached = sum(_days(one.most) for one in phases), 0.0
    for phase in phases:
        least, most = _days(phase.least), _days(phase.most)
        yield Bar(phase, *(round(100 * one / whole, 2) for one in (reached, least, most)))
        reached += most


def _days(length: Duration | None) -> float:
    return length.count * _WORKING_DAYS[length.unit] if length else 0.0
