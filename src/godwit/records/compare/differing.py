"""Find every field and every link of paired records that differs; rules decide later which of them matter."""

from __future__ import annotations

from pathlib import Path

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.scheme import Scheme
from godwit.records.compare.stage import NOWHERE
from godwit.records.duck import Duck
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent


def find_differences(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.difference`: entity, source_row, target_row, scope, field, source_value, target_value."""
    steps = [] if scheme.by_meaning else [*_labels(), *_links(scheme)]
    parts = [] if scheme.by_meaning else ["SELECT * FROM finding.link_difference"]
    for entity in ENTITIES.values():
        if scheme.columns(entity):
            table = f"finding.difference_{entity.name}"
            structs = ", ".join(_struct(scheme, entity, name) for name in scheme.columns(entity))
            # By meaning, pairs of equal content have nothing left to differ in.
            which = "p.rung <> 'content'" if scheme.by_meaning else "true"
            sql = sql_text(
                SQL,
                "field_difference.sql",
                entity=entity.name,
                table=scheme.table(entity),
                fields=structs,
                which=which,
            )
            steps.append(Step(table, sql))
            parts.append(f"SELECT * FROM {table}")
    reads = tuple(part.rpartition(" ")[2] for part in parts)
    steps.append(Step("finding.difference", "\nUNION ALL\n".join(parts), reads))
    run_steps(duck, steps)


def _struct(scheme: Scheme, entity: Entity, name: str) -> str:
    """One field of a pair as a struct: what was delivered on both sides, and whether it means the same."""
    one, two = scheme.meant(entity, name, "s"), scheme.meant(entity, name, "t")
    return f"{{'name': '{name}', 'source': s.{name}, 'target': t.{name}, 'differs': {one} IS DISTINCT FROM {two}}}"


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
