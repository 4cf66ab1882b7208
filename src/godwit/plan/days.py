"""A stretch of calendar as numbers, so that moving a date by working days is one look into a table.

Every move (so many days, working days, weeks or months, forwards or back) is a table from day to day that never
goes down. That makes each bound of the plan reversible: the latest day from which a move still arrives in time is
another table.
"""

from __future__ import annotations

import calendar as months
from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.values import CalendarExhausted, WorkingCalendar

Table = tuple[int, ...]


class Days:
    """The days from `first` to `last` of a working calendar, numbered from nought."""

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        self.calendar: Final = calendar
        self.first: Final = first
        self.last: Final = last
        self.count: Final = (last - first).days + 1
        self._working = [number for number in range(self.count) if calendar.is_working_day(self.day(number))]
        self._open = frozenset(self._working)
        self._moves: dict[tuple[int, str, bool], Table] = {}
        self._backs: dict[tuple[int, str, bool], Table] = {}
        self._reaches: dict[tuple[int, str, bool], Table] = {}
        self.up: Final = self._rounded_up()
        self.down: Final = self._rounded_down()

    def number(self, day: date) -> int:
        """The number of a day; outside the stretch it is the nearest end."""
        return min(max((day - self.first).days, 0), self.count - 1)

    def day(self, number: int) -> date:
        """The day of a number."""
        return self.first + timedelta(days=number)

    def is_working(self, number: int) -> bool:
        """Whether people work on that day."""
        return number in self._open

    def working_between(self, start: int, end: int) -> int:
        """How many working days lead from `start`, not counted, to `end`; negative if `end` is earlier."""
        if end < start:
            return -self.working_between(end, start)
        return bisect_right(self._working, end) - bisect_right(self._working, start)

    def move(self, duration: Duration, sign: int, to_working: bool) -> Table:
        """From each day the day that far on (`sign` 1) or back (-1), on a working day if asked."""
        key = (duration.count * sign, duration.unit, to_working)
        if key not in self._moves:
            self._moves[key] = self._move(*key)
        return self._moves[key]

    def back(self, duration: Duration, sign: int, to_working: bool) -> Table:
        """For each day the latest day from which `move` still arrives by then; -1 where there is none."""
        key = (duration.count * sign, duration.unit, to_working)
        if key not in self._backs:
            self._backs[key] = _reverse(self.move(duration, sign, to_working))
        return self._backs[key]

    def reach(self, duration: Duration, sign: int, to_working: bool) -> Table:
        """For each day the earliest day from which `move` leads no earlier than it, on a working day if asked."""
        key = (duration.count * sign, duration.unit, to_working)
        if key not in self._reaches:
            reached = _reached(self.move(duration, sign, to_working=False))
            self._reaches[key] = tuple(self.up[one] for one in reached) if to_working else reached
        return self._reaches[key]

    def _move(self, count: int, unit: str, to_working: bool) -> Table:
        if unit == "wd":
            moved = [self._by_working_days(number, count) for number in range(self.count)]
        elif unit == "m":
            moved = [(_by_months(self.day(number), count) - self.first).days for number in range(self.count)]
        else:
            moved = [number + count * (7 if unit == "w" else 1) for number in range(self.count)]
        inside = (min(max(number, 0), self.count - 1) for number in moved)
        return tuple(self.up[number] if to_working else number for number in inside)

    def _by_working_days(self, number: int, count: int) -> int:
        if count == 0:
            return number
        at = bisect_right(self._working, number)
        if count < 0 and number in self._open:
            at -= 1
        wanted = at + count - 1 if count > 0 else at + count
        if wanted < 0:
            return 0
        return self._working[wanted] if wanted < len(self._working) else self.count - 1

    def _rounded_up(self) -> Table:
        following, made = self.count - 1, []
        for number in range(self.count - 1, -1, -1):
            following = number if number in self._open else following
            made.append(following)
        return tuple(reversed(made))

    def _rounded_down(self) -> Table:
        before, made = 0, []
        for number in range(self.count):
            before = number if number in self._open else before
            made.append(before)
        return tuple(made)


@lru_cache(maxsize=64)
def days_around(calendar: WorkingCalendar, from_year: int, to_year: int) -> Days:
    """The days of whole years, as far as the calendar is known; plans of the same years share their tables.

    Raises `CalendarExhausted` where it is known for none of them.
    """
    first = max(date(from_year, 1, 1), calendar.known_from)
    last = min(date(to_year, 12, 31), calendar.known_to)
    if last < first:
        raise CalendarExhausted(calendar.edition, calendar.known_from, calendar.known_to)
    return Days(calendar, first, last)


def _reverse(table: Table) -> Table:
    made, latest, following = [], -1, 0
    for day in range(len(table)):
        while following < len(table) and table[following] <= day:
            latest, following = following, following + 1
        made.append(latest)
    return tuple(made)


def _reached(table: Table) -> Table:
    made, earliest = [], 0
    for day in range(len(table)):
        while earliest < len(table) - 1 and table[earliest] < day:
            earliest += 1
        made.append(earliest)
    return tuple(made)


def _by_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
