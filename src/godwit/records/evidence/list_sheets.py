"""Lists of a run as plain sheets. Whoever runs the job brings the writer that turns them into a spreadsheet file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Cell = str | int | None

NAME_LENGTH = 31
"""The most characters that the name of a sheet may have."""

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its header, its width in characters, what it holds, and words that colour their cell."""

    title: str
    width: float
    kind: Literal["text", "number", "date"] = "text"
    looks: Mapping[str, Literal["good", "watch", "bad", "quiet"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet with a note above its header."""

    name: str
    note: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


SheetWriter = Callable[[str, date, Sequence[ListSheet]], bytes]
"""Makes a spreadsheet file of a title, the day it was made, and its sheets."""


def numbered(titles: Iterable[str]) -> Iterator[str]:
    """A name for each sheet: its number, so that no two are the same, and as much of the title as a name may hold."""
    for number, title in enumerate(titles, start=1):
        yield f"{number:02} {_NOT_IN_A_NAME.sub('', title)}"[:NAME_LENGTH].strip(" '")
