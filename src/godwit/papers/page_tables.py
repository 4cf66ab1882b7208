"""The sheets of the spreadsheet as tables of a page: the same columns and rows, told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from godwit.papers.sheet import Cell, Look, Sheet
from godwit.plan.wording import day_words

AN_ID: Final = re.compile(r"[A-Z]+-\d+")


@dataclass(frozen=True, slots=True)
class PageCell:
    """What stands in a cell; with a `look` it is a tag. A `day`, or an id, stays on one line."""

    text: str
    look: Look | None = None
    day: bool = False


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table with its caption. The cells of column `heading` name their rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[PageCell, ...], ...]
    heading: int = 0


def page_table(sheet: Sheet, caption: str, *titles: str, heading: int = 0) -> PageTable:
    """The columns of a sheet that `titles` name, in that order; all of them if none is named."""
    places = {column.title: place for place, column in enumerate(sheet.columns)}
    chosen = [places[title] for title in titles] if titles else list(places.values())
    rows = (tuple(_cell(row[at], sheet.columns[at].looks) for at in chosen) for row in sheet.rows)
    return PageTable(caption, tuple(sheet.columns[at].title for at in chosen), tuple(rows), heading)


def rows_where(sheet: Sheet, title: str, allowed: Iterable[str]) -> Sheet:
    """The same sheet with only the rows that have one of some words in a column."""
    at = [column.title for column in sheet.columns].index(title)
    words = set(allowed)
    rows = tuple(row for row in sheet.rows if row[at] in words)
    return Sheet(sheet.name, sheet.columns, rows, sheet.note)


def _cell(value: Cell, looks: Mapping[str, Look]) -> PageCell:
    if isinstance(value, date):
        return PageCell(day_words(value), day=True)
    text = "" if value is None else str(value)
    return PageCell(text, looks.get(text), day=bool(AN_ID.fullmatch(text)))
