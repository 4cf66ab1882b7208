"""Find every field and every link of paired records that differs; rules decide later which of them matter."""

from __future__ import annotations

from pathlib import Path

from godwit.records.canonical import ENTITIES, EXTRAS, Entity
from godwit.records.compare.stage import NOWHERE
from godwit.records.duck import Duck
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent

Fills = dict[str, frozenset[str]]
"""Names of fields and roles a format can fill, by entity."""


def compared_names(entity: Entity, fills: tuple[Fills, Fills], same_format: bool) -> list[str]:
    """Fields of an entity that are compared: those both formats can hold; within one format also the extras."""
    common = fills[0][entity.name] & fills[1][entity.name]
    names = [name for name in entity.field_names if name in common]
    return [*names, EXTRAS] if same_format and entity.fields else names


def compared_roles(entity: Entity, fills: tuple[Fills, Fills]) -> list[str]:
    """Links of an entity that both formats can hold."""
    return [name for name in entity.role_names if name in fills[0][entity.name] & fills[1][entity.name]]


def find_differences(duck: Duck, fills: tuple[Fills, Fills], same_format: bool) -> None:
    """Make `finding.difference`: entity, source_row, target_row, scope, field, source_value, target_value."""
    steps = [*_labels(), *_links(fills)]
    parts = ["SELECT * FROM finding.link_difference"]
    for entity in ENTITIES.values():
        names = compared_names(entity, fills, same_format)
        if names:
            table = f"finding.difference_{entity.name}"
            structs = ", ".join(f"{{'name': '{n}', 'source': s.{n}, 'target': t.{n}}}" for n in names)
            sql = sql_text(SQL, "field_difference.sql", entity=entity.name, fields=structs)
            steps.append(Step(table, sql))
            parts.append(f"SELECT * FROM {table}")
    reads = tuple(part.rpartition(" ")[2] for part in parts)
    steps.append(Step("finding.difference", "\nUNION ALL\n".join(parts), reads))
    run_steps(duck, steps)


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


def _links(fills: tuple[Fills, Fills]) -> list[Step]:
    roles = {entity.name: compared_roles(entity, fills) for entity in ENTITIES.values()}
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
