"""Find every field and every link of paired records that differs; rules decide later which of them matter."""

from __future__ import annotations

from pathlib import Path

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.scheme import Scheme
from godwit.records.compare.stage import NOWHERE
from godwit.records.duck import Duck
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent


MOVED = "patient"
"""Pseudo-field of a record that stands under another patient on the other side."""


def find_differences(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.difference`: entity, source_row, target_row, scope, field, source_value, target_value."""
    steps = [] if scheme.by_meaning else [*_labels(), *_links(scheme)]
    parts = [] if scheme.by_meaning else ["SELECT * FROM finding.link_difference"]
    for name, changed, moved in _to_compare(duck, scheme):
        if changed and scheme.columns(ENTITIES[name]):
            parts.append(_fields(scheme, ENTITIES[name]))
        if moved:
            parts.append(sql_text(SQL, "moved_difference.sql", entity=name))
    parts = parts or [_fields(scheme, ENTITIES["patient"])]
    steps.append(Step("finding.difference", "\nUNION ALL\n".join(parts), ("finding.link_difference",)))
    run_steps(duck, steps)


def _to_compare(duck: Duck, scheme: Scheme) -> list[tuple[str, int, int]]:
    """Entities with their pairs to look at field by field, and their pairs of records that moved."""
    return duck.run(
        "finding.difference",
        f"""SELECT entity, count(*) FILTER (WHERE {_which(scheme)}), count(*) FILTER (WHERE rung = 'moved')
            FROM paired.record AS p GROUP BY entity ORDER BY entity""",
    )


def _which(scheme: Scheme) -> str:
    """By meaning, pairs of equal content have nothing left to differ in; those that moved are equal but for that."""
    return "p.rung NOT IN ('content', 'moved')" if scheme.by_meaning else "p.rung <> 'moved'"


def _fields(scheme: Scheme, entity: Entity) -> str:
    names = scheme.columns(entity)
    columns = [one for name in names for one in (f"c.{name}", scheme.meant(entity, name, "c"))]
    structs = (
        f"CASE WHEN {scheme.meant(entity, name, 's')} IS DISTINCT FROM {scheme.meant(entity, name, 't')}"
        f" THEN {{'name': '{name}', 'source': s.{name}, 'target': t.{name}}} END"
        for name in names
    )
    return sql_text(
        SQL,
        "field_difference.sql",
        entity=entity.name,
        which=_which(scheme),
        meant=scheme.meanings(entity, "told") or "SELECT * FROM told",
        columns=", ".join(dict.fromkeys(columns)),
        fields=", ".join(structs),
    )


def _labels() -> list[Step]:
    parts = [
        sql_text(SQL, "label.sql", entity=entity.name, title=entity.title, name=_name(entity))
        for entity in ENTITIES.values()
    ]
    return [Step("paired.label", "\nUNION ALL\n".join(parts))]


def _name(entity: Entity) -> str:
    """What a person or place is called, so that one person under two records can be recognised; nothing elsewhere."""
    names = {"practitioner": "concat_ws(', ', family, given)", "organisation": "name"}
    return f"lower({names.get(entity.name, 'NULL')})"


def _links(scheme: Scheme) -> list[Step]:
    roles = {entity.name: scheme.roles(entity) for entity in ENTITIES.values()}
    ordered = [
        (entity.name, role.name) for entity in ENTITIES.values() for role in entity.roles if role.ordered
    ]
    compared = [(name, role) for name, found in roles.items() for role in found]
    both = ("paired.source_link", "paired.target_link")
    return [
        *(Step(f"paired.{side}_link", sql_text(SQL, "link_end.sql", side=side), ("paired.label",))
          for side in ("source", "target")),
        Step(
            "finding.link_difference",
            sql_text(
                SQL,
                "link_difference.sql",
                ordered=_among(ordered),
                compared=_among(compared),
                nowhere=f"words:{NOWHERE}",
            ),
            both,
        ),
    ]  # fmt: skip


def _among(pairs: list[tuple[str, str]]) -> str:
    listed = ", ".join(f"('{entity}', '{role}')" for entity, role in pairs)
    return f"(entity, role) IN ({listed})" if listed else "false"
