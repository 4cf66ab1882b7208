"""Tell the links of a side that was read patient by patient by what stands at their other end.

Whole-practice extracts name people, places and problems in words and keys of their own; to compare with them, a link
record → record becomes a column: the clinician's name, the start of the consultation, the term and onset of the
problem. People and places, which such a side repeats in every patient's file, are kept once for the practice; the
copies are set aside and counted.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.scheme import role_columns
from godwit.records.duck import Duck
from godwit.records.formats.known import Known
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

HELD = "held"
"""Schema of the tables of sides that were read patient by patient, when the other side is a whole practice."""

TOLD = "told"
"""Schema of the same tables with their links told by meaning."""

COPY = "copy"
"""Reason for setting aside a person or place that another patient's file already brought."""

COPY_WORDS = "the same person or place as in another patient's file; one of them is compared"

_SHARED = {
    "practitioner": ("kind", "identifiers", "family", "given", "title", "role"),
    "organisation": ("kind", "ods_code", "name"),
}


def tell_links(duck: Duck) -> None:
    """Make `told.<entity>` from `held.<entity>` and `held.link`, and set the copies of people and places aside."""
    duck.run("rooms", f"CREATE SCHEMA {TOLD}")
    duck.run("told.link", f"CREATE TABLE told.link AS\n{(SQL / 'meaning.sql').read_text(encoding='utf-8')}")
    for entity in ENTITIES.values():
        _tell(duck, entity)


def _tell(duck: Duck, entity: Entity) -> None:
    usual = set(entity.field_names)
    roles = [one for one in role_columns(entity) if one not in usual]
    words = ", ".join(f"max(words) FILTER (WHERE role = '{one}') AS {one}" for one in roles)
    shared = _SHARED.get(entity.name)
    sql = sql_text(
        SQL,
        "told.sql",
        entity=entity.name,
        words=f", {words}" if words else "",
        roles="".join(f", r.{one}" for one in roles),
        person="0" if shared else "h.person",
        copies=", ".join(["side", *shared]) if shared else "side, row",
    )
    table = f"{TOLD}.{entity.name}"
    duck.run(table, f"CREATE TABLE {table} AS\n{sql}")
    if shared:
        duck.run(
            table,
            f"""INSERT INTO ledger.set_aside (side, entity, file, record, kind, reason, detail)
            SELECT side, '{entity.name}', file, record, record_kind, '{COPY}', '' FROM {table} WHERE copy > 1""",
        )
        duck.run(table, f"DELETE FROM {table} WHERE copy > 1")


def told_by_meaning(format_: Known) -> Known:
    """The format once its links are told: problems' links stand at the entries, copies have a reason."""
    fills = dict(format_.fills)
    if "linked" in fills["problem"]:
        for entity in ENTITIES.values():
            if "problem" in entity.role_names and fills[entity.name]:
                fills[entity.name] |= {"problem"}
    return replace(format_, fills=fills, reasons={**format_.reasons, COPY: COPY_WORDS})
