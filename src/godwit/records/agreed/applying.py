"""Where agreements hold in a run, and where a run has gone beyond what was agreed.

Made here: `finding.agreed` (one row for each finding that is agreed) and two views: `finding.open`, the findings that
are not, and `finding.settled`, the outcome of every pair in view of both. No finding is changed or taken away, and a
record that is missing or unexpected stays so in the books.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from godwit.records.agreed.agreement import Agreement
from godwit.records.agreed.pattern import mark_sql
from godwit.records.duck import Duck
from godwit.records.steps import Step, run_steps, sql_text

SQL = Path(__file__).parent

Use = Literal["holds", "not_met", "outside", "expired", "proposed", "withdrawn", "other_systems"]
"""What became of an agreement in a run: it explained findings; there were none; more than was approved; its day has
gone by; nobody has approved it; it was withdrawn; it is about another pair of systems."""

_AGREEMENT = {
    "ordinal": "BIGINT",
    "id": "VARCHAR",
    "change": "VARCHAR",
    "entity": "VARCHAR",
    "outcome": "VARCHAR",
    "field": "VARCHAR",
    "reason": "VARCHAR",
    "how": "VARCHAR",
    "severity": "VARCHAR",
    "alike": "VARCHAR",
}
_MARK = {"change": "VARCHAR", "mark": "VARCHAR"}


@dataclass(frozen=True, slots=True)
class AgreedUse:
    """An agreement in a run: what became of it, and how many findings and patients it is about."""

    agreement: Agreement
    use: Use
    findings: int = 0
    patients: int = 0

    @property
    def alarms(self) -> bool:
        """Whether the run goes against what was agreed, which is a finding of its own."""
        return self.use == "outside" or (self.use == "expired" and self.findings > 0)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A cause of its own: findings that an agreement no longer covers. The fields are those of a cause."""

    id: str
    title: str
    entity: str
    field: str | None
    outcome: str
    findings: int
    patients: int
    severity: str = "high"
    meaning: str = "what named people accepted is not what is there now, so nobody has accepted it"
    action: str = (
        "Read these findings again; propose the agreement anew with these figures, or have them put right."
    )


def apply(
    duck: Duck, agreements: Iterable[Agreement], systems: tuple[str, str], today: date
) -> list[AgreedUse]:
    """Make `finding.agreed`, `finding.open` and `finding.settled` from `finding.caused`, `finding.pattern` and
    `finding.outcome`.

    An agreement holds for all findings of its scope or, where more of them or more patients are there than were
    approved, for none. `systems` are source and target.
    """
    ordered = tuple(agreements)
    here = [one for one in ordered if one.proposed.scope.systems == systems]
    duck.load(
        "finding.agreement", _AGREEMENT, (row for place, one in enumerate(here) for row in _rows(place, one))
    )
    duck.load("finding.mark", _MARK, (row for one in here for row in _marks(one)))
    mark = mark_sql("p.traits", "a.alike")
    run_steps(duck, [Step("finding.in_scope", sql_text(SQL, "in_scope.sql", mark=mark))])
    counted = {id_: (findings, patients) for id_, findings, patients in _counts(duck)}
    uses = [_use(one, systems, today, *counted.get(one.id, (0, 0))) for one in ordered]
    holding = ", ".join(f"'{one.agreement.id}'" for one in uses if one.use == "holds")
    still_open = "SELECT * FROM finding.caused ANTI JOIN finding.agreed USING (finding)"
    run_steps(
        duck,
        [
            Step("finding.agreed", sql_text(SQL, "agreed.sql", holding=holding or "''")),
            Step("finding.open", still_open, ("finding.agreed",), view=True),
            Step("finding.settled", sql_text(SQL, "settled.sql"), ("finding.open",), view=True),
        ],
    )
    return uses


def _rows(ordinal: int, one: Agreement) -> Iterator[dict[str, object]]:
    for place, change in enumerate(one.proposed.scope.changes):
        yield {
            "ordinal": ordinal,
            "id": one.id,
            "change": f"{one.id}.{place}",
            **change.model_dump(exclude={"alike", "marks"}),
            "alike": ",".join(change.alike),
        }


def _marks(one: Agreement) -> Iterator[dict[str, object]]:
    for place, change in enumerate(one.proposed.scope.changes):
        for mark in change.marks:
            yield {"change": f"{one.id}.{place}", "mark": mark}


def _counts(duck: Duck) -> list[tuple[str, int, int]]:
    return [(row[0], row[1], row[2]) for row in duck.run("count agreed", sql_text(SQL, "counted.sql"))]


def _use(one: Agreement, systems: tuple[str, str], today: date, findings: int, patients: int) -> AgreedUse:
    if one.proposed.scope.systems != systems:
        return AgreedUse(one, "other_systems")
    state = one.state(today)
    if state != "approved":
        return AgreedUse(one, state, findings, patients)
    if not findings:
        return AgreedUse(one, "not_met")
    within = one.proposed.allows(findings, patients)
    return AgreedUse(one, "holds" if within else "outside", findings, patients)


def alarms(uses: Iterable[AgreedUse]) -> list[Alarm]:
    """The causes that agreements no longer cover."""
    return [
        Alarm(
            f"agreed.{one.agreement.id}",
            _title(one),
            one.agreement.proposed.scope.first.entity,
            one.agreement.proposed.scope.first.field,
            one.agreement.proposed.scope.first.outcome,
            one.findings,
            one.patients,
        )
        for one in uses
        if one.alarms
    ]


def _title(one: AgreedUse) -> str:
    proposed, name = one.agreement.proposed, f"Agreed difference {one.agreement.id}"
    counted = proposed.counted
    if one.use == "expired":
        return f"{name}: it ended on {proposed.expires}, and {one.findings:,} findings are still there"
    if proposed.allows(one.findings, counted.patients):
        return f"{name}: findings on {one.patients:,} patients, {counted.patients:,} patients were approved"
    return f"{name}: {one.findings:,} findings, {counted.findings:,} were approved"


def agreed_rows(uses: Iterable[AgreedUse]) -> list[dict[str, object]]:
    """`agreed` of `summary.json`. No names, reasons or remarks of people are in it, only roles, days and figures."""
    return [_summary_row(one) for one in uses]


def _summary_row(one: AgreedUse) -> dict[str, object]:
    proposed, approved, withdrawn = one.agreement.proposed, one.agreement.approved, one.agreement.withdrawn
    scope, counted = proposed.scope, proposed.counted
    return {
        "agreement": one.agreement.id,
        "use": one.use,
        "cause": scope.cause,
        **scope.first.model_dump(include={"entity", "outcome", "field", "reason"}),
        "further": len(scope.changes) - 1,
        "harm": proposed.harm.result,
        "harm_severity": proposed.harm.severity,
        "harm_likelihood": proposed.harm.likelihood,
        "hazards": list(proposed.harm.hazards),
        "proposed": {"role": proposed.role, "on": proposed.day.isoformat()},
        "approved": {"role": approved.role, "on": approved.day.isoformat()} if approved else None,
        "withdrawn": {"role": withdrawn.role, "on": withdrawn.day.isoformat()} if withdrawn else None,
        "expires": proposed.expires.isoformat(),
        "run": counted.run,
        "approved_findings": counted.findings,
        "approved_patients": counted.patients,
        "tolerance": proposed.tolerance,
        "findings": one.findings,
        "patients": one.patients,
    }
