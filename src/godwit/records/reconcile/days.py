"""Days that ages and spans are reckoned from, as ISO texts that compare like days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_BANDS = (85, 75, 65, 45, 15, 5)
"""Where age bands begin: those by which practices are paid for their patients."""


def months_before(day: date, months: int) -> str:
    """The same day so many months earlier, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


def years_before(day: date, years: int) -> str:
    """The last day of birth on which somebody is of that age by `day`."""
    return months_before(day, 12 * years)


def year_of_target(day: date) -> tuple[date, date]:
    """First and last day of the year from 1 April that `day` is in."""
    first = day.year if day >= date(day.year, 4, 1) else day.year - 1
    return date(first, 4, 1), date(first + 1, 3, 31)


def age_bands(day: date) -> dict[str, str]:
    """Title of each age band by the first day of birth that is too young for it, oldest band first."""
    bands, above = {}, None
    for age in _BANDS:
        title = f"{age} and over" if above is None else f"{age} to {above - 1}"
        bands[_after(years_before(day, age))] = title
        above = age
    bands["9999"] = f"0 to {_BANDS[-1] - 1}"
    return bands


def band_titles() -> tuple[str, ...]:
    """Titles of all age bands, youngest first."""
    return tuple(reversed(age_bands(date(2000, 1, 1)).values()))


def _after(day: str) -> str:
    """A text just above every time of the day."""
    return f"{day}T99"
