"""What a statement is made from, and the small pieces that its chapters share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from godwit.papers.pack.gathering import OpenRun
from godwit.papers.pack.index import Index
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Table, Text
from godwit.records.evidence.wording import number

Facts = Mapping[str, Any]

TELLING_WHEN_EMPTY: Final = ("agreed", "degradation")
"""Parts of a summary of which an empty list says something: they were looked for, and there are none."""

_HALF: Final = "\u00a0"
"""A space that is not broken at. In the letters of the pages it is half as wide as a digit and as wide as a comma."""


@dataclass(frozen=True, slots=True)
class Told:
    """The index of a pack with its seal, the run, and the list run where there is one."""

    index: Index
    run: OpenRun
    listing: OpenRun | None = None

    @property
    def summary(self) -> Facts:
        """The summary of the run."""
        return self.run.summary

    @property
    def manifest(self) -> Facts:
        """The manifest of the run."""
        return self.run.manifest


def part(summary: Facts, name: str) -> Any:
    """An optional part of a summary; None where it was not made."""
    found = summary.get(name)
    return found if found or (found is not None and name in TELLING_WHEN_EMPTY) else None


def figures(title: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]) -> Iterator[Block]:
    """A table of whole numbers, right-aligned; the first column names the rows. Columns of noughts are only named."""
    found = list(rows)
    kept = [place for place in range(len(columns)) if any(values[place] for _, values in found)]
    lines = zip(
        *([name for name, _ in found], *(aligned([row[at] for _, row in found]) for at in kept)), strict=True
    )
    yield fitted((title, *(columns[at] for at in kept)), lines)
    empty = [columns[at].lstrip("=+ ").lower() for at in range(len(columns)) if at not in kept]
    if empty:
        yield Text(f"Nothing in any line: {', '.join(empty)}.")


def aligned(values: Sequence[int]) -> tuple[str, ...]:
    """Whole numbers as texts of one width."""
    texts = [number(one) for one in values]
    widest = max(map(_halves, texts), default=0)
    return tuple(_HALF * (widest - _halves(one)) + one for one in texts)


def _halves(text: str) -> int:
    """How many half digits wide a number is; a comma is one."""
    return sum(2 if one.isdigit() else 1 for one in text)


def limited(table: Table, most: int, where: str) -> Iterator[Block]:
    """A table with at most so many rows; what is left out is counted, with where it stands."""
    yield Table(table.columns, table.rows[:most])
    if len(table.rows) > most:
        yield Text(f"And {number(len(table.rows) - most)} more, in {where}.")


def over_all(hashes: Iterable[str]) -> str:
    """One SHA-256 over several: of their hex texts, one after the other, in the order of the manifest."""
    return hashlib.sha256("".join(hashes).encode("ascii")).hexdigest()
