"""The medication of a GP Connect bundle: an authorisation is a plan with a statement, an issue is an order."""

from __future__ import annotations

from typing import Any

from godwit.synth.gpconnect.context import Context
from godwit.synth.gpconnect.fhir import (
    NHS,
    Tree,
    codeable,
    coding,
    day,
    extension,
    moment,
    note,
    number,
    reference,
    resource,
)
from godwit.synth.messages.codes import allowed_issues, drug, status_of
from godwit.synth.model import Authorisation, Issue

KINDS = {
    "acute": ("acute", "Acute"),
    "repeat": ("repeat", "Repeat"),
    "repeat_dispensing": ("repeat-dispensing", "Repeat Dispensing"),
}


def authorisation(here: Context, entry: Authorisation) -> list[Tree]:
    """The plan and the statement."""
    status = status_of(entry)
    plan = _request(
        here,
        entry,
        intent="plan",
        status=status,
        extension=[_kind(entry), *_repeats(here, entry), *_stopped(entry)],
    )
    agency = coding(
        f"{NHS}/CodeSystem/CareConnect-PrescribingAgency-1",
        "prescribed-at-gp-practice",
        "Prescribed at GP practice",
    )
    statement = here.resource(
        entry,
        "MedicationStatement",
        "-MS",
        extension=[extension("CareConnect-GPC-PrescribingAgency-1", valueCodeableConcept=agency)],
        basedOn=[here.pointer(entry)],
        context=here.encounter(entry),
        status=status,
        medicationReference=_product(here, entry),
        effectivePeriod={"start": moment(entry.when)},
        dateAsserted=here.entered(entry),
        taken="unk",
        dosage=[{"text": entry.dosage}],
    )
    return [plan, statement]


def issue(here: Context, entry: Issue) -> Tree:
    """The order under an authorisation."""
    under = here.layout.authorisations.get(entry.authorisation)
    return _request(
        here,
        entry,
        intent="order",
        status="completed",
        extension=[_kind(under)] if under else [],
        basedOn=[here.pointer(under)] if under else [],
    )


def products(here: Context) -> list[Tree]:
    """Every product the record names, once."""
    patient = here.patient
    drugs = [one.drug for one in patient.authorisations] + [one.drug for one in patient.issues]
    return [
        resource(
            "Medication", here.layout.id("drug", number), code=codeable(drug(here.practice.drug(number)))
        )
        for number in dict.fromkeys(drugs)
    ]


def _request(here: Context, entry: Authorisation | Issue, **content: Any) -> Tree:
    return here.resource(
        entry,
        **content,
        medicationReference=_product(here, entry),
        context=here.encounter(entry),
        authoredOn=moment(entry.when),
        requester={"agent": here.person(entry.clinician)} if entry.clinician else None,
        recorder=here.person(entry.recorder),
        note=note(entry.text),
        dosageInstruction=[{"text": entry.dosage}] if entry.dosage else [],
        dispenseRequest={
            "validityPeriod": {"start": moment(entry.when)},
            "quantity": _quantity(here, entry),
            "expectedSupplyDuration": {"value": entry.days, "unit": "day"},
        },
    )


def _quantity(here: Context, entry: Authorisation | Issue) -> Tree:
    value = number(entry.quantity)
    if value is not None:
        return {"value": value, "unit": entry.unit}
    here.losses["gpconnect_quantity"] += 1
    return {"unit": " ".join(part for part in (entry.quantity, entry.unit) if part)}


def _product(here: Context, entry: Authorisation | Issue) -> Tree:
    return reference("Medication", here.layout.id("drug", entry.drug))


def _kind(entry: Authorisation) -> Tree:
    kind = coding(f"{NHS}/CodeSystem/CareConnect-PrescriptionType-1", *KINDS[entry.kind])
    return extension("CareConnect-GPC-PrescriptionType-1", valueCodeableConcept=kind)


def _repeats(here: Context, entry: Authorisation) -> list[Tree]:
    """How often it may be issued, how often it was, and until when it holds."""
    issued = here.layout.issue_counts.get(entry.id, 0)
    parts: list[Tree] = [{"url": "numberOfRepeatPrescriptionsIssued", "valueUnsignedInt": issued}]
    allowed = allowed_issues(entry)
    parts.append({"url": "numberOfRepeatPrescriptionsAllowed", "valueUnsignedInt": allowed})
    if entry.review:
        parts.append({"url": "authorisationExpiryDate", "valueDateTime": day(entry.review)})
    return [extension("CareConnect-GPC-MedicationRepeatInformation-1", *parts)]


def _stopped(entry: Authorisation) -> list[Tree]:
    """When and why it was stopped, where it was."""
    if status_of(entry) != "stopped":
        return []
    parts: list[Tree] = [{"url": "statusChangeDate", "valueDateTime": day(entry.ends)}]
    if entry.end_reason:
        parts.append({"url": "statusReason", "valueCodeableConcept": {"text": entry.end_reason}})
    return [extension("CareConnect-GPC-MedicationStatusReason-1", *parts)]
