"""Whether a delivery hangs together: keys, links, its files among each other, its manifest, its free text, its size.

Every check that finds something gives one `Found`; of checks that look at rows, the rows (by file and record, never a
value) are in table `checks.row`. Nothing is put right here. Sources: format notes 2.5, 2.6, 3.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from godwit.records.bulk.casting import STAGED, name, text
from godwit.records.bulk.layout import Layout, Reference, Table
from godwit.records.bulk.manifest import manifest_faults
from godwit.records.bulk.staging import StagedFile, StagedSide
from godwit.records.duck import Duck

MOST_ROWS = 10_000
"""Rows listed of one check; all are counted."""

LEAST_OF_LIST = 0.01
"""A delivery with a smaller part of the list's patients was set up for the wrong group (format notes 2.6, trap 13)."""

_NONE = "-1"
"""What systems that number their records write for "no record"."""
_ROW = {
    "side": "VARCHAR",
    "rule": "VARCHAR",
    "kind": "VARCHAR",
    "about": "VARCHAR",
    "file": "BIGINT",
    "record": "BIGINT",
}
_FOUND = {"side": "VARCHAR", "rule": "VARCHAR", "kind": "VARCHAR", "about": "VARCHAR", "count": "BIGINT",
          "expected": "VARCHAR"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: its rule, the table, what about it (columns, file names of the layout), how many rows or
    files, and where this is to be expected the reason."""

    rule: str
    kind: str
    about: str
    count: int
    expected: str | None = None


def check_delivery(duck: Duck, staged: StagedSide, list_size: int | None = None) -> tuple[Found, ...]:
    """Run every check over the views `raw_<side>.<Table>`; also as tables `checks.found` and `checks.row`.

    `list_size` is the number of patients the practice says it has.
    """
    duck.run("rooms", "CREATE SCHEMA IF NOT EXISTS checks")
    for table, columns in (("row", _ROW), ("found", _FOUND)):
        duck.load(f"checks.{table}", columns, ())
        duck.run("rooms", f"DELETE FROM checks.{table} WHERE side = '{staged.side}'")
    checking = _Checking(duck, staged)
    found = (
        *checking.keys(),
        *checking.links(),
        *_batch_faults(staged.files),
        *(Found(*one) for one in manifest_faults(duck, staged)),
        *checking.free_text(),
        *checking.size(list_size),
    )
    duck.load("checks.found", _FOUND, ({"side": staged.side, **asdict(one)} for one in found))
    return found


@dataclass(frozen=True, slots=True)
class _Checking:
    """Checks over the rows of one side."""

    duck: Duck
    staged: StagedSide

    @property
    def layout(self) -> Layout:
        """What the system's tables are."""
        return self.staged.format.layout

    def delivered(self) -> Iterator[tuple[str, Table]]:
        """Tables of which there is a file."""
        there = {one.table for one in self.staged.files}
        return ((title, table) for title, table in self.layout.tables.items() if title in there)

    def keys(self) -> Iterator[Found]:
        """Records without a whole key, and records with the key of an earlier one (in their practice)."""
        for title, table in self.delivered():
            if not table.key:
                continue
            about = ", ".join(table.key)
            columns = [name(one) for one in table.key]
            empty = " OR ".join(f"{one} IS NULL" for one in columns)
            within = [name(table.practice), *columns] if table.practice else columns
            again = f"SELECT {', '.join(within)} FROM {self._raw(title)} GROUP BY ALL HAVING count(*) > 1"
            same = " AND ".join(f"d.{one} IS NOT DISTINCT FROM r.{one}" for one in within)
            later = f"""SELECT file, record FROM (
                SELECT r.file, r.record, row_number() OVER (
                    PARTITION BY {", ".join(f"r.{one}" for one in within)} ORDER BY r.file, r.record) AS turn
                FROM {self._raw(title)} AS r JOIN ({again}) AS d ON {same} WHERE NOT ({_of("r", columns)}))
                WHERE turn > 1"""
            nothing = f"SELECT file, record FROM {self._raw(title)} WHERE {empty}"
            yield from self._rows("key.empty", title, about, nothing)
            yield from self._rows("key.duplicate", title, about, later)

    def links(self) -> Iterator[Found]:
        """Declared links that lead nowhere, for every link of every table: one pass over each table. Of a link to a
        table that was not delivered, the rows that have it are counted."""
        there = {one.table for one in self.staged.files}
        for title, table in self.delivered():
            if not table.references:
                continue
            wrong = [
                self._orphan(table, one) if one.to in there else _filled(table, one)
                for one in table.references
            ]
            counts = ", ".join(f"count(*) FILTER (WHERE {one})" for one in wrong)
            (numbers,) = self.duck.run(f"links of {title}", f"SELECT {counts} FROM {self._raw(title)}")
            for one, where, number in zip(table.references, wrong, numbers, strict=True):
                about = f"{one.column} to {one.to}"
                if number and one.to in there:
                    sql = f"SELECT file, record FROM {self._raw(title)} WHERE {where}"
                    self._list("link.dangling", title, about, sql)
                    yield Found("link.dangling", title, about, int(number), one.orphans)
                elif number:
                    yield Found("link.table_absent", title, about, int(number), one.orphans)

    def free_text(self) -> Iterator[Found]:
        """Places for free text that are empty throughout: the agreement may leave it out."""
        for title, column in self._text_places():
            value = name(column) if column else "file"
            sql = f"SELECT count(*), count({value}) FROM {self._raw(title)}"
            rows, filled = self.duck.run("free text", sql)[0]
            if not filled and (rows or not column):
                yield Found("text.absent", title, column, int(rows))

    def size(self, list_size: int | None) -> Iterator[Found]:
        """Far fewer patients than the practice has."""
        for title, table in self.delivered():
            if list_size and table.patient and table.key == (table.patient,):
                sql = f"SELECT count(DISTINCT {name(table.patient)}) FROM {self._raw(title)}"
                patients = int(self.duck.run("list size", sql)[0][0])
                if patients < list_size * LEAST_OF_LIST:
                    yield Found("list.far_too_small", title, f"{list_size} expected", patients)

    def _text_places(self) -> Iterator[tuple[str, str]]:
        """Tables and columns of free text: those the layout names, or else every optional column of text."""
        for place in self.layout.free_text:
            named, _, column = place.partition(".")
            yield named, column
        if not self.layout.free_text:
            for title, table in self.delivered():
                yield from ((title, one) for one in table.optional if table.columns[one].type == "text")

    def _orphan(self, table: Table, link: Reference) -> str:
        far = self.layout.tables[link.to].columns[link.at].type
        near = table.columns[link.column].type
        column, at = name(link.column), name(link.at)
        if STAGED[far] != STAGED[near]:
            column, at = f"CAST({column} AS VARCHAR)", f"CAST({at} AS VARCHAR)"
        inside = f"SELECT {at} FROM {self._raw(link.to)} WHERE {at} IS NOT NULL"
        return f"{_filled(table, link)} AND {column} NOT IN ({inside})"

    def _rows(self, rule: str, title: str, about: str, sql: str) -> Iterator[Found]:
        number = int(self.duck.run(f"{rule} {title}", f"SELECT count(*) FROM ({sql})")[0][0])
        if number:
            self._list(rule, title, about, sql)
            yield Found(rule, title, about, number)

    def _list(self, rule: str, title: str, about: str, sql: str) -> None:
        head = ", ".join(text(one) for one in (self.staged.side, rule, title, about))
        self.duck.run(
            f"{rule} {title}",
            f"INSERT INTO checks.row SELECT {head}, file, record FROM ({sql}) ORDER BY file, record LIMIT {MOST_ROWS}",
        )

    def _raw(self, title: str) -> str:
        return f"raw_{self.staged.side}.{name(title)}"


def _filled(table: Table, link: Reference) -> str:
    """SQL: the row has this link."""
    column = name(link.column)
    none = (
        ""
        if table.columns[link.column].type == "guid"
        else f" AND CAST({column} AS VARCHAR) <> {text(_NONE)}"
    )
    return f"{column} IS NOT NULL{none}"


def _batch_faults(files: Iterable[StagedFile]) -> Iterator[Found]:
    """Files written together (one range of processing numbers) that were taken at different times or for different
    agreements: rows of one then do not fit those of another."""
    batches: dict[str | None, list[StagedFile]] = {}
    for one in files:
        batches.setdefault(one.recognised.processing, []).append(one)
    for batch in batches.values():
        for rule, told in (("batch.skew", "taken_at"), ("batch.agreement", "agreement")):
            values = [getattr(one.recognised, told) for one in batch]
            different = {value.casefold() for value in values if value}
            if len(different) > 1:
                tables = ", ".join(sorted({one.table for one in batch}))
                yield Found(rule, "", tables, len(different))


def _of(table: str, columns: Iterable[str]) -> str:
    return " OR ".join(f"{table}.{one} IS NULL" for one in columns)
