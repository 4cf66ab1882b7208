"""Put what the readers found into tables: one canonical table per entity, one of links, one ledger per fate."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.compare.people import Person
from godwit.records.duck import Duck
from godwit.records.formats.reading import Reading
from godwit.records.model import Place, Row

Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")

_HEAD = {
    "side": "VARCHAR",
    "row": "BIGINT",
    "file": "BIGINT",
    "record": "BIGINT",
    "record_kind": "VARCHAR",
    "person": "BIGINT",
    "source_id": "VARCHAR",
    "local_id": "VARCHAR",
    "during": "VARCHAR",
}
_LINK = {
    "side": "VARCHAR",
    "row": "BIGINT",
    "role": "VARCHAR",
    "ordinal": "BIGINT",
    "target": "BIGINT",
    "words": "VARCHAR",
}
LEDGER_COLUMNS = {
    "side": "VARCHAR",
    "entity": "VARCHAR",
    "file": "BIGINT",
    "record": "BIGINT",
    "kind": "VARCHAR",
    "reason": "VARCHAR",
    "detail": "VARCHAR",
}
"""Columns of every ledger table."""

_FLUSH_AT = 50_000
"""Rows held in memory before they go into the tables."""

NOWHERE = "a record that is not there"
"""The words of a link whose other end is not among the records of its file."""

LEDGERS = ("set_aside", "reject", "issue")
"""Ledger tables: `reason` is the reason for setting aside or the rule that was broken."""


def columns_of(entity: str) -> dict[str, str]:
    """Columns of `canonical.<entity>`: where the row is from, its fields, what else it held, what was delivered."""
    fields = dict.fromkeys(ENTITIES[entity].field_names, "VARCHAR")
    return {**_HEAD, **fields, EXTRAS: "VARCHAR", "original": "VARCHAR"}


@dataclass(slots=True)
class Staging:
    """Collects the readings of one side, file by file, and hands out row numbers and person numbers. `room` is the
    schema of the tables."""

    duck: Duck
    side: Side
    room: str = "canonical"
    people: list[Person] = field(default_factory=list)
    _rows: int = 0
    _pending: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def add(self, reading: Reading, file: int) -> None:
        """Stage one file's records."""
        numbers = {id(row): self._rows + order for order, row in enumerate(reading.rows, start=1)}
        by_key = {row.key: numbers[id(row)] for row in reversed(reading.rows) if row.key}
        self._rows += len(reading.rows)
        persons = self._persons(reading, file)
        consultations = _consultations(reading)
        for row, person in zip(reading.rows, persons, strict=True):
            record = self._as_record(row, numbers[id(row)], person)
            record["during"] = next(
                (consultations[link.target].fields.get("start") for link in row.links
                 if link.role == "consultation" and link.target in consultations), None
            )  # fmt: skip
            self._put(f"{self.room}.{row.entity}", record)
            for ordinal, link in enumerate(row.links):
                target = by_key.get(link.target) if link.target else None
                self._put(f"{self.room}.link", {
                    "side": self.side, "row": numbers[id(row)], "role": link.role, "ordinal": ordinal,
                    "target": target, "words": link.display or (None if target else NOWHERE),
                })  # fmt: skip
        self._ledger(reading)
        if sum(map(len, self._pending.values())) >= _FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        """Write what is pending into the tables; tables nobody wrote to are made empty."""
        for entity in ENTITIES:
            name = f"{self.room}.{entity}"
            self.duck.load(name, columns_of(entity), self._pending.pop(name, []))
        self.duck.load(f"{self.room}.link", _LINK, self._pending.pop(f"{self.room}.link", []))
        for ledger in LEDGERS:
            self.duck.load(f"ledger.{ledger}", LEDGER_COLUMNS, self._pending.pop(f"ledger.{ledger}", []))

    def _put(self, table: str, record: Mapping[str, object]) -> None:
        self._pending.setdefault(table, []).append(dict(record))

    def _persons(self, reading: Reading, file: int) -> list[int]:
        """Each row's person: a patient record's own; else that of the patient it names; else the file's first."""
        before = len(self.people)
        own: dict[int, int] = {}
        by_key: dict[str | None, int] = {None: before + 1}
        for order, row in enumerate(reading.rows):
            if row.entity == "patient":
                self.people.append(Person.of(len(self.people) + 1, file, row.fields))
                own[order] = len(self.people)
                by_key.setdefault(row.key, own[order])
        if not own and reading.readable:  # a file that cannot be read is not yet a patient
            self.people.append(Person(len(self.people) + 1, file))
        return [
            own.get(order) or by_key.get(row.patient, before + 1) for order, row in enumerate(reading.rows)
        ]

    def _as_record(self, row: Row, number: int, person: int) -> dict[str, object]:
        return {
            "side": self.side,
            "row": number,
            "file": row.place.file,
            "record": row.place.record,
            "record_kind": row.place.kind,
            "person": person,
            "source_id": row.source_id,
            "local_id": row.key.rpartition("/")[2].upper() if row.key else None,
            **row.fields,
            EXTRAS: _text(row.extras),
            "original": _text(row.original),
        }

    def _ledger(self, reading: Reading) -> None:
        for one in reading.set_aside:
            self._put("ledger.set_aside", self._entry(one.place, one.entity, one.reason, ""))
        for reject in reading.rejects:
            self._put("ledger.reject", self._entry(reject.place, reject.entity, reject.rule, reject.detail))
        for issue in reading.issues:
            self._put("ledger.issue", self._entry(issue.place, issue.entity, issue.rule, issue.detail))

    def _entry(self, place: Place, entity: str, reason: str, detail: str) -> dict[str, object]:
        return {
            "side": self.side,
            "entity": entity,
            "file": place.file,
            "record": place.record,
            "kind": place.kind,
            "reason": reason,
            "detail": detail,
        }


def _consultations(reading: Reading) -> dict[str | None, Row]:
    """The consultations of a file by key; a link to a key that several records have leads to the first of them."""
    first = {row.key: row for row in reversed(reading.rows) if row.key}
    return {key: row for key, row in first.items() if row.entity == "consultation"}


def _text(mapping: Mapping[str, object]) -> str | None:
    return json.dumps(mapping, ensure_ascii=False, sort_keys=True) if mapping else None


def make_rooms(duck: Duck) -> None:
    """Schemas that show the stage a table belongs to."""
    for name in ("canonical", "held", "ledger", "paired", "finding"):
        duck.run("rooms", f"CREATE SCHEMA {name}")


def load_people(duck: Duck, pairs: Iterable[tuple[int, int]]) -> None:
    """`paired.person`: source and target person numbers that are one person; `scope` numbers the pair. Scope 0 is the
    practice itself: its staff and places."""
    columns = {"scope": "BIGINT", "source_person": "BIGINT", "target_person": "BIGINT"}
    duck.load("paired.person", columns, _numbered(pairs))


def _numbered(pairs: Iterable[tuple[int, int]]) -> Iterator[dict[str, object]]:
    yield {"scope": 0, "source_person": 0, "target_person": 0}
    for scope, (source, target) in enumerate(pairs, start=1):
        yield {"scope": scope, "source_person": source, "target_person": target}
