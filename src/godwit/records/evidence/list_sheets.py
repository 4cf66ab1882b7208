"""Lists of a run as plain sheets. Whoever runs the job brings the writer that turns them into a spreadsheet file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | int | None

NAME_LENGTH = 31
"""The most characters that the name of a sheet may have."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its header, its width in characters, and what it holds."""

    title: str
    width: float
    kind: Literal["text", "number", "date"] = "text"


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet with a note above its header."""

    name: str
    note: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


SheetWriter = Callable[[str, date, Sequence[ListSheet]], bytes]
"""Makes a spreadsheet file of a title, the day it was made, and its sheets."""
