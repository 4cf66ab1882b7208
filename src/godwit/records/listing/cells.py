"""What the cells of a list say in our words: days, sexes, marks. A cell that says nothing readable keeps its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from godwit.records.listing.column_map import ColumnMap
from godwit.records.listing.fields import Kind, read_fields
from godwit.records.listing.folding import fold
from godwit.records.model import UNREADABLE

_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip
RULES: Mapping[Kind, str] = {
    "number": "list.nhs_number",
    "date": "list.date",
    "sex": "list.sex",
}
"""Kinds of value that may be unreadable, and the rule that is then broken."""


def said(field: str, text: str, told: ColumnMap) -> str:
    """A cell in our words; `unreadable:` before its text where it cannot be one of them."""
    kind = read_fields().of(field).kind
    if kind == "date":
        return _day(text, told.dates) or f"{UNREADABLE}{text}"
    if kind == "sex":
        return told.sexes.get(text.casefold()) or f"{UNREADABLE}{text}"
    if kind == "flag":
        return "yes" if fold(text) in {fold(one) for one in told.yes} else "no"
    if field == "registration":
        return told.kinds.get(text.casefold(), text)
    return text


def _day(text: str, orders: tuple[str, ...]) -> str:
    """A day as YYYY-MM-DD, in the first order that fits and that the calendar has; empty where none does."""
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
