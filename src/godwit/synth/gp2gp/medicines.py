"""The medication of a GP2GP message: each supply stands in a statement that names the drug and the dosage."""

from __future__ import annotations

from godwit.synth.gp2gp.context import Context
from godwit.synth.gp2gp.hl7 import (
    COMPLETE,
    cell,
    coded,
    component,
    day,
    is_number,
    stamp,
    timed,
    times,
    words,
)
from godwit.synth.messages.codes import Concept, allowed_issues, drug, status_of
from godwit.synth.model import Authorisation, Issue

PRESCRIPTION = coded("code", Concept((("read2", "9bG0.00"),), "NHS prescription"))
ENDED = (
    '<code code="EMISDRUG_DISCONTINUATION" codeSystem="2.16.840.1.113883.2.1.6.3" '
    'displayName="Medication Course Ended"/>'
)


def authorisation(here: Context, entry: Authorisation) -> list[str]:
    """Permission to supply, and its end where it was stopped."""
    status = status_of(entry)
    permission = (
        f'<ehrSupplyAuthorise classCode="SPLY" moodCode="INT">{here.id(entry)}{PRESCRIPTION}'
        f'<statusCode code="{"ACTIVE" if status == "active" else "COMPLETE"}"/>{times(entry.when)}'
        f'<repeatNumber value="{allowed_issues(entry)}"/>{_quantity(here, entry)}'
        f"{_remark(entry.text)}</ehrSupplyAuthorise>"
    )
    made = [_statement(here, entry, permission, "/statement")]
    if status == "stopped" and entry.ends:
        made.append(_statement(here, entry, _stop(here, entry, day(entry.ends)), "/stop-statement"))
    return made


def _stop(here: Context, entry: Authorisation, ended: str) -> str:
    return (
        f'<ehrSupplyDiscontinue classCode="SPLY" moodCode="RQO">{here.id(entry, "/stop")}{ENDED}{COMPLETE}'
        f'{timed("availabilityTime", ended)}<reversalOf typeCode="REV">{_permission(here, entry.id)}</reversalOf>'
        f"{_remark(entry.end_reason)}</ehrSupplyDiscontinue>"
    )


def issue(here: Context, entry: Issue) -> list[str]:
    """One supply."""
    supply = (
        f'<ehrSupplyPrescribe classCode="SPLY" moodCode="ORD">{here.id(entry)}{PRESCRIPTION}{COMPLETE}'
        f"{timed('availabilityTime', stamp(entry.when))}{_quantity(here, entry)}"
        f'<inFulfillmentOf typeCode="FLFS">{_permission(here, entry.authorisation)}</inFulfillmentOf>'
        f"{_remark(entry.text)}</ehrSupplyPrescribe>"
    )
    return [_statement(here, entry, supply, "/statement")]


def _statement(here: Context, entry: Authorisation | Issue, supply: str, suffix: str) -> str:
    product = coded("code", drug(here.practice.drug(entry.drug)))
    return (
        f'<MedicationStatement classCode="SBADM" moodCode="INT">{here.id(entry, suffix)}{COMPLETE}'
        f'{times(entry.when)}{here.mark(entry)}<consumable typeCode="CSM"><manufacturedProduct classCode="MANU">'
        f'<manufacturedMaterial classCode="MMAT" determinerCode="KIND">{product}</manufacturedMaterial>'
        f"</manufacturedProduct></consumable>{component(supply)}"
        '<pertinentInformation typeCode="PERT"><pertinentMedicationDosage classCode="SBADM" moodCode="RMD">'
        f"<text>{words(entry.dosage)}</text></pertinentMedicationDosage></pertinentInformation>"
        f"{here.performer(entry)}</MedicationStatement>"
    )


def _permission(here: Context, number: int) -> str:
    root = here.layout.id("item", number)
    return f'<priorMedicationRef classCode="SBADM" moodCode="ORD"><id root="{root}"/></priorMedicationRef>'


def _quantity(here: Context, entry: Authorisation | Issue) -> str:
    """How much is supplied; a quantity that is no number can only be given as words for the unit."""
    if not is_number(entry.quantity):
        here.losses["gp2gp_quantity"] += 1
        said = " ".join(part for part in (entry.quantity, entry.unit) if part)
        return _amount("1", said)
    return _amount(cell(entry.quantity), entry.unit)


def _amount(value: str, unit: str) -> str:
    inner = f'<translation value="{value}"><originalText>{words(unit)}</originalText></translation>'
    return f'<quantity value="{value}" unit="1">{inner}</quantity>'


def _remark(text: str | None) -> str:
    if not text:
        return ""
    return (
        '<pertinentInformation typeCode="PERT"><pertinentSupplyAnnotation classCode="OBS" moodCode="EVN">'
        f"<text>{words(text)}</text></pertinentSupplyAnnotation></pertinentInformation>"
    )
