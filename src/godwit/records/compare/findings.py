"""From differences to findings: what is left alone, and why; what no rule explains; how grave it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from godwit.definitions.comparison import Severities
from godwit.definitions.comparison.house_keeping import read_house_keeping
from godwit.records.canonical import ENTITIES, Entity, Kind
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.differing import MOVED
from godwit.records.compare.forced import find_forced, find_unheld
from godwit.records.compare.harmless import find_harmless
from godwit.records.compare.pairing import ENTERED
from godwit.records.compare.scheme import Fills, Scheme
from godwit.records.duck import Duck
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent

NOTHING = "NULL::VARCHAR"

_SEVERITY = {"entity": "VARCHAR", "outcome": "VARCHAR", "field": "VARCHAR", "severity": "VARCHAR"}

_FOUND = """SELECT DISTINCT entity FROM (
    SELECT entity FROM finding.lone UNION ALL SELECT entity FROM finding.verdict WHERE rule IS NULL) ORDER BY entity"""

DEGRADED = ("196411000000103", "196421000000109", "196431000000106", "196441000000102", "196451000000104",
            "196461000000101", "196471000000108")  # fmt: skip
"""SNOMED CT codes that say "could not be carried over as coded" (format notes 6.3)."""


def change_of(difference: Difference) -> str:
    """What kind of change a difference is: moved (to another patient), lost, gained, degraded or changed."""
    if difference.field == MOVED:
        return "moved"
    if difference.target is None:
        return "lost"
    if difference.source is None:
        return "gained"
    # As a whole code of a list of codes: the digits in somebody's free text degrade nothing.
    spelt = [f'"snomed|{code}"' for code in DEGRADED]
    came_in = [code for code in spelt if code in difference.target and code not in difference.source]
    return "degraded" if came_in else "changed"


def gather(duck: Duck, severities: Severities, scheme: Scheme, systems: tuple[str, str] = ("", "")) -> None:
    """Make `finding.outcome` (one row a pair), `finding.unpaired` and `finding.finding`.

    A record of a kind that the other side's format cannot hold at all is no accident of this migration: it is a
    finding of low risk that says so; and so is one that a system made for its own house-keeping (`systems`: of the
    source, of the target).
    """
    duck.load("finding.severity", _SEVERITY, _severity_rows(severities))
    duck.load("finding.no_place", {"side": "VARCHAR", "entity": "VARCHAR"}, _without_place(scheme.fills))
    find_unheld(duck, scheme)
    find_forced(duck, scheme)
    further = "part > 0" if scheme.by_meaning else "false"
    records = "\nUNION ALL\n".join(
        sql_text(SQL, "record.sql", further=further, **_record(one)) for one in ENTITIES.values()
    )
    run_steps(
        duck,
        [
            Step("canonical.record", records, view=scheme.by_meaning),
            Step("finding.outcome", _sql("outcome.sql"), view=scheme.by_meaning),
        ],
    )
    find_lone(duck)
    find_duplicates(duck, scheme)
    find_harmless(duck, read_house_keeping(), systems)
    told = [_told(ENTITIES[name]) for (name,) in duck.run("finding.told", _FOUND)] or [
        _told(ENTITIES["patient"])
    ]
    run_steps(
        duck,
        [
            Step("finding.told", "\nUNION ALL\n".join(told)),
            Step("finding.unpaired", _sql("unpaired.sql"), ("finding.told",)),
            Step("finding.finding", _sql("finding.sql"), ("finding.told", "finding.unpaired")),
        ],
    )


def _sql(file: str) -> str:
    return (SQL / file).read_text(encoding="utf-8")


def _record(entity: Entity) -> dict[str, str]:
    return {
        "entity": entity.name,
        "code": entity.first_of(Kind.CODES) or NOTHING,
        "moment": entity.first_of(Kind.MOMENT) or NOTHING,
        "words": _words(entity),
    }


def _told(entity: Entity) -> str:
    return sql_text(
        SQL,
        "record_told.sql",
        **_record(entity),
        entered=_entered(entity),
        about=_about(entity),
        said=_said(entity),
    )


def find_lone(duck: Duck) -> None:
    """Make `finding.lone` (entity, side, row, scope): records without a counterpart, and the pair of their patient."""
    duck.run(
        "finding.lone", "CREATE TABLE finding.lone (entity VARCHAR, side VARCHAR, row BIGINT, scope BIGINT)"
    )
    found = duck.run(
        "finding.lone",
        """SELECT entity FROM (SELECT entity, count(*) AS rows FROM canonical.record GROUP BY entity)
           LEFT JOIN (SELECT entity, 2 * count(*) AS paired FROM paired.record GROUP BY entity) USING (entity)
           WHERE rows > coalesce(paired, 0) ORDER BY entity""",
    )
    if found:
        parts = " UNION ALL ".join(sql_text(SQL, "lone.sql", entity=name) for (name,) in found)
        duck.run("finding.lone", f"INSERT INTO finding.lone {parts}")


def find_duplicates(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.duplicate` (entity, side, row): records without a counterpart, equal to one that has its own."""
    columns = "(entity VARCHAR, side VARCHAR, row BIGINT)"
    duck.run("finding.duplicate", f"CREATE TABLE finding.duplicate {columns}")
    found = duck.run(
        "finding.duplicate",
        "SELECT DISTINCT entity FROM finding.lone WHERE scope IS NOT NULL ORDER BY entity",
    )
    parts = [sql for (name,) in found if (sql := _duplicates(ENTITIES[name], scheme))]
    if parts:
        duck.run("finding.duplicate", f"INSERT INTO finding.duplicate {' UNION ALL '.join(parts)}")


def _duplicates(entity: Entity, scheme: Scheme) -> str | None:
    common = [name for name in entity.field_names if name in scheme.common(entity)]
    narrow = [name for name in map(entity.first_of, (Kind.CODES, Kind.MOMENT)) if name and name in common]
    if not common:
        return None
    return sql_text(
        SQL,
        "duplicate.sql",
        entity=entity.name,
        narrow="".join(f", c.{name}" for name in narrow),
        same="".join(f" AND c.{name} IS NOT DISTINCT FROM l.{name}" for name in narrow),
        columns=", ".join(f"c.{name}" for name in common),
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


def _words(entity: Entity) -> str:
    """What a record is about: the author's words, else a title or name, else the terms of its code."""
    concept = entity.first_of(Kind.CODES)
    wanted = (f"{concept}_text", "title", "name", "family", f"{concept}_term", "text")
    found = [name for name in wanted if name in entity.field_names]
    return f"coalesce({', '.join(found)})" if found else "NULL"


def _entered(entity: Entity) -> str:
    """The minute a record was entered, where that is known to the minute."""
    name = next((one for one in ENTERED if one in entity.field_names), None)
    return (
        f"CASE WHEN gp_is_moment({name}) AND length({name}) >= 16 THEN left({name}, 16) END"
        if name
        else NOTHING
    )


def _about(entity: Entity) -> str:
    """What a record is about in one phrase of at least three letters: the substance, the term or the author's words."""
    concept = entity.first_of(Kind.CODES)
    if f"{concept}_term" not in entity.field_names:
        return NOTHING
    agent = "agent, " if "agent" in entity.field_names else ""
    phrase = f"gp_words(coalesce({agent}json_extract_string({concept}_term, '$[0]'), {concept}_text))"
    return f"CASE WHEN length({phrase}) >= 3 THEN {phrase} END"


def _said(entity: Entity) -> str:
    """All words of a record: its free text, the author's words and the terms of its code."""
    concept = entity.first_of(Kind.CODES)
    found = [one for one in ("text", f"{concept}_text", f"{concept}_term") if one in entity.field_names]
    return f"gp_words(concat_ws(' ', {', '.join(found)}))" if found else NOTHING
