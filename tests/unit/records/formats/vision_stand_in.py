"""A stand-in for staging: hand-written Vision rows as `raw.<Table>`, and the format's SQL run over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from godwit.definitions.read import resource
from godwit.records.bulk.layout import load_layout
from godwit.records.duck import Duck

PACKAGE = "godwit.records.formats.vision"
LAYOUT = load_layout(PACKAGE)
FORMAT = yaml.safe_load(resource(PACKAGE, "format.yaml").read_text(encoding="utf-8"))

Cells = Mapping[str, Any]


class Vision:
    """One made-up delivery, staged: every table of the layout is there, empty where no rows were given."""

    def __init__(self, work: Path, **tables: Sequence[Cells]) -> None:
        self.duck = Duck(work)
        self.tables = tables
        self.duck.run("rooms", "CREATE SCHEMA raw")
        for number, (name, table) in enumerate(LAYOUT.tables.items(), start=1):
            columns = {"file": "BIGINT", "record": "BIGINT"}
            columns |= dict.fromkeys((*table.columns, "odd", "more"), "VARCHAR")
            rows = [
                {"file": number, "record": at, **row} for at, row in enumerate(tables.get(name, ()), start=1)
            ]
            self.duck.load(f"raw.{name}", columns, rows)
        self.duck.load("raw.snapshot", {"taken_at": "VARCHAR"}, [{"taken_at": "2027-03-01T01:00:00"}])
        self._values()
        for name in FORMAT["prepared"]:
            self.duck.run(
                name, f"CREATE TABLE raw.{name.removesuffix('.sql')} AS {self.text('prepared', name)}"
            )

    def _values(self) -> None:
        for file in resource(PACKAGE, "values").iterdir():
            words = yaml.safe_load(file.read_text(encoding="utf-8"))["words"]
            rows = [{"delivered": delivered, "ours": ours} for delivered, ours in words.items()]
            self.duck.load(
                f"raw.value_{file.name.removesuffix('.yaml')}",
                {"delivered": "VARCHAR", "ours": "VARCHAR"},
                rows,
            )

    @staticmethod
    def text(*place: str) -> str:
        """A SQL text of the format."""
        return resource(PACKAGE, "/".join(place)).read_text(encoding="utf-8")

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of one SELECT of the format, by column name, in file order."""
        self.duck.run("view", f"CREATE OR REPLACE VIEW made AS {sql}")
        names = [str(one[0]).lower() for one in self.duck.run("names", "DESCRIBE made")]
        return [
            dict(zip(names, row, strict=True))
            for row in self.duck.run("rows", "FROM made ORDER BY file, record")
        ]

    def of(self, entity: str) -> list[dict[str, Any]]:
        """The rows of an entity."""
        found = []
        for one in FORMAT["conversions"]:
            if one["entity"] == entity:
                found += self.rows(self.text("canonical", one["sql"]))
        return found

    def set_aside(self) -> list[dict[str, Any]]:
        """The rows that are set aside."""
        return self.rows(self.text("set_aside.sql"))
