"""A TPP Specification file read as a document: tables, columns, types, lengths and links; it has nothing under the
other headings. Columns by format notes 3.5; its words for types are not public, so several are understood."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from godwit.records.bulk.document import Described, Document, Files, Item
from godwit.records.bulk.layout import ColumnType, Reference
from godwit.records.errors import InputRefused

_TYPES: tuple[tuple[tuple[str, ...], ColumnType], ...] = (
    (("bool", "bit", "flag"), "flag"),
    (("datetime", "date", "time"), "moment"),
    (("decimal", "numeric", "float", "real", "double", "money"), "number"),
    (("int", "long"), "int"),
)
"""Beginning of a type's word -> ours; anything else is text."""

_NEEDED = ("tablename", "columnname", "columndatatype")
Row = Mapping[str, str]


def read_specification(path: Path) -> Document:
    """The Specification file at `path` as a document. Raises `InputRefused`."""
    try:
        rows = list(_rows(_text(path.read_bytes())))
    except (OSError, csv.Error):
        raise InputRefused("document.shape", "the specification cannot be read", "document") from None
    if not rows or not set(_NEEDED) <= rows[0].keys():
        raise InputRefused(
            "document.shape", "this is no Specification: a column of it is missing", "document"
        )
    tables: dict[str, list[Row]] = {}
    for row in sorted(rows, key=_ordinal):
        tables.setdefault(row["tablename"], []).append(row)
    return Document(
        system="tpp",
        title="TPP Specification",
        files=Files(encoding="windows-1252", dates="tpp"),
        tables={name: _table(of, tables.keys()) for name, of in tables.items()},
    )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> Iterable[Row]:
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        cells = {str(name).strip().casefold(): str(cell or "").strip() for name, cell in row.items()}
        if any(cells.values()):
            yield cells


def _ordinal(row: Row) -> int:
    place = row.get("columnordinal", "")
    return int(place) if place.isdecimal() else 0


def _table(rows: list[Row], tables: Collection[str]) -> Described:
    columns = {row["columnname"]: _item(row) for row in rows}
    links = [
        Reference(column=row["columnname"], to=row["linkedtable"], at=row["linkedcolumn1"])
        for row in rows
        if row.get("linkedtable", "") in tables and row.get("linkedcolumn1")
    ]
    key = tuple(one for one in ("RowIdentifier",) if one in columns)
    title = next((row["tabledescription"] for row in rows if row.get("tabledescription")), None)
    return Described(title=title, key=key, columns=columns, references=tuple(links))


def _item(row: Row) -> Item:
    word = row["columndatatype"].casefold()
    kind: ColumnType | None = None
    if word:
        kind = next((ours for begins, ours in _TYPES if word.startswith(begins)), "text")
    length = row.get("columnlength", "")
    counts = kind == "text" and length.isdecimal() and int(length) > 0
    return Item(
        meaning=row.get("columndescription") or None, type=kind, length=int(length) if counts else None
    )
