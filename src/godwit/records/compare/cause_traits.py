"""What findings have in common: how their values changed, which risk they carry, and traits of the records themselves.

Only findings are looked at, with the records they are about; never all records of a side.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from godwit.definitions.comparison.risks import Risks
from godwit.records.canonical import ENTITIES, Entity, Kind
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

PATIENT = "nullif(coalesce('p' || scope, 's' || source_person, 't' || target_person), 'p0')"
"""SQL for the patient of a finding, one and the same whichever side it stands on; null for the practice itself."""

UNITS = ("unit", "quantity_unit", "dose_unit", "comparator")
"""Fields whose two values are told together: from this unit to that."""

ABOUT = "about"
"""What a record is about and when: for the private page only."""

TRAITS = ("code", "unit", "staff", "site", "day", "month", "kind", "file", "person")
"""What a record can share with others, in the order in which it explains best."""

_CHOICES = {
    "code": ("code", "drug", "type", "vaccine"),
    "unit": ("unit", "quantity_unit"),
    "staff": ("recorder", "performer"),
    "site": ("location", "organisation"),
    "moment": ("recorded", "authored", "booked", "created", "effective", "onset", "start", "due"),
    "name": (
        "code_text",
        "code_term",
        "agent",
        "drug_text",
        "drug_term",
        "vaccine_term",
        "title",
        "name",
        "family",
        "type_text",
        "type_term",
        "ubrn",
        "text",
    ),
    "when": ("effective", "onset", "start", "due", "created", "authored", "recorded"),
}
"""Columns a trait is taken from: the first that is filled in."""


def find_traits(duck: Duck, risks: Risks) -> None:
    """Make `finding.found` (every finding with number, base, change, measure, turn) and `finding.trait`."""
    fields = [(one.name, field.name, field.kind) for one in ENTITIES.values() for field in one.fields]
    kinds = ", ".join(f"('{entity}', '{field}', '{kind}')" for entity, field, kind in fields)
    units = ", ".join(f"'{name}'" for name in UNITS)
    found = sql_text(SQL, "cause_found.sql", kinds=kinds, units=units, patient=PATIENT)
    duck.run("finding.found", f"CREATE TABLE finding.found AS\n{found}")
    names = [name for (name,) in duck.run("entities", "SELECT DISTINCT entity FROM finding.found ORDER BY 1")]
    shape = ", ".join(f"{name} VARCHAR" for name in ("risk", "severity", *TRAITS, ABOUT))
    duck.run("finding.trait", f"CREATE TABLE finding.trait (n BIGINT, {shape})")
    for name in names:
        duck.run(
            f"finding.trait {name}", f"INSERT INTO finding.trait\n{_traits(duck, ENTITIES[name], risks)}"
        )


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits that the records of one kind have; `columns` are those of their table."""

    entity: str
    columns: frozenset[str]

    def sql(self, name: str, row: str) -> str:
        """A trait of `row`; NULL where the table has no column for it."""
        if name == "person":
            return f"{row}.person::VARCHAR"
        if name == "file":
            return f"{row}.file::VARCHAR"
        if name == "kind":
            return f"{row}.record_kind"
        if name == ABOUT:
            return f"concat_ws(', ', {self._first('name', row)}, {self._first('when', row)})"
        if name in ("day", "month"):
            moment = self._first("moment", row)
            return f"left(CASE WHEN gp_is_moment({moment}) THEN {moment} END, {10 if name == 'day' else 7})"
        return self._first(name, row)

    def _first(self, name: str, row: str) -> str:
        found = [
            f"json_extract_string({row}.{column}, '$[0]')" if column.endswith("_term") else f"{row}.{column}"
            for column in _CHOICES[name]
            if column in self.columns
        ]
        return f"coalesce({', '.join(found)})" if found else "NULL::VARCHAR"


def traits_of(duck: Duck, entity: str) -> Traits:
    """The traits of the records of one kind."""
    columns = duck.run("columns", f"DESCRIBE canonical.{entity}")
    return Traits(entity, frozenset(str(one[0]) for one in columns))


def _traits(duck: Duck, entity: Entity, risks: Risks) -> str:
    told, traits = _told(entity), traits_of(duck, entity.name)
    rules = [rule for rule in risks.rules if rule.reaches(entity.name)]
    tried = " ".join(f"WHEN {rule.sql('s', 't', told)} THEN '{rule.id}'" for rule in rules)
    graver = " ".join(f"WHEN '{rule.id}' THEN '{rule.severity}'" for rule in rules)
    own = (
        f"CASE WHEN f.source_row IS NULL THEN {traits.sql(name, 't')} "
        f"ELSE {traits.sql(name, 's')} END AS {name}"
        for name in (*TRAITS, ABOUT)
    )
    return sql_text(
        SQL,
        "cause_trait.sql",
        entity=entity.name,
        risk=f"CASE {tried} END" if tried else "NULL",
        graver=graver or "WHEN '' THEN ''",
        traits=", ".join(own),
    )


def _told(entity: Entity) -> str:
    """Everything a record says in words: terms, words as recorded, free text."""
    worded = [
        field.name
        for field in entity.fields
        if field.kind is Kind.TERMS or (field.kind is Kind.TEXT and field.name.endswith("text"))
    ]
    return f"concat_ws(' ', {', '.join('{row}.' + name for name in worded) or 'NULL'})"
