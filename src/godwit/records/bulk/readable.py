"""A delivered file so that the engine can read it: in UTF-8, and under a name of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from godwit.records.bulk.casting import csv_source, text
from godwit.records.bulk.encoding import Encoding, as_utf8, encoding_of
from godwit.records.bulk.opening import LineEnd
from godwit.records.duck import Duck, EngineFailed

LINE = 1 << 21
"""Bytes of a line that the fast reader takes; a file with a longer one is mended."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A file to read: where it lies in UTF-8, what it was delivered in, whether it is a copy, undefined bytes in it."""

    path: Path
    encoding: Encoding
    copied: bool = False
    undefined: int = 0

    def discard(self) -> None:
        """Remove the copy, if it is one."""
        if self.copied:
            self.path.unlink()


def readable(path: Path, declared: Literal["utf-8", "windows-1252"], target: Path) -> Readable:
    """The file itself where it is UTF-8 already; else a copy of it at `target`."""
    encoding = encoding_of(path, declared)
    if encoding in ("ascii", "utf-8"):
        return Readable(path, encoding)
    copied = as_utf8(path, encoding, target)
    return Readable(copied.path, encoding, True, copied.undefined)


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a CSV file: `width` columns as text, a header to pass over or not, record numbers of ours or not.
    A `final` reading is one of our own strict copy: where the engine gives up on that, it is not the file's fault.

    Delivered names may hold anything, so SQL never says one: the file is read through a link with a name of ours. The
    engine looks where a link leads, so the folder of the delivery must be among those it may read.
    """

    path: Path
    width: int
    header: bool
    line_end: LineEnd = "\n"
    numbered: bool = False
    longest: int = LINE
    final: bool = False

    def source(self, duck: Duck, name: str) -> str:
        """The table function; lines that are rejected are counted under `name`."""
        link = text(str(self._link(duck, name)))
        return csv_source(link, self.width, self._how(name), numbered=self.numbered)

    def _rejected(self, duck: Duck, name: str) -> int:
        """How many lines were rejected; asked once, after the reading."""
        (count,) = duck.run("rejected lines", f"SELECT count(DISTINCT line) FROM {name}")[0]
        duck.run("rejected lines", f"DROP TABLE {name}; DROP TABLE {name}_scan")
        return int(count)

    def read(self, duck: Duck, name: str, read: Callable[[str], int]) -> int | None:
        """What `read` counts when it is given the source; None where a line was rejected or the engine gave up."""
        try:
            rows = read(self.source(duck, name))
        except EngineFailed:
            if self.final:
                raise
            return None
        return None if self._rejected(duck, name) else rows

    def _how(self, name: str) -> str:
        """The end of lines is spelled out: left to itself the engine takes it from a text in the first record."""
        lines = "\\r\\n" if self.line_end == "\r\n" else "\\n"
        rejects = f"store_rejects=true, rejects_table='{name}', rejects_scan='{name}_scan'"
        return f"skip={int(self.header)}, new_line='{lines}', max_line_size={self.longest}, {rejects}"

    def _link(self, duck: Duck, name: str) -> Path:
        if self.path.is_relative_to(duck.work):
            return self.path
        link = duck.work / f"{name}.csv"
        link.unlink(missing_ok=True)
        link.symlink_to(self.path.resolve())
        return link
