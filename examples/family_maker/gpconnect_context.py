"""What every resource of a GP Connect record is written with: whose it is, when, by whom, in which consultation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from examples.family_maker.family import RECEIVER
from examples.family_maker.fhir import Tree, moment, reference, resource
from examples.family_maker.model import (
    Allergy,
    Authorisation,
    Composition,
    Document,
    Entry,
    Immunisation,
    Issue,
    Note,
    Observation,
    Patient,
    Problem,
    Recall,
    Referral,
    Section,
)
from examples.family_maker.writing import identifier, target_id

RECEIVED = f"https://{RECEIVER.ods_code.lower()}.example/Id/record"
"""What the receiving system calls its identifiers."""

KINDS: dict[type[Entry], str] = {
    Composition: "Encounter",
    Section: "List",
    Observation: "Observation",
    Note: "Observation",
    Document: "DocumentReference",
    Allergy: "AllergyIntolerance",
    Immunisation: "Immunization",
    Problem: "Condition",
    Authorisation: "MedicationRequest",
    Issue: "MedicationRequest",
    Recall: "ProcedureRequest",
    Referral: "ReferralRequest",
}
"""The resource an entry becomes."""


@dataclass(frozen=True, slots=True)
class Context:
    """One consultation, or one act of filing, of a patient; `entries` are all of the patient's by key."""

    patient: Patient
    entries: dict[str, Entry]
    composition: Composition

    def moment(self, when: str) -> str:
        """A time as this patient's bundle writes it; nothing for none."""
        return moment(when, self.patient.in_utc) if when else ""

    @property
    def recorded(self) -> str:
        """When it was entered."""
        return self.moment(self.composition.recorded)

    @property
    def recorder(self) -> Tree:
        """Who entered it."""
        return reference("Practitioner", identifier("clerk"))

    def performer(self, entry: Entry) -> Tree:
        """Who is responsible for an entry."""
        return reference("Practitioner", identifier(entry.by or self.composition.performer))

    @property
    def encounter(self) -> Tree:
        """The consultation; nothing where entries were only filed."""
        return self.pointer(self.composition.key) if self.composition.is_consultation else {}

    def pointer(self, key: str) -> Tree:
        """A reference to an entry; nothing where the entry did not arrive."""
        entry = self.entries.get(key)
        return reference(KINDS[type(entry)], target_id(self.patient, key)) if entry else {}

    def group_of(self, entry: Entry) -> Tree:
        """A reference to the group of results an entry stands in; nothing where it stands in none."""
        held = (one for one in self.entries.values() if isinstance(one, Observation) and entry in one.items)
        return next((self.pointer(one.key) for one in held), {})

    def resource(self, entry: Entry, kind: str = "", suffix: str = "", /, **content: Any) -> Tree:
        """The resource of an entry; where it has more than one, `kind` and `suffix` tell the others apart."""
        kind = kind or KINDS[type(entry)]
        identity = target_id(self.patient, entry.key) + suffix
        whose = "patient" if kind in ("AllergyIntolerance", "Immunization") else "subject"
        person = {whose: reference("Patient", str(self.patient.number))}
        return resource(
            kind, identity, identifier=[{"system": RECEIVED, "value": identity}], **person, **content
        )
