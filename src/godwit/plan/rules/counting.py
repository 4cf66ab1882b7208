"""Dates on and back by a length of time, as rules and clocks count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from godwit.definitions.guide.duration import Duration
from godwit.values import WorkingCalendar


def moved(calendar: WorkingCalendar, day: date, length: Duration, sign: int = 1) -> date:
    """The day that `length` after `day`, or before it where `sign` is -1. Day nought is `day` itself.

    A month later is the same day of the next month, or its last. Raises `CalendarExhausted`, and `OverflowError`
    outside the years that dates have.
    """
    count = sign * length.count
    if length.unit == "wd":
        return calendar.add_working_days(day, count) if count else day
    if length.unit == "m":
        return _months_on(day, count)
    return day + timedelta(days=count * (7 if length.unit == "w" else 1))


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("no such year")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
