"""Read a file that the fast reader stumbled on, record by record, so that one bad record costs one record.

A record is well formed when each cell is quoted with its quotes doubled, or not quoted at all, and the number of cells
is right. Well-formed records go, numbered, into a clean copy; the others are rejects with their number and rule. After
a bad record reading goes on at the next line that begins a well-formed one, so that a quote that is never closed does
not take the rest of the file with it. A quotation mark inside an unquoted cell (5" needle) is text, but not to a strict
reading, and not where reading goes on after a bad record: there it is likelier that a text was torn in two.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from godwit.records.bulk.encoding import repaired
from godwit.records.bulk.readable import LINE, Scan

LONGEST = 16 << 20
"""Bytes of the longest record that is taken."""

_GIVE_BACK = 64 << 20

_QUOTED = rb'"(?:[^"]++|"")*+"'
_STRICT = rb"(?:" + _QUOTED + rb'|[^",\r\n]++|)'
_LOOSE = rb"(?:" + _QUOTED + rb'|[^",\r\n][^,\r\n]*+|)'
_END = rb"(?:\r?\n|\r?\Z)"
_BLANK = re.compile(rb"\r?\n")
_ANY = re.compile(_LOOSE + rb"(?:," + _LOOSE + rb")*+" + _END)


@dataclass(slots=True)
class Mended:
    """What came of a file: the clean copy with good records, and the others by number. `records` counts both;
    `lines` are all line ends, to be held against the second witness."""

    path: Path
    good: int = 0
    lines: int = 0
    longest: int = 0
    rejects: list[tuple[int, str]] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records good and bad."""
        return self.good + len(self.rejects)

    def scan(self, width: int, final: bool) -> Scan:
        """How the clean copy is read: numbered, and with lines as long as they are."""
        longest = max(LINE, 2 * self.longest)
        return Scan(self.path, width, header=False, numbered=True, longest=longest, final=final)


def read_mended(
    path: Path, shape: tuple[int, bool], clean: Path, read: Callable[[Scan], int | None]
) -> tuple[Mended, int | None]:
    """Mend a file of `shape` (cells in a record, whether it has a header) into `clean` and have that read; strictly
    where the engine stumbles again. Returns what was mended, and what `read` counts."""
    for strict in (False, True):
        mended = mend(path, *shape, clean, strict)
        rows = read(mended.scan(shape[0], final=strict))
        if rows == mended.good:
            break
    clean.unlink()
    return mended, rows


def mend(path: Path, width: int, header: bool, target: Path, strict: bool = False) -> Mended:
    """Split a file into records of `width` cells. The header, if it has one, is left out and not counted."""
    mended = Mended(target)
    grammar = _Grammar(width, strict)
    with path.open("rb") as file, target.open("wb") as clean:
        if path.stat().st_size:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                _mend(data, grammar, header, mended, clean)
    return mended


def _mend(data: mmap.mmap, grammar: _Grammar, header: bool, mended: Mended, clean: BinaryIO) -> None:
    number = -1 if header else 0
    done = 0
    for start, end, rule in _records(data, grammar):
        if start - done >= _GIVE_BACK:
            done = _give_back(data, done, start)
        mended.lines += 1 if data[end - 1] != 10 else 0
        record = data[start:end]
        mended.lines += record.count(b"\n")
        if rule == _NOTHING:
            continue
        number += 1
        if number == 0:
            continue
        if rule:
            mended.rejects.append((number, rule))
            continue
        mended.good += 1
        mended.longest = max(mended.longest, len(record))
        clean.write(b"%d," % number)
        clean.write(_in_utf8(record.rstrip(b"\r\n"), number, mended))
        clean.write(b"\n")


def _give_back(data: mmap.mmap, first: int, last: int) -> int:
    """Let go of what has been read, so that a file of any size takes little memory. Returns where that ends."""
    last -= last % mmap.ALLOCATIONGRANULARITY
    if hasattr(data, "madvise"):  # Windows does this by itself
        data.madvise(mmap.MADV_DONTNEED, first, last - first)
    return last


def _in_utf8(record: bytes, number: int, mended: Mended) -> bytes:
    if record.isascii():
        return record
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        mended.repaired.append(number)
        return repaired(record).encode("utf-8")
    return record


class _Grammar:
    """What a record of `width` cells is: one that is taken, and one with which reading goes on after a bad one."""

    def __init__(self, width: int, strict: bool) -> None:
        self.again = _whole(_STRICT, width)
        self.taken = self.again if strict else _whole(_LOOSE, width)


def _whole(cell: bytes, width: int) -> re.Pattern[bytes]:
    return re.compile(cell + rb"(?:," + cell + rb"){%d}" % (width - 1) + _END)


_NOTHING = "blank"


def _records(data: mmap.mmap, grammar: _Grammar) -> Iterator[tuple[int, int, str]]:
    """Where each record begins and ends, and the rule it breaks ("" for none); every byte is in exactly one."""
    at = 3 if data[:3] == b"\xef\xbb\xbf" else 0
    while at < len(data):
        blank = _BLANK.match(data, at)
        if blank:
            yield at, blank.end(), _NOTHING
            at = blank.end()
            continue
        match = grammar.taken.match(data, at)
        if match:
            yield at, match.end(), "" if match.end() - at <= LONGEST else "record.too_long"
            at = match.end()
            continue
        end, rule = _bad(data, at, grammar.again)
        yield at, end, rule
        at = end


def _bad(data: mmap.mmap, at: int, again: re.Pattern[bytes]) -> tuple[int, str]:
    """Where a bad record ends and what is wrong with it: at its line's end if a good one begins there."""
    line = data.find(b"\n", at) + 1 or len(data)
    whole = _ANY.match(data, at)
    if whole and (whole.end() == line or line == len(data) or not again.match(data, line)):
        return whole.end(), "record.width"
    return line, "record.quotes"
