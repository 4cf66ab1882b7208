"""A small made-up layout, and a side staged from files given as text."""

import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.bulk_format import BulkFormat, Conversion, FormatFile, Values
from godwit.records.bulk.layout import Layout, checked
from godwit.records.bulk.recognise import Recognition, recognise
from godwit.records.bulk.staging import StagedFile, StagedSide, stage_side
from godwit.records.duck import Duck
from godwit.records.intake.unpack import PlainFile

HEADER = '"id","guid","day","number","whole","flag","text"'
GOOD = (
    '"1","{ABCDEF01-0000-4000-8000-000000000001}","2020-03-05","5.10","12","true","first"',
    '2,abcdef01-0000-4000-8000-000000000002,2020-03-06,-.50,-1,FALSE,"say ""so"", twice"',
    '"3","","","","","",""',
)
COLUMNS = {
    "id": {"type": "text"},
    "guid": {"type": "guid"},
    "day": {"type": "date"},
    "clock": {"type": "time"},
    "number": {"type": "number"},
    "whole": {"type": "int"},
    "flag": {"type": "flag"},
    "text": {"type": "text"},
}
TABLES: dict[str, Any] = {
    "Entry": {
        "title": "Entries",
        "key": ["id"],
        "layouts": {
            "1": ["id", "guid", "day", "number", "whole", "flag"],
            "2, 3": ["id", "guid", "day", "number", "whole", "flag", "text"],
        },
        "optional": ["clock"],
        "columns": COLUMNS,
    },
    "Person": {
        "title": "People",
        "key": ["person"],
        "practice": "practice",
        "patient": "person",
        "layouts": {"1": ["person", "practice", "name"]},
        "columns": {"person": {"type": "guid"}, "practice": {"type": "guid"}, "name": {"type": "text"}},
    },
}


def lines(*rows: str, end: str = "\r\n") -> str:
    return "".join(row + end for row in rows)


def layout(tables: Mapping[str, Any] = TABLES, **grammar: Any) -> Layout:
    head = {"edition": "1", "system": "small", "title": "Small", "practices": None, "tables": tables}
    pattern = r"^(?P<processing>\d+)_(?P<table>\w+?)(_(?P<taken_at>\d{14}))?\.csv$"
    return checked({**head, "grammar": grammar, "file_name": pattern})


class Scene:
    """A folder of files, a work folder and an engine; closed when the test's folder goes."""

    def __init__(self, folder: Path, tables: Mapping[str, Any] = TABLES, **grammar: Any) -> None:
        self.layout = layout(tables, **grammar)
        conversions = (Conversion(sql="entry.sql", entity="observation", table="Entry"),)
        format_ = FormatFile(conversions=conversions) if "Entry" in tables else FormatFile()
        values = {"kind": Values(title="Kinds", source="made up", words={"A": "acute"})}
        self.format = BulkFormat("tests", self.layout, format_, values)
        self.delivered, self.work = folder / "delivered", folder / "work"
        self.delivered.mkdir()
        self.work.mkdir()
        self.duck = Duck(self.work, reads=(self.delivered,))
        self.side: StagedSide

    def with_practices(self, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the format say which practices there are."""
        self.use(self.layout.model_copy(update={"practices": "practices.sql"}))
        monkeypatch.setattr(BulkFormat, "sql", lambda *_: sql)

    def use(self, layout_: Layout) -> None:
        """Go on with another layout."""
        self.layout = layout_
        self.format = replace(self.format, layout=layout_)

    def files(self, contents: Mapping[str, bytes | str]) -> list[PlainFile]:
        shutil.rmtree(self.delivered)
        self.delivered.mkdir()
        made = []
        for number, (name, data) in enumerate(sorted(contents.items()), start=1):
            path = self.delivered / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
            made.append(PlainFile(number, name, path, path.stat().st_size))
        return made

    def recognise(self, contents: Mapping[str, bytes | str]) -> Recognition:
        found = recognise(self.files(contents), [self.layout], "source")
        assert found
        return found

    def stage(self, contents: Mapping[str, bytes | str], tables: Collection[str] | None = None) -> StagedSide:
        self.side = stage_side(self.duck, "source", self.format, self.recognise(contents), tables=tables)
        return self.side

    @property
    def file(self) -> StagedFile:
        return self.side.files[0]

    def rows(self, columns: str, table: str = "Entry") -> list[tuple[Any, ...]]:
        return self.duck.run("rows", f'SELECT {columns} FROM raw_source."{table}" ORDER BY file, record')

    def rows_of(self, table: str) -> list[tuple[Any, ...]]:
        return self.duck.run("rows", f"SELECT * FROM raw_source.{table}")

    def ledger(self, name: str) -> list[tuple[Any, ...]]:
        return self.duck.run("ledger", f"SELECT * FROM ledger.{name} ORDER BY ALL")
