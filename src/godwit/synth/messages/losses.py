"""What a message may be unable to hold: how to tell whether an item has the thing, so that each loss is counted.

A shape names its losses in a file beside its writer, `<system>_<name>`; the names here say when one is suffered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from godwit.definitions.read import Definition, parse, resource
from godwit.synth.messages.codes import RELATIVES
from godwit.synth.model import Observation, Patient, Practice


class _File(Definition):
    losses: dict[str, str]


def read_losses(package: str) -> dict[str, str]:
    """The losses of the shape that is written in `package`: id and title."""
    return parse(_File, resource(package, "losses.yaml")).losses


def _each(collection: str, has: Callable[[Any], object]) -> Callable[[Practice, Patient], int]:
    """How many items of a collection have the thing."""
    return lambda _, patient: sum(1 for item in getattr(patient, collection) if has(item))


def _local(practice: Practice, patient: Patient) -> int:
    local = {code.id for code in practice.codes if code.snomed is None}
    kinds = ("observations", "allergies", "immunisations", "referrals", "recalls", "documents")
    return sum(1 for kind in kinds for item in getattr(patient, kind) if item.code in local)


def _without_code(practice: Practice, patient: Patient) -> int:
    unknown = {drug.id for drug in practice.drugs if drug.dmd is None}
    return sum(
        1 for kind in ("authorisations", "issues") for item in getattr(patient, kind) if item.drug in unknown
    )


def _entered_apart(_: Practice, patient: Patient) -> int:
    """Entries of a consultation that were entered at another time than it, or by somebody else."""
    seen = {one.id: (one.entered, one.recorder) for one in patient.consultations}
    kinds = (
        "observations", "allergies", "immunisations", "authorisations", "issues", "documents",
    )  # fmt: skip
    items = (item for kind in kinds for item in getattr(patient, kind) if item.consultation in seen)
    return sum(1 for item in items if seen[item.consultation] != (item.entered, item.recorder))


def _other_relative(item: Observation) -> bool:
    return bool(item.relative) and (item.relative or "").lower() not in RELATIVES


def _groups_with(has: Callable[[Any], object]) -> Callable[[Practice, Patient], int]:
    def count(_: Practice, patient: Patient) -> int:
        groups = {item.parent for item in patient.observations}
        return sum(1 for item in patient.observations if item.id in groups and has(item))

    return count


def _problem_words(_: Practice, patient: Patient) -> int:
    entries = {item.id: item.text for item in patient.observations}
    return sum(1 for one in patient.problems if one.text and one.text != entries.get(one.entry))


_SUFFERED: Mapping[str, Callable[[Practice, Patient], int]] = {
    "abnormal": _each("observations", lambda one: one.abnormal),
    "allergy_end": _each("allergies", lambda one: one.ends),
    "laterality": _each("observations", lambda one: one.laterality),
    "other_relative": _each("observations", _other_relative),
    "alerts": _each("alerts", lambda _: True),
    "allergy_certainty": _each("allergies", lambda one: one.certainty in ("likely", "possible")),
    "allergy_details": _each("allergies", lambda one: one.severity or one.reaction or one.certainty),
    "appointments": _each("appointments", lambda _: True),
    "author": _each("observations", lambda one: one.clinician is None),
    "certainty": _each("observations", lambda one: one.certainty),
    "demographics": lambda _, __: 1,
    "directory": lambda _, __: 1,
    "document_details": _each("documents", lambda one: one.size or one.sha256),
    "document_sender": _each("documents", lambda one: one.sender),
    "drug_without_code": _without_code,
    "earlier_addresses": lambda _, patient: max(0, len(patient.addresses) - 1),
    "earlier_registrations": lambda _, patient: max(0, len(patient.registrations) - 1),
    "entered_apart": _entered_apart,
    "episode": _each("observations", lambda one: one.episode),
    "group_text": _groups_with(lambda one: one.text or one.value),
    "immunisation_content": _each("immunisations", lambda one: one.content),
    "immunisation_details": _each(
        "immunisations", lambda one: one.product or one.batch or one.site or one.dose
    ),
    "issue_method": _each("issues", lambda one: one.method),
    "local_code": _local,
    "medicine_details": _each("authorisations", lambda one: one.review or one.days),
    "negation": _each("observations", lambda one: one.negated),
    "not_given": _each("immunisations", lambda one: not one.given),
    "patient_notes": lambda _, patient: int(
        bool(patient.language or patient.interpreter or patient.scr_consent)
    ),
    "private": _each("authorisations", lambda one: one.private),
    "problem_parent": _each("problems", lambda one: one.parent),
    "problem_review": _each("problems", lambda one: one.last_review),
    "problem_text": _problem_words,
    "recall_status": _each("recalls", lambda one: one.complete or not one.active),
    "referral_details": _each("referrals", lambda one: one.specialty or one.mode or one.outcome),
    "referral_number": _each("referrals", lambda one: one.ubrn),
    "registrations": _each("registrations", lambda _: True),
    "relative": _each("observations", lambda one: one.relative),
    "repeat_dispensing": _each("authorisations", lambda one: one.kind == "repeat_dispensing"),
    "two_week_wait": _each("referrals", lambda one: one.urgency == "2 Week Wait"),
}
"""By the name of a loss without its system: how often a patient suffers it. Others are counted while writing."""


def suffered(practice: Practice, patient: Patient, losses: Iterable[str]) -> Counter[str]:
    """How often each of the `losses` of a shape happens to this patient."""
    counted: Counter[str] = Counter()
    for name in losses:
        count = _SUFFERED.get(name.partition("_")[2])
        if count:
            counted[name] = count(practice, patient)
    return +counted
