"""A stand-in for staging: hand-written SystmOne rows as `raw.<Table>`, and the format's SQL run over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from godwit.records.bulk.bulk_format import load_format
from godwit.records.bulk.layout import Table
from godwit.records.duck import Duck

FORMAT = load_format("tpp")
PLACED = {name: table for name, table in FORMAT.layout.tables.items() if not table.canonical}
TYPES = {"int": "BIGINT", "flag": "BOOLEAN"}
SNAPSHOT = "2027-03-01T01:00:00"

Cells = dict[str, Any]
Row = dict[str, Any]

OWN: Cells = {
    "RowIdentifier": 1, "IDOrganisationVisibleTo": "A81001", "IDOrganisation": "A81001", "IDPatient": 7, "IDEvent": 50,
    "IDDoneBy": 3, "IDProfileEnteredBy": 30, "DateEvent": "2020-03-05T09:15:00", "RemovedData": False,
    "DateEventRecorded": "2020-03-05T09:20:00",
}  # fmt: skip
"""What most rows say of themselves; a table that has not all of these columns does without."""


def _columns(table: Table) -> dict[str, str]:
    columns = {name: TYPES.get(each.type, "VARCHAR") for name, each in table.columns.items()}
    return {"file": "BIGINT", "record": "BIGINT", **columns, "odd": "VARCHAR", "more": "VARCHAR"}


def _make(name: str, columns: dict[str, str]) -> str:
    shape = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    return f"CREATE TABLE raw.{name} ({shape});"


COLUMNS = {name: _columns(table) for name, table in PLACED.items()}
ROOMS = "CREATE SCHEMA raw;" + "".join(_make(name, columns) for name, columns in COLUMNS.items())
WORDS = "".join(
    _make(f"value_{name}", {"delivered": "VARCHAR", "ours": "VARCHAR"})
    + f"INSERT INTO raw.value_{name} VALUES "
    + ", ".join(f"('{delivered}', '{ours}')" for delivered, ours in values.words.items())
    + ";"
    for name, values in FORMAT.values.items()
)
PREPARED = "".join(
    f"CREATE TABLE raw.{name.removesuffix('.sql')} AS {FORMAT.sql(f'prepared/{name}')};"
    for name in FORMAT.format.prepared
)


class SystmOne:
    """One made-up delivery, staged: every table the model has a place for is there, empty where no rows were given."""

    def __init__(self, work: Path, **tables: Sequence[Cells]) -> None:
        self.duck = Duck(work)
        self.duck.run("rooms", ROOMS + WORDS)
        for number, (name, columns) in enumerate(COLUMNS.items(), start=1):
            rows = [
                {"file": number, "record": at, **_fitting(row, columns)}
                for at, row in enumerate(tables.get(name, ()), start=1)
            ]
            if rows:
                self.duck.load(f"raw.{name}", columns, rows)
        self.duck.load("raw.snapshot", {"taken_at": "VARCHAR"}, [{"taken_at": SNAPSHOT}])
        self.duck.run("prepared", PREPARED)

    def rows(self, sql: str) -> list[Row]:
        """The rows of one SELECT of the format, by column name, in file order."""
        self.duck.run("view", f"CREATE OR REPLACE VIEW made AS {sql}")
        names = [str(one[0]) for one in self.duck.run("names", "DESCRIBE made")]
        found = self.duck.run("rows", "FROM made ORDER BY file, record")
        return [dict(zip(names, row, strict=True)) for row in found]

    def of(self, entity: str) -> list[Row]:
        """The rows of an entity, conversion by conversion."""
        wanted = [one for one in FORMAT.format.conversions if one.entity == entity]
        return [row for one in wanted for row in self.rows(FORMAT.sql(f"canonical/{one.sql}"))]

    def set_aside(self) -> dict[str, list[str | None]]:
        """The reasons for which rows are set aside, by table, in file order."""
        found: dict[str, list[str | None]] = {}
        for row in self.rows(FORMAT.sql("set_aside.sql")):
            found.setdefault(str(row["kind"]), []).append(row["reason"])
        return found


def _fitting(row: Cells, columns: dict[str, str]) -> Cells:
    """The row without those of the usual cells that its table has no column for."""
    return {name: cell for name, cell in row.items() if name in columns or name not in OWN}
