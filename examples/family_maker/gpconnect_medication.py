"""Writes the medication of a GP Connect bundle: an authorisation is a plan with a statement, an issue is an order."""

from __future__ import annotations

from typing import Any

from examples.family_maker.fhir import NHS, Tree, codeable, coding, extension, note, reference, resource
from examples.family_maker.gpconnect_context import Context
from examples.family_maker.model import Authorisation, Entry, Issue, Supply
from examples.family_maker.writing import identifier, target_id


def authorisation(entry: Authorisation, here: Context) -> list[Tree]:
    """The drug, the plan and the statement."""
    plan = request(
        entry,
        here,
        intent="plan",
        status=entry.status,
        extension=[repeats(entry), kind_of(entry), *stopped(entry, here)],
    )
    statement = here.resource(
        entry,
        "MedicationStatement",
        "-MS",
        extension=[
            extension(
                "CareConnect-GPC-PrescribingAgency-1",
                valueCodeableConcept=coding(
                    f"{NHS}/CodeSystem/CareConnect-PrescribingAgency-1",
                    "prescribed-at-gp-practice",
                    "Prescribed at GP practice",
                ),
            )
        ],
        basedOn=[here.pointer(entry.key)],
        context=here.encounter,
        status=entry.status,
        medicationReference=drug_of(entry, here),
        effectivePeriod={"start": here.moment(entry.when)},
        dateAsserted=here.recorded,
        taken="unk",
        dosage=[{"text": entry.dosage}],
    )
    return [drug(entry, here), plan, statement]


def supply(entry: Issue, here: Context) -> list[Tree]:
    """The drug and the order."""
    under = here.entries[entry.under]
    order = request(
        entry,
        here,
        intent="order",
        status="completed",
        extension=[kind_of(under)],
        basedOn=[here.pointer(entry.under)],
    )
    return [drug(entry, here), order]


def request(entry: Supply, here: Context, **content: Any) -> Tree:
    """What a plan and an order share."""
    return here.resource(
        entry,
        **content,
        medicationReference=drug_of(entry, here),
        context=here.encounter,
        authoredOn=here.moment(entry.when),
        requester={"agent": here.performer(entry)},
        recorder=here.recorder,
        note=note(entry.text),
        dosageInstruction=[{"text": entry.dosage}],
        dispenseRequest={
            "validityPeriod": {"start": here.moment(entry.when)},
            "quantity": {"value": float(entry.quantity), "unit": entry.unit},
        },
    )


def drug(entry: Supply, here: Context) -> Tree:
    """The drug of a supply, as a resource of its own."""
    identity = identifier("drug", target_id(here.patient, entry.key))
    return resource("Medication", identity, code=codeable(entry.drug))


def drug_of(entry: Supply, here: Context) -> Tree:
    """A reference to the drug."""
    return reference("Medication", identifier("drug", target_id(here.patient, entry.key)))


def repeats(entry: Authorisation) -> Tree:
    """How often it may be supplied."""
    allowed = {"url": "numberOfRepeatPrescriptionsAllowed", "valueUnsignedInt": int(entry.repeats)}
    return extension("CareConnect-GPC-MedicationRepeatInformation-1", allowed)


def kind_of(entry: Entry) -> Tree:
    """Acute or repeat."""
    is_repeat = isinstance(entry, Authorisation) and entry.repeats != "0"
    code, title = ("repeat", "Repeat") if is_repeat else ("acute", "Acute")
    kind = coding(f"{NHS}/CodeSystem/CareConnect-PrescriptionType-1", code, title)
    return extension("CareConnect-GPC-PrescriptionType-1", valueCodeableConcept=kind)


def stopped(entry: Authorisation, here: Context) -> list[Tree]:
    """When and why it was stopped, where it was."""
    if not entry.stopped:
        return []
    day = {"url": "statusChangeDate", "valueDateTime": here.moment(entry.stopped)}
    reason = {"url": "statusReason", "valueCodeableConcept": {"text": entry.stop_reason}}
    return [extension("CareConnect-GPC-MedicationStatusReason-1", day, reason)]
