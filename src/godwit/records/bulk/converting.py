"""From staged tables to canonical ones: run every SELECT of a format, number the rows, say what was set aside.

Each conversion becomes one Parquet file in the work folder, so that a practice of any size fits; the columns a SELECT
gives are the fields its format fills. What an entity lacks is NULL and is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from godwit.records.bulk.bulk_format import BulkFormat, Conversion
from godwit.records.bulk.casting import text
from godwit.records.canonical import ENTITIES, EXTRAS, Entity
from godwit.records.compare.people import Person
from godwit.records.compare.scheme import role_columns
from godwit.records.compare.stage import Side, columns_of
from godwit.records.duck import Duck
from godwit.records.formats.known import Known
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

_RAW = re.compile(r"\braw\.")
_SHARED = ("practitioner", "organisation")
"""Entities that belong to the practice and not to a patient: person 0."""
_PATIENT = ("nhs_number", "family", "given", "birth_date", "sex")


@dataclass(frozen=True, slots=True)
class Made:
    """One conversion done: its Parquet file under its entity, and the columns its SELECT gave."""

    entity: str
    path: Path
    columns: frozenset[str]

    def select(self) -> str:
        """SELECT of all canonical columns; those not written, because nothing fills them, are null."""
        entity = ENTITIES[self.entity]
        absent = set(_own_columns(entity)) - self.columns
        columns = (
            f"NULL::{kind} AS {name}" if name in absent else name
            for name, kind in canonical_columns(entity).items()
        )
        return f"SELECT {', '.join(columns)} FROM read_parquet({text(str(self.path))})"


@dataclass(frozen=True, slots=True)
class Canonical:
    """One side in canonical form: the parts of every entity, the format as it was met, and the patients."""

    parts: tuple[Made, ...]
    known: Known
    people: tuple[Person, ...]

    def of(self, entity: str) -> Iterator[Made]:
        """The parts of an entity."""
        return (one for one in self.parts if one.entity == entity)


def convert(duck: Duck, side: Side, format_: BulkFormat, done: Callable[[], None]) -> Canonical:
    """Make the canonical rows of one side from `raw_<side>` and book what was set aside in `ledger.set_aside`.

    Raises `LookupError` where a SELECT gives a column that its entity does not have: a defect of the format.
    """
    duck.run("rooms", f"CREATE SCHEMA IF NOT EXISTS made_{side}")
    for name in format_.format.prepared:
        table = f"raw_{side}.{name.removesuffix('.sql')}"
        duck.run(table, f"CREATE TABLE {table} AS\n{_of_side(format_.sql(f'prepared/{name}'), side)}")
    views = [(_view(duck, side, format_, one), one) for one in format_.format.conversions]
    _number_people(duck, side, [view for view, one in views if one.entity == "patient"])
    parts = []
    for view, one in views:
        parts.append(_write(duck, side, view, one))
        done()
    _set_aside(duck, side, format_)
    layout = format_.layout
    fills = {name: frozenset[str]() for name in ENTITIES}
    for part in parts:
        fills[part.entity] |= part.columns & {
            *ENTITIES[part.entity].field_names,
            *role_columns(ENTITIES[part.entity]),
        }
    known = Known(layout.system, layout.title, format_.format.reasons, fills)
    return Canonical(tuple(parts), known, tuple(_people(duck, parts)))


def _view(duck: Duck, side: Side, format_: BulkFormat, one: Conversion) -> str:
    view = f"made_{side}.{one.sql.removesuffix('.sql')}"
    duck.run(view, f"CREATE OR REPLACE VIEW {view} AS\n{_of_side(format_.sql(f'canonical/{one.sql}'), side)}")
    return view


def _of_side(sql: str, side: Side) -> str:
    return _RAW.sub(f"raw_{side}.", sql)


def _number_people(duck: Duck, side: Side, views: Iterable[str]) -> None:
    """`made_<side>.person`: the key of every patient -> a number from 1, in the order of the files."""
    rows = " UNION ALL BY NAME ".join(f"SELECT file, record, key FROM {view}" for view in views)
    rows = rows or "SELECT NULL::BIGINT AS file, NULL::BIGINT AS record, NULL::VARCHAR AS key WHERE false"
    duck.run(f"made_{side}.person", sql_text(SQL, "person.sql", side=side, patients=rows))


def _write(duck: Duck, side: Side, view: str, one: Conversion) -> Made:
    entity = ENTITIES[one.entity]
    given = {str(name).lower() for name, *_ in duck.run(view, f"DESCRIBE SELECT * FROM {view}")}
    unknown = given - {*_own_columns(entity), "file", "record", "part", "patient", "key", "source_id"}
    if unknown:
        raise LookupError(f"{view}: {one.entity} has no {sorted(unknown)}")
    sql = sql_text(
        SQL,
        "canonical_row.sql",
        side=side,
        view=view,
        kind=one.table,
        part="coalesce(c.part, 0)" if "part" in given else "0",
        source_id="c.source_id" if "source_id" in given else "NULL",
        person=_person(entity, given),
        patient="c.key" if entity.name == "patient" else "c.patient" if "patient" in given else "NULL",
        columns=",\n       ".join(
            f"c.{name}::VARCHAR AS {name}" for name in _own_columns(entity) if name in given
        ),
        during="c.consultation" if "consultation" in given else "NULL",
    )
    path = duck.write_parquet(f"canonical_{side}_{one.sql.removesuffix('.sql')}.parquet", sql)
    return Made(one.entity, path, frozenset(given))


def _own_columns(entity: Entity) -> tuple[str, ...]:
    """Fields, roles by meaning, and what goes beside them."""
    roles = tuple(one for one in role_columns(entity) if one not in entity.field_names)
    return (*entity.field_names, *roles, EXTRAS, "original")


def _person(entity: Entity, given: set[str]) -> str:
    if entity.name in _SHARED:
        return "coalesce(p.person, 0)" if "patient" in given else "0"
    return "p.person"


def _set_aside(duck: Duck, side: Side, format_: BulkFormat) -> None:
    if format_.format.set_aside:
        rows = _of_side(format_.sql(format_.format.set_aside), side)
        duck.run(
            "ledger.set_aside",
            f"""INSERT INTO ledger.set_aside (side, entity, file, record, kind, reason, detail)
            SELECT '{side}', entity, file, record, kind, reason, '' FROM ({rows})""",
        )


def _people(duck: Duck, parts: Iterable[Made]) -> Iterator[Person]:
    for part in parts:
        if part.entity == "patient":
            facts_of = ", ".join(one if one in part.columns else f"NULL AS {one}" for one in _PATIENT)
            rows = duck.each(
                "people",
                f"""SELECT person, file, {facts_of} FROM read_parquet({text(str(part.path))})
                WHERE person IS NOT NULL ORDER BY person, row""",
            )
            seen = set()
            for person, file, *facts in rows:
                if person not in seen:
                    seen.add(person)
                    given = {
                        name: fact for name, fact in zip(_PATIENT, facts, strict=True) if fact is not None
                    }
                    yield Person.of(person, file, given)


def open_canonical(duck: Duck, sides: dict[Side, Canonical], held: str | None = None) -> None:
    """Make `canonical.<entity>` views over the parts of both sides, and over the tables in schema `held` (a side that
    was read patient by patient), with links by meaning as columns."""
    for entity in ENTITIES.values():
        queries = [part.select() for one in sides.values() for part in one.of(entity.name)]
        if held:
            queries.append(f"SELECT {', '.join(canonical_columns(entity))} FROM {held}.{entity.name}")
        empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in canonical_columns(entity).items())
        sql = "\nUNION ALL\n".join(queries) or f"SELECT {empty} WHERE false"
        duck.run(f"canonical.{entity.name}", f"CREATE VIEW canonical.{entity.name} AS\n{sql}")


def canonical_columns(entity: Entity) -> dict[str, str]:
    """Columns of a canonical table whose links are told by meaning, with their types."""
    usual = columns_of(entity.name)
    roles = dict.fromkeys((one for one in role_columns(entity) if one not in usual), "VARCHAR")
    return {**usual, "part": "BIGINT", **roles}
