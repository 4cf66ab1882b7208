"""What two extracts of one system differ in: records added, changed and deleted, table by table.

Both sides are staged and settled: before is the side `source`, after is `target`. Every column is compared but the
technical ones, as a fingerprint first; only records that differ are read again and written whole. A key that is empty
or stands more than once is counted, and its rows are told apart by their number, so that no row is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from godwit.records.bulk.casting import name as quoted
from godwit.records.bulk.casting import text
from godwit.records.bulk.layout import Table
from godwit.records.duck import Duck
from godwit.records.errors import OutOfBalance
from godwit.records.steps import sql_text

SQL = Path(__file__).parent
SIDES = ("source", "target")
"""Before and after."""

RECORD = {
    "kind": "VARCHAR",
    "change": "VARCHAR",
    "practice": "VARCHAR",
    "patient": "VARCHAR",
    "key": "VARCHAR",
    "before_file": "BIGINT",
    "before_record": "BIGINT",
    "after_file": "BIGINT",
    "after_record": "BIGINT",
    "columns": "VARCHAR",
    "before": "VARCHAR",
    "after": "VARCHAR",
}
"""Columns of `changes.record`: `kind` is the table; `columns`, `key`, `before` and `after` are JSON."""

_ADDITIONAL = "more"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Columns that the files of one side really have, by table, and by table the additional ones."""

    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    additional: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, table: str) -> frozenset[str]:
        """All columns of a table; none where it was not delivered."""
        return self.columns.get(table, frozenset()) | self.additional.get(table, frozenset())


@dataclass(frozen=True, slots=True)
class TableDelta:
    """One table's account. Keys that are empty or stand more than once are counted in rows, before and after;
    `only` are columns that one side alone delivered, which are not compared."""

    table: str
    title: str
    before: int
    after: int
    added: int
    changed: int
    deleted: int
    empty_keys: tuple[int, int]
    repeated_keys: tuple[int, int]
    columns: dict[str, int]
    only: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def same(self) -> int:
        """Records that are on both sides and equal."""
        return self.before - self.changed - self.deleted

    def require_balance(self) -> None:
        """Raises `OutOfBalance` unless both sides count the same records as equal."""
        if self.same < 0 or self.same != self.after - self.changed - self.added:
            raise OutOfBalance("delta.balance", "before and after do not add up", self.table)


def find_delta(
    duck: Duck,
    tables: Mapping[str, Table],
    technical: Sequence[str],
    delivered: tuple[Delivered, Delivered],
    done: Callable[[], None] = lambda: None,
) -> tuple[TableDelta, ...]:
    """Fill `changes.record` and give the account of every table that has rows. Raises `OutOfBalance`."""
    duck.run("rooms", "CREATE SCHEMA IF NOT EXISTS changes")
    duck.load("changes.record", RECORD, ())
    found = []
    for name, table in tables.items():
        one = _OneTable(duck, name, table, tuple(technical), delivered)
        account = one.account()
        if account:
            account.require_balance()
            found.append(account)
        done()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _OneTable:
    """One table on both sides."""

    duck: Duck
    name: str
    table: Table
    technical: tuple[str, ...]
    delivered: tuple[Delivered, Delivered]

    def account(self) -> TableDelta | None:
        before, after = (self._count(side) for side in SIDES)
        if not before and not after:
            return None
        self.run(
            "keys", f"CREATE OR REPLACE TABLE changes.key AS {self._sql('delta_key.sql', **self._prints())}"
        )
        if self.run("any", "SELECT 1 FROM changes.key LIMIT 1"):
            rows = " UNION ALL ".join(self._rows(side) for side in SIDES)
            self.run(
                "rows", f"CREATE OR REPLACE TABLE changes.row AS {self._sql('delta_row.sql', rows=rows)}"
            )
            self.run("records", self._sql("delta_record.sql", **self._record_parts()))
        changes = self._changes()
        return TableDelta(
            self.name,
            self.table.title,
            before,
            after,
            changes.get("added", 0),
            changes.get("changed", 0),
            changes.get("deleted", 0),
            self._empty_keys(),
            self._repeated_keys(),
            self._columns_changed(),
            self._only(),
        )

    def run(self, step: str, sql: str) -> list[tuple[object, ...]]:
        return self.duck.run(f"delta of {self.name}: {step}", sql)

    @property
    def keys(self) -> tuple[str, ...]:
        """Key columns, with the practice first: a key is unique in a practice. A table without a key has none."""
        if not self.table.key or self.table.practice in (None, *self.table.key):
            return self.table.key
        return (str(self.table.practice), *self.table.key)

    @property
    def compared(self) -> list[str]:
        """Columns that both sides delivered (all that one did where the other has no file), and odd cells."""
        sets = [one.columns[self.name] for one in self.delivered if self.name in one.columns]
        shared = frozenset.intersection(*sets) if sets else frozenset(self.table.columns)
        names = [name for name in self.table.columns if name in shared and name not in self.technical]
        extra = [one.additional.get(self.name, frozenset()) for one in self.delivered]
        return [*names, "odd", *([_ADDITIONAL] if extra[0] == extra[1] else [])]

    def _only(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before, after = (one.of(self.name) for one in self.delivered)
        if not before or not after:
            return ((), ())
        return tuple(sorted(before - after)), tuple(sorted(after - before))

    def _sql(self, file: str, **parts: str) -> str:
        keys = ", ".join(f"k{at}" for at in range(1, max(len(self.keys), 1) + 1))
        return sql_text(SQL, file, keys=keys, kind=self.name, **parts)

    def _count(self, side: str) -> int:
        return int(str(self.run("count", f"SELECT count(*) FROM raw_{side}.{quoted(self.name)}")[0][0]))

    @property
    def _content(self) -> str:
        """Fingerprint of a row s, with room for adding many up."""
        return f"(hash({_listed(f's.{quoted(one)}' for one in self.compared)}) >> 2)::BIGINT"

    def _key_values(self) -> list[str]:
        return [f"s.{quoted(key)}" for key in self.keys] or [self._content]

    def _prints(self) -> dict[str, str]:
        keys = _listed(f"{value} AS k{at}" for at, value in enumerate(self._key_values(), 1))
        select = f"SELECT {keys}, {self._content} AS content FROM"
        before, after = (f"{select} raw_{side}.{quoted(self.name)} AS s" for side in SIDES)
        return {"before": before, "after": after}

    def _rows(self, side: str) -> str:
        """Rows of one side whose key is not the same on both."""
        values = self._key_values()
        keys = _listed(f"{value} AS k{at}" for at, value in enumerate(values, 1))
        on_keys = " AND ".join(f"k.k{at} IS NOT DISTINCT FROM {value}" for at, value in enumerate(values, 1))
        cells = _listed(f"{quoted(one)} := s.{quoted(one)}" for one in self.compared)
        owner = [f"s.{quoted(one)}::VARCHAR" if one else "NULL::VARCHAR" for one in self._owner()]
        return f"""SELECT {SIDES.index(side)} AS later, s.file, s.record, {owner[0]} AS practice, {owner[1]} AS patient,
                   {keys}, {self._content} AS content, struct_pack({cells}) AS cells
            FROM raw_{side}.{quoted(self.name)} AS s WHERE EXISTS (SELECT 1 FROM changes.key AS k WHERE {on_keys})"""

    def _owner(self) -> tuple[str | None, str | None]:
        return self.table.practice, self.table.patient

    def _record_parts(self) -> dict[str, str]:
        places = range(1, max(len(self.keys), 1) + 1)
        key = _listed(f"{quoted(name)} := coalesce(a.k{at}, b.k{at})" for at, name in enumerate(self.keys, 1))
        unlike = _listed(
            f"CASE WHEN b.cells.{quoted(one)} IS DISTINCT FROM a.cells.{quoted(one)} THEN {text(one)} END"
            for one in self.compared
        )
        return {
            "on_keys": " AND ".join(f"b.k{at} IS NOT DISTINCT FROM a.k{at}" for at in places),
            "key": f"to_json(struct_pack({key}))::VARCHAR" if key else "NULL::VARCHAR",
            "unlike": f"[{unlike}]",
        }

    def _changes(self) -> dict[str, int]:
        sql = f"SELECT change, count(*) FROM changes.record WHERE kind = {text(self.name)} GROUP BY change"
        return {str(change): int(str(count)) for change, count in self.run("changes", sql)}

    def _columns_changed(self) -> dict[str, int]:
        sql = f"""SELECT name, count(*) AS often FROM (
                      SELECT unnest(from_json(columns, '["VARCHAR"]')) AS name FROM changes.record
                      WHERE kind = {text(self.name)} AND change = 'changed')
                  GROUP BY name ORDER BY often DESC, name"""
        return {str(name): int(str(count)) for name, count in self.run("columns", sql)}

    def _empty_keys(self) -> tuple[int, int]:
        """Rows in which a part of the key is empty, before and after."""
        empty = " OR ".join(f"{quoted(key)} IS NULL" for key in self.table.key) or "false"
        sql = [f"SELECT count(*) FROM raw_{side}.{quoted(self.name)} WHERE {empty}" for side in SIDES]
        before, after = (int(str(self.run("empty keys", one)[0][0])) for one in sql)
        return before, after

    def _repeated_keys(self) -> tuple[int, int]:
        """Rows that share their key with another of the same side, before and after."""
        if not self.keys:
            return (0, 0)
        sql = """SELECT coalesce(sum(earlier) FILTER (earlier > 1), 0), coalesce(sum(later) FILTER (later > 1), 0)
                 FROM changes.key"""
        before, after = self.run("repeated keys", sql)[0]
        return int(str(before)), int(str(after))


def patients_changed(duck: Duck) -> int:
    """Make `changes.patient` (who has how many records added, changed, deleted) and return how many patients it has. A
    record that names no practice is of the practice of the patient's others, where they are of one."""
    duck.run(
        "patients",
        """CREATE TABLE changes.patient AS
           WITH of_one AS (
               SELECT patient, min(practice) AS practice FROM changes.record WHERE patient IS NOT NULL
               GROUP BY patient HAVING count(DISTINCT practice) = 1
           ), named AS (
               SELECT r.patient, r.change, coalesce(r.practice, o.practice) AS practice
               FROM changes.record AS r LEFT JOIN of_one AS o ON o.patient = r.patient
           )
           SELECT practice, patient, count(*) FILTER (change = 'added') AS added,
                  count(*) FILTER (change = 'changed') AS changed, count(*) FILTER (change = 'deleted') AS deleted
           FROM named WHERE patient IS NOT NULL GROUP BY practice, patient""",
    )
    return int(duck.run("patients", "SELECT count(*) FROM changes.patient")[0][0])


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)
