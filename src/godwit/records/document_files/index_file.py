"""Read an index of documents: every line is a row, or rejected with its number and the rule it breaks."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from godwit.records.document_files.index_map import WHO, IndexMap, guess, read_index_fields
from godwit.records.errors import InputRefused
from godwit.values import NhsNumber
from godwit.values.written_day import PLAIN_ORDERS, read_day

_HASH = re.compile(r"[0-9a-f]{64}")

NO_FILE, NO_PATIENT, SHAPE = "documents.row_file", "documents.row_patient", "documents.row_shape"
"""What a line can lack to be a row: its file; two of what a patient is known by; its cells."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One line of an index. `said` holds its fields in our form, without those that are empty or unreadable."""

    line: int
    path: str
    said: Mapping[str, str]
    odd: tuple[str, ...] = ()
    """Fields whose cell is not what it should be."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index as it was read: its rows, its rejects by line and rule, and the fields it has."""

    rows: tuple[IndexRow, ...]
    rejects: tuple[tuple[int, str], ...]
    fields: frozenset[str]


def read_index(path: Path, told: IndexMap | None, place: str) -> Index:
    """The index at `path`. Raises `InputRefused` where it cannot be read as a whole."""
    csv.field_size_limit(1 << 20)
    encoding = told.encoding if told else "utf-8"
    try:
        with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
            return _read(
                csv.reader(file, delimiter=told.separator if told else ",", strict=True), told, place
            )
    except UnicodeDecodeError:
        because = f"the index is not {encoding} text; say what it is in a map"
        raise InputRefused("documents.index", because, place) from None
    except csv.Error:
        raise InputRefused("documents.index", "the index is no CSV text", place) from None


def _read(lines: Iterator[Sequence[str]], told: IndexMap | None, place: str) -> Index:
    header = next(lines, None)
    if header is None:
        raise InputRefused("documents.index", "the index is empty", place)
    columns = guess(header, told, place)
    dates = told.dates if told else PLAIN_ORDERS
    rows, rejects = [], []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found = _row(number, cells, columns, dates) if len(cells) == len(header) else SHAPE
        if isinstance(found, str):
            rejects.append((number, found))
        else:
            rows.append(found)
    return Index(tuple(rows), tuple(rejects), frozenset(columns))


def _row(
    number: int, cells: Sequence[str], columns: Mapping[str, int], dates: Sequence[str]
) -> IndexRow | str:
    texts = {name: cells[at].strip() for name, at in columns.items()}
    said = {name: _said(name, text, dates) for name, text in texts.items() if text}
    odd = tuple(name for name, value in said.items() if value is None)
    known = {name: value for name, value in said.items() if value is not None}
    if "path" not in known:
        return NO_FILE
    if sum(name in known for name in WHO) < 2:
        return NO_PATIENT
    return IndexRow(number, known.pop("path"), known, odd)


def _said(field: str, text: str, dates: Sequence[str]) -> str | None:
    """A cell in our form; None where it is not what it should be."""
    kind = read_index_fields().by_id[field].kind
    if kind == "date":
        return read_day(text, dates) or None
    reader: Callable[[str], str | None] | None = {"number": _number, "size": _size, "hash": _hash}.get(kind)
    return reader(text) if reader else text


def _number(text: str) -> str | None:
    plain = text.replace(" ", "").replace("-", "")
    return plain if NhsNumber.is_one(plain) else None


def _size(text: str) -> str | None:
    plain = text.replace(",", "")
    return str(int(plain)) if plain.isascii() and plain.isdigit() else None


def _hash(text: str) -> str | None:
    plain = text.lower().removeprefix("sha256:").removeprefix("0x")
    return plain if _HASH.fullmatch(plain) else None
