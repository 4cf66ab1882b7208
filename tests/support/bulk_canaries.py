"""Bulk extracts in which nearly every cell about a patient is a token: texts, names, days, numbers, keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from godwit.records.bulk.layout import Table
from godwit.records.bulk.loading import bulk_formats
from tests.support.bulk_deliveries import Line, Sheet, Sheets
from tests.support.canaries import Tokens

_PUBLIC = (
    "Organisation",
    "Practice",
    "Location",
    "Branch",
    "Manifest",
    "Mapping",
    "ListOption",
    "SharingOrg",
)
"""Tables about the practice and the delivery: what is in them may be told to everyone."""

WORDS = ("Term", "PatientTypeDescription", "CTV3Text", "SNOMEDText", "RUBRIC")
"""Columns with a supplier's words for codes and kinds of registration."""

_MONTH_FIRST = re.compile(r"\d{2} [A-Z][a-z]{2} \d{4}")


@dataclass
class Mask:
    """Puts tokens in place of cells. The same cell of a patient's own row becomes the same token on every side."""

    system: str
    tokens: Tokens
    numbers: Iterator[str] = field(default_factory=lambda: map(str, valid_numbers()))
    own: dict[str, str] = field(default_factory=dict)

    def masked(self, sheets: Sheets) -> Sheets:
        """One side."""
        others: dict[str, str] = {}
        return [self._sheet(one, others) for one in sheets]

    def _sheet(self, one: Sheet, others: dict[str, str]) -> Sheet:
        layout = bulk_formats()[self.system].layout
        name, table = next(
            (name, table)
            for name, table in layout.tables.items()
            if name == one.table or f"_{table.file_part}_" in one.name
        )
        about_patient = bool(table.patient) and table.key == (table.patient,)
        seen = self.own if about_patient or not table.patient else others
        header = one.lines[:1] if layout.grammar.header else []
        columns = self._columns(table, header)
        hide = [self._hide(name, column, table) for column in columns]
        lines = [
            [each(cell, seen) if cell else cell for each, cell in zip(hide, line, strict=True)]
            for line in one.lines[len(header) :]
        ]
        return replace(one, lines=[*header, *lines])

    @staticmethod
    def _columns(table: Table, header: list[Line]) -> Line:
        if header:
            spelling = table.spelling()
            return [spelling.get(one.casefold(), one) for one in header[0]]
        return list(next(columns for _, columns in table.versions()))

    def _hide(self, name: str, column: str, table: Table) -> Callable[[str, dict[str, str]], str]:
        known = table.columns.get(column)
        kind = known.type if known else "code"
        public = any(part in name for part in _PUBLIC)
        if kind == "guid":
            return lambda cell, _: cell.replace("{", "{77077", 1).replace(cell[1:6], "", 1)
        if (
            column == "PID"
            or (column == "RowIdentifier" and not public)
            or (kind == "int" and column[:2] == "ID")
        ):
            return lambda cell, _: cell if cell.startswith("-") else f"77077{cell}"
        if public or column in (table.practice, table.deleted):
            return lambda cell, _: cell
        make = {"text": self._text, "date": self._day, "moment": self._day, "number": self._amount}.get(kind)
        if make is None:
            return lambda cell, _: cell

        def hide(cell: str, seen: dict[str, str]) -> str:
            key = f"{kind} {cell}"
            if key not in seen:
                seen[key] = make(cell)
            return seen[key]

        return hide

    def _text(self, cell: str) -> str:
        return next(self.numbers) if re.fullmatch(r"9\d{9}", cell) else self.tokens.word()

    def _amount(self, _: str) -> str:
        return str(self.tokens.amount())

    def _day(self, cell: str) -> str:
        year, month, day = self.tokens.day().split("-")
        if _MONTH_FIRST.match(cell):
            return f"{day} Jul {year}{cell[11:]}"
        return f"{year}{month}{day}" if cell.isdigit() else f"{year}-{month}-{day}{cell[10:]}"


def words_of_codes(sheets: Sheets, system: str) -> set[str]:
    """Tokens in place of a supplier's words for codes and kinds of registration, which a profile counts."""
    layout = bulk_formats()[system].layout
    found: set[str] = set()
    for one in sheets:
        if layout.grammar.header:
            header, *lines = one.lines
        else:
            header = list(next(columns for _, columns in layout.tables["Journal"].versions()))
            lines = one.lines if "_journal_" in one.name else []
        places = [at for at, name in enumerate(header) if name in WORDS]
        found |= {line[at] for line in lines for at in places}
    return found


def valid_numbers() -> Iterator[int]:
    """NHS numbers of the kind that is a token, with the right check digit."""
    for stem in count(999000001):
        rest = (
            11
            - sum(int(digit) * weight for digit, weight in zip(str(stem), range(10, 1, -1), strict=True)) % 11
        )
        if rest < 11 and rest != 10:
            yield stem * 10 + rest
        elif rest == 11:
            yield stem * 10
