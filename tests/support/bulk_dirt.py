"""An EMIS file with every kind of dirt that real extracts hold, each in a record of its own whose number is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Cells = dict[str, str]
Fate = Literal["kept", "issue", "rejected"]


@dataclass(frozen=True)
class Dirt:
    """How a record is made dirty (its cells, or its line once written), and what must come of it."""

    fate: Fate = "kept"
    rule: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    line: Callable[[bytes], bytes] = lambda line: line
    before: bytes = b""


def _cell(column: str, text: str, rule: str = "") -> Dirt:
    return Dirt("issue" if rule else "kept", rule, ((column, text),))


def _put(text: bytes, mark: bytes = b"@@") -> Callable[[bytes], bytes]:
    """Put bytes in place of a mark in the record's text."""
    return lambda line: line.replace(mark, text)


_MARKED = (("AssociatedText", "@@"),)


def _last(text: bytes) -> Callable[[bytes], bytes]:
    """Put bytes in place of the last cell's closing quote and the end of the line."""
    return lambda line: line.rstrip(b'"\r\n') + text


_DAY, _NUMBER, _TEXT = "EnteredDate", "Value", "AssociatedText"
_FAKE = '"1","2","3"\r\n"{00000000-0000-0000-0000-000000000000}","x"\r\n'
DIRT: dict[str, Dirt] = {
    "a line feed in quotes": _cell(_TEXT, "Sandpiper\nzzz"),
    "a line end in quotes": _cell(_TEXT, "Sandpiper\r\n\r\nzzz"),
    "a whole record in quotes": _cell(_TEXT, _FAKE),
    "a quote in quotes": _cell(_TEXT, 'a 5" needle, "so"'),
    "a NUL": _cell(_TEXT, "zzz\0zzz"),
    "a no-break space and an emoji": _cell(_TEXT, "a\u00a0b \U0001f9d1"),
    "bytes of Windows-1252": Dirt("issue", "text.encoding", _MARKED, _put(b"\xa35 caf\xe9")),
    "half a UTF-8 letter": Dirt("issue", "text.encoding", _MARKED, _put(b"x\xe2\x82")),
    "too few cells": Dirt("rejected", "record.width", (), lambda line: line.rsplit(b",", 2)[0] + b"\r\n"),
    "too many cells": Dirt("rejected", "record.width", (), _last(b'","zzz","zzz"\r\n')),
    "text after a closing quote": Dirt("rejected", "record.quotes", (), _last(b'" zzz\r\n')),
    "quotes escaped by a backslash": Dirt("rejected", "record.quotes", _MARKED, _put(b'\\"zzz\\"')),
    "a quote never closed": Dirt("rejected", "record.quotes", _MARKED, _put(b"zzz", b'@@"')),
    "31 February": _cell(_DAY, "31/02/2020", "moment.unreadable"),
    "month first": _cell(_DAY, "12/25/2020", "moment.unreadable"),
    "two digits of a year": _cell(_DAY, "01/02/20", "moment.unreadable"),
    "the year 1": _cell(_DAY, "0001-01-01", "moment.unreadable"),
    "a comma in a number": _cell(_NUMBER, "1,234.5", "number.unreadable"),
    "a comparator in a number": _cell(_NUMBER, "<0.5", "number.unreadable"),
    "not a number": _cell(_NUMBER, "NaN", "number.unreadable"),
    "a GUID that is none": _cell("ProblemGuid", "zzz", "guid.unreadable"),
    "a flag that is none": _cell("IsConfidential", "zzz", "flag.unreadable"),
    "a blank line before": Dirt(before=b"\r\n"),
    "a key twice": Dirt(),
    "a text of over 2 MB": _cell(_TEXT, "word, " * 400_000),
}  # fmt: skip
"""Every kind, with what comes of it."""

TWICE = "a key twice"


@dataclass(frozen=True)
class Soiled:
    """A file, how many records it has, and the number of each dirty one."""

    data: bytes
    count: int
    records: dict[str, int]


def dirty(data: bytes) -> Soiled:
    """Make every second record of a file dirty, one kind each; a text that is never closed costs its own record."""
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    kinds = iter(DIRT.items())
    written, records, number = [_line(header)], {}, 0
    for at, cells in enumerate(lines):
        number += 1
        name, dirt = next(kinds, ("", Dirt())) if at % 2 else ("", Dirt())
        own = [dict(dirt.cells).get(column, cell) for column, cell in zip(header, cells, strict=True)]
        written.append(dirt.before + dirt.line(_line(own)))
        if name:
            records[name] = number
        if name == TWICE:
            number += 1
            written.append(_line(own))
    return Soiled(b"".join(written), number, records)


def _line(cells: list[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode("utf-8")
