"""The beginning of a delivered file, taken apart into records and put together again with some of them changed.

What is not changed keeps every byte. This is no reader of the house: what it writes is read by one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

ONE_BYTE = "latin-1"
"""Every byte is a letter of it, so any encoding in which commas and quotes are single bytes comes back as it was."""


def head_of(path: Path, most: int) -> list[bytes]:
    """The whole records in the first `most` bytes, blank lines left out."""
    with path.open("rb") as file:
        data = file.read(most)
        whole = not file.read(1)
    records = list(_records(data))
    if records and not whole:
        records.pop()
    return [one for one in records if one.strip()]


def _records(data: bytes) -> Iterator[bytes]:
    begun = b""
    for line in data.splitlines(keepends=True):
        begun += line
        if begun.count(b'"') % 2 == 0:
            yield begun
            begun = b""
    if begun:
        yield begun


def cells_of(record: bytes) -> list[str]:
    """The cells of a record."""
    return next(csv.reader(io.StringIO(record.decode(ONE_BYTE), newline="")), [])


def with_cells(record: bytes, changed: Mapping[int, str]) -> bytes:
    """The record with other texts in some of its cells."""
    end = record[len(record.rstrip(b"\r\n")) :].decode(ONE_BYTE)
    quoted = record.startswith(b'"')
    written = io.StringIO(newline="")
    cells = [changed.get(place, cell) for place, cell in enumerate(cells_of(record))]
    how: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(written, lineterminator=end, quoting=how).writerow(cells)
    return written.getvalue().encode(ONE_BYTE)
