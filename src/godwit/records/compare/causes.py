"""Group findings by what they have in common, so that a person reads a page and not a million lines.

A cause is one entity, one outcome, one field and one kind of change. Its words come from the model and the
definitions only; no value of any record is in them.
"""

from __future__ import annotations

from dataclasses import dataclass

from godwit.definitions.comparison import Severities
from godwit.definitions.comparison.severities import ORDER
from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck

PATIENT = "nullif(coalesce('p' || scope, 's' || source_person, 't' || target_person), 'p0')"
"""SQL for the patient of a finding, one and the same whichever side it stands on; null for the practice itself."""

_CHANGES = {
    "lost": "no longer there",
    "gained": "there only in the target",
    "degraded": "carried over only as “could not be coded”",
    "changed": "changed",
    "patient_not_paired": "of patients who are not on the other side",
    "no_counterpart": "",
    "no_place": "because the other format has no place for them",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """A group of findings: its stable id, words for people, its risk, and how many findings and patients."""

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


def name_causes(duck: Duck) -> None:
    """Give every finding its cause id: make `finding.caused` from `finding.finding`."""
    duck.run(
        "finding.caused",
        """CREATE TABLE finding.caused AS
        SELECT row_number() OVER (ORDER BY entity, outcome, field, reason, source_file, source_row, target_file,
                                  target_row) AS finding,
               concat_ws('.', entity, coalesce(field, outcome), reason) AS cause, *
        FROM finding.finding""",
    )


def list_causes(duck: Duck, severities: Severities) -> list[Cause]:
    """All causes, gravest first, then by how many findings."""
    rows = duck.run(
        "causes",
        f"""SELECT cause, entity, field, outcome, reason, severity, count(*),
                  count(DISTINCT {PATIENT})
           FROM finding.caused GROUP BY ALL""",
    )
    causes = [
        Cause(
            cause,
            title_of(entity, field, outcome, reason),
            entity,
            field,
            outcome,
            severity,
            findings,
            patients,
            severities.entities[entity].why,
            severities.actions[reason if reason in severities.actions else outcome],
        )
        for cause, entity, field, outcome, reason, severity, findings, patients in rows
    ]
    return sorted(causes, key=lambda one: (_rank(one), -one.findings, one.id))


def _rank(cause: Cause) -> int:
    return [str(severity) for severity in ORDER].index(cause.severity)


def title_of(entity: str, field: str | None, outcome: str, reason: str) -> str:
    """`Allergies: code changed`, `Problems missing in the target`: words of ours only."""
    model = ENTITIES[entity]
    if outcome == "different":
        return f"{model.title}: {model.title_of(field or '')} {_CHANGES.get(reason, reason)}"
    where = "missing in the target" if outcome == "missing" else "only in the target"
    if reason.startswith("kind_changed_"):
        other = ENTITIES[reason.removeprefix("kind_changed_")].title.lower()
        side = "target has" if outcome == "missing" else "source has"
        return f"{model.title} {where}: the {side} the same code and date under {other}"
    return " ".join(part for part in (model.title, where, _CHANGES.get(reason, "")) if part)
