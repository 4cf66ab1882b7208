"""Fetch the records of the patients of a sample, both sides, with what the comparison says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from godwit.records.duck import Duck
from godwit.records.sampling.drawing import Chosen, Sample
from godwit.records.sampling.eligible import OWN
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

Row = Mapping[str, str]
"""A canonical row without what is empty."""

NAMED = ("performer", "recorder", "location", "organisation")
"""Links whose other end has a name; where links lead to records, the name is fetched there."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the comparison says of a line: a finding about a field or the whole record, or a rule that explains it.

    `agreement` is the id of the one that accepts the finding.
    """

    field: str | None
    source: str | None
    target: str | None
    reason: str | None
    severity: str | None
    finding: str | None
    rule: str | None
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One record of either side or both, with its notes."""

    entity: str
    source: Row | None
    target: Row | None
    notes: tuple[Note, ...] = ()


Key = tuple[str, int | None, int | None]
"""A line: kind of record, row of the source, row of the target."""


_LINES = """SELECT place, entity, source_row, target_row FROM shown.line
ORDER BY place, entity, source_row NULLS LAST, target_row"""


@dataclass(slots=True)
class Gathered:
    """The tables of schema `shown`, ready to be read patient by patient."""

    duck: Duck
    sample: Sample
    columns: dict[str, list[str]] = field(default_factory=dict)

    def patients(self) -> Iterator[tuple[Chosen, list[Pair]]]:
        """Every patient of the sample with all records, one patient after the other."""
        lines = _InTurn(self.duck.each("lines", _LINES))
        notes = _InTurn(self.duck.each("notes", sql_text(SQL, "notes.sql")))
        rows = {
            entity: _InTurn(
                self.duck.each(f"rows of {entity}", sql_text(SQL, "place_rows.sql", entity=entity))
            )
            for entity in self.columns
        }
        for place, chosen in enumerate(self.sample.chosen, start=1):
            said = _notes(notes.of(place))
            theirs = {entity: self._rows(entity, found.of(place)) for entity, found in rows.items()}
            yield chosen, [_pair(theirs[line[0]], line, said) for line in lines.of(place)]

    def index(self) -> Iterator[tuple[Chosen, str, str, int]]:
        """Every patient of the sample with family name, given names and how many records have a finding."""
        rows = self.duck.run("index", (SQL / "index.sql").read_text(encoding="utf-8"))
        for place, family, given, findings in rows:
            yield self.sample.chosen[place - 1], family, given, findings

    def _rows(self, entity: str, rows: Iterable[Sequence[Any]]) -> dict[tuple[str, int | None], Row]:
        names = self.columns[entity]
        found: dict[tuple[str, int | None], Row] = {}
        for row in rows:
            one = {name: value for name, value in zip(names, row, strict=True) if value is not None}
            found[str(one["side"]), int(one["row"])] = one
        return found


class _InTurn:
    """Rows of a query in order of the place in the sample, their first column, handed out place by place."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, place: int) -> list[Sequence[Any]]:
        """The rows of this place without it. Places are asked for in their order."""
        if self._next is None or self._next[0] != place:
            return []
        found = [row[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return found


def _notes(rows: Iterable[Sequence[Any]]) -> dict[Key, list[Note]]:
    found: dict[Key, list[Note]] = {}
    for entity, source, target, *note in rows:
        found.setdefault((entity, source, target), []).append(Note(*note))
    return found


def _pair(
    rows: Mapping[tuple[str, int | None], Row], line: Sequence[Any], notes: Mapping[Key, Sequence[Note]]
) -> Pair:
    entity, source, target = line
    said = tuple(notes.get((entity, source, target), ()))
    return Pair(entity, rows.get(("source", source)), rows.get(("target", target)), said)


def gather_sample(duck: Duck, sample: Sample) -> Gathered:
    """Make schema `shown` for the patients of a sample. Needs `canonical.*`, `paired.*` and the findings."""
    duck.run("rooms", "CREATE SCHEMA shown")
    people = [
        {"place": place, "side": side, "person": person}
        for place, one in enumerate(sample.chosen, start=1)
        for side, person in (("source", one.person), ("target", one.target_person))
        if person is not None
    ]
    duck.load("shown.person", {"place": "BIGINT", "side": "VARCHAR", "person": "BIGINT"}, people)
    lines = "\nUNION ALL\n".join(
        f"SELECT * FROM ({sql_text(SQL, 'pairs.sql', entity=one.name)})" for one in OWN
    )
    duck.run("shown.line", f"CREATE TABLE shown.line AS\n{lines}")
    gathered = Gathered(duck, sample)
    linked = _links_by_record(duck)
    for (name,) in duck.run("entities", "SELECT DISTINCT entity FROM shown.line ORDER BY entity"):
        table = f"shown.{name}"
        duck.run(table, f"CREATE TABLE {table} AS\n{_rows_of(name, linked)}")
        gathered.columns[name] = [str(column) for column, *_ in duck.run(table, f"DESCRIBE {table}")]
    return gathered


def _links_by_record(duck: Duck) -> bool:
    there = "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'canonical' AND table_name = 'link'"
    return bool(duck.run("links", there))


def _rows_of(entity: str, linked: bool) -> str:
    """The rows to show; where links lead from record to record (`linked`), with the names at their other ends."""
    rows = sql_text(SQL, "rows.sql", entity=entity)
    if not linked:
        return rows
    names = ", ".join(f"max(words) FILTER (WHERE role = '{one}') AS {one}" for one in NAMED)
    return sql_text(SQL, "named_rows.sql", rows=rows, names=names)
