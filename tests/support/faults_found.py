"""Holds the findings of a comparison against the answer key of the faults that were planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.twins import Found, Twin, names_of

Answer = dict[str, Any]

SAME = {
    "code": {"code", "code_term", "code_text"},
    "effective": {"effective", "start", "onset", "created", "due", "authored"},
    "value": {"value", "value_text"},
    "status": {"status", "end_date", "ended", "active"},
    "linked": {"linked", "problem"},
    "path": {"path", "size", "content_hash", "content_type"},
}
"""By the field of an answer: the fields that say the same, or cannot but change with it."""

_GONE = {
    ("*", "items"),
    ("problem", "linked"),
    ("practitioner", None),
    ("organisation", None),
    ("medication_authorisation", "repeats_issued"),
}
FOLLOWS: dict[str, set[tuple[str, str | None]]] = {
    "registration_status_changed": {("patient", "active")},
    "repeat_made_acute": {
        ("medication_issue", "type"),
        ("medication_issue", "authorisation"),
        ("*", "extras"),
    },
    "code_to_sibling": {("*", "problem"), ("*", "parent"), ("problem", "*"), ("*", "extras")},
    "code_changed": {("*", "problem"), ("*", "parent"), ("problem", "*")},
    "text_truncated": {("problem", "text")},
    "text_misencoded": {("problem", "text")},
    "link_lost": {("observation", "members"), ("observation", "extras"), ("consultation_section", "items")},
    "author_lost": {("practitioner", None)},
    "record_lost": _GONE,
    "record_duplicated": _GONE,
    "record_to_wrong_patient": _GONE,
    "family_history_lost": {("*", "problem")},
    "allergy_lost": _GONE,
    "allergy_to_text": _GONE,
    "document_missing": _GONE,
    "recall_lost": _GONE,
}
"""By fault: fields of other records of the patient that cannot but change with it."""

NAMED_OTHERWISE = {"patient", "registration", "problem", "medication_authorisation"}
"""Entities that some shape writes into the row of another record, so that they go by its name."""


@dataclass(frozen=True)
class Review:
    """What the key says can be seen in a pair of shapes, which of it was missed, and what was found beyond it."""

    visible: list[Answer]
    missed: list[Answer]
    beyond: list[Found]


def review(twin: Twin, findings: list[Found]) -> Review:
    """Hold findings against the answer key of a twin."""
    told = [one for one in findings if one.reason != "no_place"]
    answers = twin.said("answers")["answers"]
    visible = [one for one in answers if {twin.source, twin.target} <= set(one["visible_in"])]
    missed = [one for one in visible if not _is_shown(twin, told, one)]
    beyond = [one for one in told if not any(follows(twin, one, answer) for answer in answers)]
    return Review(visible, missed, beyond)


SPLIT = {"code_degraded", "family_history_lost"}
"""Faults that may leave so little of a record that it is found as one that is missing and one that is unexpected."""


def _is_shown(twin: Twin, findings: list[Found], answer: Answer) -> bool:
    if any(shows(twin, finding, answer) for finding in findings):
        return True
    ends = [{**answer, "outcome": outcome, "field": None} for outcome in ("missing", "unexpected")]
    return answer["fault"] in SPLIT and all(
        any(shows(twin, finding, end) for finding in findings) for end in ends
    )


def shows(twin: Twin, finding: Found, answer: Answer) -> bool:
    """Whether a finding is the one an answer asks for: the patient, the record, the outcome and the field."""
    field = answer["field"]
    return (
        finding.entity == answer["entity"]
        and finding.outcome == answer["outcome"]
        and (field is None or finding.field in SAME.get(field, {field}))
        and answer["nhs_number"] in finding.people
        and (finding.entity in NAMED_OTHERWISE or finding.is_about(names_of(answer["item"], twin.seed)))
    )


def follows(twin: Twin, finding: Found, answer: Answer) -> bool:
    """Whether a finding comes of the fault of an answer: it is about the same record, or of a patient who is gone."""
    if answer["nhs_number"] not in finding.people:
        return False
    if answer["fault"] == "patient_dropped":
        return finding.reason == "patient_not_paired"
    places: set[tuple[str, str | None]] = {
        (finding.entity, finding.field),
        ("*", finding.field),
        (finding.entity, "*"),
    }
    if places & FOLLOWS.get(answer["fault"], set()):
        return True
    named = finding.entity in NAMED_OTHERWISE and finding.entity == answer["entity"]
    return named or finding.is_about(names_of(answer["item"], twin.seed))
