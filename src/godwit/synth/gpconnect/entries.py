"""The entries of a GP Connect record, one function for each kind; medication is in `medicines`."""

from __future__ import annotations

from typing import Any

from godwit.synth.gpconnect.context import Context
from godwit.synth.gpconnect.fhir import (
    HL7UK,
    SNOMED,
    Tree,
    codeable,
    coding,
    day,
    extension,
    moment,
    note,
    number,
    reference,
)
from godwit.synth.messages.codes import SIDES, concept, problem_text
from godwit.synth.model import Allergy, Document, Immunisation, Observation, Problem, Recall, Referral

PRIORITIES = {"Routine": "routine", "Urgent": "urgent", "2 Week Wait": "urgent", "Soon": "asap"}
ABNORMAL = coding("http://hl7.org/fhir/v2/0078", "A", "Abnormal")


def observation(here: Context, entry: Observation) -> Tree:
    """A coded entry, a result, or a group of results."""
    side = SIDES.get(entry.laterality or "")
    return here.resource(
        entry,
        status="final",
        code=codeable(concept(here.practice.code(entry.code))),
        context=here.encounter(entry),
        effectiveDateTime=moment(entry.when),
        issued=here.entered(entry),
        performer=[here.person(entry.clinician)] if entry.clinician else [],
        interpretation=ABNORMAL if entry.abnormal else None,
        comment=entry.text,
        bodySite=coding(SNOMED, *side) if side else None,
        referenceRange=_range(entry),
        related=_related(here, entry),
        **_value(here, entry),
    )


def _value(here: Context, entry: Observation) -> Tree:
    if not entry.value:
        return {}
    value = number(entry.value)
    if value is None:
        here.losses["gpconnect_number"] += 1
        return {"valueString": entry.value}
    made = {"value": value, "comparator": entry.comparator, "unit": entry.unit}
    return {"valueQuantity": {key: part for key, part in made.items() if part is not None}}


def _range(entry: Observation) -> list[Tree]:
    bounds = (("low", entry.low), ("high", entry.high))
    made = {name: {"value": number(text)} for name, text in bounds if text and number(text) is not None}
    return [made] if made else []


def _related(here: Context, entry: Observation) -> list[Tree]:
    members = [
        {"type": "has-member", "target": here.pointer(one)} for one in here.layout.members.get(entry.id, ())
    ]
    group = here.layout.named.get(entry.parent or 0)
    return [{"type": "derived-from", "target": here.pointer(group)}, *members] if group else members


def problem(here: Context, entry: Problem) -> Tree:
    """A problem, with links to the entry that names it and to those that belong to it."""
    named = here.layout.named.get(entry.entry)
    linked = [here.pointer(one) for one in here.layout.linked.get(entry.id, ())]
    extensions = [
        extension(
            "CareConnect-ProblemSignificance-1", base=HL7UK, valueCode="major" if entry.major else "minor"
        )
    ]
    if named:
        extensions.append(
            extension("CareConnect-ActualProblem-1", base=HL7UK, valueReference=here.pointer(named))
        )
    extensions += [
        extension("CareConnect-RelatedClinicalContent-1", base=HL7UK, valueReference=one) for one in linked
    ]
    return here.resource(
        entry,
        extension=extensions,
        clinicalStatus="active" if entry.active else "inactive",
        category=[
            coding(
                f"{HL7UK}/CodeSystem/CareConnect-ConditionCategory-1",
                "problem-list-item",
                "Problem List Item",
            )
        ],
        code=codeable(concept(here.practice.code(entry.code))),
        context=here.encounter(entry),
        onsetDateTime=moment(entry.when),
        abatementDateTime=moment(entry.ends),
        assertedDate=here.entered(entry),
        asserter=here.person(entry.clinician),
        note=note(problem_text(entry, named.text if named else None)),
    )


def allergy(here: Context, entry: Allergy) -> Tree:
    """An allergy to a drug or to something else, with its reaction."""
    code = here.practice.code(entry.code)
    end = (
        [
            extension(
                "CareConnect-GPC-AllergyIntoleranceEnd-1",
                {"url": "endDate", "valueDateTime": moment(entry.ends)},
            )
        ]
        if entry.ends
        else []
    )
    seen = (
        [extension("CareConnect-GPC-associatedEncounter-1", base=HL7UK, valueReference=here.encounter(entry))]
        if entry.consultation
        else []
    )
    return here.resource(
        entry,
        extension=end + seen,
        clinicalStatus="resolved" if entry.ends else "active",
        verificationStatus="confirmed" if entry.certainty == "certain" else "unconfirmed",
        category=["medication" if code.degree == "drug" else "environment"],
        code=codeable(concept(code)),
        onsetDateTime=moment(entry.when),
        assertedDate=here.entered(entry),
        recorder=here.person(entry.recorder),
        asserter=here.person(entry.clinician),
        note=note(entry.text),
        reaction=_reaction(here, entry),
    )


def _reaction(here: Context, entry: Allergy) -> list[Tree]:
    made: Tree = {}
    if entry.reaction:
        made["manifestation"] = [codeable(concept(here.practice.code(entry.reaction)))]
    if entry.severity:
        made["severity"] = entry.severity
    return [made] if made else []


def immunisation(here: Context, entry: Immunisation) -> Tree:
    """A vaccination, given or refused."""
    procedure = codeable(concept(here.practice.code(entry.code)))
    unknown = {
        "coding": [{"system": "http://hl7.org/fhir/v3/NullFlavor", "code": "UNK", "display": "unknown"}]
    }
    vaccine = {"text": entry.product} if entry.product else unknown
    why = "reason" if entry.given else "reasonNotGiven"
    return here.resource(
        entry,
        extension=[
            extension("CareConnect-VaccinationProcedure-1", base=HL7UK, valueCodeableConcept=procedure),
            extension("CareConnect-DateRecorded-1", base=HL7UK, valueDateTime=here.entered(entry)),
        ],
        status="completed" if entry.given else "not-done",
        notGiven=not entry.given,
        vaccineCode=vaccine,
        encounter=here.encounter(entry),
        date=moment(entry.when),
        primarySource=True,
        manufacturer={"display": entry.maker} if entry.maker else None,
        lotNumber=entry.batch,
        expirationDate=day(entry.expires),
        site={"text": entry.site} if entry.site else None,
        route={"text": entry.method} if entry.method else None,
        practitioner=[{"actor": here.person(entry.clinician)}] if entry.clinician else [],
        note=note(entry.text),
        explanation={why: [{"text": entry.reason}]} if entry.reason else None,
        vaccinationProtocol=[{"doseSequence": entry.dose}] if entry.dose else [],
    )


def recall(here: Context, entry: Recall) -> Tree:
    """A diary entry."""
    return here.resource(
        entry,
        status="completed" if entry.complete else "active" if entry.active else "cancelled",
        intent="plan",
        code=codeable(concept(here.practice.code(entry.code))),
        context=here.encounter(entry),
        occurrenceDateTime=moment(entry.when),
        authoredOn=here.entered(entry),
        requester={"agent": here.person(entry.clinician)} if entry.clinician else None,
        performer=here.organisation,
        note=note(entry.text),
    )


def referral(here: Context, entry: Referral) -> Tree:
    """A referral."""
    made = here.resource(
        entry,
        status="unknown",
        intent="order",
        priority=PRIORITIES[entry.urgency],
        context=here.encounter(entry),
        authoredOn=moment(entry.when),
        requester={"agent": here.person(entry.clinician)} if entry.clinician else None,
        recipient=[reference("Organization", here.layout.id("organisation", entry.to))] if entry.to else [],
        reasonCode=[codeable(concept(here.practice.code(entry.code)))],
        note=note(entry.text),
    )
    if entry.ubrn:
        made["identifier"].append({"system": "https://fhir.nhs.uk/Id/ubr-number", "value": entry.ubrn})
    return made


def document(here: Context, entry: Document) -> Tree:
    """A letter or picture: what it is, and by which name its file goes."""
    attachment: dict[str, Any] = {"contentType": entry.mime, "url": f"file://localhost/{entry.file_name}"}
    if entry.size:
        attachment["size"] = entry.size
    return here.resource(
        entry,
        status="current",
        type=codeable(concept(here.practice.code(entry.code))),
        created=moment(entry.when),
        indexed=here.entered(entry),
        author=[here.person(entry.clinician)] if entry.clinician else [],
        custodian=here.organisation,
        description=entry.title,
        content=[{"attachment": attachment}],
        context={"encounter": here.encounter(entry)} if entry.consultation else None,
    )
