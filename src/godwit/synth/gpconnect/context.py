"""What every resource of a GP Connect record is written with: whose it is, when, by whom, in which consultation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from godwit.synth.gpconnect.fhir import Tree, instant, reference, resource
from godwit.synth.messages.layout import Layout
from godwit.synth.model import (
    Allergy,
    Authorisation,
    Consultation,
    Document,
    Immunisation,
    Issue,
    Item,
    Observation,
    Patient,
    Practice,
    Problem,
    Recall,
    Referral,
)

KINDS: dict[type[Item], str] = {
    Consultation: "Encounter",
    Observation: "Observation",
    Document: "DocumentReference",
    Allergy: "AllergyIntolerance",
    Immunisation: "Immunization",
    Problem: "Condition",
    Authorisation: "MedicationRequest",
    Issue: "MedicationRequest",
    Recall: "ProcedureRequest",
    Referral: "ReferralRequest",
}
"""The resource an item becomes."""

_PATIENT_ELEMENT = ("AllergyIntolerance", "Immunization")


@dataclass
class Context:
    """One patient on the way into a bundle; `losses` counts what does not fit into it."""

    layout: Layout
    losses: Counter[str] = field(default_factory=Counter)

    @property
    def practice(self) -> Practice:
        """The practice whose record it is."""
        return self.layout.practice

    @property
    def patient(self) -> Patient:
        """Whose record it is."""
        return self.layout.patient

    @property
    def subject(self) -> Tree:
        """A reference to the patient."""
        return reference("Patient", self.layout.id("patient", self.patient.id))

    def resource(self, item: Item, kind: str = "", suffix: str = "", **content: Any) -> Tree:
        """The resource of an item; where it has more than one, `kind` and `suffix` tell the others apart."""
        kind = kind or KINDS[type(item)]
        identity = self.layout.id("item", item.id) + suffix
        named = [{"system": self.identifiers, "value": identity}]
        whose = {"patient" if kind in _PATIENT_ELEMENT else "subject": self.subject}
        return resource(kind, identity, item.confidential, identifier=named, **whose, **content)

    @property
    def organisation(self) -> Tree:
        """A reference to the practice."""
        return reference("Organization", self.layout.id("organisation", self.practice.organisation.id))

    @property
    def identifiers(self) -> str:
        """What the system calls its identifiers: they stay the same from one extract to the next."""
        return f"https://{self.practice.organisation.ods.lower()}.example/Id/record"

    def pointer(self, item: Item) -> Tree:
        """A reference to the resource of an item."""
        return reference(KINDS[type(item)], self.layout.id("item", item.id))

    def person(self, staff: int | None) -> Tree:
        """A reference to a member of staff; nothing where nobody is named."""
        return reference("Practitioner", self.layout.id("staff", staff)) if staff else {}

    def encounter(self, item: Item) -> Tree:
        """The consultation an item belongs to; nothing where it was only filed."""
        if item.consultation is None:
            return {}
        return reference("Encounter", self.layout.id("item", item.consultation))

    def entered(self, item: Item) -> str:
        """When an item was entered."""
        return instant(item.entered)
