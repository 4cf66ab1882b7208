"""Lists as a spreadsheet: real dates, a header that stays, ready to print on A4, and no text ever a formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from math import ceil, isfinite
from textwrap import wrap
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from godwit.papers.characters import visible
from godwit.papers.paper import PaperRefused

Kind = Literal["text", "date", "number"]
Look = Literal["good", "watch", "bad", "quiet"]
Cell = str | date | int | float | None

KINDS: Mapping[Kind, tuple[type, ...]] = {"text": (str,), "date": (date,), "number": (int, float)}
LOOKS: Mapping[Look, Mapping[str, str]] = {
    "good": {"bg_color": "#D4EFDD", "font_color": "#00401E"},
    "watch": {"bg_color": "#FFF4D6", "font_color": "#5C3A00"},
    "bad": {"bg_color": "#F9D8D4", "font_color": "#6B1108"},
    "quiet": {"bg_color": "#E8EDEE", "font_color": "#425563"},
}
SHOWN_DATE = "ddd d mmm yyyy"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LONGEST_TITLE = 150
MOST_ROWS = 1_000_000
NOT_IN_A_NAME = frozenset("[]:*?/\\")
FIRST_DATE = date(1900, 3, 1)
"""Before this day Excel counts wrongly, because it believes in a 29 February 1900."""
A4 = 9
LINE_HEIGHT = 15
HIGHEST_ROW = 405
"""Points; Excel takes no higher row than 409."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its header, its width in characters, what it holds, and words that colour their cell."""

    title: str
    width: float
    kind: Kind = "text"
    looks: Mapping[str, Look] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `note`, if any, stands above the header. An empty cell is None."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not _may_name_a_sheet(self.name):
            raise PaperRefused(f"{self.name!r} cannot be the name of a sheet")
        if not self.columns:
            raise PaperRefused(f"sheet {self.name} has no columns")
        if len(self.rows) > MOST_ROWS:
            raise PaperRefused(f"sheet {self.name} has more than {MOST_ROWS} rows")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise PaperRefused(f"sheet {self.name}, row {number}: {len(row)} cells for its columns")
            for column, cell in zip(self.columns, row, strict=True):
                if wrong := _wrong(cell, column.kind):
                    raise PaperRefused(f"sheet {self.name}, row {number}, {column.title}: {wrong}")


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file. `made_on` is the only date that the file says of itself."""

    title: str
    made_on: date
    sheets: tuple[Sheet, ...]

    def __post_init__(self) -> None:
        names = [sheet.name.casefold() for sheet in self.sheets]
        if not names or len(set(names)) != len(names):
            raise PaperRefused("a workbook needs sheets, each with a name of its own")
        if not 0 < len(self.title) <= LONGEST_TITLE:
            raise PaperRefused(f"a workbook needs a title of at most {LONGEST_TITLE} characters")


def _may_name_a_sheet(name: str) -> bool:
    """Whether Excel takes this name; it keeps "History" for itself."""
    return (
        0 < len(name) <= LONGEST_NAME
        and not NOT_IN_A_NAME & set(name)
        and name.strip("'") == name
        and name.casefold() != "history"
    )


def _wrong(cell: Cell, kind: Kind) -> str:
    """Why a cell cannot stand in a column of this kind; empty when it can."""
    if cell is None:
        return ""
    if not isinstance(cell, KINDS[kind]) or isinstance(cell, bool | datetime):
        return f"not a {kind}"
    if isinstance(cell, float) and not isfinite(cell):
        return "not a finite number"
    if isinstance(cell, str) and len(visible(cell)) > LONGEST_TEXT:
        return f"longer than the {LONGEST_TEXT} characters that a cell holds"
    if isinstance(cell, date) and cell < FIRST_DATE:
        return "a date that spreadsheets cannot hold"
    return ""


def xlsx_bytes(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file; the same workbook always gives the same bytes."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {
            "title": visible(workbook.title),
            "author": "Godwit",
            "created": datetime.combine(workbook.made_on, time()),
        }
    )
    formats = _Formats(book)
    for sheet in workbook.sheets:
        page = book.add_worksheet(sheet.name)
        header_row = 1 if sheet.note else 0
        if sheet.note:
            _write_note(page, sheet, formats)
        _write_cells(page, sheet, formats, header_row)
        _colour(page, sheet, formats, header_row)
        _set_page(page, sheet, workbook.title, header_row)
    book.close()
    return target.getvalue()


class _Formats:
    """The looks of cells, each made once per file."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D8DDE0"}
        self.header = book.add_format(
            {**cell, "bold": True, "bg_color": "#003087", "font_color": "#FFFFFF", "valign": "vcenter"}
        )
        self.note = book.add_format({"text_wrap": True, "valign": "top", "italic": True})
        self.text = book.add_format({**cell, "num_format": "@"})
        # With the mark of a text, a cell stays a text even after somebody has edited it.
        self.marked = book.add_format({**cell, "num_format": "@", "quote_prefix": True})
        self.date = book.add_format({**cell, "num_format": SHOWN_DATE, "align": "left"})
        self.number = book.add_format(cell)
        self.looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}

    def of_text(self, text: str) -> Format:
        """The format of a text; marked as one where it looks like a formula."""
        return self.marked if text.startswith(FORMULA_STARTS) else self.text


def _write_note(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    """The note over all columns, in a row that is high enough: merged cells do not grow by themselves."""
    across = sum(column.width for column in sheet.columns)
    height = sum(ceil(max(1, len(line)) / across) for line in sheet.note.split("\n"))
    page.set_row(0, LINE_HEIGHT * height)
    if len(sheet.columns) > 1:
        page.merge_range(0, 0, 0, len(sheet.columns) - 1, "", formats.note)
    page.write_string(0, 0, visible(sheet.note), formats.note)


def _write_cells(page: Worksheet, sheet: Sheet, formats: _Formats, header_row: int) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(header_row, place, visible(column.title), formats.header)
    for number, row in enumerate(sheet.rows, start=header_row + 1):
        if (lines := _lines(sheet, row)) > 1:
            page.set_row(number, min(LINE_HEIGHT * lines, HIGHEST_ROW))
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, (number, place), cell, getattr(formats, column.kind), formats)


def _lines(sheet: Sheet, row: tuple[Cell, ...]) -> int:
    """How many lines the longest cell of a row needs; not every program makes a row higher by itself."""
    return max(
        sum(max(1, len(wrap(line, int(column.width)))) for line in cell.split("\n"))
        if isinstance(cell, str)
        else 1
        for column, cell in zip(sheet.columns, row, strict=True)
    )


def _write_cell(page: Worksheet, at: tuple[int, int], cell: Cell, plain: Format, formats: _Formats) -> None:
    if cell is None or cell == "":
        page.write_blank(*at, None, plain)
    elif isinstance(cell, str):
        page.write_string(*at, visible(cell), formats.of_text(cell))
    elif isinstance(cell, date):
        page.write_datetime(*at, datetime.combine(cell, time()), plain)
    else:
        page.write_number(*at, cell, plain)


def _colour(page: Worksheet, sheet: Sheet, formats: _Formats, header_row: int) -> None:
    """Colour the cells that hold a word with a look; the colour follows when somebody changes the word."""
    last = header_row + len(sheet.rows)
    for place, column in enumerate(sheet.columns):
        for word, look in column.looks.items():
            quoted = word.replace('"', '""')
            rule: dict[str, Any] = {"type": "cell", "criteria": "==", "value": f'"{quoted}"'}
            if sheet.rows:
                page.conditional_format(
                    header_row + 1, place, last, place, {**rule, "format": formats.looks[look]}
                )


def _set_page(page: Worksheet, sheet: Sheet, title: str, header_row: int) -> None:
    """The header stays in sight and on every printed page; A4 across, one page wide."""
    page.freeze_panes(header_row + 1, 0)
    page.autofilter(header_row, 0, header_row + len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(header_row)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    name = f"{title}: {sheet.name}".replace("&", "&&")
    page.set_footer(
        f"&L&8 {name}&R&8 Page &P of &N"
    )  # the space keeps a digit out of the size of the letters
