"""Who has what: the patients that fit each criterion, and the rare kinds of data that patients hold.

Both end in one table, `sampling.holds` (route, kind, person, score, mate), of which a sample is then chosen. All of it
is about the source; nothing but counts leaves the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from godwit.records.canonical import ENTITIES, Kind
from godwit.records.duck import Duck
from godwit.records.sampling.criteria import Criteria, Criterion, concept_of
from godwit.records.steps import sql_text

SQL = Path(__file__).parent / "sql"

Columns = Mapping[str, frozenset[str]]
"""Fields and roles, by kind of record, that the source fills and that stand in its tables."""

SHARED = ("practitioner", "organisation", "unclassified")
"""Kinds of record that belong to the practice and not to a patient."""

OWN = tuple(entity for entity in ENTITIES.values() if entity.name not in SHARED)
"""Kinds of record of a patient."""

HOLDS = {"route": "VARCHAR", "kind": "VARCHAR", "person": "BIGINT", "score": "BIGINT", "mate": "BIGINT"}
_QUARTER, _CHILDHOOD = timedelta(days=92), 18


def prepare(duck: Duck, today: date, seed: int) -> None:
    """Make the room: the source's rows as `sampling.<entity>`, its patients in random order, what each has."""
    duck.run("rooms", "CREATE SCHEMA sampling")
    days = {
        "day": today.isoformat(),
        "quarter_before": (today - _QUARTER).isoformat(),
        "birth_of_18": f"{today.year - _CHILDHOOD}-{today:%m-%d}",
    }
    duck.load("sampling.day", dict.fromkeys(days, "VARCHAR"), [days])
    for entity in OWN:
        view = f"sampling.{entity.name}"
        duck.run(view, f"CREATE VIEW {view} AS SELECT * FROM canonical.{entity.name} WHERE side = 'source'")
    _make(duck, "person", sql_text(SQL, "person.sql", seed=str(seed)))
    _make(duck, "code", sql_text(SQL, "code.sql"))
    moments = {one.name: one.first_of(Kind.MOMENT) or "NULL::VARCHAR" for one in OWN}
    tally = "\nUNION ALL\n".join(
        sql_text(SQL, "tally.sql", entity=entity, moment=moment) for entity, moment in moments.items()
    )
    _make(duck, "tally", tally)
    duck.load("sampling.holds", HOLDS, ())


def _make(duck: Duck, table: str, sql: str) -> None:
    duck.run(f"sampling.{table}", f"CREATE TABLE sampling.{table} AS\n{sql}")


def columns_of_source(duck: Duck, fills: Columns) -> Columns:
    """What of `fills`, the fields and roles a format fills, stands as a column in the tables."""
    rows = duck.run(
        "columns",
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'sampling'",
    )
    there = {(str(table), str(column)) for table, column in rows}
    return {
        one.name: frozenset(name for name in fills.get(one.name, ()) if (one.name, name) in there)
        for one in OWN
    }


def find_eligible(duck: Duck, criteria: Criteria, columns: Columns) -> tuple[Criterion, ...]:
    """Put into `sampling.holds` who fits which criterion; returns the criteria that this source can tell."""
    tellable = tuple(one for one in criteria.criteria if one.tellable(columns))
    _by_words(duck, [one for one in tellable if one.words])
    for one in tellable:
        if not one.words:
            found = (SQL / f"{one.id}.sql").read_text(encoding="utf-8")
            duck.run(f"criterion {one.id}", sql_text(SQL, "by_query.sql", criterion=one.id, found=found))
    return tellable


def _by_words(duck: Duck, criteria: Iterable[Criterion]) -> None:
    """Hold every term in use against the patterns, once; then count the records that have one of those found."""
    patterns = [
        {"criterion": one.id, "entity": entity, "pattern": one.words}
        for one in criteria
        for entity in one.among
    ]
    duck.load("sampling.pattern", dict.fromkeys(("criterion", "entity", "pattern"), "VARCHAR"), patterns)
    among = sorted({one["entity"] for one in patterns if one["entity"]})
    terms = "\nUNION ALL\n".join(
        sql_text(SQL, "term.sql", entity=one, code=concept_of(one) or "") for one in among
    )
    duck.run(
        "sampling.fits",
        f"""CREATE TABLE sampling.fits AS
        SELECT p.criterion, t.entity, t.code, t.words FROM ({terms}) AS t
        JOIN sampling.pattern AS p ON p.entity = t.entity AND regexp_matches(t.lowered, p.pattern)""",
    )
    for one in among:
        duck.run(f"words of {one}", sql_text(SQL, "by_words.sql", entity=one, code=concept_of(one) or ""))


def find_rare(duck: Duck, columns: Columns) -> None:
    """Put into `sampling.holds` which kinds of record, fields, code systems and documents each patient has."""
    held = {name for (name,) in duck.run("tallied", "SELECT DISTINCT entity FROM sampling.tally")}
    for entity in (one for one in OWN if one.name in held):
        fields = [name for name in entity.field_names if name in columns[entity.name]]
        cases = ", ".join(f"CASE WHEN count(c.{name}) > 0 THEN '.{name}' END" for name in fields)
        if cases:
            duck.run(f"filled {entity.name}", sql_text(SQL, "filled.sql", entity=entity.name, fields=cases))
        code = concept_of(entity.name)
        if code in columns[entity.name]:
            duck.run(f"systems {entity.name}", sql_text(SQL, "systems.sql", entity=entity.name, code=code))
    duck.run("documents", (SQL / "document_kinds.sql").read_text(encoding="utf-8"))


def possible_kinds(columns: Columns) -> Iterator[str]:
    """Every kind of record and field that the source's format can fill, as `sampling.holds` names them."""
    for entity in OWN:
        filled = [name for name in entity.field_names if name in columns[entity.name]]
        if filled:
            yield entity.name
            yield from (f"{entity.name}.{name}" for name in filled)
