"""What one side holds and the other format has no place for: fields and links that no comparison can look at."""

from __future__ import annotations

from typing import Any

from godwit.records.canonical import ENTITIES, EXTRAS, Entity
from godwit.records.compare.scheme import Scheme, role_columns
from godwit.records.duck import Duck

Held = dict[tuple[str, str], dict[str, int]]
"""By entity and field or role, how many records of each side hold it."""


def not_compared(duck: Duck, scheme: Scheme) -> list[dict[str, Any]]:
    """Fields and links that are held and not compared, with how many records hold them."""
    found = []
    linked: Held = {} if scheme.by_meaning else _linked(duck)
    for entity in ENTITIES.values():
        fields = set(scheme.names(entity))
        names = [
            name for name in [*entity.field_names, *([EXTRAS] if entity.fields else [])] if name not in fields
        ]
        roles = [role for role in entity.role_names if role not in scheme.roles(entity)]
        columns = [*names, *(role for role in roles if scheme.by_meaning and role in role_columns(entity))]
        held = linked | _filled(duck, entity, columns)
        found += [_told(entity, name, held[entity.name, name]) for name in (*names, *roles)
                  if any(held.get((entity.name, name), {}).values())]  # fmt: skip
    return found


def _filled(duck: Duck, entity: Entity, columns: list[str]) -> Held:
    """How many records have each of the columns filled; all of them in one pass over the records."""
    if not columns:
        return {}
    counts = ", ".join(f"count({name})" for name in columns)
    rows = duck.run(
        "count what was not compared", f"SELECT side, {counts} FROM canonical.{entity.name} GROUP BY side"
    )
    return {
        (entity.name, name): {row[0]: row[place] for row in rows}
        for place, name in enumerate(columns, start=1)
    }


def _linked(duck: Duck) -> Held:
    """How many records have a link of each role, where links stand record by record."""
    rows = duck.run(
        "count links",
        """SELECT r.entity, l.role, l.side, count(DISTINCT l.row) FROM canonical.link AS l
        JOIN canonical.record AS r ON r.side = l.side AND r.row = l.row GROUP BY ALL""",
    )
    held: Held = {}
    for entity, role, side, count in rows:
        held.setdefault((entity, role), {})[side] = count
    return held


def _told(entity: Entity, name: str, held: dict[str, int]) -> dict[str, Any]:
    counts = {side: count for side, count in held.items() if count}
    holders = " and ".join(f"{count:,} in the {side}" for side, count in sorted(counts.items()))
    why = "the two formats write it in ways that have no common field"
    if name != EXTRAS:
        other = "target" if "source" in counts else "source"
        why = f"the format of the {other} has no place for it"
    return {"entity": entity.name, "field": name, "title": f"{entity.title_of(name)}: {why} ({holders})"}
