"""The delta job: read two extracts of one system, settle each to its current state, find what changed between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from godwit.records.bulk.delta import Delivered, TableDelta, find_delta, patients_changed
from godwit.records.bulk.loading import Extract, Opening, facts_of, open_bulk, quarantine
from godwit.records.bulk.practices import choose_practice
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.bulk.state import Settled, settle_side
from godwit.records.bulk.state_rules import load_state_rules
from godwit.records.compare.stage import SIDES, Side
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused, OutOfBalance
from godwit.records.facts import FileFacts
from godwit.records.watch import Watch

NAMES: dict[Side, str] = {"source": "before", "target": "after"}
"""What people call the two sides."""


@dataclass(frozen=True, slots=True)
class ExtractSide:
    """One extract, staged and settled; `files` are all of it, known or not."""

    side: Side
    extract: Extract
    staged: StagedSide
    settled: Settled
    files: tuple[FileFacts, ...]

    @property
    def name(self) -> str:
        """`before` or `after`."""
        return NAMES[self.side]

    def delivered(self) -> Delivered:
        """Which columns its files really have."""
        columns: dict[str, frozenset[str]] = {}
        additional: dict[str, frozenset[str]] = {}
        for file in self.staged.files:
            one = file.recognised
            extra = {one.columns[place] for place in one.extra}
            columns[one.table] = columns.get(one.table, frozenset()) | (set(one.columns) - extra)
            additional[one.table] = additional.get(one.table, frozenset()) | set(one.public_extra)
        return Delivered(columns, additional)


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed: the account of every table, how many patients it touches; the records are in `changes.record`."""

    duck: Duck
    before: ExtractSide
    after: ExtractSide
    tables: tuple[TableDelta, ...]
    patients: int
    timings: dict[str, float]

    @property
    def sides(self) -> tuple[ExtractSide, ExtractSide]:
        """Before and after."""
        return (self.before, self.after)


def find_changes(
    paths: tuple[Path, Path], system: str | None, duck: Duck, watch: Watch, opening: Opening
) -> Changed:
    """Read both extracts and compare them in `duck`. Raises `InputRefused` where one is no bulk extract or the two are
    of different systems, and `OutOfBalance`."""
    opened = [_opened(path, side, system, duck, opening) for path, side in zip(paths, SIDES, strict=True)]
    systems = {one.format.layout.system for one in opened}
    if len(systems) > 1:
        because = f"the extracts are of different systems: {', '.join(sorted(systems))}"
        raise InputRefused("delta.two_systems", because)
    before, after = (
        _settled(one, side, duck, watch, opening.practice) for one, side in zip(opened, SIDES, strict=True)
    )
    format_ = before.extract.format
    rules = load_state_rules(format_.package)
    with watch.step("find what changed", len(format_.layout.tables)):
        manifest = rules.manifest.table if rules.manifest else None
        compared = {name: table for name, table in format_.layout.tables.items() if name != manifest}
        delivered = (before.delivered(), after.delivered())
        tables = find_delta(duck, compared, rules.technical, delivered, watch.progress.advance)
    with watch.step("balance the books"):
        for one in (before, after):
            _require_files_balance(one, duck)
        patients = patients_changed(duck)
    return Changed(duck, before, after, tables, patients, watch.timings)


def _opened(path: Path, side: Side, system: str | None, duck: Duck, opening: Opening) -> Extract:
    if not path.exists():
        raise InputRefused("delivery.absent", "there is no such file or folder", NAMES[side])
    found = open_bulk(path, side, system, duck.work, opening)
    if found is None:
        because = "this is no bulk extract of a system that Godwit reads"
        raise InputRefused("delta.not_an_extract", because, NAMES[side])
    return found


def _settled(extract: Extract, side: Side, duck: Duck, watch: Watch, practice: str | None) -> ExtractSide:
    """All practices of an extract, each record under its own, unless one is asked for."""
    recognition = extract.recognition
    with watch.step(f"read the extract {NAMES[side]}", len(recognition.known)):
        staged = stage_side(duck, side, extract.format, recognition, watch.progress.advance)
        quarantine(duck, side, recognition.unknown)
        settled = settle_side(duck, staged)
        if practice:
            choose_practice(duck, staged, practice)
        files = tuple(facts_of(duck, staged, recognition.unknown))
        return ExtractSide(side, extract, staged, settled, files)


def _require_files_balance(one: ExtractSide, duck: Duck) -> None:
    """Every record of every file is current, set aside or rejected: counted by the second witness and in the tables."""
    counted = dict(_rows_by_file(one, duck))
    for file in one.staged.files:
        if counted.get(file.number, 0) != file.records:
            because = "records of a file are not all accounted for"
            raise OutOfBalance("delta.balance", because, f"{one.name} file {file.number}")


def _rows_by_file(one: ExtractSide, duck: Duck) -> Iterator[tuple[int, int]]:
    tables = sorted({file.table for file in one.staged.files} & one.extract.format.layout.tables.keys())
    rows = [f'SELECT file FROM raw_{one.side}."{table}"' for table in tables]
    rows += [
        f"SELECT file FROM ledger.{ledger} WHERE side = '{one.side}'" for ledger in ("set_aside", "reject")
    ]
    sql = f"SELECT file, count(*) FROM ({' UNION ALL '.join(rows)}) GROUP BY file"
    yield from duck.run("count files", sql)
