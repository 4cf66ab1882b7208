"""Stage one side of a bulk delivery: every known file becomes one Parquet file of typed columns with our row numbers.

Each file is read twice, by two readers that share no code: the engine's (fast) and the second witness (bytes only).
Where the engine rejects anything, or the two do not count the same, what the engine read is thrown away and the file
is mended record by record. So every record of every file is either staged or a reject with its number and rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from godwit.records.bulk.bulk_format import BulkFormat
from godwit.records.bulk.casting import RULES, empty_select, name, text, typed_select
from godwit.records.bulk.encoding import Encoding
from godwit.records.bulk.layout import Layout, Table
from godwit.records.bulk.mending import read_mended
from godwit.records.bulk.readable import Scan, readable
from godwit.records.bulk.recognise import Recognised, Recognition
from godwit.records.bulk.taken import taken_at
from godwit.records.bulk.witness import Witness, witness
from godwit.records.compare.stage import LEDGER_COLUMNS, LEDGERS, Side
from godwit.records.duck import Duck
from godwit.records.errors import MachineRefused
from godwit.records.intake.machine import machine_refused

REASONS = {"no_entity": "a row of a table for which the model has no place"}
"""Why staging sets rows aside."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should know of a file: the rule, what it is about (never a value), how often."""

    rule: str
    about: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file as staged. `records` are those in the file, header and blank lines not counted; `rejected` of them could
    not be read; `mended` says that the file was read record by record."""

    number: int
    public_name: str
    size: int
    sha256: str
    system: str
    table: str
    version: str
    taken_at: str | None
    encoding: Encoding
    records: int
    rejected: int
    mended: bool
    warnings: tuple[Warned, ...]
    parquet: Path
    recognised: Recognised


@dataclass(frozen=True, slots=True)
class StagedSide:
    """Everything staged of one side. `additional` are columns that the layout does not know, as (table, column)."""

    side: Side
    format: BulkFormat
    files: tuple[StagedFile, ...]
    additional: tuple[tuple[str, str], ...]
    taken_at: str | None


def stage_side(
    duck: Duck,
    side: Side,
    format_: BulkFormat,
    recognition: Recognition,
    done: Callable[[], None] = lambda: None,
    tables: Collection[str] | None = None,
) -> StagedSide:
    """Stage the files of a delivery and make the views `raw_<side>.<Table>` (empty where no file is), the tables
    `raw_<side>.value_<name>` and `raw_<side>.snapshot`. Rejects and odd cells go into the ledger.

    `tables` names the only tables wanted; files of others are not read at all. `done` is told of every file staged.
    Tables known only from the supplier's description are set aside, for no SQL of the format knows them.
    """
    own = format_
    format_ = replace(format_, layout=recognition.layout)
    _make_rooms(duck, side)
    wanted = [one for one in recognition.known if tables is None or one.table in tables]
    stop = Event()
    files = []
    with ThreadPoolExecutor(max_workers=1) as beside:
        seen = [beside.submit(witness, one.file.path, stop) for one in wanted]
        try:
            for one, future in zip(wanted, seen, strict=True):
                files.append(_staged(_OneFile(duck, side, format_, one), future))
                done()
        finally:
            stop.set()
            for future in seen:
                future.cancel()
    _make_views(duck, side, recognition.layout, files)
    _load_values(duck, side, format_)
    _issues(duck, side, format_, files)
    _set_aside(duck, side, recognition.described)
    additional = {(one.table, column) for one in files for column in one.recognised.public_extra}
    moment = taken_at(duck, side, format_, files)
    return StagedSide(side, own, tuple(files), tuple(sorted(additional)), moment)


def _make_views(duck: Duck, side: Side, layout: Layout, files: Collection[StagedFile]) -> None:
    """`raw_<side>.<Table>` for every table of the layout, over the Parquet files of `files`."""
    for table, shape in layout.tables.items():
        paths = ", ".join(_quoted(one.parquet) for one in files if one.table == table)
        columns = ", ".join(name(column) for column in shape.columns)
        if paths:
            select = f"SELECT file, coalesce(record, file_row_number + 1) AS record, {columns}, odd, more "
            select += f"FROM read_parquet([{paths}], file_row_number=true)"
        else:
            select = empty_select([(column, each.type) for column, each in shape.columns.items()])
        duck.run(f"raw {table}", f"CREATE OR REPLACE VIEW raw_{side}.{name(table)} AS {select}")


def _load_values(duck: Duck, side: Side, format_: BulkFormat) -> None:
    for title, values in format_.values.items():
        words = ({"delivered": one, "ours": other} for one, other in values.words.items())
        duck.load(f"raw_{side}.value_{title}", {"delivered": "VARCHAR", "ours": "VARCHAR"}, words)


def _staged(one: _OneFile, future: Future[Witness]) -> StagedFile:
    try:
        return one.stage(future)
    except OSError as error:
        raise machine_refused(error, f"{one.side} {one.one.public}") from None


@dataclass(slots=True)
class _OneFile:
    """One file on its way to Parquet."""

    duck: Duck
    side: Side
    format: BulkFormat
    one: Recognised

    @property
    def table(self) -> Table:
        """What the layout says of the file's table."""
        return self.format.layout.tables[self.one.table]

    def stage(self, future: Future[Witness]) -> StagedFile:
        """Read it the fast way, hold it against the second witness, and mend it where the two disagree."""
        one, layout = self.one, self.format.layout
        copy = readable(one.file.path, layout.grammar.encoding, self._work("utf8.csv"))
        rows = self._read(Scan(copy.path, len(one.columns), one.header, one.line_end))
        seen = future.result()
        counted = witness(copy.path) if copy.encoding == "utf-16" else seen
        records, rejected, repaired = max(counted.records - one.header, 0), 0, 0
        mended = rows != records or counted.open_quote
        if mended:
            records, rejected, repaired = self._mend(copy.path, counted)
        copy.discard()
        counts = {"text.undefined_byte": copy.undefined, "text.encoding": repaired, "text.nul": seen.nul}
        warnings = [*_told(one), *(Warned(rule, count=count) for rule, count in counts.items() if count)]
        return StagedFile(
            one.file.number, one.public, seen.size, seen.sha256, layout.system, one.table, one.version,
            one.taken_at, copy.encoding, records, rejected, mended, tuple(warnings), self._parquet, one,
        )  # fmt: skip

    def _read(self, scan: Scan) -> int | None:
        """Rows written by the engine's reader; None where it stumbled."""

        def staged(source: str) -> int:
            select = typed_select(self.one, self.table, self.format.layout.grammar, source, scan.numbered)
            copy = f"COPY ({select}) TO {_quoted(self._parquet)} (FORMAT parquet, COMPRESSION zstd)"
            return int(self.duck.run(f"stage {self.one.public}", copy)[0][0])

        mended = f"_mended_{scan.final}" if scan.numbered else ""
        return scan.read(self.duck, f"rejected_{self.side}_{self.one.file.number}{mended}", staged)

    def _mend(self, path: Path, seen: Witness) -> tuple[int, int, int]:
        """Records, rejected ones, and repaired ones of a file read record by record."""
        width = len(self.one.columns)
        mended, rows = read_mended(path, (width, self.one.header), self._work("clean.csv"), self._read)
        if rows != mended.good or mended.lines != seen.lines:
            because = "two ways of reading a file do not agree; is it being written to?"
            raise MachineRefused("machine.two_readings", because, self.one.public)
        self._ledger("reject", mended.rejects)
        self._ledger("issue", [(number, "text.encoding") for number in mended.repaired])
        return mended.records, len(mended.rejects), len(mended.repaired)

    def _ledger(self, ledger: str, found: list[tuple[int, str]]) -> None:
        entity = self.format.entity_of(self.one.table)
        head = {"side": self.side, "entity": entity, "file": self.one.file.number, "kind": self.one.table}
        rows = ({**head, "record": number, "reason": rule, "detail": ""} for number, rule in found)
        self.duck.load(f"ledger.{ledger}", LEDGER_COLUMNS, rows)

    def _work(self, ending: str) -> Path:
        return self.duck.work / f"{self.side}-{self.one.file.number:05d}.{ending}"

    @property
    def _parquet(self) -> Path:
        return self._work("parquet")


def _told(one: Recognised) -> Iterator[Warned]:
    for column in one.public_extra:
        yield Warned("layout.column_additional", column)
    for column in one.absent:
        yield Warned("layout.column_absent", column)


def _make_rooms(duck: Duck, side: Side) -> None:
    duck.run("rooms", f"CREATE SCHEMA IF NOT EXISTS raw_{side}")
    duck.run("rooms", "CREATE SCHEMA IF NOT EXISTS ledger")
    for ledger in LEDGERS:
        duck.load(f"ledger.{ledger}", LEDGER_COLUMNS, ())


def _issues(duck: Duck, side: Side, format_: BulkFormat, files: Collection[StagedFile]) -> None:
    """Every odd cell, as an issue under the rule of its column's type."""
    for table in sorted({one.table for one in files}):
        columns = format_.layout.tables[table].columns
        rules = {column: RULES[each.type] for column, each in columns.items() if each.type in RULES}
        cases = " ".join(f"WHEN {text(column)} THEN '{rule}'" for column, rule in rules.items())
        if cases:
            duck.run(
                f"issues of {table}",
                f"""INSERT INTO ledger.issue (side, entity, file, record, kind, reason, detail)
                SELECT '{side}', '{format_.entity_of(table)}', file, record, {text(table)},
                       CASE detail {cases} END, detail
                FROM (SELECT file, record, unnest(json_keys(odd)) AS detail
                      FROM raw_{side}.{name(table)} WHERE odd IS NOT NULL)""",
            )


def _set_aside(duck: Duck, side: Side, described: Collection[str]) -> None:
    for table in sorted(described):
        duck.run(
            f"set aside {table}",
            f"""INSERT INTO ledger.set_aside (side, entity, file, record, kind, reason, detail)
            SELECT '{side}', 'unclassified', file, record, {text(table)}, 'no_entity', ''
            FROM raw_{side}.{name(table)}""",
        )


def _quoted(path: Path) -> str:
    return text(str(path))
