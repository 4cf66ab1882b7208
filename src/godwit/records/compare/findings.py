"""From differences to findings: ask the rulebook about each, then gather what no rule explains."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from godwit.definitions.comparison import Severities
from godwit.records.canonical import ENTITIES, Entity, Kind
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.forced import find_forced, find_unheld
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Fills, Scheme
from godwit.records.duck import Duck
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent

_VERDICT = {
    "entity": "VARCHAR",
    "source_row": "BIGINT",
    "target_row": "BIGINT",
    "field": "VARCHAR",
    "rule": "VARCHAR",
    "reason": "VARCHAR",
}
_SEVERITY = {"entity": "VARCHAR", "outcome": "VARCHAR", "field": "VARCHAR", "severity": "VARCHAR"}

DEGRADED = ("196411000000103", "196421000000109", "196431000000106", "196441000000102", "196451000000104",
            "196461000000101", "196471000000108")  # fmt: skip
"""SNOMED CT codes that say "could not be carried over as coded" (format notes 6.3)."""


def judge(duck: Duck, rulebook: Rulebook) -> None:
    """Make `finding.verdict`: for every difference the rule that explains it, or why it is a finding."""
    for entity in ENTITIES.values():
        duck.load("finding.verdict", _VERDICT, _verdicts(duck, entity, rulebook))


def _verdicts(duck: Duck, entity: Entity, rulebook: Rulebook) -> Iterator[dict[str, object]]:
    for row in duck.each("finding.verdict", sql_text(SQL, "verdict.sql", entity=entity.name)):
        difference = Difference(
            entity.name,
            row[0],
            row[1],
            row[2],
            {**json.loads(row[9]), "#ends": row[3], "#names": row[5]},
            {**json.loads(row[10]), "#ends": row[4], "#names": row[6]},
        )
        rule = rulebook.explain(difference)
        yield {
            "entity": entity.name,
            "source_row": row[7],
            "target_row": row[8],
            "field": row[0],
            "rule": rule.id if rule else None,
            "reason": None if rule else change_of(difference),
        }


def change_of(difference: Difference) -> str:
    """What kind of change a difference is: lost, gained, degraded or changed."""
    if difference.target is None:
        return "lost"
    if difference.source is None:
        return "gained"
    # As a whole code of a list of codes: the digits in somebody's free text degrade nothing.
    spelt = [f'"snomed|{code}"' for code in DEGRADED]
    came_in = [code for code in spelt if code in difference.target and code not in difference.source]
    return "degraded" if came_in else "changed"


def gather(duck: Duck, severities: Severities, scheme: Scheme) -> None:
    """Make `finding.outcome` (one row a pair), `finding.unpaired` and `finding.finding`.

    A record of a kind that the other side's format cannot hold at all is no accident of this migration: it is a
    finding of low risk that says so.
    """
    duck.load("finding.severity", _SEVERITY, _severity_rows(severities))
    duck.load("finding.no_place", {"side": "VARCHAR", "entity": "VARCHAR"}, _without_place(scheme.fills))
    find_unheld(duck, scheme)
    find_forced(duck, scheme)
    further = "part > 0" if scheme.by_meaning else "false"
    records = "\nUNION ALL\n".join(
        sql_text(
            SQL,
            "record.sql",
            further=further,
            entity=one.name,
            code=_code(one),
            moment=_moment(one),
            words=_words(one),
        )
        for one in ENTITIES.values()
    )
    run_steps(
        duck,
        [
            Step("canonical.record", records, view=scheme.by_meaning),
            Step(
                "finding.outcome", (SQL / "outcome.sql").read_text(encoding="utf-8"), view=scheme.by_meaning
            ),
            Step(
                "finding.unpaired", (SQL / "unpaired.sql").read_text(encoding="utf-8"), ("canonical.record",)
            ),
            Step(
                "finding.finding",
                (SQL / "finding.sql").read_text(encoding="utf-8"),
                ("canonical.record", "finding.unpaired"),
            ),
        ],
    )


def _without_place(fills: tuple[Fills, Fills]) -> Iterator[dict[str, object]]:
    for side, other in (("source", fills[1]), ("target", fills[0])):
        for entity in ENTITIES:
            if not other[entity]:
                yield {"side": side, "entity": entity}


def _severity_rows(severities: Severities) -> Iterator[dict[str, object]]:
    for entity, row in severities.entities.items():
        for outcome in ("missing", "unexpected", "different"):
            severity = severities.of(entity, outcome, None)
            yield {"entity": entity, "outcome": outcome, "field": None, "severity": severity}
        for field, severity in row.fields.items():
            yield {"entity": entity, "outcome": "different", "field": field, "severity": severity}


def _code(entity: Entity) -> str:
    return next((field.name for field in entity.fields if field.kind is Kind.CODES), "NULL::VARCHAR")


def _words(entity: Entity) -> str:
    """What a record is about: the author's words, else a title or name, else the terms of its code."""
    concept = _code(entity)
    wanted = (f"{concept}_text", "title", "name", "family", f"{concept}_term", "text")
    found = [name for name in wanted if name in entity.field_names]
    return f"coalesce({', '.join(found)})" if found else "NULL"


def _moment(entity: Entity) -> str:
    return next((field.name for field in entity.fields if field.kind is Kind.MOMENT), "NULL::VARCHAR")
