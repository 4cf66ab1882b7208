"""Every kind of fault that can be planted; what each is, hits and harms stands in `classes.yaml` beside this file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from godwit.definitions.read import Definition, parse, resource
from godwit.synth.faults import amounts, combined, disguised, meaning, moments, wholes
from godwit.synth.faults.chart import Chart, Proposal

Propose = Callable[[Chart, str, Any], Proposal | None]
"""Given a record, a collection of it and an item of that: the fault there, or None where it would change nothing."""

_PROPOSALS: dict[str, Propose] = {
    "record_lost": wholes.record_lost,
    "record_duplicated": wholes.record_duplicated,
    "record_to_wrong_patient": wholes.record_to_wrong_patient,
    "code_changed": meaning.code_changed,
    "code_degraded": meaning.code_degraded,
    "code_to_sibling": meaning.code_to_sibling,
    "negation_lost": meaning.negation_lost,
    "certainty_lost": meaning.certainty_lost,
    "laterality_lost": meaning.laterality_lost,
    "family_history_lost": meaning.family_history_lost,
    "value_changed": amounts.value_changed,
    "decimal_point_moved": amounts.decimal_point_moved,
    "unit_changed": amounts.unit_changed,
    "comparator_lost": amounts.comparator_lost,
    "date_shifted_by_a_day": moments.date_shifted_by_a_day,
    "time_shifted_by_an_hour": moments.time_shifted_by_an_hour,
    "date_format_swapped": moments.date_format_swapped,
    "precision_invented": moments.precision_invented,
    "dose_changed": amounts.dose_changed,
    "quantity_changed": amounts.quantity_changed,
    "stopped_medication_active": amounts.stopped_medication_active,
    "repeat_made_acute": amounts.repeat_made_acute,
    "allergy_lost": wholes.lost_alone,
    "allergy_to_text": wholes.allergy_to_text,
    "text_truncated": meaning.text_truncated,
    "text_misencoded": meaning.text_misencoded,
    "link_lost": wholes.link_lost,
    "document_missing": wholes.lost_alone,
    "document_of_another": wholes.document_of_another,
    "confidentiality_lost": wholes.confidentiality_lost,
    "author_lost": wholes.author_lost,
    "patient_dropped": wholes.patient_dropped,
    "registration_status_changed": wholes.registration_status_changed,
    "recall_lost": wholes.lost_alone,
    "appointment_lost": wholes.lost_alone,
    "value_and_date_changed": combined.value_and_date_changed,
    "code_and_text_changed": combined.code_and_text_changed,
    "dose_and_quantity_changed": combined.dose_and_quantity_changed,
    "near_duplicate": combined.near_duplicate,
    "records_swapped": combined.records_swapped,
    "unit_and_value_scaled": disguised.unit_and_value_scaled,
    "unit_case_changed": disguised.unit_case_changed,
    "dosage_frequency_changed": disguised.dosage_frequency_changed,
    "text_lost": disguised.text_lost,
    "person_namesake": disguised.person_namesake,
}


class _Words(Definition):
    title: str
    harm: str
    hits: tuple[str, ...]


class _File(Definition):
    faults: dict[str, _Words]


class FaultClass(_Words):
    """One kind of fault: what it is, how it harms a patient, and the collections of a patient whose items it hits."""

    id: str

    @property
    def propose(self) -> Propose:
        """What finds such a fault for an item."""
        return _PROPOSALS[self.id]


def _classes() -> dict[str, FaultClass]:
    words = parse(_File, resource(__package__, "classes.yaml")).faults
    return {name: FaultClass(id=name, **said.model_dump()) for name, said in words.items()}


FAULT_CLASSES: dict[str, FaultClass] = _classes()
"""Every kind of fault by its id, in the order in which people read them."""
