"""Which file of a table builds on which: the part that each file plays in the state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from godwit.records.bulk.batches import Batch, Part
from godwit.records.bulk.layout import Layout

LINE = {
    "file": "BIGINT",
    "kind": "VARCHAR",
    "rank": "BIGINT",
    "taken_on": "VARCHAR",
    "base": "BOOLEAN",
    "used": "BOOLEAN",
    "twice": "BOOLEAN",
}
"""Columns of the table that holds the lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One file's part in the state of its table (`kind`). `rank` is its batch's number; a file that a later bulk
    replaced or that came twice is not `used`; `base` is the bulk on which the others build."""

    file: int
    kind: str
    rank: int
    taken_on: str | None
    base: bool
    used: bool
    twice: bool


def lines_of(batches: Sequence[Batch], layout: Layout) -> Iterator[Line]:
    """Each file's part. A table starts anew at the last bulk file of its series; a table that names no practice is
    shared by all series, so it has one start, and what other series say of it comes on top."""
    starts = _starts(batches)
    seen: set[tuple[object, ...]] = set()
    for batch in batches:
        for part in batch.parts:
            table, start = layout.tables[part.table], starts.get(part.table, {})
            mark = (batch.number if table.key else part.series, part.table, part.sha256)
            twice = bool(part.sha256) and mark in seen
            seen.add(mark)
            begin = start.get(part.series, 0)
            first = begin if table.practice else min(start.values(), default=0)
            base = part.whole is True and batch.number == first
            used = batch.number >= begin and not twice
            yield Line(part.file, part.table, batch.number, _day(part), base, used, twice)


def _starts(batches: Sequence[Batch]) -> dict[str, dict[str, int]]:
    """Table -> series -> number of the batch with its last bulk."""
    starts: dict[str, dict[str, int]] = {}
    for batch in batches:
        for part in batch.parts:
            if part.whole:
                starts.setdefault(part.table, {})[part.series] = batch.number
    return starts


def _day(part: Part) -> str | None:
    day = part.taken_at[:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else None
