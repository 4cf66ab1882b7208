"""The main job: read two deliveries, compare every record, close the books, seal the run.

The steps in order: read and stage both sides, recognise patients, pair records, find differences, ask the rules,
gather findings, balance, write, seal. A run that does not balance is never sealed, and until the seal is written the
folder has another name, so nothing half done looks whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from godwit.definitions.comparison import read_equivalences, read_severities
from godwit.records.agreed.applying import AgreedUse, alarms, apply
from godwit.records.agreed.file import read_agreed
from godwit.records.asked import Asked
from godwit.records.bulk.checking import check_delivery
from godwit.records.bulk.converting import Canonical, open_canonical
from godwit.records.bulk.loading import Extract, Opening, load_bulk, open_bulk, told
from godwit.records.canonical import ENTITIES
from godwit.records.compare.causes import Cause, list_causes, name_causes, tell_patterns
from godwit.records.compare.code_maps import CodeMap
from godwit.records.compare.coded import with_map
from godwit.records.compare.map_reading import read_code_maps
from godwit.records.compare.matching import Terms, stages
from godwit.records.compare.meaning import HELD, TOLD, tell_links, told_by_meaning
from godwit.records.compare.people import People, Person, pair_people
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Fills, Scheme
from godwit.records.compare.stage import SIDES, Side, Staging, load_people, make_rooms
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.facts import FileFacts
from godwit.records.formats.known import Known, known
from godwit.records.intake.delivery import Delivery, open_delivery
from godwit.records.intake.reading import ReadFile, read_delivery
from godwit.records.reconcile.books import Account, FileCount, open_books, require_balance
from godwit.records.watch import Watch


@dataclass(slots=True)
class SideFacts:
    """What a run remembers of one side."""

    side: Side
    format: Known | None = None
    files: list[FileFacts] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    census: dict[tuple[str, str], int] = field(default_factory=dict)

    def remember(self, one: ReadFile) -> None:
        """Take one file into account. Raises `InputRefused` when a side holds two formats."""
        if one.format is not None:
            if self.format is not None and self.format.system != one.format.system:
                raise InputRefused("delivery.mixed", "its files come from more than one system", self.side)
            self.format = self.format or known(one.format)
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


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome: the books, the causes of what nobody has agreed to, and what became of agreements."""

    books: dict[str, Account]
    causes: list[Cause]
    agreed: list[AgreedUse]


@dataclass(slots=True)
class Compared:
    """Everything a run has to tell once the comparison is done and balanced; the tables are still open in `duck`."""

    duck: Duck
    source: SideFacts
    target: SideFacts
    people: People
    persons: tuple[int, int]
    terms: Terms
    found: Found
    timings: dict[str, float]
    extract: Extract | None = None
    """The files of the target, where it came as a whole practice."""

    @property
    def books(self) -> dict[str, Account]:
        """Where every record went, by entity."""
        return self.found.books

    @property
    def causes(self) -> list[Cause]:
        """What the findings have in common, gravest first."""
        return self.found.causes


def compare_deliveries(
    paths: tuple[Path, Path],
    asked: Asked,
    duck: Duck,
    watch: Watch,
) -> Compared:
    """Read both sides and compare them in `duck`. Raises `InputRefused` or `OutOfBalance`."""
    code_map = read_code_maps(asked.maps, asked.today.isoformat())
    agreements = read_agreed(asked.agreed).agreements.values() if asked.agreed else ()
    make_rooms(duck)
    source, target = _read_sides(duck, paths, asked, watch)
    people = pair_people(source.people, target.people)
    if not people.pairs:
        because = "no patient of the source is in the target: are these two the same practice's records?"
        raise InputRefused("patient.none_in_common", because)
    load_people(duck, [(pair.source.number, pair.target.number) for pair in people.pairs])
    terms = _terms(source, target, code_map)
    for title, work in stages(duck, terms):
        with watch.step(title):
            work()
    with watch.step("find the causes"):
        name_causes(duck)
        tell_patterns(duck)
        agreed = apply(duck, agreements, terms.systems, asked.today)
        causes = [*(Cause(**asdict(alarm)) for alarm in alarms(agreed)), *list_causes(duck, terms.severities)]
    with watch.step("balance the books"):
        books = open_books(duck)
        require_balance(books, _file_counts(duck, source.facts, target.facts))
    persons = (len(source.people), len(target.people))
    found = Found(books, causes, agreed)
    facts = (source.facts, target.facts)
    return Compared(duck, *facts, people, persons, terms, found, watch.timings, target.extract)


@dataclass(frozen=True, slots=True)
class _ReadSide:
    """One side once it is read: what to remember of it, its patients, and its canonical form if it came in bulk."""

    facts: SideFacts
    people: Sequence[Person]
    bulk: Canonical | None = None
    extract: Extract | None = None


def _read_sides(
    duck: Duck,
    paths: tuple[Path, Path],
    asked: Asked,
    watch: Watch,
) -> tuple[_ReadSide, _ReadSide]:
    """Both sides read and in `canonical.<entity>`; if either came in bulk, with links told by meaning."""
    opened = [
        open_bulk(path, side, system, duck.work, asked.opening)
        for path, side, system in zip(paths, SIDES, asked.systems, strict=True)
    ]
    by_meaning = any(opened)
    sides = []
    for path, side, system, extract in zip(paths, SIDES, asked.systems, opened, strict=True):
        if extract:
            sides.append(_load(duck, side, extract, watch, asked.opening))
        else:
            sides.append(_stage(duck, side, open_delivery(path, side), system, watch, by_meaning))
    if by_meaning:
        with watch.step("tell links by meaning"):
            one_by_one = not all(one.bulk for one in sides)
            if one_by_one:
                tell_links(duck)
            bulk = {one.facts.side: one.bulk for one in sides if one.bulk}
            open_canonical(duck, bulk, TOLD if one_by_one else None)
    return sides[0], sides[1]


def _stage(
    duck: Duck, side: Side, delivery: Delivery, system: str | None, watch: Watch, by_meaning: bool
) -> _ReadSide:
    facts, staging = SideFacts(side), Staging(duck, side, HELD if by_meaning else "canonical")
    with watch.step(f"read the {side}", len(delivery.files)):
        for one in read_delivery(delivery, side, system):
            facts.remember(one)
            staging.add(one.reading, one.file.number)
            watch.progress.advance()
        staging.flush()
    if by_meaning and facts.format:
        facts.format = told_by_meaning(facts.format)
    return _ReadSide(facts, staging.people)


def _load(duck: Duck, side: Side, extract: Extract, watch: Watch, opening: Opening) -> _ReadSide:
    facts = SideFacts(side)
    with watch.step(f"read the {side}", extract.parts):
        loaded = load_bulk(duck, side, extract, opening, watch.progress.advance)
        facts.format, facts.warnings = loaded.canonical.known, list(loaded.warnings)
        facts.files = list(loaded.files)
        facts.census = dict(loaded.census)
    with watch.step(f"check that the {side} hangs together"):
        facts.warnings += told(check_delivery(duck, loaded.staged))
    return _ReadSide(facts, loaded.canonical.people, loaded.canonical, extract)


def _terms(source: _ReadSide, target: _ReadSide, code_map: CodeMap) -> Terms:
    formats = [side.facts.format for side in (source, target)]
    systems = (formats[0].system if formats[0] else "", formats[1].system if formats[1] else "")
    rulebook = Rulebook(read_equivalences(), *systems, code_map)
    return Terms(systems, with_map(_scheme(source, target), code_map), rulebook, read_severities(), code_map)


def _scheme(source: _ReadSide, target: _ReadSide) -> Scheme:
    """The terms of the comparison: what both formats fill, and what either of them must lose against the other."""
    one, two = source.facts.format, target.facts.format
    by_meaning = bool(source.bulk or target.bulk)
    fills = (_fills(source.facts), _fills(target.facts))
    if not one or not two or one.system == two.system:
        return Scheme(fills, bool(one and two), by_meaning)
    losses = (one.losses.met(two.system), two.losses.met(one.system))
    unheld = [
        *(("target", loss) for loss in losses[0].records),
        *(("source", loss) for loss in losses[1].records),
    ]
    return Scheme(fills, False, by_meaning, (*losses[0].values, *losses[1].values), tuple(unheld))


def _fills(side: SideFacts) -> Fills:
    if side.format is None:
        return {name: frozenset() for name in ENTITIES}
    return dict(side.format.fills)


def _file_counts(duck: Duck, source: SideFacts, target: SideFacts) -> Iterator[FileCount]:
    """For every file the second witness's count beside what the tables really hold; a further row that was made from
    the same record is not counted again."""
    rows: dict[tuple[Any, ...], int] = {
        (side, file): count
        for side, file, count in duck.run(
            "count files",
            """SELECT side, file, count(*) FROM (
                   SELECT side, file FROM canonical.record WHERE NOT further
                   UNION ALL SELECT side, file FROM ledger.set_aside
                   UNION ALL SELECT side, file FROM ledger.reject)
               GROUP BY ALL""",
        )
    }
    for side in (source, target):
        for one in side.files:
            yield FileCount(side.side, one.number, one.witnessed, rows.get((side.side, one.number), 0))
