"""Working days: Monday to Friday, less bank holidays and the days a practice or a proclamation adds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final, Self

from godwit.values.errors import ValueRefused

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5

END_OF_OFFICE_DAY: Final = time(17, 0)
"""A request later than this counts as the next working day's, unless the caller says otherwise."""


class CalendarExhausted(ValueError):
    """A count of working days left the range for which holidays are known: its answer would be a guess."""

    def __init__(self, edition: str, known_from: date, known_to: date) -> None:
        super().__init__(edition, known_from, known_to)
        self.edition = edition
        self.known_from = known_from
        self.known_to = known_to

    def __str__(self) -> str:
        return f"working days are known from {self.known_from} to {self.known_to} only ({self.edition})"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days from `known_from` to `known_to`, both included.

    `edition` names the list that `holidays` came from. `extra_days` are further days off: a one-off holiday
    proclaimed since, or the practice's own training day. Every question about a day outside the known range
    raises `CalendarExhausted`. Raises `ValueRefused` (`working_calendar.range`, `working_calendar.days`).
    """

    edition: str
    known_from: date
    known_to: date
    holidays: frozenset[date]
    extra_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.known_to < self.known_from:
            raise ValueRefused("working_calendar.range")
        if not all(self.known_from <= day <= self.known_to for day in self.holidays | self.extra_days):
            raise ValueRefused("working_calendar.days")

    def with_extra_days(self, days: Iterable[date]) -> Self:
        """The same calendar with more days off."""
        return replace(self, extra_days=self.extra_days | frozenset(days))

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day."""
        if not self.known_from <= day <= self.known_to:
            raise CalendarExhausted(self.edition, self.known_from, self.known_to)
        return day.weekday() < _SATURDAY and day not in self.holidays and day not in self.extra_days

    def next_working_day(self, after: date) -> date:
        """The first working day after that day, never the day itself."""
        return self.add_working_days(after, 1)

    def add_working_days(self, start: date, count: int) -> date:
        """The working day that many after `start`, or before it where `count` is negative.

        `start` is day nought and the next working day is day 1, whether or not `start` is a working day. A
        count of nought gives `start` itself if it is a working day, else the next one: a thing due at once on
        a Sunday is due on Monday.
        """
        day, left = start, abs(count)
        if left == 0:
            return start if self.is_working_day(start) else self.next_working_day(start)
        self.is_working_day(start)  # a start outside the known range is refused, even next to it
        while left:
            day = self._neighbour(day, forwards=count > 0)
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lead from `start`, not counted, to `end`; negative if `end` is earlier.

        The reverse of counting on: `working_days_between(d, add_working_days(d, n)) == n` for any n but
        nought, and for nought too if d is a working day.
        """
        self.is_working_day(start)
        forwards = start < end
        count, day = 0, start
        while day != end:
            day = self._neighbour(day, forwards)
            count += self.is_working_day(day)
        return count if forwards else -count

    def effective_trigger(self, received_on: date, after_five: bool) -> date:
        """The day from which a period is counted (its day nought), for a request received on that day.

        The day itself, or the next working day if it is no working day or the request came `after_five`. A
        request on the evening of a day off gains nothing: it counts as the next working day's, like one that
        morning.
        """
        return self.add_working_days(received_on, 1 if after_five else 0)

    def effective_trigger_at(self, received_on: date, at: time, cut_off: time = END_OF_OFFICE_DAY) -> date:
        """`effective_trigger` for a local time of day: at the cut-off is in time, later is after five."""
        return self.effective_trigger(received_on, after_five=at > cut_off)

    def _neighbour(self, day: date, forwards: bool) -> date:
        # Checked before stepping, so that a list up to the last day of the calendar runs out in the same way.
        if day == (self.known_to if forwards else self.known_from):
            raise CalendarExhausted(self.edition, self.known_from, self.known_to)
        return day + (_DAY if forwards else -_DAY)
