"""Measures: counts that both sides must agree on, as data, and the members of each on either side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from godwit.definitions.comparison.high_risk_drugs import read_high_risk_drugs
from godwit.definitions.read import Definition, parse, resource
from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck
from godwit.records.reconcile.holding import Formats, columns_in, filled, held, unfilled
from godwit.records.steps import sql_text

SQL = Path(__file__).parent / "sql"

Gate = Literal["exact", "explained", "information"]

HIGH_RISK = "high_risk"
"""Pseudo-column of medicines: the group of high-risk medicines that a product is of; null for any other."""


_NO_COLUMN = (HIGH_RISK, "today")


class Measure(Definition):
    """A set of records or patients. See measures.yaml for what each part means."""

    id: str
    family: str
    title: str
    source: str
    gate: Gate
    counts: Literal["records", "patients"]
    entity: str
    when: str = "true"
    key: str | None = None
    also: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_of_the_model(self) -> Measure:
        if self.entity not in ENTITIES:
            raise ValueError(f"{self.id}: there is no entity {self.entity}")
        unknown = {*self.columns} - {*ENTITIES[self.entity].field_names}
        if unknown or {*self.also} - {*ENTITIES["patient"].field_names}:
            raise ValueError(f"{self.id}: names a column that the model does not have")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its records that decide who is a member."""
        return tuple(dict.fromkeys((*_fields(columns_in(self.when, self.key)), *self.rests_on)))

    @property
    def needed(self) -> tuple[str, ...]:
        """Those of them without which nothing can be counted."""
        return _fields(columns_in(self.when, self.key, needed=True))


def _fields(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in columns if one not in _NO_COLUMN)


class Measures(Definition):
    """The file: families with their titles in the order in which people read them, and the measures."""

    edition: str
    families: dict[str, str]
    measures: tuple[Measure, ...]


FILE = "measures.yaml"


@lru_cache(maxsize=1)
def read_measures() -> Measures:
    """The shipped measures. Raises `DefinitionError`."""
    return parse(Measures, resource(__package__, FILE))


def lacking(measure: Measure, formats: Formats) -> list[str]:
    """What the measure rests on and not both formats can tell, in words; none where it can be counted."""
    entity = ENTITIES[measure.entity]
    missing = [] if formats.common(entity) else [entity.title.lower()]
    if not missing:
        missing += [entity.title_of(name) for name in unfilled(formats, measure.entity, measure.needed)]
    missing += [ENTITIES["patient"].title_of(name) for name in unfilled(formats, "patient", measure.also)]
    return missing


def find_members(duck: Duck, formats: Formats, measures: Iterable[Measure], today: str) -> None:
    """Fill `reconcile.member` and `reconcile.rests` for every measure. `today`: ISO day of reference."""
    _find_high_risk(duck)
    rests: list[tuple[str, str, str]] = []
    for one in measures:
        for side in ("source", "target"):
            sql = _member_sql(one, formats, side, today)
            duck.run(f"reconcile.member: {one.id}", sql)
        rests += [(one.id, one.entity, name) for name in one.columns]
        rests += [(one.id, "patient", name) for name in one.also]
    add_rests(duck, rests)


def entities_there(duck: Duck) -> frozenset[str]:
    """Kinds of record of which either side has any: of the others nobody is a member of anything."""
    each = (f"SELECT '{name}' WHERE EXISTS (FROM canonical.{name})" for name in ENTITIES)
    return frozenset(name for (name,) in duck.run("reconcile.there", " UNION ALL ".join(each)))


def add_rests(duck: Duck, rests: Iterable[tuple[str, str, str]]) -> None:
    """Say on which fields a measure rests: (measure, entity, field)."""
    columns = {"measure": "VARCHAR", "entity": "VARCHAR", "field": "VARCHAR"}
    duck.load("reconcile.rests", columns, (dict(zip(columns, one, strict=True)) for one in rests))


def _member_sql(measure: Measure, formats: Formats, side: str, today: str) -> str:
    joins, key = "", "''"
    when = measure.when.replace("{today}", today)
    said = _said(measure, formats, measure.key) if measure.key else None
    if measure.counts == "records":
        joins = f"LEFT JOIN paired.{measure.entity} AS q ON q.{side}_row = c.row"
        pair = f"coalesce('s' || q.source_row, '{side[0]}' || c.row)"
        key = f"concat_ws(' ', {pair}, {said})" if said else pair
    elif said:
        key = said
    if HIGH_RISK in columns_in(measure.when, measure.key):
        joins += f"\nLEFT JOIN reconcile.high_risk AS h ON h.name = {_PRODUCT}"
    return sql_text(
        SQL,
        "member.sql",
        measure=measure.id,
        side=side,
        entity=measure.entity,
        key=key,
        joins=joins,
        when=_said(measure, formats, when),
    )


_PRODUCT = "concat_ws(' ', c.drug_term, c.drug_text)"


def _said(measure: Measure, formats: Formats, sql: str) -> str:
    return filled(formats, measure.entity, sql.replace(f"{{{HIGH_RISK}}}", "h.kind"))


def _find_high_risk(duck: Duck) -> None:
    """Make `reconcile.high_risk`: every name of an authorised product that is of a high-risk group, with the group."""
    groups = " ".join(f"WHEN {one.sql('name')} THEN '{one.id}'" for one in read_high_risk_drugs())
    # Made first, so that each name is looked at once and not each record.
    products = f"SELECT DISTINCT {_PRODUCT} AS name FROM canonical.medication_authorisation AS c"
    duck.run("reconcile.product", f"CREATE TABLE reconcile.product AS {products}")
    duck.run(
        "reconcile.high_risk",
        f"CREATE TABLE reconcile.high_risk AS SELECT name, CASE {groups} END AS kind FROM reconcile.product",
    )


def find_people(duck: Duck, formats: Formats, bands: Mapping[str, str]) -> bool:
    """Make `reconcile.person`; says whether both formats tell who is on the list. `bands`: title of an age band by the
    first day of birth that is too young for it, oldest first."""
    lists = not unfilled(formats, "registration", ("kind", "status"))
    listed = (
        f"{held(formats, 'registration', 'kind', 'r')} = 'regular'"
        f" AND {held(formats, 'registration', 'status', 'r')} = 'active'"
    )
    cases = " ".join(f"WHEN k.birth < '{day}' THEN '{title}'" for day, title in bands.items())
    sql = sql_text(
        SQL,
        "person.sql",
        birth=held(formats, "patient", "birth_date"),
        sex=held(formats, "patient", "sex"),
        death=held(formats, "patient", "death_date"),
        band=f"CASE WHEN NOT coalesce(gp_is_moment(k.birth), false) THEN 'age unknown' {cases} END",
        registered=listed if lists else "false",
        by_list="o.person IS NOT NULL" if lists else "true",
    )
    duck.run("reconcile.person", f"CREATE TABLE reconcile.person AS\n{sql}")
    return lists
