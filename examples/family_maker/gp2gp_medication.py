"""Writes the medication of a GP2GP message: each supply stands in a statement that names the drug and the dosage."""

from __future__ import annotations

from examples.family_maker.gp2gp_context import Context, performer, status, times
from examples.family_maker.hl7 import Element, act, coded, component, element
from examples.family_maker.model import Authorisation, Concept, Issue, Supply

PRESCRIPTION = Concept("NHS prescription", (("read2", "9bG0.00"),))
ENDED = {
    "code": "EMISDRUG_DISCONTINUATION",
    "codeSystem": "2.16.840.1.113883.2.1.6.3",
    "displayName": "Medication Course Ended",
}


def authorisation(entry: Authorisation, here: Context) -> list[Element]:
    """Permission to supply, and its end where it was stopped."""
    permission = act(
        "ehrSupplyAuthorise",
        "SPLY",
        "INT",
        here.id(entry.key),
        coded("code", PRESCRIPTION),
        status("ACTIVE" if entry.status == "active" else "COMPLETE"),
        *times(entry.when),
        element("repeatNumber", value=entry.repeats),
        quantity(entry),
        remark(entry.text),
    )
    made = [statement(entry, here, permission, "statement")]
    return [*made, statement(entry, here, stop(entry, here), "stop-statement")] if entry.stopped else made


def stop(entry: Authorisation, here: Context) -> Element:
    """The end of a permission."""
    return act(
        "ehrSupplyDiscontinue",
        "SPLY",
        "RQO",
        here.id(entry.key, "stop"),
        element("code", **ENDED),
        status(),
        element("availabilityTime", value=entry.stopped),
        element("reversalOf", permission_of(entry.key, here), typeCode="REV"),
        remark(entry.stop_reason),
    )


def issue(entry: Issue, here: Context) -> list[Element]:
    """One supply."""
    supply = act(
        "ehrSupplyPrescribe",
        "SPLY",
        "ORD",
        here.id(entry.key),
        coded("code", PRESCRIPTION),
        status(),
        element("availabilityTime", value=entry.when),
        quantity(entry),
        element("inFulfillmentOf", permission_of(entry.under, here), typeCode="FLFS"),
        remark(entry.text),
    )
    return [statement(entry, here, supply, "statement")]


def statement(entry: Supply, here: Context, supply: Element, name: str) -> Element:
    """The statement around a supply: the drug and how to take it."""
    material = element(
        "manufacturedMaterial", coded("code", entry.drug), classCode="MMAT", determinerCode="KIND"
    )
    product = element("manufacturedProduct", material, classCode="MANU")
    dosage = act("pertinentMedicationDosage", "SBADM", "RMD", element("text", entry.dosage))
    return act(
        "MedicationStatement",
        "SBADM",
        "INT",
        here.id(entry.key, name),
        status(),
        *times(entry.when),
        element("consumable", product, typeCode="CSM"),
        component(supply),
        element("pertinentInformation", dosage, typeCode="PERT"),
        performer(entry),
    )


def permission_of(key: str, here: Context) -> Element:
    """A pointer to an authorisation."""
    return act("priorMedicationRef", "SBADM", "ORD", here.id(key))


def quantity(entry: Supply) -> Element:
    """How much is supplied."""
    words = element("translation", element("originalText", entry.unit), value=entry.quantity)
    return element("quantity", words, value=entry.quantity, unit="1")


def remark(text: str) -> Element | None:
    """The free text of a supply."""
    if not text:
        return None
    annotation = act("pertinentSupplyAnnotation", "OBS", "EVN", element("text", text))
    return element("pertinentInformation", annotation, typeCode="PERT")
