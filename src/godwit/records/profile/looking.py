"""Make every clean-up check over one loaded extract. The rows found are in table `profile.row`, never outside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from godwit.records.bulk.alone import SIDE
from godwit.records.bulk.casting import name, text
from godwit.records.bulk.checking import Found, check_delivery
from godwit.records.bulk.loading import Loaded
from godwit.records.duck import Duck
from godwit.records.profile.checks import Check, Checks, read_checks

SQL = Path(__file__).parent / "sql"

_PREPARED = (
    ("person", "TABLE"),
    ("entry", "VIEW"),
    ("code", "TABLE"),
    ("drug", "TABLE"),
    ("repeat", "TABLE"),
    ("leaver", "TABLE"),
)
_ROW = {
    "check_id": "VARCHAR",
    "person": "BIGINT",
    "kind": "VARCHAR",
    "file": "BIGINT",
    "record": "BIGINT",
    "about": "VARCHAR",
}
_QUARTER, _YEAR, _OLDEST = timedelta(days=92), timedelta(days=366), 116

_RAW_ROWS = {
    "links_dangling": """SELECT kind, file, record, about FROM checks.row
        WHERE side = '{side}' AND rule = 'link.dangling' AND (kind, about) IN
            (SELECT kind, about FROM checks.found WHERE side = '{side}' AND expected IS NULL)
        AND split_part(about, ' to ', 2) NOT IN ({dictionaries})""",
    "records_unreadable": """SELECT kind, file, record, reason AS about FROM ledger.reject
        WHERE side = '{side}' AND reason <> 'file.unrecognised'""",
    "cells_unreadable": """SELECT kind, file, record, detail AS about FROM ledger.issue
        WHERE side = '{side}' AND reason <> 'text.encoding'""",
}
"""Checks whose rows loading found out: rows of the supplier's tables and not of ours. A code that no dictionary
explains is left to a check of its own."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found: records, the patients they are of, and how many of those are registered now."""

    check: Check
    records: int
    patients: int
    registered: int
    score: int


@dataclass(frozen=True, slots=True)
class Looked:
    """The checks made, gravest first; those without a finding; those that this extract cannot tell; and what was found
    of keys and links in the files."""

    definition: Checks
    day: date
    found: tuple[Result, ...]
    clean: tuple[Check, ...]
    untellable: tuple[Check, ...]
    links: tuple[Found, ...]


def look(duck: Duck, loaded: Loaded, day: date, done: Callable[[], None]) -> Looked:
    """Make every check that the extract can tell; `day` is the day the extract was taken. `done` hears of each."""
    definition = read_checks()
    fills = loaded.canonical.known.fills
    prepare(duck, day)
    links = check_delivery(duck, loaded.staged)
    tellable = [one for one in definition.checks if one.tellable(fills)]
    for one in tellable:
        if one.loading:
            _add_raw_rows(duck, loaded, one.id)
        else:
            _add_rows(duck, one.id)
        done()
    counts = _counts(duck)
    results = [_result(one, definition, counts) for one in tellable if one.id in counts]
    return Looked(
        definition,
        day,
        tuple(sorted(results, key=lambda one: (one.check.expected, -one.score, one.check.id))),
        tuple(one for one in tellable if one.id not in counts),
        tuple(one for one in definition.checks if one not in tellable),
        links,
    )


def prepare(duck: Duck, day: date) -> None:
    """`profile.day`, the tables and views that checks share, and the empty `profile.row`."""
    duck.run("rooms", "CREATE SCHEMA profile")
    days = {
        "day": day.isoformat(),
        "quarter_before": (day - _QUARTER).isoformat(),
        "year_before": (day - _YEAR).isoformat(),
        "oldest": f"{day.year - _OLDEST}-01-01",
    }
    duck.load("profile.day", dict.fromkeys(days, "VARCHAR"), [days])
    duck.load("profile.row", _ROW, ())
    for table, kind in _PREPARED:
        duck.run(f"profile.{table}", f"CREATE {kind} profile.{table} AS\n{sql(f'prepare_{table}')}")


def sql(title: str) -> str:
    """A `.sql` file of this room."""
    return (SQL / f"{title}.sql").read_text(encoding="utf-8")


def _add_rows(duck: Duck, check: str) -> None:
    duck.run(
        f"check {check}",
        f"""INSERT INTO profile.row
        SELECT '{check}', person, kind, file, record, CAST(about AS VARCHAR) FROM (\n{sql(check)})""",
    )


def _add_raw_rows(duck: Duck, loaded: Loaded, check: str) -> None:
    """Rows of the supplier's tables, each with its patient where the table names one and the patient is known."""
    layout = loaded.staged.format.layout
    dictionaries = [text(title) for title, table in layout.tables.items() if table.reference]
    rows = _RAW_ROWS[check].format(side=SIDE, dictionaries=", ".join(dictionaries or ["''"]))
    kinds = [one for (one,) in duck.run(check, f"SELECT DISTINCT kind FROM ({rows}) ORDER BY kind")]
    for kind in kinds:
        table = layout.tables.get(kind)
        person, joins = "NULL", ""
        if table and table.patient:
            person = "p.person"
            joins = f"""LEFT JOIN raw_{SIDE}.{name(kind)} AS t ON t.file = r.file AND t.record = r.record
            LEFT JOIN made_{SIDE}.person AS p ON p.patient = CAST(t.{name(table.patient)} AS VARCHAR)"""
        duck.run(
            f"check {check}",
            f"""INSERT INTO profile.row SELECT '{check}', {person}, r.kind, r.file, r.record, r.about
            FROM ({rows}) AS r {joins} WHERE r.kind = ?""",
            [kind],
        )


Counts = Mapping[str, tuple[int, int, int]]


def _counts(duck: Duck) -> Counts:
    rows = duck.run(
        "count checks",
        """SELECT r.check_id, count(DISTINCT (r.kind, r.file, r.record)), count(DISTINCT p.person),
               count(DISTINCT p.person) FILTER (WHERE p.status = 'active')
        FROM profile.row AS r LEFT JOIN profile.person AS p ON p.person = r.person GROUP BY ALL""",
    )
    return {check: (records, patients, registered) for check, records, patients, registered in rows}


def _result(check: Check, definition: Checks, counts: Counts) -> Result:
    """What is about no patient at all counts as if it were about one."""
    records, patients, registered = counts[check.id]
    return Result(check, records, patients, registered, definition.weights[check.harm] * max(patients, 1))
