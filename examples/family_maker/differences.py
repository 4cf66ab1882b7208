"""What the target says otherwise, on purpose: one list, applied to the family before the target is written.

Each difference is what a comparison should find, no more and no less. The list is written to `differences.yaml` for
people and tests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from examples.family_maker import family
from examples.family_maker.model import Entry, Immunisation, Patient, dated


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that went wrong. `record` is the key of the entry it happened to, or that an extra one follows.

    `sets` are the attribute and its new value where the outcome is `different`; `extra` the entry that is only in
    the target where it is `unexpected`.
    """

    id: str
    patient: int
    entity: str
    outcome: str
    sentence: str
    record: str
    field: str = ""
    sets: tuple[str, str] | None = None
    extra: Entry | None = None


def _changed(name: str, patient: int, place: tuple[str, str, str], to: str, sentence: str) -> Difference:
    """A changed field; `place` is the record's key, its entity and the field, which is the attribute too."""
    record, entity, field = place
    attribute = {"start": "when"}.get(field, field)
    return Difference(name, patient, entity, "different", sentence, record, field, (attribute, to))


DIFFERENCES = (
    Difference(
        "drug-allergy-missing",
        1,
        "allergy",
        "missing",
        "The penicillin allergy did not arrive.",
        "penicillin",
    ),
    _changed(
        "problem-no-longer-active",
        1,
        ("asthma-problem", "problem", "status"),
        "past",
        "The active problem asthma arrived as a past problem.",
    ),
    _changed(
        "decimal-point-moved",
        2,
        ("potassium", "observation", "value"),
        "42",
        "The potassium result of 4.2 mmol/L arrived as 42.",
    ),
    _changed(
        "recall-a-year-late",
        2,
        ("diabetes-recall", "recall", "due"),
        "20260304",
        "The diabetes recall due on 4 March 2025 arrived as due on 4 March 2026.",
    ),
    _changed(
        "referral-no-longer-urgent",
        2,
        ("orthopaedics", "referral", "priority"),
        "routine",
        "The urgent orthopaedic referral arrived as routine.",
    ),
    Difference(
        "weight-twice",
        2,
        "observation",
        "unexpected",
        "The weight of 18 June 2024 arrived twice.",
        "weight",
        extra=replace(family.WEIGHT, key="weight-again"),
    ),
    Difference(
        "immunisation-never-given",
        3,
        "immunisation",
        "unexpected",
        "A third dose of the infant vaccine arrived that the source does not hold.",
        "second-dose",
        extra=Immunisation("third-dose", family.THIRD_DOSE, when="20191021"),
    ),
    _changed(
        "heading-renamed",
        3,
        ("ear-examination", "consultation_section", "title"),
        "Exam",
        "The heading Examination of the consultation of 3 July 2023 arrived as Exam.",
    ),
    _changed(
        "dosage-doubled",
        4,
        ("ramipril", "medication_authorisation", "dosage"),
        "One capsule to be taken twice a day",
        "The dosage of the repeat ramipril, once a day, arrived as twice a day.",
    ),
    _changed(
        "consultation-a-day-late",
        4,
        ("medication-review", "consultation", "start"),
        "202107141530",
        "The consultation of 13 July 2021 arrived as of 14 July 2021.",
    ),
    _changed(
        "note-cut-short",
        4,
        ("dizziness", "observation", "text"),
        "Dizzy on standing since the “little white tablets” were doubled;",
        "The end of the note about dizziness was cut off.",
    ),
    Difference(
        "letter-missing",
        4,
        "document",
        "missing",
        "The cardiology letter of 20 November 2009 did not arrive.",
        "heart-letter",
    ),
)


def as_received(patient: Patient) -> Patient:
    """The patient as the receiving system shows the record: everything equal except the differences."""
    record = dated(patient.record)
    for difference in DIFFERENCES:
        if difference.patient == patient.number:
            record = tuple(_applied(record, difference))
    return replace(patient, record=record)


def _applied(entries: Iterable[Entry], difference: Difference) -> Iterator[Entry]:
    for entry in entries:
        if entry.key != difference.record:
            yield replace(entry, items=tuple(_applied(entry.items, difference)))
            continue
        if difference.outcome != "missing":
            yield _with(entry, difference.sets) if difference.sets else entry
        if difference.extra:
            yield from dated([difference.extra], entry.when)


def _with(entry: Entry, sets: tuple[str, str]) -> Entry:
    values: dict[str, Any] = dict([sets])
    return replace(entry, **values)


def as_yaml() -> str:
    """The list as YAML; every text is in double quotes, which JSON and YAML write alike."""
    lines = [
        "# What the target says otherwise than the source, on purpose. Written by examples/make_family.py."
    ]
    for difference in DIFFERENCES:
        lines += [
            f"- id: {difference.id}",
            f"  patient: {difference.patient}",
            f"  entity: {difference.entity}",
            f"  outcome: {difference.outcome}",
            f"  field: {difference.field or 'null'}",
            f"  sentence: {json.dumps(difference.sentence, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"
