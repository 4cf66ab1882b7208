"""The main job: read two deliveries, compare every record, close the books, seal the run.

The steps in order: read and stage both sides, recognise patients, pair records, find differences, ask the rules,
gather findings, balance, write, seal. A run that does not balance is never sealed, and until the seal is written the
folder has another name, so nothing half done looks whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from godwit.definitions.comparison import read_equivalences, read_severities
from godwit.records.canonical import ENTITIES
from godwit.records.compare.causes import Cause, list_causes, name_causes
from godwit.records.compare.differing import Fills, find_differences
from godwit.records.compare.findings import gather, judge
from godwit.records.compare.pairing import pair_everything
from godwit.records.compare.people import People, pair_people
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.stage import Side, Staging, load_people, make_rooms
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.formats.reading import Format
from godwit.records.intake.delivery import Delivery, open_delivery
from godwit.records.intake.reading import ReadFile, read_delivery
from godwit.records.reconcile.books import Account, FileCount, open_books, require_balance


class Progress(Protocol):
    """Shows how far long work has come. `begin` names a step and how many parts it has (None: unknown)."""

    def begin(self, title: str, parts: int | None = None) -> None:
        """A step starts."""

    def advance(self) -> None:
        """One part of the step is done."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a run remembers of one input file."""

    side: Side
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


@dataclass(slots=True)
class SideFacts:
    """What a run remembers of one side."""

    side: Side
    format: Format | None = None
    files: list[FileFacts] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    census: dict[tuple[str, str], int] = field(default_factory=dict)

    def remember(self, one: ReadFile) -> None:
        """Take one file into account. Raises `InputRefused` when a side holds two formats."""
        if one.format is not None:
            if self.format is not None and self.format is not one.format:
                raise InputRefused("delivery.mixed", "its files come from more than one system", self.side)
            self.format = one.format
        reading = one.reading
        self.files.append(
            FileFacts(
                self.side,
                one.file.number,
                one.file.name,
                one.public_name,
                one.file.size,
                one.sha256,
                one.format.system if one.format else None,
                reading.version,
                reading.taken_at,
                reading.witnessed,
                reading.read,
                len(reading.set_aside),
                len(reading.rejects),
                len(reading.rows),
            )
        )
        for warning in reading.warnings:
            if warning not in self.warnings:
                self.warnings.append(warning)
        for key, count in reading.census().items():
            self.census[key] = self.census.get(key, 0) + count


@dataclass(slots=True)
class Compared:
    """Everything a run has to tell once the comparison is done and balanced; the tables are still open in `duck`."""

    duck: Duck
    source: SideFacts
    target: SideFacts
    people: People
    persons: tuple[int, int]
    fills: tuple[Fills, Fills]
    same_format: bool
    books: dict[str, Account]
    causes: list[Cause]
    timings: dict[str, float]


@dataclass(slots=True)
class Watch:
    """Measures steps with the clock it was given and tells `progress` about them."""

    now: Callable[[], datetime]
    progress: Progress
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, title: str, parts: int | None = None) -> Iterator[None]:
        """Time one step under its title."""
        self.progress.begin(title, parts)
        started = self.now()
        yield
        self.timings[title] = round((self.now() - started).total_seconds(), 3)


def compare_deliveries(
    paths: tuple[Path, Path], systems: tuple[str | None, str | None], duck: Duck, watch: Watch
) -> Compared:
    """Read both sides and compare them in `duck`. Raises `InputRefused` or `OutOfBalance`."""
    make_rooms(duck)
    deliveries = (open_delivery(paths[0], "source"), open_delivery(paths[1], "target"))
    source, source_staging = _stage(duck, "source", deliveries[0], systems[0], watch)
    target, target_staging = _stage(duck, "target", deliveries[1], systems[1], watch)
    people = pair_people(source_staging.people, target_staging.people)
    if not people.pairs:
        because = "no patient of the source is in the target: are these two the same practice's records?"
        raise InputRefused("patient.none_in_common", because)
    load_people(duck, [(pair.source.number, pair.target.number) for pair in people.pairs])
    fills, same_format = _fills(source), source.format is target.format
    both = (fills, _fills(target))
    _compare(duck, both, same_format, (source, target), watch)
    with watch.step("balance the books"):
        books = open_books(duck)
        require_balance(books, file_counts(duck, source, target))
        name_causes(duck)
        causes = list_causes(duck, read_severities())
    persons = (len(source_staging.people), len(target_staging.people))
    return Compared(duck, source, target, people, persons, both, same_format, books, causes, watch.timings)


def _stage(
    duck: Duck, side: Side, delivery: Delivery, system: str | None, watch: Watch
) -> tuple[SideFacts, Staging]:
    facts, staging = SideFacts(side), Staging(duck, side)
    with watch.step(f"read the {side}", len(delivery.files)):
        for one in read_delivery(delivery, side, system):
            facts.remember(one)
            staging.add(one.reading, one.file.number)
            watch.progress.advance()
        staging.flush()
    return facts, staging


def _compare(
    duck: Duck,
    fills: tuple[Fills, Fills],
    same_format: bool,
    sides: tuple[SideFacts, SideFacts],
    watch: Watch,
) -> None:
    systems = [side.format.system if side.format else "" for side in sides]
    with watch.step("pair the records"):
        pair_everything(duck, fills, same_format)
    with watch.step("compare every field"):
        find_differences(duck, fills, same_format)
    with watch.step("explain what is harmless"):
        judge(duck, Rulebook(read_equivalences(), systems[0], systems[1]))
    with watch.step("gather the findings"):
        gather(duck, read_severities(), fills)


def _fills(side: SideFacts) -> Fills:
    if side.format is None:
        return {name: frozenset() for name in ENTITIES}
    return {name: side.format.mapping.fills(name) for name in ENTITIES}


def file_counts(duck: Duck, source: SideFacts, target: SideFacts) -> Iterator[FileCount]:
    """For every file the second witness's count beside what the tables really hold."""
    rows: dict[tuple[Any, ...], int] = {
        (side, file): count
        for side, file, count in duck.run(
            "count files",
            """SELECT side, file, count(*) FROM (
                   SELECT side, file FROM canonical.record
                   UNION ALL SELECT side, file FROM ledger.set_aside
                   UNION ALL SELECT side, file FROM ledger.reject)
               GROUP BY ALL""",
        )
    }
    for side in (source, target):
        for one in side.files:
            yield FileCount(side.side, one.number, one.witnessed, rows.get((side.side, one.number), 0))
