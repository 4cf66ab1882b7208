"""Quick choices from a random source: the loops that make records call nothing slower than these."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Generic, TypeVar

from godwit.synth.model import When

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things with weights. Calling it with a random source gives one of them."""

    __slots__ = ("_things", "_upto")

    def __init__(self, pairs: Sequence[tuple[T, float]]) -> None:
        self._things = [thing for thing, _ in pairs]
        total = sum(weight for _, weight in pairs)
        self._upto = [upto / total for upto in accumulate(weight for _, weight in pairs)]
        self._upto[-1] = 1.0

    def __call__(self, draw: Callable[[], float]) -> T:
        """One of the things; `draw` gives numbers from 0 up to, but not including, 1."""
        return self._things[bisect_right(self._upto, draw())]


def one_of(things: Sequence[T], draw: Callable[[], float]) -> T:
    """Any of `things`, all alike likely."""
    return things[int(draw() * len(things))]


def share_at(points: Sequence[tuple[float, float]], age: float) -> float:
    """The straight line through `points` (age, share), level before the first and after the last."""
    before = points[0]
    for point in points:
        if age <= point[0]:
            run = point[0] - before[0]
            return point[1] if run <= 0 else before[1] + (point[1] - before[1]) * (age - before[0]) / run
        before = point
    return before[1]


class Days:
    """Days as whole numbers, with the `datetime` and the `When` of each made once and then shared."""

    __slots__ = ("_midnights", "_whens")

    def __init__(self) -> None:
        self._midnights: dict[int, datetime] = {}
        self._whens: dict[int, When] = {}

    def midnight(self, day: int) -> datetime:
        """The beginning of a day; `day` is what `date.toordinal` gives."""
        found = self._midnights.get(day)
        if found is None:
            found = self._midnights[day] = datetime.fromordinal(day)
        return found

    def when(self, day: int) -> When:
        """The day, with no time known."""
        found = self._whens.get(day)
        if found is None:
            found = self._whens[day] = When("YMD", self.midnight(day))
        return found


def month(year: int, number: int) -> When:
    """A month of which the day is not known."""
    return When("YM", datetime(year, number, 1))  # noqa: DTZ001 - English civil time


def year_only(year: int) -> When:
    """A year of which nothing more is known."""
    return When("Y", datetime(year, 1, 1))  # noqa: DTZ001 - English civil time


NEVER = When("U", None)
"""A moment of which nothing is known."""


def on(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day)
