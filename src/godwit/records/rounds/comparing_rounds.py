"""Hold the findings of a run against those of the run before it.

A finding is the same one in another run when patient, kind of record, outcome, field and record are. The record is told
by the id its system gave it or, where that id is no longer there, by what it is about and when; row numbers, file
names and causes play no part. Tables are in schema `rounds`; what travels on is `rounds.history`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from godwit.definitions.comparison.severities import ORDER
from godwit.records.canonical import ENTITIES, Entity, Kind
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.rounds.round import MEMORY, Previous, RoundFacts, require_comparable
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent

STATES = ("new", "still", "regressed", "fixed", "gone")
"""Where a finding stands after a round. `fixed` counts what was put right in this round alone."""

MEMORY_SQL = """SELECT * FROM rounds.history
ORDER BY finding NULLS LAST, first_round, patient, entity, outcome, field, record, about, moment"""
"""What `rounds.parquet` holds."""

_BEFORE = {
    "state": "VARCHAR",
    "entity": "VARCHAR",
    "outcome": "VARCHAR",
    "field": "VARCHAR",
    "cause": "VARCHAR",
    "severity": "VARCHAR",
    "first_round": "INTEGER",
    "last_round": "INTEGER",
    "fixed_in": "INTEGER",
    "returns": "INTEGER",
    "patient": "VARCHAR",
    "side": "VARCHAR",
    "record": "VARCHAR",
    "about": "VARCHAR",
    "moment": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class CauseRounds:
    """The findings of one cause, by state, and the round in which the first of them was found."""

    cause: str
    entity: str
    field: str | None
    outcome: str
    severity: str
    counts: dict[str, int]
    first_round: int


@dataclass(frozen=True, slots=True)
class Rounds:
    """A round and what became of the findings of the one before.

    `repeat`: the very files of the earlier run were compared again, which is no further round. `rules_changed`: the
    rules in force are others than then, so that what reads as fixed may be explained by a rule.
    """

    round: int
    previous: Previous | None
    repeat: bool
    same_source: bool
    same_target: bool
    rules_changed: bool
    counts: dict[str, int]
    causes: tuple[CauseRounds, ...]


def compare_rounds(duck: Duck, facts: RoundFacts, previous: Previous | None) -> Rounds:
    """Make `rounds.history` out of `finding.caused` and the memory of the run before, which the engine must be allowed
    to read. Raises `InputRefused`."""
    if previous:
        require_comparable(previous, facts)
    same_source, same_target = (
        bool(previous and previous.facts.files(side) == facts.files(side)) for side in ("source", "target")
    )
    repeat = same_source and same_target
    number = previous.round + (not repeat) if previous else 1
    duck.run("rounds", "CREATE SCHEMA rounds")
    _open_before(duck, previous)
    _tell_again(duck)
    if previous:
        _require_same_patients(duck, previous)
    _match(duck)
    run_steps(duck, [Step("rounds.history", sql_text(SQL, "history.sql", round=str(number)))])
    causes = tuple(_causes(duck, number))
    return Rounds(
        number,
        previous,
        repeat,
        same_source,
        same_target,
        bool(previous and previous.facts.rules != facts.rules),
        {state: sum(one.counts[state] for one in causes) for state in STATES},
        causes,
    )


def _open_before(duck: Duck, previous: Previous | None) -> None:
    """`rounds.before`: every finding so far, numbered in the order in which it was written."""
    if previous:
        sql = f"SELECT row_number() OVER () AS before, {', '.join(_BEFORE)} FROM read_parquet(?)"
        duck.run(
            "rounds.before",
            f"CREATE TABLE rounds.before AS {sql}",
            [str((previous.folder / MEMORY).resolve())],
        )
    else:
        duck.load("rounds.before", {"before": "BIGINT", **_BEFORE}, ())


def _tell_again(duck: Duck) -> None:
    """`rounds.now`: the findings of this run by what lasts."""
    entities = [
        ENTITIES[name]
        for (name,) in duck.run(
            "rounds.record",
            "SELECT entity FROM finding.caused UNION SELECT entity FROM rounds.before ORDER BY ALL",
        )
    ]
    records = "\nUNION ALL\n".join(_record(one) for one in entities) or _record(ENTITIES["patient"])
    run_steps(
        duck,
        [
            Step("rounds.person", sql_text(SQL, "person.sql")),
            Step("rounds.record", records, view=True),
            Step("rounds.now", sql_text(SQL, "now.sql"), ("rounds.person", "rounds.record")),
        ],
    )


def _record(entity: Entity) -> str:
    words = [name for name in ("name", "family", "title", "text") if name in entity.field_names]
    about = entity.first_of(Kind.CODES) or (f"coalesce({', '.join(words)})" if words else "NULL::VARCHAR")
    moment = entity.first_of(Kind.MOMENT) or "NULL::VARCHAR"
    return sql_text(SQL, "record.sql", entity=entity.name, about=about, moment=moment)


def _require_same_patients(duck: Duck, previous: Previous) -> None:
    """Two runs of one practice have patients in common; two of different practices have none."""
    sql = """SELECT count(*), count(*) FILTER (WHERE patient IN (SELECT who FROM rounds.person))
             FROM (SELECT DISTINCT patient FROM rounds.before WHERE patient <> 'practice')"""
    ((patients, known),) = duck.run("rounds.before", sql)
    if patients and not known:
        because = "no patient of the earlier run's findings is in this one: are they of the same practice?"
        raise InputRefused("round.other_patients", because, previous.folder.name)


def _match(duck: Duck) -> None:
    """`rounds.same`: finding -> earlier finding; `rounds.there`: earlier findings without one whose record is here.

    The id of a record goes first. What it is about counts only where no record of that id is here any more: else one
    that was put right could hide behind another like it.
    """
    duck.load("rounds.same", {"finding": "BIGINT", "before": "BIGINT"}, ())
    _same(duck, "record", "earlier.record = now.record", ("record IS NOT NULL", "record IS NOT NULL"))
    run_steps(
        duck,
        [
            Step("rounds.left", sql_text(SQL, "left.sql")),
            Step("rounds.by_id", sql_text(SQL, "there.sql", same="r.record = b.record"), ("rounds.left",)),
        ],
    )
    _same(
        duck, "about, moment", _ALIKE.format("earlier", "now"), ("true", "before NOT IN (FROM rounds.by_id)")
    )
    by_content = sql_text(SQL, "there.sql", same=_ALIKE.format("r", "b"))
    unknown = "before NOT IN (FROM rounds.by_id) AND before NOT IN (SELECT before FROM rounds.same)"
    there = f"SELECT before FROM rounds.by_id UNION ALL ({by_content} WHERE {unknown})"
    run_steps(duck, [Step("rounds.there", there)])


_ALIKE = "{0}.about IS NOT DISTINCT FROM {1}.about AND {0}.moment IS NOT DISTINCT FROM {1}.moment"


def _same(duck: Duck, key: str, equal: str, which: tuple[str, str]) -> None:
    sql = sql_text(SQL, "same.sql", key=key, equal=equal, now=which[0], before=which[1])
    duck.run("rounds.same", f"INSERT INTO rounds.same {sql}")


def _causes(duck: Duck, number: int) -> Iterator[CauseRounds]:
    counts = ", ".join(f"count(*) FILTER (WHERE state = '{one}')" for one in STATES)
    rows = duck.run(
        "count rounds",
        f"""SELECT cause, entity, field, outcome,
               arg_min(severity, list_position({list(ORDER)}, severity)),
               min(first_round), {counts}
            FROM rounds.history
            WHERE state <> 'fixed' OR fixed_in = {number}
            GROUP BY cause, entity, field, outcome ORDER BY ALL""",
    )
    for cause, entity, field, outcome, severity, first, *found in rows:
        states = dict(zip(STATES, found, strict=True))
        yield CauseRounds(cause, entity, field, outcome, severity, states, first)
