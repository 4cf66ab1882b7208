"""The first lines of a file: enough to know its columns, read without trusting its encoding."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LineEnd = Literal["\n", "\r\n"]

_HEAD_BYTES = 1 << 18
_RECORDS = 50
_WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class FirstLines:
    """Cells of the first record, the first records whole (in a file without header the same one begins them), how the
    first record ends, and whether its line has a carriage return that ends nothing."""

    cells: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    line_end: LineEnd = "\n"
    lone_returns: bool = False

    def names(self) -> frozenset[str]:
        """The first record as column names, in small letters."""
        return frozenset(one.casefold() for one in self.cells)


def opening_of(path: Path) -> FirstLines:
    """The opening of a file. A byte that is no UTF-8 is read as Windows-1252 would; it cannot matter for a header."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    wide = _WIDE_MARKS.get(head[:2])
    text = head[: len(head) & ~1].decode(wide or "utf-8-sig", "replace")
    first = text.split("\n", 1)[0].rstrip("\r")
    records = []
    for record in _records(text, len(head) == _HEAD_BYTES):
        records.append(tuple(record))
        if len(records) == _RECORDS:
            break
    cells = tuple(one.strip() for one in records[0]) if records else ()
    return FirstLines(cells, tuple(records), _line_end(text), "\r" in first)


def _records(text: str, broken_off: bool) -> list[list[str]]:
    """Records of the text, without the last where the text breaks off in it. What csv chokes on ends them."""
    found = []
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    try:
        for record in reader:
            if record:
                found.append(record)
            if len(found) > _RECORDS:
                return found
    except csv.Error:
        return found
    return found[:-1] if broken_off and len(found) > 1 else found


def _line_end(text: str) -> LineEnd:
    """How the first line outside quotes ends."""
    for part in text.split('"')[::2]:
        at = part.find("\n")
        if at >= 0:
            return "\r\n" if part[max(0, at - 1) : at] == "\r" else "\n"
    return "\n"
