"""Group findings by what they have in common, so that a person reads a page and not a million lines.

A cause is a kind of record, what became of it, how its values changed, and what the records share. Its words come from
the model and the definitions only; no value of any record is in them, but a code or unit that enough patients have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from godwit.definitions.comparison import Severities
from godwit.definitions.comparison.risks import Risks, read_risks
from godwit.records.compare.cause_groups import RANK
from godwit.records.compare.cause_tables import group_findings, ranked
from godwit.records.compare.cause_traits import PATIENT
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

__all__ = [
    "PATIENT",
    "Cause",
    "Part",
    "RiskCount",
    "list_causes",
    "name_causes",
    "private_patterns",
    "tell_patterns",
]

SQL = Path(__file__).parent

MOST_HAZARDS = 4
"""Hazards named with a cause: those that most of its findings touch."""


@dataclass(frozen=True, slots=True)
class RiskCount:
    """How many findings of a cause one rule of clinical risk fits."""

    risk: str
    title: str
    severity: str
    findings: int


@dataclass(frozen=True, slots=True)
class Part:
    """One of the causes that stand together in a line of several."""

    title: str
    findings: int
    patients: int


@dataclass(frozen=True, slots=True)
class Cause:
    """A group of findings: its stable id, words for people, its risk, and how many findings and patients.

    `hazards` are ids of the hazard log; `also` names fields that changed on the same records and are counted here too;
    `pattern` says what all its findings share; `risks` which rules of clinical
    risk they fall under; `example` is the number of the finding that shows it best; `parts` what a line of several
    holds.
    """

    id: str
    title: str
    entity: str
    field: str | None
    outcome: str
    severity: str
    findings: int
    patients: int
    meaning: str
    action: str
    hazards: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    risks: tuple[RiskCount, ...] = ()
    example: int | None = None
    parts: tuple[Part, ...] = ()


def name_causes(duck: Duck, risks: Risks | None = None) -> None:
    """Give every finding its cause, its severity and the rule that set it: make `finding.caused` from
    `finding.finding`. `detail` is the line before lines were put together."""
    group_findings(duck, risks or read_risks())


def tell_patterns(duck: Duck) -> None:
    """Make the view `finding.pattern`: what tells each finding of `finding.caused` from those of another pattern.

    Causes have ids for people: how findings are divided, and so their ids, depends on what else is found in a run.
    """
    pattern = (SQL / "cause_pattern.sql").read_text(encoding="utf-8")
    duck.run("finding.pattern", f"CREATE VIEW finding.pattern AS\n{pattern}")


def list_causes(duck: Duck, severities: Severities, risks: Risks | None = None) -> list[Cause]:
    """All causes of what nobody has agreed to (`finding.open`), gravest first, then by patients and findings."""
    rules = risks or read_risks()
    listed = sql_text(SQL, "cause_list.sql", ranked=ranked("f.severity"), patient=PATIENT)
    rows = duck.run("causes", listed)
    counted, parts = _counted(duck, rules), _parts(duck)
    causes = [_cause(row, severities, rules, counted[row[0]], parts.get(row[0], ())) for row in rows]
    return sorted(causes, key=lambda one: (RANK[one.severity], -one.patients, -one.findings, one.id))


def private_patterns(duck: Duck) -> dict[str, tuple[str, ...]]:
    """What the findings of each cause share, with values: for the private page only."""
    rows = duck.run(
        "private patterns",
        """SELECT c.cause, l.private FROM finding.cause AS c JOIN finding.line AS l USING (detail)
           WHERE c.cause = c.detail AND l.private <> '[]' ORDER BY ALL""",
    )
    return {cause: tuple(json.loads(words)) for cause, words in rows}


def _cause(
    row: tuple[Any, ...],
    severities: Severities,
    risks: Risks,
    counted: Sequence[RiskCount],
    parts: tuple[Part, ...],
) -> Cause:
    cause, entity, field, outcome, reason, title, also, pattern, rank, findings, patients, example = row
    return Cause(
        id=cause,
        title=title,
        entity=entity,
        field=field,
        outcome=outcome,
        severity=list(RANK)[rank],
        findings=findings,
        patients=patients,
        meaning=_meaning(counted, severities, risks),
        action=_action(severities, reason, outcome),
        hazards=_hazards(counted, risks),
        also=tuple(json.loads(also)),
        pattern=tuple(json.loads(pattern)),
        risks=tuple(counted),
        example=example,
        parts=parts,
    )


def _meaning(counted: Sequence[RiskCount], severities: Severities, risks: Risks) -> str:
    """Why the gravest of the findings matter, in the words of the rule that most of them fall under."""
    first = counted[0]
    rule = risks.by_id.get(first.risk)
    return rule.why if rule else severities.entities[first.risk].why


def _action(severities: Severities, reason: str, outcome: str) -> str:
    kind = "kind_changed" if reason.startswith("kind_changed_") else reason
    return severities.actions.get(kind) or severities.actions[outcome]


def _hazards(counted: Sequence[RiskCount], risks: Risks) -> tuple[str, ...]:
    named = dict.fromkeys(hazard for one in counted for hazard in risks.hazards_of(one.risk))
    return tuple(named)[:MOST_HAZARDS]


def _counted(duck: Duck, risks: Risks) -> dict[str, list[RiskCount]]:
    """Rules of each cause, gravest first, then by findings."""
    found: dict[str, list[RiskCount]] = {}
    rows = duck.run(
        "risks", "SELECT cause, risk, severity, count(*) FROM finding.open GROUP BY ALL ORDER BY ALL"
    )
    for cause, risk, severity, findings in rows:
        rule = risks.by_id.get(risk)
        found.setdefault(cause, []).append(RiskCount(risk, rule.title if rule else "", severity, findings))
    for counts in found.values():
        counts.sort(key=lambda one: (RANK[one.severity], -one.findings, one.risk))
    return found


def _parts(duck: Duck) -> Mapping[str, tuple[Part, ...]]:
    """What stands in each line of several, most patients first."""
    found: dict[str, list[Part]] = {}
    rows = duck.run(
        "parts",
        f"""SELECT f.cause, l.title, count(*) AS findings, count(DISTINCT {PATIENT}) AS patients
            FROM finding.open AS f JOIN finding.line AS l USING (detail)
            WHERE f.cause <> f.detail GROUP BY f.cause, l.title, f.detail
            ORDER BY f.cause, patients DESC, findings DESC, f.detail""",
    )
    for cause, title, findings, patients in rows:
        found.setdefault(cause, []).append(Part(title, findings, patients))
    return {cause: tuple(parts) for cause, parts in found.items()}
