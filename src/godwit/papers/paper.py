"""A letter, form or list before it is printed: the same blocks for Word and for PDF.

Every text is plain. The one sign with a meaning is `**bold**`; anything else is printed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

TICK_BOX = "☐"
TICKED = "☑"

NOTE_WORDS = {"advice": "Advice", "warning": "Warning"}
"""What a note begins with, so that its colour never carries the meaning alone."""

BOLD = re.compile(r"\*\*(.+?)\*\*")


class PaperRefused(ValueError):
    """A paper, sheet or calendar cannot be printed as it is; the message says what is wrong with it."""


LARGER: Final = 1.6
"""How much larger the type of a large paper is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the largest below the title, 3 the smallest."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks in it are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share beside the other columns."""

    title: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated on every page. A cell that is only `TICK_BOX` or `TICKED` is a box."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(column.width <= 0 for column in self.columns):
            raise PaperRefused("a table needs columns, and each some width")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise PaperRefused(
                    f"row {number} has {len(row)} cells where the table has {len(self.columns)} columns"
                )

    def shares(self) -> tuple[float, ...]:
        """The width of each column as a part of the whole; together 1."""
        whole = sum(column.width for column in self.columns)
        return tuple(column.width / whole for column in self.columns)


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value, or with `lines` blank lines to write on where the value is not known."""

    label: str
    value: str | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values, one under the other."""

    entries: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to tick off."""

    text: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class TickList:
    """Things to tick off with a pen."""

    items: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Room for a person in this role to sign that the statement is so."""

    role: str
    statement: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stands out."""

    kind: Literal["advice", "warning"]
    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


Block = Heading | Text | Bullets | Table | Fields | TickList | Signature | Note | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `made_on` is printed in the footer and is the only date inside the file.

    `sources` are the codes of where its content comes from, printed small at the end. `large` is for a wall: type that
    can be read from across a room.
    """

    title: str
    made_on: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    footer: str = ""
    landscape: bool = False
    large: bool = False
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise PaperRefused("a paper needs a title")

    @property
    def source_line(self) -> str:
        """The sources as one line; empty when there are none."""
        return f"Sources: {', '.join(self.sources)}" if self.sources else ""


SIGNING_LINES = (Field("Name"), Field("Signature"), Field("Date"))
"""What a person fills in under a statement."""


LABEL_SHARES = (0.32, 0.68)
"""How the width of the page is shared between labels and values."""


def long_date(day: date) -> str:
    """A date as a letter has it: 4 May 2026."""
    return f"{day.day} {day:%B %Y}"


def spans(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text and whether each is bold; the stars are gone."""
    for place, piece in enumerate(BOLD.split(text)):
        if piece:
            yield piece, place % 2 == 1
