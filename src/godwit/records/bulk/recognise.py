"""Say of each file of a bulk delivery which table of which system it holds, in which version of the layout.

The name says the table where it fits the system's pattern; the header line decides otherwise, and always decides the
version. Header names are compared without capital letters. Files without a header are known by name and width alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from godwit.records.bulk.layout import PLAIN_NAME, Layout, Table
from godwit.records.bulk.opening import FirstLines, LineEnd, opening_of
from godwit.records.bulk.specification import FILE, read_specification, with_specification
from godwit.records.errors import InputRefused
from godwit.records.intake.machine import machine_refused
from godwit.records.intake.unpack import PlainFile

SPECIFICATION = frozenset({"tablename", "columnname", "columndatatype"})
"""Columns by which a supplier's own description of its tables is known."""

_MOST_STRANGE = 0.5
"""A file whose name is not known is taken for a table only when at least this part of the table's columns is there."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that is known. `columns` are those of the file in order, spelled as the layout does; `extra` are the
    places in it (from 0) of columns the layout does not know; `absent` are columns of the version that are not there.
    """

    file: PlainFile
    table: str
    version: str
    columns: tuple[str, ...]
    extra: tuple[int, ...] = ()
    absent: tuple[str, ...] = ()
    header: bool = True
    line_end: LineEnd = "\n"
    processing: str | None = None
    taken_at: str | None = None
    agreement: str | None = None

    @property
    def public(self) -> str:
        """What it may be called anywhere: its number and its table."""
        return f"file-{self.file.number:05d}.csv ({self.table})"

    @property
    def public_extra(self) -> tuple[str, ...]:
        """Additional columns by name, or by place where the name might not be a column's."""
        named = ((self.columns[place], place) for place in self.extra)
        return tuple(name if PLAIN_NAME.fullmatch(name) else f"column {place + 1}" for name, place in named)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The files of a delivery: those of one system's tables, and those that no table is known for. `layout` is that of
    the system with what the supplier's own description adds; `described` are the tables it adds."""

    layout: Layout
    known: tuple[Recognised, ...]
    unknown: tuple[PlainFile, ...]
    described: frozenset[str] = frozenset()


def recognise(files: Sequence[PlainFile], layouts: Iterable[Layout], side: str) -> Recognition | None:
    """The delivery as extract of one of the systems; None if no file is of any. Raises `InputRefused` for a file that
    names a table and is not of it, and for files of more than one system."""
    openings = {file.number: _opening(file, side) for file in files}
    descriptions = [one for one in files if openings[one.number].names() >= SPECIFICATION]
    found: dict[str, Recognition] = {}
    for plain in layouts:
        layout = plain
        if not any(_table_of(one, openings[one.number], plain) for one in files if one not in descriptions):
            continue
        for one in descriptions:
            layout = with_specification(layout, read_specification(one.path, f"{side} file {one.number}"))
        matched = {one.number: _table_of(one, openings[one.number], layout) for one in files}
        matched |= {one.number: FILE for one in descriptions}
        known = tuple(
            _recognised(one, openings[one.number], layout, name, side)
            for one in files if (name := matched[one.number])
        )  # fmt: skip
        unknown = tuple(one for one in files if not matched[one.number])
        described = frozenset(layout.tables) - frozenset(plain.tables)
        found[plain.system] = Recognition(layout, known, unknown, described)
    if len(found) > 1:
        raise InputRefused(
            "delivery.mixed", f"the files are of more than one system: {', '.join(found)}", side
        )
    return next(iter(found.values()), None)


def _opening(file: PlainFile, side: str) -> FirstLines:
    try:
        return opening_of(file.path)
    except OSError as error:
        raise machine_refused(error, f"{side} file {file.number}") from None


def _table_of(file: PlainFile, opening: FirstLines, layout: Layout) -> str | None:
    """The table by the file's name, if the pattern and the layout know it; else by its header."""
    match = re.search(layout.file_name, PurePosixPath(file.name).name, re.IGNORECASE)
    part = (match.groupdict().get("table") or "").casefold() if match else ""
    for name, table in layout.tables.items():
        if part and part in (name.casefold(), (table.file_part or "").casefold()):
            return name
    return _by_header(opening, layout) if layout.grammar.header else None


def _by_header(opening: FirstLines, layout: Layout) -> str | None:
    """The only table whose key columns are all there and most of whose columns are (all of them, of a table without a
    key); None where none or two fit."""
    names = opening.names()
    fitting: dict[str, float] = {}
    for name, table in layout.tables.items():
        share = max(_share(names, columns) for _, columns in table.versions())
        if share == 1 or (table.key and {one.casefold() for one in table.key} <= names):
            fitting[name] = share
    best = max(fitting.values(), default=0.0)
    first = [name for name, share in fitting.items() if share == best]
    return first[0] if best >= _MOST_STRANGE and len(first) == 1 else None


def _share(names: frozenset[str], columns: Iterable[str]) -> float:
    """How alike a header and a version's columns are: shared over all."""
    wanted = {one.casefold() for one in columns}
    return len(names & wanted) / len(names | wanted)


def _recognised(file: PlainFile, opening: FirstLines, layout: Layout, name: str, side: str) -> Recognised:
    place = f"{side} file {file.number}"
    table = layout.tables[name]
    if opening.lone_returns:
        raise InputRefused("file.line_ends", "its lines end in a way that no extract's do", place)
    match = re.search(layout.file_name, PurePosixPath(file.name).name, re.IGNORECASE)
    told = match.groupdict() if match else {}
    one = _bound(file, opening, name, table, place) if layout.grammar.header else None
    one = one or _by_width(file, opening, name, table, place)
    return Recognised(
        file, name, one.version, one.columns, one.extra, one.absent, one.header, opening.line_end,
        told.get("processing"), told.get("taken_at"), told.get("agreement"),
    )  # fmt: skip


def _bound(file: PlainFile, opening: FirstLines, name: str, table: Table, place: str) -> Recognised:
    """A file with a header, bound by its names to the version that is most like it."""
    if not opening.cells:
        raise InputRefused("file.empty", f"the file of {name} is empty; not even a header is in it", place)
    spelling = table.spelling()
    columns = tuple(spelling.get(one.casefold(), one) for one in opening.cells)
    names = [one.casefold() for one in columns]
    if len(set(names)) != len(names):
        raise InputRefused("layout.column_twice", f"the file of {name} has a column twice", place)
    for key in table.key:
        if key not in columns:
            raise InputRefused("layout.key_missing", f"column {key} is missing in the file of {name}", place)
    extra = tuple(number for number, one in enumerate(columns) if one.casefold() not in spelling)
    version, wanted = _nearest(table, frozenset(names))
    may_lack = {one.casefold() for one in table.optional} | set(names)
    absent = tuple(one for one in wanted if one.casefold() not in may_lack)
    return Recognised(file, name, version, columns, extra, absent)


def _nearest(table: Table, names: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The version whose columns differ least from the header, optional ones left out; of equals the last listed."""
    optional = {one.casefold() for one in table.optional}

    def distance(columns: Iterable[str]) -> int:
        return len(({one.casefold() for one in columns} ^ names) - optional)

    return min(reversed(list(table.versions())), key=lambda one: distance(one[1]))


def _by_width(file: PlainFile, opening: FirstLines, name: str, table: Table, place: str) -> Recognised:
    """A file without a header: the version with as many columns, and of several the one its values fit best."""
    versions = list(table.versions())
    for version, columns in versions:
        if [one.casefold() for one in opening.cells] == [one.casefold() for one in columns]:
            return Recognised(file, name, version, columns)
    width = len(opening.cells)
    fitting = [one for one in versions if len(one[1]) == width]
    if not opening.cells:
        fitting = versions[:1]
    if not fitting:
        known = ", ".join(str(len(columns)) for _, columns in versions)
        because = f"the file of {name} has {width} columns; known are {known}"
        raise InputRefused("layout.width", because, place)
    version, columns = max(fitting, key=lambda one: _fit(table, one[1], opening.records))
    return Recognised(file, name, version, columns, header=False)


def _fit(table: Table, columns: Sequence[str], records: Iterable[Sequence[str]]) -> int:
    """How many cells of the first records are as the columns' patterns want them."""
    patterns: Mapping[int, re.Pattern[str]] = {
        place: re.compile(pattern)
        for place, one in enumerate(columns)
        if (pattern := table.columns[table.spelling()[one.casefold()]].like)
    }
    return sum(
        bool(pattern.fullmatch(record[place]))
        for record in records
        for place, pattern in patterns.items()
        if place < len(record)
    )
