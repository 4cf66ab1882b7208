"""Stretches of time and how two of them lie to each other: the arithmetic under `PartialDate`."""

from enum import StrEnum
from typing import Final, NamedTuple

AHEAD_AT_MOST: Final = 14 * 60
"""Minutes by which a civil clock may be ahead of UTC."""
BEHIND_AT_MOST: Final = 12 * 60
"""Minutes by which a civil clock may be behind UTC."""

END_OF_SECOND: Final = "~"
"""A fraction that sorts after every run of digits: the last there is of a second."""


class Moment(NamedTuple):
    """A point on one clock, or the very end of one of its seconds; moments of one clock compare as tuples.

    `second` counts from the midnight that begins the day before 1 January of the year 1; `fraction` is
    decimal digits without trailing noughts, which sort as text in the order of their size, or
    `END_OF_SECOND`.
    """

    second: int
    fraction: str

    def later_by(self, minutes: int) -> "Moment":
        """The moment that many minutes on, or back where `minutes` is negative."""
        return self._replace(second=self.second + minutes * 60)


class Span(NamedTuple):
    """The moments from `first` to `last`, both included. Where they are equal the span is one point."""

    first: Moment
    last: Moment


class Comparison(StrEnum):
    """How one value's time lies to another's."""

    BEFORE = "before"
    AFTER = "after"
    SAME = "same"
    WITHIN = "within"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    INCOMPARABLE = "incomparable"

    def seen_from_the_other(self) -> "Comparison":
        """The answer when the two values change places."""
        return _TURNED.get(self, self)


_TURNED: Final = {
    Comparison.BEFORE: Comparison.AFTER,
    Comparison.AFTER: Comparison.BEFORE,
    Comparison.WITHIN: Comparison.CONTAINS,
    Comparison.CONTAINS: Comparison.WITHIN,
}


def compare_on_one_clock(one: Span, other: Span) -> Comparison:
    """How `one` lies to `other` when both are read from the same clock; never `INCOMPARABLE`."""
    if one == other:
        return Comparison.SAME
    if one.last < other.first:
        return Comparison.BEFORE
    if other.last < one.first:
        return Comparison.AFTER
    if _is_inside(one, other):
        return Comparison.WITHIN
    return Comparison.CONTAINS if _is_inside(other, one) else Comparison.OVERLAPS


def compare_with_unknown_zone(known: Span, local: Span) -> Comparison:
    """How `known`, in UTC, lies to `local`, read from a clock in a zone nobody wrote down.

    Gives an answer only where it is the same for every zone there is, else `INCOMPARABLE`.
    """
    widest = Span(local.first.later_by(-AHEAD_AT_MOST), local.last.later_by(BEHIND_AT_MOST))
    if known.last < widest.first:
        return Comparison.BEFORE
    if widest.last < known.first:
        return Comparison.AFTER
    if _is_inside(widest, known):
        return Comparison.CONTAINS
    surest = Span(local.first.later_by(BEHIND_AT_MOST), local.last.later_by(-AHEAD_AT_MOST))
    return Comparison.WITHIN if _is_inside(known, surest) else Comparison.INCOMPARABLE


def _is_inside(inner: Span, outer: Span) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
