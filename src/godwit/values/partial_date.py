"""Dates and times that say what the record says, be it a year or an instant, and make nothing up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from enum import IntEnum
from typing import Self

from godwit.values import date_parts, local_clock
from godwit.values.date_parts import Parts
from godwit.values.errors import ValueRefused
from godwit.values.moments import (
    END_OF_SECOND,
    Comparison,
    Moment,
    Span,
    compare_on_one_clock,
    compare_with_unknown_zone,
)


class Precision(IntEnum):
    """The smallest part a date or time has. A fraction of a second counts as `SECOND`."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    HOUR = 4
    MINUTE = 5
    SECOND = 6


@dataclass(frozen=True, slots=True, eq=False)
class PartialDate:
    """A date or time with the parts that were recorded and no others.

    `fraction` is the digits after the decimal point as delivered. `offset` is the zone in minutes ahead of
    UTC (`Z` is 0), or None for a local time in a zone nobody wrote down; a date may carry one too.

    A value means a stretch of time: `2020-02` is all of February. A fraction that is not nought means one
    point, because systems drop trailing noughts and so its length tells no precision; `.000` means what no
    fraction does. Two values are equal when they mean the same stretch and both or neither name a zone.

    Raises `ValueRefused` (`partial_date.parts`, `.year`, `.month`, `.day`, `.hour`, `.minute`, `.second`,
    `.fraction`, `.zone`). Second 60 is refused: no clinical system records leap seconds, so it is a fault.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    fraction: str | None = None
    offset: int | None = None

    def __post_init__(self) -> None:
        date_parts.check(self._parts())

    @classmethod
    def parse_iso(cls, text: str) -> Self:
        """Read ISO 8601, extended form: `YYYY[-MM[-DD[Thh[:mm[:ss[.f]]]]]]`, then `Z`, `+hh:mm` or nothing.

        FHIR's dates, dateTimes and instants are all among these; FHIR itself asks for more (a time has
        seconds and a zone), which is for the reader of a FHIR document to check. Raises `ValueRefused` as the
        class does, and with `partial_date.characters` and `partial_date.shape`.
        """
        return cls(*date_parts.read(text, date_parts.ISO))

    @classmethod
    def parse_hl7(cls, text: str) -> Self:
        """Read an HL7 version 2 or 3 timestamp: `YYYY[MM[DD[HH[MM[SS[.f]]]]]]`, then `+ZZZZ` or nothing.

        Raises `ValueRefused` as `parse_iso` does.
        """
        return cls(*date_parts.read(text, date_parts.HL7))

    def iso(self) -> str:
        """The ISO 8601 text with exactly the parts there are; `parse_iso` reads it back."""
        return date_parts.write_iso(self._parts())

    def normal(self) -> Self:
        """The equal value whose fraction has no trailing noughts, and is absent where it is nought."""
        return replace(self, fraction=self._short_fraction() or None)

    @property
    def precision(self) -> Precision:
        """The smallest part there is."""
        return Precision(len(self._given()))

    def earliest(self) -> Moment:
        """The first moment the value may mean: in UTC where it names a zone, else on its own local clock."""
        return self._at(date_parts.lowest(self._given()), self._short_fraction())

    def latest(self) -> Moment:
        """The last moment the value may mean, on the same clock as `earliest`."""
        given = self._given()
        last = (*given, *date_parts.highest(given)[len(given) :])
        return self._at(last, self._short_fraction() or END_OF_SECOND)

    def span(self) -> Span:
        """All the moments the value may mean, from `earliest` to `latest`."""
        return Span(self.earliest(), self.latest())

    def compare(self, other: "PartialDate") -> Comparison:
        """How this value's time lies to the other's.

        Two values that both name a zone are compared as instants; two that name none as readings of one
        clock. Where only one names a zone, the other may be anywhere from twelve hours behind UTC to fourteen
        ahead, and the answer is given only if it is the same for all of them, else `INCOMPARABLE`. So a day
        never contains or equals an instant by chance of zone: use `in_zone` or `seen_in` first when the zone
        is known from elsewhere.
        """
        if (self.offset is None) == (other.offset is None):
            return compare_on_one_clock(self.span(), other.span())
        if other.offset is None:
            return compare_with_unknown_zone(self.span(), other.span())
        return compare_with_unknown_zone(other.span(), self.span()).seen_from_the_other()

    def contains(self, other: "PartialDate") -> bool:
        """Whether the other is the same time, said as precisely as this or more so."""
        return self.compare(other) in (Comparison.SAME, Comparison.CONTAINS)

    def truncate(self, precision: Precision) -> Self:
        """The same time said less precisely: the parts down to `precision`, no fraction, the zone as it was.

        Raises `ValueRefused` (`partial_date.precision`) if the value has no such part, for none is ever made
        up.
        """
        if precision > self.precision:
            raise ValueRefused("partial_date.precision")
        return self._of(self._given()[:precision], None, self.offset)

    def without_zone(self) -> Self:
        """The reading on the local clock, as written, with no zone."""
        return replace(self, offset=None)

    def in_zone(self, zone: tzinfo) -> Self:
        """This local time with the offset `zone` had then; a date, or a time with a zone, as it is.

        Raises `ValueRefused`: `partial_date.local_time_repeated` or `.local_time_skipped` where the clocks
        were changed over it (see `candidates_in_zone`), `partial_date.zone` or `.zone_range` where it cannot
        be placed.
        """
        candidates = self.candidates_in_zone(zone)
        if len(candidates) == 1:
            return candidates[0]
        raise ValueRefused(f"partial_date.local_time_{'repeated' if candidates else 'skipped'}")

    def candidates_in_zone(self, zone: tzinfo) -> tuple[Self, ...]:
        """Every instant at which the clocks of `zone` showed this local time, earliest first.

        One for most times, two where the clock was put back over it, none where it was put forward over it.
        An hour alone is placed by its first minute.
        """
        if self.precision < Precision.HOUR or self.offset is not None:
            return (self,)
        offsets = local_clock.offsets_that_showed(date_parts.lowest(self._given()), zone)
        return tuple(replace(self, offset=offset) for offset in offsets)

    def seen_in(self, zone: tzinfo) -> Self:
        """The same instant as the clocks of `zone` showed it; a date, or a time without a zone, as it is.

        Raises `ValueRefused` (`partial_date.zone_range`) where it cannot be shown: an hour alone, say, in a
        zone that is half an hour off.
        """
        if self.precision < Precision.HOUR or self.offset is None:
            return self
        clock, offset = local_clock.shown_in(date_parts.lowest(self._given()), self.offset, zone)
        if any(clock[self.precision :]):
            raise ValueRefused("partial_date.zone_range")
        return self._of(clock[: self.precision], self.fraction, offset)

    def __eq__(self, other: object) -> bool:
        return self._meaning() == other._meaning() if isinstance(other, PartialDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._meaning())

    def __lt__(self, other: "PartialDate") -> bool:
        """Whether every moment this may mean is before every moment the other may mean.

        A partial order: neither of two values need be before the other, so sort by a key that says what is
        wanted.
        """
        return self.compare(other) is Comparison.BEFORE

    def __gt__(self, other: "PartialDate") -> bool:
        return self.compare(other) is Comparison.AFTER

    @classmethod
    def _of(cls, clock: Sequence[int], fraction: str | None, offset: int | None) -> Self:
        missing: list[int | None] = [None] * (6 - len(clock))
        month, day, hour, minute, second = list(clock[1:]) + missing
        return cls(clock[0], month, day, hour, minute, second, fraction, offset)

    def _parts(self) -> Parts:
        return Parts(
            self.year, self.month, self.day, self.hour, self.minute, self.second, self.fraction, self.offset
        )

    def _given(self) -> list[int]:
        clock = (self.year, self.month, self.day, self.hour, self.minute, self.second)
        return [part for part in clock if part is not None]

    def _short_fraction(self) -> str:
        return (self.fraction or "").rstrip("0")

    def _meaning(self) -> tuple[bool, Span]:
        return self.offset is not None, self.span()

    def _at(self, clock: tuple[int, ...], fraction: str) -> Moment:
        year, month, day, hour, minute, second = clock
        minutes = (date(year, month, day).toordinal() * 24 + hour) * 60 + minute - (self.offset or 0)
        return Moment(minutes * 60 + second, fraction)
