"""What the control plants: every kind of fault once in every field that both formats hold, each in a record of its own.

A plan is made from a sample that lies in the laboratory (tables `lab.<entity>`, both sides, and `lab.pair`); carrying
it out makes `canonical.<entity>` there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from godwit.records.canonical import ENTITIES, EXTRAS, Entity, Kind
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck

COPIED = 1 << 40
"""Added to the row number of a record that the control put there a second time."""

_CANDIDATES = 60
"""Records looked at for each fault; one that already carries a fault is passed over."""

WHOLE = ("missing", "duplicate", "moved")
"""Faults of a whole record. The others are of one field: `changed` and `lost`."""

_CHANGED: Mapping[Kind, str] = {
    Kind.TEXT: "'not ' || {v}",
    Kind.MOMENT: """CASE WHEN length({v}) >= 10 THEN strftime(left({v}, 10)::DATE + 1, '%Y-%m-%d') || substr({v}, 11)
                         ELSE ((left({v}, 4))::INTEGER + 1)::VARCHAR || substr({v}, 5) END""",
    Kind.NUMBER: "CASE WHEN contains({v}, '.') THEN replace({v}, '.', '') ELSE {v} || '0' END",
    Kind.CHOICE: "{v} || ' or not'",
    Kind.FLAG: "CASE {v} WHEN 'true' THEN 'false' ELSE 'true' END",
    Kind.CODES: """'["snomed|9990000001"]'""",
    Kind.TERMS: """'["A planted term"]'""",
    Kind.STRUCTURE: """'[{"planted":"1"}]'""",
}
"""SQL for another value of each kind: a denial, the next day, a lost decimal point, the opposite."""

_LINK = "'somebody planted, elsewhere'"


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted fault: the pair of rows it is in, the patient (`scope`), and what was done to which field."""

    entity: str
    kind: str
    field: str | None
    source_row: int
    target_row: int
    scope: int


def plan(duck: Duck, scheme: Scheme) -> list[Plant]:
    """Faults for every entity that the sample holds, none in a record that the run itself found fault with."""
    there = {name for (name,) in duck.run("lab.pair", "SELECT DISTINCT entity FROM lab.pair")}
    some = (entity for entity in ENTITIES.values() if entity.name in there)
    return [plant for entity in some for plant in _of_entity(duck, scheme, entity)]


def _of_entity(duck: Duck, scheme: Scheme, entity: Entity) -> Iterator[Plant]:
    used: set[int] = set()
    wanted: list[tuple[str, str | None]] = [(kind, None) for kind in WHOLE]
    wanted += [(kind, column) for column in scheme.columns(entity) for kind in ("changed", "lost")]
    candidates = _candidates(duck, entity, scheme.columns(entity))
    for kind, column in wanted:
        for source, target, scope in candidates.get(column or "", ()):
            if target not in used and not (kind == "moved" and _stays(entity, scope)):
                used.add(target)
                yield Plant(entity.name, kind, column, source, target, scope)
                break


def _stays(entity: Entity, scope: int) -> bool:
    """Who somebody is, and what belongs to the practice, cannot go to another patient."""
    return entity.name == "patient" or scope == 0


def _candidates(duck: Duck, entity: Entity, columns: Sequence[str]) -> dict[str, list[tuple[int, int, int]]]:
    """Pairs without a finding, as (source row, target row, scope), by a column that both sides fill; "" for faults of
    the whole record: of two equal records of one patient nobody could say which of them is gone."""
    best = "min_by(p.pair, p.turn, {most}) FILTER (WHERE {filled})"
    any_ = [best.format(most=_CANDIDATES, filled="t.alone")]
    filled = (f"s.{one} IS NOT NULL AND t.{one} IS NOT NULL" for one in columns)
    lists = [*any_, *(best.format(most=_CANDIDATES, filled=one) for one in filled)]
    ((*found,),) = duck.run(
        f"lab.{entity.name}",
        f"""SELECT {", ".join(lists)}
        FROM (SELECT *, [source_row, target_row, scope] AS pair, md5(target_row::VARCHAR) AS turn FROM lab.pair
              WHERE entity = '{entity.name}') AS p
        JOIN lab.{entity.name} AS s ON s.side = 'source' AND s.row = p.source_row
        JOIN (SELECT *, count(*) OVER (PARTITION BY {", ".join(["person", *columns])}) = 1 AS alone
              FROM lab.{entity.name} WHERE side = 'target') AS t ON t.row = p.target_row""",
    )
    return {
        name: [(source, target, scope) for source, target, scope in pairs or ()]
        for name, pairs in zip(("", *columns), found, strict=True)
    }


def carry_out(duck: Duck, plants: Sequence[Plant]) -> None:
    """Make `canonical.<entity>`: the source as it is, the target with the faults."""
    for entity in ENTITIES.values():
        mine = [one for one in plants if one.entity == entity.name]
        duck.run(f"canonical.{entity.name}", _carried_out(entity, mine))


def _carried_out(entity: Entity, plants: Sequence[Plant]) -> str:
    if not plants:
        return f"CREATE VIEW canonical.{entity.name} AS FROM lab.{entity.name}"
    gone = _numbers(one for one in plants if one.kind == "missing")
    twice = _numbers(one for one in plants if one.kind == "duplicate")
    replaced = ", ".join(_replaced(entity, plants))
    return f"""CREATE TABLE canonical.{entity.name} AS
        SELECT c.* {f"REPLACE ({replaced})" if replaced else ""} FROM lab.{entity.name} AS c
        WHERE NOT (c.side = 'target' AND c.row IN ({gone}))
        UNION ALL
        SELECT c.* REPLACE (c.row + {COPIED} AS row) FROM lab.{entity.name} AS c
        WHERE c.side = 'target' AND c.row IN ({twice})"""


def _replaced(entity: Entity, plants: Sequence[Plant]) -> Iterator[str]:
    by_column: dict[str, list[Plant]] = {}
    for plant in plants:
        if plant.kind not in ("missing", "duplicate"):
            by_column.setdefault(plant.field or "person", []).append(plant)
    for column, found in by_column.items():
        cases = " ".join(f"WHEN c.row = {one.target_row} THEN {_planted(entity, one)}" for one in found)
        yield f"CASE WHEN c.side = 'source' THEN c.{column} {cases} ELSE c.{column} END AS {column}"


def _planted(entity: Entity, plant: Plant) -> str:
    if plant.kind == "lost":
        return "NULL"
    if plant.kind == "moved":
        return f"""(SELECT o.target_person FROM paired.person AS o
                    WHERE o.scope NOT IN (0, {plant.scope}) ORDER BY o.scope LIMIT 1)"""
    kinds = {field.name: field.kind for field in entity.fields} | {EXTRAS: Kind.STRUCTURE}
    kind = kinds.get(plant.field or "")
    return _CHANGED[kind].replace("{v}", f"c.{plant.field}") if kind else _LINK


def _numbers(plants: Iterator[Plant]) -> str:
    return ", ".join(str(one.target_row) for one in plants) or "NULL"
