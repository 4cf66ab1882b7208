"""One delivery of a series of extracts, and what a supplier's way of telling changes must offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Delivery:
    """`step` 0 is the first bulk and counts the deltas; `whole` is a bulk. `folder` is where its files lie."""

    step: int
    at: datetime
    whole: bool
    folder: str


class Changes(Protocol):
    """How one supplier tells what has changed; see `changes` in the packages of the suppliers."""

    patient_table: str

    def openings(self, delivery: Delivery) -> dict[str, str]:
        """File -> what it begins with: a header, or all of a file that is always whole."""

    def file_name(self, table: str, delivery: Delivery) -> str:
        """The name of a table's file."""

    def key(self, table: str, cells: list[str]) -> tuple[str, ...]:
        """What makes a row the same row as another."""

    def gone(self, table: str, cells: list[str]) -> str | None:
        """The line that tells that a row is gone, or None where the file cannot tell it."""

    def finished(self, table: str, text: str, delivery: Delivery) -> str:
        """The lines as they stand in this delivery."""
