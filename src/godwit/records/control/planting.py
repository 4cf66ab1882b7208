"""Carry out a plan: make `canonical.<entity>` in the laboratory, the source as it is, the target with the faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.control.faults import ELSEWHERE, MISSING, TWICE, change
from godwit.records.control.planning import Plant
from godwit.records.duck import Duck

COPIED = 1 << 40
"""Added to the row number of a record that the control put there a second time."""


def carry_out(duck: Duck, plants: Sequence[Plant], by_meaning: bool) -> None:
    """Make the canonical tables; where links stand record by record, those of a second record too."""
    for entity in ENTITIES.values():
        mine = [one for one in plants if one.entity == entity.name]
        duck.run(f"canonical.{entity.name}", _carried_out(entity, mine))
    if not by_meaning:
        duck.run(
            "canonical.link",
            f"""INSERT INTO canonical.link SELECT * REPLACE (row + {COPIED} AS row) FROM canonical.link AS c
            WHERE c.side = 'target' AND {_among(one for one in plants if one.kind in TWICE)}""",
        )


def _carried_out(entity: Entity, plants: Sequence[Plant]) -> str:
    if not plants:
        return f"CREATE VIEW canonical.{entity.name} AS FROM lab.{entity.name}"
    twice = [one for one in plants if one.kind in TWICE]
    gone = _among(one for one in plants if one.kind == MISSING)
    return f"""CREATE TABLE canonical.{entity.name} AS
        SELECT {_replaced(entity, [one for one in plants if one not in twice])} FROM lab.{entity.name} AS c
        WHERE c.side = 'source' OR NOT {gone}
        UNION ALL
        SELECT {_replaced(entity, twice, [f"c.row + {COPIED} AS row"])} FROM lab.{entity.name} AS c
        WHERE c.side = 'target' AND {_among(twice)}"""


def _replaced(entity: Entity, plants: Iterable[Plant], more: Sequence[str] = ()) -> str:
    """The columns of a record, some with a fault in it."""
    by_column: dict[str, list[Plant]] = {}
    for plant in plants:
        column = "person" if plant.kind in ELSEWHERE else plant.field
        if column:
            by_column.setdefault(column, []).append(plant)
    replaced = [*more, *(_cases(entity, column, found) for column, found in by_column.items())]
    return f"c.* REPLACE ({', '.join(replaced)})" if replaced else "c.*"


def _cases(entity: Entity, column: str, plants: Sequence[Plant]) -> str:
    cases = " ".join(f"WHEN c.row = {one.target_row} THEN {_planted(entity, one)}" for one in plants)
    return f"CASE WHEN c.side = 'source' THEN c.{column} {cases} ELSE c.{column} END AS {column}"


def _planted(entity: Entity, plant: Plant) -> str:
    if plant.kind in ELSEWHERE:
        return str(plant.person)
    column = plant.field or ""
    return change(entity, column, plant.kind).becomes.replace("{v}", f"c.{column}")


def _among(plants: Iterable[Plant]) -> str:
    """Condition: the row `c` is one of theirs. Of none it is false and not null, or every row would be lost with it."""
    rows: Iterator[str] = (str(one.target_row) for one in plants)
    listed = ", ".join(rows)
    return f"(c.row IN ({listed}))" if listed else "false"
