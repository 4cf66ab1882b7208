"""A day as somebody wrote it in a file, in one of several orders of day, month and year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip

PLAIN_ORDERS = ("day/month/year", "day-month-year", "day.month.year", "year-month-day", "yearmonthday")
"""The orders that are tried where nobody says how a file writes its days."""


def require_orders(orders: tuple[str, ...]) -> tuple[str, ...]:
    """The orders themselves. Raises `ValueError` for one without day, month and year once each."""
    if any(order.count(part) != 1 for order in orders for part in ("day", "month", "year")):
        raise ValueError("write dates with day, month and year once each, such as day/month/year")
    return orders


def read_day(text: str, orders: Iterable[str]) -> str:
    """A day as YYYY-MM-DD, in the first order that fits and that the calendar has; empty where none does.

    An order is such as `day/month/year` or `yearmonthday`. A midnight behind the day is no part of it.
    """
    plain = _MIDNIGHT.sub("", text)
    for order in orders:
        match = _pattern(order).fullmatch(plain)
        if match and (day := _calendar_day(match["year"], match["month"], match["day"])):
            return day
    return ""


def _calendar_day(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].casefold(), 0)
    try:
        return date(int(year), number, int(day)).isoformat() if int(year) >= 1800 else ""
    except ValueError:
        return ""


@cache
def _pattern(order: str) -> re.Pattern[str]:
    """`day/month/year` as a pattern; where nothing parts the numbers each has its full width."""
    bare = not re.sub("day|month|year", "", order)
    widths = {
        "day": r"(?P<day>\d{2})" if bare else r"(?P<day>\d{1,2})",
        "month": r"(?P<month>\d{2})" if bare else r"(?P<month>\d{1,2}|[A-Za-z]{3,9})",
        "year": r"(?P<year>\d{4})",
    }
    pieces = re.split("(day|month|year)", order)
    return re.compile("".join(widths.get(one, re.escape(one)) for one in pieces))
