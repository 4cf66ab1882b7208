"""The books of a run: how many records were read, where each went, and whether both equations hold.

Source: converted = identical + equivalent + agreed + different + missing.
Target: converted = identical + equivalent + agreed + different + unexpected.
File: records counted by the second witness = rejected + set aside + converted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck
from godwit.records.errors import OutOfBalance
from godwit.records.steps import sql_text

SQL = Path(__file__).parent


@dataclass(slots=True)
class SideCount:
    """One side of one entity, in records."""

    converted: int = 0
    set_aside: int = 0
    rejected: int = 0

    @property
    def read(self) -> int:
        """Records read: each has exactly one fate."""
        return self.converted + self.set_aside + self.rejected


@dataclass(slots=True)
class Account:
    """One entity: both sides, and what became of the converted records."""

    source: SideCount = field(default_factory=SideCount)
    target: SideCount = field(default_factory=SideCount)
    identical: int = 0
    equivalent: int = 0
    agreed: int = 0
    different: int = 0
    missing: int = 0
    unexpected: int = 0

    @property
    def balances(self) -> bool:
        """Whether both equations hold."""
        paired = self.identical + self.equivalent + self.agreed + self.different
        return (
            self.source.converted == paired + self.missing
            and self.target.converted == paired + self.unexpected
        )


def open_books(duck: Duck) -> dict[str, Account]:
    """Count every entity from the tables: fates, outcomes of pairs, and records without a counterpart."""
    books = {name: Account() for name in ENTITIES}
    for side, entity, converted, set_aside, rejected in duck.run("books", sql_text(SQL, "books.sql")):
        setattr(books[entity], side, SideCount(converted, set_aside, rejected))
    for entity, outcome, count in duck.run(
        "books", "SELECT entity, outcome, count(*) FROM finding.settled GROUP BY ALL"
    ):
        setattr(books[entity], outcome, count)
    for entity, side, count in duck.run(
        "books", "SELECT entity, side, count(*) FROM finding.unpaired GROUP BY ALL"
    ):
        setattr(books[entity], "missing" if side == "source" else "unexpected", count)
    return books


@dataclass(frozen=True, slots=True)
class FileCount:
    """One input file: what the second witness counted in its bytes, and what the tables hold of it."""

    side: str
    file: int
    witnessed: int
    accounted: int


def require_balance(books: Mapping[str, Account], files: Iterable[FileCount]) -> None:
    """Raises `OutOfBalance` naming the first entity or file whose records are not all accounted for."""
    for name, account in books.items():
        if not account.balances:
            raise OutOfBalance("books.entity", f"the records of {name} do not add up; nothing was sealed")
    for one in files:
        if one.witnessed != one.accounted:
            raise OutOfBalance(
                "books.file",
                f"{one.witnessed} records counted in the file, {one.accounted} accounted for; nothing was sealed",
                f"{one.side} file {one.file}",
            )
