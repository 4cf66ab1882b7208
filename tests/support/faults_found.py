"""Holds the findings of a comparison against the answer key of the faults that were planted."""

from __future__ import annotations

from collections import defaultdict
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
    "near_duplicate": _GONE,
    "records_swapped": _GONE,
    "person_namesake": {("practitioner", None)},
    "text_lost": {("problem", "text")},
    "code_and_text_changed": {("*", "problem"), ("*", "parent"), ("problem", "*")},
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


SEVERITIES = ("low", "medium", "high", "critical")

HARD_TO_PAIR = {
    "code_degraded",
    "family_history_lost",
    "value_and_date_changed",
    "code_and_text_changed",
    "record_to_wrong_patient",
    "records_swapped",
}
"""Faults that may leave so little of a record that it is found as one that is missing and one that is unexpected, or
as a change of the record that took its place."""


@dataclass(frozen=True)
class Seen:
    """An answer that a pair of shapes can show: the findings that show it at its very field, and where there are none,
    whatever else was found about the same record of the same patient."""

    answer: Answer
    exact: list[Found]
    about: list[Found]

    @property
    def found(self) -> bool:
        """Whether the patient and the record were found."""
        return bool(self.exact or self.about)

    @property
    def severity(self) -> str | None:
        """The gravest of its findings."""
        given = [one.severity for one in self.exact or self.about]
        return max(given, key=SEVERITIES.index, default=None)


@dataclass(frozen=True)
class Review:
    """What the key says can be seen in a pair of shapes, which of it was missed, and what was found beyond it."""

    seen: list[Seen]
    hidden: list[Answer]
    beyond: list[Found]

    def gravest(self, answer: Answer) -> str | None:
        """The gravest severity that a fault was given at a patient: what somebody reads first of it."""
        fault = answer["fault"], answer["nhs_number"]
        given = [
            one.severity for one in self.seen if (one.answer["fault"], one.answer["nhs_number"]) == fault
        ]
        return max(filter(None, given), key=SEVERITIES.index, default=None)

    @property
    def missed(self) -> list[Answer]:
        """What can be seen and was not found: at the field, or at the record where that is all there can be."""
        return [
            one.answer
            for one in self.seen
            if not (one.exact or (one.about and one.answer["fault"] in HARD_TO_PAIR))
        ]


def review(twin: Twin, findings: list[Found]) -> Review:
    """Hold findings against the answer key of a twin. What the formats have no place for is no finding of a fault."""
    told = [one for one in findings if one.reason != "no_place"]
    answers: list[Answer] = twin.said("answers")["answers"]
    findings_of, answers_of = defaultdict(list), defaultdict(list)
    for one in told:
        for person in one.people:
            findings_of[person].append(one)
    for answer in answers:
        for person in _people(answer):
            answers_of[person].append(answer)
    seen = [_seen(twin, findings_of[one["nhs_number"]], one) for one in answers if is_visible(twin, one)]
    hidden = [one for one in answers if not is_visible(twin, one)]
    beyond = [
        one
        for one in told
        if not any(follows(twin, one, answer) for person in one.people for answer in answers_of[person])
    ]
    return Review(seen, hidden, beyond)


def is_visible(twin: Twin, answer: Answer) -> bool:
    """Whether both shapes can show what was done."""
    return {twin.source, twin.target} <= set(answer["visible_in"])


def _people(answer: Answer) -> set[str]:
    """Whose records the answer is about: of a record that went to another patient, both."""
    return {answer["nhs_number"], *([answer["after"]] if answer["field"] == "patient" else [])}


def _seen(twin: Twin, findings: list[Found], answer: Answer) -> Seen:
    exact = [one for one in findings if shows(twin, one, answer)]
    names = set() if exact else names_of(answer["item"], twin.seed)
    about = [one for one in findings if one.entity == answer["entity"] and one.is_about(names)]
    return Seen(answer, exact, about)


def shows(twin: Twin, finding: Found, answer: Answer) -> bool:
    """Whether a finding is the one an answer asks for: the patient, the record, the outcome and the field."""
    field = answer["field"]
    return (
        finding.entity == answer["entity"]
        and finding.outcome == answer["outcome"]
        and (field is None or finding.field in SAME.get(field, {field}))
        and _people(answer) <= set(finding.people)
        and (finding.entity in NAMED_OTHERWISE or finding.is_about(names_of(answer["item"], twin.seed)))
    )


def follows(twin: Twin, finding: Found, answer: Answer) -> bool:
    """Whether a finding comes of the fault of an answer: it is about the same record, or of a patient who is gone."""
    if not _people(answer) & set(finding.people):
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
