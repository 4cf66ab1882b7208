"""Lay the members of every measure side by side, and find what is behind each join and leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from godwit.records.duck import Duck
from godwit.records.reconcile.results import Behind, Counts
from godwit.records.steps import sql_text

SQL = Path(__file__).parent / "sql"


def make_room(duck: Duck) -> None:
    """The schema `reconcile` and the tables that measures and registers fill."""
    duck.run("rooms", "CREATE SCHEMA reconcile")
    duck.run(
        "reconcile.member",
        """CREATE TABLE reconcile.member (measure VARCHAR, side VARCHAR, who BIGINT, key VARCHAR, entity VARCHAR,
        row BIGINT)""",
    )


def find_changes(duck: Duck) -> None:
    """Make `reconcile.lined`, `reconcile.change`, `reconcile.basis` and `reconcile.because`."""
    duck.run(
        "reconcile.lined",
        """CREATE TABLE reconcile.lined AS SELECT measure, who, key, bool_or(side = 'source') AS in_source,
        bool_or(side = 'target') AS in_target FROM reconcile.member GROUP BY measure, who, key""",
    )
    duck.run(
        "reconcile.change",
        """CREATE TABLE reconcile.change AS
        SELECT measure, who, key, CASE WHEN in_source THEN 'leaves' ELSE 'joins' END AS change
        FROM reconcile.lined WHERE in_source <> in_target""",
    )
    basis = (SQL / "basis.sql").read_text(encoding="utf-8")
    duck.run("reconcile.basis", f"CREATE TABLE reconcile.basis AS\n{basis}")
    because = sql_text(
        SQL,
        "because.sql",
        agreed=_rows_of(duck, "agreed", finding="BIGINT"),
        harmless=_rows_of(duck, "harmless", side="VARCHAR", entity="VARCHAR", row="BIGINT", rule="VARCHAR"),
    )
    duck.run("reconcile.because", f"CREATE TABLE reconcile.because AS\n{because}")


def _rows_of(duck: Duck, table: str, **columns: str) -> str:
    """A query for some columns of a table of findings; for none where the comparison made no such table."""
    there = duck.run(
        "tables",
        f"SELECT 1 FROM information_schema.tables WHERE table_schema = 'finding' AND table_name = '{table}'",
    )
    if there:
        return f"SELECT DISTINCT {', '.join(columns)} FROM finding.{table}"
    return "SELECT " + ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items()) + " WHERE false"


def count_members(duck: Duck) -> Mapping[str, Counts]:
    """Counts by measure; a measure without members on either side is not among them."""
    rows = duck.run(
        "count members",
        """SELECT measure, count(*) FILTER (WHERE in_source), count(*) FILTER (WHERE in_target),
            count(*) FILTER (WHERE in_source AND in_target), count(*) FILTER (WHERE NOT in_target),
            count(*) FILTER (WHERE NOT in_source), count(DISTINCT who) FILTER (WHERE in_source <> in_target)
        FROM reconcile.lined GROUP BY measure""",
    )
    return {measure: Counts(*counts) for measure, *counts in rows}


def what_is_behind(duck: Duck) -> Mapping[str, tuple[Behind, ...]]:
    """By measure, what is behind its joins and leaves, most first."""
    rows = duck.run(
        "count reasons",
        """SELECT measure, kind, cause, role, entity, outcome, field, reason, count(*) FILTER (WHERE change = 'leaves'),
            count(*) FILTER (WHERE change = 'joins'), count(DISTINCT who)
        FROM reconcile.because GROUP BY ALL
        ORDER BY count(*) DESC, measure, kind, cause, role, entity, outcome, field, reason""",
    )
    found: dict[str, dict[tuple[str, str | None, str], Behind]] = defaultdict(dict)
    for measure, kind, cause, role, entity, outcome, field, reason, *counts in rows:
        because = because_of(kind, role, entity, outcome, field, reason)
        key, so_far = (kind, cause, because), found[measure]
        so_far[key] = so_far.get(key, Behind(*key)).and_more(*counts)
    return {measure: tuple(behind.values()) for measure, behind in found.items()}


_FIELDS = {
    **dict.fromkeys(("effective", "onset", "start", "due", "review"), "date moved"),
    **dict.fromkeys(("value", "unit"), "value or unit changed"),
    **dict.fromkeys(("birth_date", "sex"), "date of birth or sex changed"),
    "death_date": "date of death changed",
    "kind": "kind of entry changed",
    "status": "status changed",
    "type": "acute or repeat changed",
    "dosage": "dosage changed",
    "quantity": "quantity changed",
    "patient": "under another patient",
    "confidentiality": "confidentiality mark changed",
    "path": "leads to another file",
    "drug": "medicine changed",
}


def because_of(
    kind: str,
    role: str | None,
    entity: str | None,
    outcome: str | None,
    field: str | None,
    reason: str | None,
) -> str:
    """Why somebody joins or leaves, in a few words of ours."""
    if kind == "unexplained":
        return "no finding behind it"
    if kind == "loss":
        return "one format cannot hold it"
    if kind == "rule":
        return "written otherwise; a rule holds the two for equal"
    if (entity == "patient" and field is None) or reason == "patient_not_paired":
        return "patient is on one side only"
    if entity == "registration":
        return "registration changed" if field else "registration is on one side only"
    return _of_an_entry(role or "", outcome or "", field or "", reason or "")


_WHAT = {
    "listed": "diagnosis",
    "code": "code",
    "recent": "recent entry or medicine",
    "resolved": "resolved code",
}


def _of_an_entry(role: str, outcome: str, field: str, reason: str) -> str:
    what = _WHAT.get(role, "record")
    if reason == "duplicate":
        return f"{what} is there twice"
    if reason.startswith("kind_changed_"):
        return (
            f"{what} is another kind of record {'in the target' if outcome == 'missing' else 'in the source'}"
        )
    if outcome != "different":
        return f"{what} missing in the target" if outcome == "missing" else f"{what} only in the target"
    if field == "code":
        return "code became text" if reason in ("degraded", "lost") else "code changed"
    return _FIELDS.get(field, f"{what} changed")
