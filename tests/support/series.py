"""A made-up supplier with deltas, its extracts as plain dictionaries, and a side of them staged without any reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from godwit.records.bulk.batches import Arrival
from godwit.records.bulk.ground import Ground
from godwit.records.bulk.layout import Grammar, Layout, Table
from godwit.records.bulk.state import Settled, settle
from godwit.records.bulk.state_rules import ManifestColumns, Sharing, StateRules
from godwit.records.duck import Duck

Row = Mapping[str, object]
Extract = Mapping[str, Sequence[Row]]
"""Rows by table."""

TYPES = {"guid": "VARCHAR", "flag": "BOOLEAN", "int": "BIGINT"}
NAME = r"^(?P<processing>[0-9-]+)_(?P<table>[A-Za-z]+)_(?P<taken_at>\d{14})_(?P<agreement>[a-z]+)\.csv$"


def _table(key: str, columns: str, **more: Any) -> Table:
    kinds = {"Gone": "flag", "Turn": "int", "Active": "flag"}
    names = columns.split()
    return Table.model_validate(
        {
            "title": "made up",
            "key": key.split(),
            "layouts": {"1": names},
            "columns": {name: {"type": kinds.get(name, "text"), "null": True} for name in names},
            **more,
        }
    )


OWNED = {"practice": "Org", "patient": "Pat"}
LAYOUT = Layout(
    edition="1",
    system="made_up",
    title="Made up",
    grammar=Grammar(),
    file_name=NAME,
    tables={
        "Patient": _table("Pat", "Pat Org Name LeftOn Gone Turn", deleted="Gone", **OWNED),
        "Entry": _table("Pat Id", "Pat Id Org Text Gone Turn", deleted="Gone", **OWNED),
        "Extension": _table("Pat Id", "Pat Id Org Extra Turn", **OWNED),
        "Note": _table("Id", "Pat Id", patient="Pat"),
        "Session": _table("Id", "Id Org Place Gone Turn", deleted="Gone", practice="Org"),
        "Code": _table("Id", "Id Term Turn", reference=True),
        "Audit": _table("", "What Org", practice="Org"),
        "Agreement": _table("Org", "Org Active", practice="Org"),
        "Manifest": _table("", "Name Delta Since Until", reference=True),
    },
)
RULES = StateRules(
    edition="1",
    source="made up",
    order="Turn",
    patients="Patient",
    entries="Entry",
    gone_since=("LeftOn",),
    rebulk_patients=3,
    rebulk_entries=6,
    sharing=Sharing(table="Agreement", practice="Org", off='NOT "Active"'),
    follows={"Extension": "Entry"},
    technical=("Turn",),
)
WITH_MANIFEST = RULES.model_copy(
    update={
        "manifest": ManifestColumns(
            table="Manifest", file="Name", delta="Delta", since="Since", until="Until"
        )
    }
)


@dataclass(frozen=True)
class File:
    """One file as delivered."""

    name: str
    table: str
    rows: Sequence[Row]
    sha256: str = ""


def batch(number: int, extract: Extract, agreement: str = "all", upto: int | None = None) -> list[File]:
    """The files of one extract, named as the supplier names them; `number` is its processing number and its day."""
    span = f"{number}-{upto}" if upto else f"{number}"
    return [
        File(f"{span}_{table}_202601{number:02d}000000_{agreement}.csv", table, rows)
        for table, rows in extract.items()
    ]


@dataclass
class Settling:
    """A settled side, open."""

    duck: Duck
    side: str
    settled: Settled
    files: list[File] = field(default_factory=list)

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Current rows of a table, sorted."""
        names = ", ".join(f'"{one}"' for one in columns or LAYOUT.tables[table].columns if one != "Turn")
        return sorted(self.duck.run("rows", f'SELECT {names} FROM raw_{self.side}."{table}"'), key=repr)

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """All tables."""
        return {name: self.rows(name) for name in LAYOUT.tables if name != "Manifest"}

    def fates(self) -> dict[tuple[str, str], int]:
        """Rows set aside by table and reason."""
        return self.settled.fates

    def balanced(self) -> bool:
        """Whether every row of every file is current or in the ledger, and none is twice."""
        sql = f"""SELECT file, record FROM ledger.set_aside WHERE side = '{self.side}' """
        for name in LAYOUT.tables:
            sql += f' UNION ALL SELECT file, record FROM raw_{self.side}."{name}"'
        found = sorted(self.duck.run("all", sql))
        return found == sorted(
            (at, n) for at, one in enumerate(self.files, 1) for n in range(1, len(one.rows) + 1)
        )


@contextmanager
def settled(files: Sequence[File], rules: StateRules = RULES, side: str = "source") -> Iterator[Settling]:
    """Stage files and settle them."""
    with TemporaryDirectory() as folder, Duck(Path(folder)) as duck:
        arrivals = stage(duck, side, files)
        one = settle(Ground(duck, side, LAYOUT, rules), arrivals)
        yield Settling(duck, side, one, list(files))


def stage(duck: Duck, side: str, files: Sequence[File]) -> list[Arrival]:
    """Views `raw_<side>.<Table>` over the rows of the files, as staging makes them."""
    duck.run("room", f"CREATE SCHEMA raw_{side}; CREATE SCHEMA IF NOT EXISTS held")
    for name, table in LAYOUT.tables.items():
        kinds = {column: TYPES.get(kind.type, "VARCHAR") for column, kind in table.columns.items()}
        columns = {"file": "BIGINT", "record": "BIGINT", **kinds, "odd": "VARCHAR", "more": "VARCHAR"}
        rows = (
            {"file": number, "record": at, **row}
            for number, one in enumerate(files, 1)
            if one.table == name
            for at, row in enumerate(one.rows, 1)
        )
        duck.load(f"held.{side}_{name}", columns, rows)
        duck.run("view", f'CREATE VIEW raw_{side}."{name}" AS SELECT * FROM held.{side}_{name}')
    return [Arrival(number, one.name, one.table, one.sha256) for number, one in enumerate(files, 1)]
