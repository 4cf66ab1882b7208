"""What formats force: values that differ only in what one of them cannot hold, and records that have no place.

Everything here is counted by the loss that explains it (`finding.forced`, `finding.unheld`), so that a run can say how
often each was needed, and from which source it is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

_FORCED = {"entity": "VARCHAR", "field": "VARCHAR", "loss": "VARCHAR", "pairs": "BIGINT"}


def find_forced(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.forced` (how many pairs each loss explains, by field) and `finding.in_form` (the pairs: entity,
    source_row)."""
    duck.load("finding.forced", _FORCED, [])
    duck.run("finding.in_form", "CREATE TABLE finding.in_form (entity VARCHAR, source_row BIGINT)")
    if not any(
        scheme.losses_of(entity, name) for entity in ENTITIES.values() for name in scheme.columns(entity)
    ):
        return
    paired = {name for (name,) in duck.run("finding.forced", "SELECT DISTINCT entity FROM paired.record")}
    for entity in ENTITIES.values():
        found = list(_flags(scheme, entity)) if entity.name in paired else []
        if found:
            _count(duck, entity, scheme.table(entity), found)


def _count(duck: Duck, entity: Entity, rows: str, found: list[tuple[str, str, str]]) -> None:
    flags = ", ".join(f"{sql} AS f{number}" for number, (_, _, sql) in enumerate(found))
    either = " OR ".join(f"f{number}" for number in range(len(found)))
    pairs = sql_text(SQL, "form_difference.sql", entity=entity.name, table=rows, flags=flags, either=either)
    counts = ", ".join(
        f"{{'field': '{column}', 'loss': '{loss}', 'pairs': count(*) FILTER (WHERE f{number})}}"
        for number, (column, loss, _) in enumerate(found)
    )
    duck.run("finding.forced", sql_text(SQL, "forced.sql", entity=entity.name, pairs=pairs, counts=counts))


def _flags(scheme: Scheme, entity: Entity) -> Iterator[tuple[str, str, str]]:
    """(column, loss, SQL) for every loss a column may suffer: the first that changes one of the two values is the one
    that explains a difference which is none in meaning."""
    for column in scheme.columns(entity):
        losses = scheme.losses_of(entity, column)
        same = _differ(
            scheme.meant(entity, column, "s"), scheme.meant(entity, column, "t"), "IS NOT DISTINCT FROM"
        )
        earlier: list[str] = []
        for number, loss in enumerate(losses):
            changes = " OR ".join(
                _differ(
                    scheme.meant(entity, column, row, number), scheme.meant(entity, column, row, number + 1)
                )
                for row in "st"
            )
            first = "".join(f" AND NOT ({one})" for one in earlier)
            yield (
                column,
                loss.id,
                f"(s.{column} IS DISTINCT FROM t.{column} AND {same} AND ({changes}){first})",
            )
            earlier.append(changes)


def _differ(one: str, two: str, how: str = "IS DISTINCT FROM") -> str:
    return f"({one}) {how} ({two})"


def find_unheld(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.unheld` (side, entity, row, loss): records for which the other format has no place."""
    duck.run(
        "finding.unheld",
        "CREATE TABLE finding.unheld (side VARCHAR, entity VARCHAR, row BIGINT, loss VARCHAR)",
    )
    for side, loss in scheme.unheld:
        duck.run(
            f"finding.unheld: {loss.id}",
            f"""INSERT INTO finding.unheld
            SELECT c.side, '{loss.entity}', c.row, '{loss.id}' FROM canonical.{loss.entity} AS c
            WHERE c.side = '{side}' AND ({loss.when.replace("{row}", "c")})
              AND NOT EXISTS (SELECT 1 FROM finding.unheld AS u
                              WHERE u.side = c.side AND u.entity = '{loss.entity}' AND u.row = c.row)""",
        )
