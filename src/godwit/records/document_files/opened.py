"""What came of opening a file, and the bounds within which files are opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal[
    "opened", "damaged", "unopenable", "encrypted", "empty", "unknown", "too_large", "hung", "not_tried"
]
"""opened · damaged: its end is missing, so what opens may not be all · unopenable · encrypted: wants a password ·
empty · unknown: of no kind that is recognised · too_large: would unpack or draw to more than is safe · hung: no answer
in time · not_tried: beyond the number of files that were to be opened."""

GOOD: tuple[State, ...] = ("opened", "not_tried")
"""States in which nothing is known against a file."""

MOST_BYTES = 1 << 29
"""Bytes of a file, unpacked: a letter of half a gigabyte is none."""

MOST_RATIO = 200
"""Unpacked bytes for each packed one, held against a file from `RATIO_FROM` on."""

RATIO_FROM = 10 << 20
MOST_MEMBERS = 10_000
"""Files within an Office file or a zip."""

MOST_PIXELS = 200_000_000
"""Pixels of one picture: a sheet of A0 at 400 dots an inch is 240 million, of A4 at 600 35 million."""

MOST_PAGES = 5_000
"""Pages of a picture that are drawn, and of a PDF that are looked at."""

MOST_MEMORY = 2 << 30
"""Bytes of memory for the process that opens, where the machine lets us say so."""

SECONDS = 20.0
"""How long one file may take."""

SECONDS_TO_BEGIN = 120.0
"""How long the process that opens may take to begin, on a machine that is busy."""

READY = "ready"
"""What that process says first."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening one file: how it went, its kind as found inside, its pages where it has such."""

    state: State
    kind: str | None = None
    pages: int | None = None
