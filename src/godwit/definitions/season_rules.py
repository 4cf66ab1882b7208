"""How a season's days are worked out: from the calendar, from Easter, or from bank holidays. All pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from godwit.definitions.calendars import BankHolidays
from godwit.definitions.read import Definition

DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""Month and day, such as 09-01; 29 February is refused, since most years lack it."""

_QUARTERS = (3, 6, 9, 12)
_WORKING_WEEK = 5
_COMMON_YEAR = 2025  # has no 29 February


class Span(NamedTuple):
    """From the first day to the last, both included; `name` where the days bring their own."""

    first: date
    last: date
    name: str = ""


class EveryYear(Definition):
    """The same days each year. An end before its start lies in the year that follows."""

    every: Literal["year"]
    starts: DayOfYear
    ends: DayOfYear

    @model_validator(mode="after")
    def _in_any_year(self) -> Self:
        for day in (self.starts, self.ends):
            _day_in(_COMMON_YEAR, day)
        return self

    def spans(self, years: range, _: BankHolidays) -> Iterator[Span]:
        """One span a year, by the year in which it starts."""
        for year in years:
            yield Span(_day_in(year, self.starts), _day_in(year + (self.ends < self.starts), self.ends))


class EveryEaster(Definition):
    """Days counted from Easter Sunday: -2 is Good Friday, 1 is Easter Monday."""

    every: Literal["easter"]
    first_day: int
    last_day: int

    def spans(self, years: range, _: BankHolidays) -> Iterator[Span]:
        """One span a year."""
        for year in years:
            sunday = easter_sunday(year)
            yield Span(sunday + timedelta(self.first_day), sunday + timedelta(self.last_day))


class EveryWeekOf(Definition):
    """Monday to Friday of the week in which `day` falls, and of the weeks after it if there are more than one."""

    every: Literal["week_of"]
    day: DayOfYear
    weeks: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _in_any_year(self) -> Self:
        _day_in(_COMMON_YEAR, self.day)
        return self

    def spans(self, years: range, _: BankHolidays) -> Iterator[Span]:
        """One span a year."""
        for year in years:
            first = monday_of(_day_in(year, self.day))
            yield Span(first, first + timedelta(weeks=self.weeks - 1, days=4))


class EveryQuarter(Definition):
    """The last five working days of March, June, September and December, to the last day of the month."""

    every: Literal["quarter"]

    def spans(self, years: range, bank_holidays: BankHolidays) -> Iterator[Span]:
        """Four spans a year, as far as bank holidays are known."""
        calendar = bank_holidays.working_calendar()
        for last in (_last_of(year, month) for year in years for month in _QUARTERS):
            if not bank_holidays.known_from < last - timedelta(weeks=2) <= last <= bank_holidays.known_to:
                continue
            working = _WORKING_WEEK - calendar.is_working_day(last)
            yield Span(calendar.add_working_days(last, -working), last)


class EveryBankHoliday(Definition):
    """Each bank holiday, under its own name."""

    every: Literal["bank_holiday"]

    def spans(self, years: range, bank_holidays: BankHolidays) -> Iterator[Span]:
        """One span of one day for each."""
        for holiday in bank_holidays.holidays:
            if holiday.day.year in years:
                yield Span(holiday.day, holiday.day, holiday.name)


class EveryShortWeek(Definition):
    """Monday to Friday of each week that holds a bank holiday; its name says how many working days are left."""

    every: Literal["short_week"]

    def spans(self, years: range, bank_holidays: BankHolidays) -> Iterator[Span]:
        """One span a week, however many bank holidays it holds."""
        lost: dict[date, int] = {}
        for holiday in bank_holidays.holidays:
            if holiday.day.year in years:
                monday = monday_of(holiday.day)
                lost[monday] = lost.get(monday, 0) + 1
        for monday, days in lost.items():
            yield Span(monday, monday + timedelta(4), f"Week of {_WORKING_WEEK - days} working days")


class Once(Definition):
    """Dated days, such as a practice's own training day or a supplier's release freeze."""

    every: Literal["once"]
    starts: date
    ends: date

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.ends < self.starts:
            raise ValueError("it ends before it starts")
        return self

    def spans(self, _: range, __: BankHolidays) -> Iterator[Span]:
        """The one span."""
        yield Span(self.starts, self.ends)


When = Annotated[
    EveryYear | EveryEaster | EveryWeekOf | EveryQuarter | EveryBankHoliday | EveryShortWeek | Once,
    Field(discriminator="every"),
]
"""Any of the rules; `every` says which."""


def monday_of(day: date) -> date:
    """The Monday of the week that holds `day`; weeks run from Monday to Sunday."""
    return day - timedelta(day.weekday())


def easter_sunday(year: int) -> date:
    """Easter Sunday of the western churches, by the anonymous Gregorian algorithm.

    It finds the spring full moon of the church's tables from the year's place in the nineteen-year cycle of the
    moon, puts right what the leap years of the centuries shift, and takes the Sunday after.
    """
    century, year_of_century = divmod(year, 100)
    leap_centuries, century_in_four = divmod(century, 4)
    leaps, year_in_four = divmod(year_of_century, 4)
    golden = year % 19
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    full_moon = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    to_sunday = (32 + 2 * century_in_four + 2 * leaps - full_moon - year_in_four) % 7
    late = (golden + 11 * full_moon + 22 * to_sunday) // 451  # keeps the latest Easter at 25 April
    month, day = divmod(full_moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _day_in(year: int, day_of_year: str) -> date:
    return date.fromisoformat(f"{year}-{day_of_year}")


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
