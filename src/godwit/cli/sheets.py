"""The writer of spreadsheets that the command lends to a run: lists in, an .xlsx file out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from godwit.papers.sheet import Sheet, SheetColumn, Workbook, xlsx_bytes
from godwit.records.evidence.list_sheets import ListColumn, ListSheet


def write_sheets(title: str, made_on: date, sheets: Sequence[ListSheet]) -> bytes:
    """Lists of a run as a spreadsheet file with that title, which says that it was made on that day."""
    made = tuple(Sheet(one.name, tuple(map(_column, one.columns)), one.rows, one.note) for one in sheets)
    return xlsx_bytes(Workbook(title, made_on, made))


def _column(one: ListColumn) -> SheetColumn:
    return SheetColumn(one.title, one.width, one.kind, one.looks)
