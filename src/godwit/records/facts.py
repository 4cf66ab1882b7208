"""What is remembered of every input file once its records are in the tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a run remembers of one input file."""

    side: str
    number: int
    name: str
    public_name: str
    size: int
    sha256: str
    system: str | None
    version: str
    taken_at: str | None
    witnessed: int
    read: int
    set_aside: int
    rejected: int
    converted: int
