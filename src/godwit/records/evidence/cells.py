"""What a table on a page is made of, before it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Tag:
    """A short word in a box; `look` only colours what the word already says."""

    shape: ClassVar[str] = "tag"
    word: str
    look: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Text with a smaller line beneath it."""

    shape: ClassVar[str] = "noted"
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Text that leads somewhere, with smaller lines beneath it and, if there is one, the id to be copied."""

    shape: ClassVar[str] = "linked"
    text: str
    href: str
    notes: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Several short lines in one cell."""

    shape: ClassVar[str] = "listed"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A hash, drawn in letters of equal width."""

    shape: ClassVar[str] = "fingerprint"
    text: str


Cell = str | int | Tag | Noted | Linked | Listed | Fingerprint


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. `heading` is the column whose cells name their row.

    The first `shown` rows stand open and later ones are folded; beyond `most`, only their number is given. Of a table
    that is `folded` only the caption stands open. What is folded is printed too, unless it is not `printed`. Where
    `on_paper` is given, only so many rows of an open table are printed; the others are said to be in `elsewhere`.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: int = 0
    shown: int = 50
    most: int = 500
    wide: bool = False
    folded: bool = False
    printed: bool = True
    on_paper: int | None = None
    elsewhere: str = "summary.json"

    @property
    def open_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Rows that everybody sees."""
        return self.rows[: self.shown]

    @property
    def folded_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Rows behind a fold."""
        return self.rows[self.shown : self.most]

    @property
    def left_out(self) -> int:
        """How many rows are not on the page."""
        return max(0, len(self.rows) - self.most)

    @property
    def not_on_paper(self) -> int:
        """How many rows of the page are left out where it is printed."""
        return 0 if self.on_paper is None else max(0, min(len(self.rows), self.most) - self.on_paper)

    @property
    def numeric(self) -> frozenset[int]:
        """Columns that hold figures only, or nothing."""
        columns = range(len(self.columns)) if any(self.rows) else ()
        return frozenset(one for one in columns if _figures([row[one] for row in self.rows]))


_FIGURE = re.compile(r"[+−-]?[\d,]+(\.\d+)?%?")


def _figures(cells: list[Cell]) -> bool:
    """Whether each is a number, with its sign, decimals or per cent if any, or an empty text; not all empty."""
    told = [one for one in cells if one != ""]
    return bool(told) and all(
        isinstance(one, int) or (isinstance(one, str) and _FIGURE.fullmatch(one)) for one in told
    )


def rows(of: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of a table from any cells."""
    return tuple(tuple(cells) for cells in of)
