"""Writes the record of a GP Connect bundle: one resource after another for what stands in the consultations.

Each function makes the resource for one kind of entry; medication, which needs several, is in `gpconnect_medication`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from examples.family_maker.fhir import HL7UK, NHS, SNOMED, Tree, codeable, coding, extension, note, reference
from examples.family_maker.gpconnect_context import Context
from examples.family_maker.gpconnect_medication import authorisation, supply
from examples.family_maker.model import (
    Allergy,
    Composition,
    Document,
    Entry,
    Immunisation,
    Note,
    Observation,
    Patient,
    Problem,
    Recall,
    Referral,
    Section,
    all_entries,
    concept,
)
from examples.family_maker.writing import identifier

COMMENT = concept("Comment note", "37331000000100")
LEVELS = {
    "consultation": ("325851000000107", "Consultation"),
    "topic": ("25851000000105", "Topic (EHR)"),
    "heading": ("24781000000107", "Category (EHR)"),
}


def record(patient: Patient) -> list[Tree]:
    """Every resource of the record, in the order of the consultations."""
    entries = {entry.key: entry for entry in all_entries(patient.record)}
    made: list[Tree] = []
    for one in patient.record:
        if isinstance(one, Composition):
            here = Context(patient, entries, one)
            made += consultation(here) if one.is_consultation else []
            made += [resource for entry in _written(one) for resource in resources(entry, here)]
    return made


def _written(composition: Composition) -> Iterator[Entry]:
    """The entries of a composition that become resources; headings only where it is a consultation."""
    for entry in all_entries(composition.items):
        if composition.is_consultation or not isinstance(entry, Section):
            yield entry


@singledispatch
def resources(entry: Entry, here: Context) -> list[Tree]:
    """The resources for one entry; one function for each kind follows."""
    raise LookupError(f"nothing is written for {type(entry).__name__} at {here.composition.key}")


resources.register(authorisation)
resources.register(supply)


def consultation(here: Context) -> list[Tree]:
    """The encounter, and the list of what stands in it."""
    one = here.composition
    parts = (
        (f"{NHS}/CodeSystem/GPConnect-ParticipantType-1", "REC", "recorder", here.recorder),
        ("http://hl7.org/fhir/v3/ParticipationType", "PPRF", "primary performer", here.performer(one)),
    )
    encounter = here.resource(
        one,
        status="finished",
        type=[codeable(one.type)],
        participant=[
            {"type": [coding(system, code, title)], "individual": person}
            for system, code, title, person in parts
        ],
        period={"start": here.moment(one.when), "end": here.moment(one.end)},
        location=[{"location": reference("Location", identifier("place", one.place))}],
    )
    return [encounter, contents(one, here, "consultation", one.type.term, here.recorded, "-CONS")]


def contents(entry: Entry, here: Context, level: str, title: str, date: str, suffix: str = "") -> Tree:
    """The list of what stands in a consultation, topic or heading."""
    return here.resource(
        entry,
        "List",
        suffix,
        status="current",
        mode="snapshot",
        title=title,
        code=coding(SNOMED, *LEVELS[level]),
        encounter=here.encounter,
        date=date,
        entry=[{"item": here.pointer(one.key)} for item in entry.items for one in _listed(item)],
    )


def _listed(entry: Entry) -> Iterator[Entry]:
    """What a list names for an entry: itself and the results grouped in it; problems have a list of their own."""
    if not isinstance(entry, Problem):
        yield entry
    if isinstance(entry, Observation):
        yield from entry.items


def finding(entry: Entry, here: Context, **content: Any) -> Tree:
    """What every observation has."""
    return here.resource(
        entry,
        status="final",
        context=here.encounter,
        effectiveDateTime=here.moment(entry.when),
        issued=here.recorded,
        performer=[here.performer(entry)],
        **content,
    )


@resources.register
def section(entry: Section, here: Context) -> list[Tree]:
    """A topic or a heading."""
    return [contents(entry, here, entry.level, entry.title, here.moment(entry.when))]


@resources.register
def narrative(entry: Note, here: Context) -> list[Tree]:
    """Free text."""
    return [finding(entry, here, code=codeable(COMMENT), comment=entry.text)]


@resources.register
def observation(entry: Observation, here: Context) -> list[Tree]:
    """A coded entry, a group of them, or one of a group."""
    related = [{"type": "has-member", "target": here.pointer(item.key)} for item in entry.items]
    if group := here.group_of(entry):
        related.append({"type": "derived-from", "target": group})
    value, low, high = (float(said) if said else None for said in (entry.value, entry.low, entry.high))
    return [
        finding(
            entry,
            here,
            code=codeable(entry.code),
            valueQuantity={"value": value, "comparator": entry.comparator, "unit": entry.unit},
            valueString=entry.answer,
            comment=entry.text,
            referenceRange=[{"low": {"value": low}, "high": {"value": high}}] if entry.low else [],
            related=related,
        )
    ]


@resources.register
def problem(entry: Problem, here: Context) -> list[Tree]:
    """A problem, with links to the entry that names it and to those that belong to it."""
    named = here.entries[entry.names]
    named_code, text = (named.code, named.text) if isinstance(named, Observation) else (COMMENT, "")
    significance = extension("CareConnect-ProblemSignificance-1", base=HL7UK, valueCode=entry.significance)
    actual = extension("CareConnect-ActualProblem-1", base=HL7UK, valueReference=here.pointer(entry.names))
    linked = [
        extension("CareConnect-RelatedClinicalContent-1", base=HL7UK, valueReference=here.pointer(key))
        for key in entry.linked
        if key in here.entries
    ]
    category = f"{HL7UK}/CodeSystem/CareConnect-ConditionCategory-1"
    return [
        here.resource(
            entry,
            extension=[significance, actual, *linked],
            clinicalStatus="active" if entry.status == "active" else "inactive",
            category=[coding(category, "problem-list-item", "Problem List Item")],
            code=codeable(named_code),
            context=here.encounter,
            onsetDateTime=here.moment(entry.onset),
            abatementDateTime=here.moment(entry.ended),
            assertedDate=here.recorded,
            asserter=here.performer(entry),
            note=note(text),
        )
    ]


@resources.register
def allergy(entry: Allergy, here: Context) -> list[Tree]:
    """An allergy."""
    return [
        here.resource(
            entry,
            clinicalStatus="active",
            verificationStatus="unconfirmed",
            category=["medication" if entry.to_drug else "environment"],
            code=codeable(entry.code),
            onsetDateTime=here.moment(entry.when),
            assertedDate=here.recorded,
            recorder=here.recorder,
            asserter=here.performer(entry),
            note=note(entry.text),
        )
    ]


@resources.register
def immunisation(entry: Immunisation, here: Context) -> list[Tree]:
    """A vaccination."""
    procedure = codeable(entry.code)
    return [
        here.resource(
            entry,
            extension=[
                extension("CareConnect-VaccinationProcedure-1", base=HL7UK, valueCodeableConcept=procedure),
                extension("CareConnect-DateRecorded-1", base=HL7UK, valueDateTime=here.recorded),
            ],
            status="completed",
            notGiven=False,
            vaccineCode=coding("http://hl7.org/fhir/v3/NullFlavor", "UNK", "unknown"),
            encounter=here.encounter,
            date=here.moment(entry.when),
            primarySource=True,
            practitioner=[{"actor": here.performer(entry)}],
            note=note(entry.text),
        )
    ]


@resources.register
def recall(entry: Recall, here: Context) -> list[Tree]:
    """A diary entry."""
    return [
        here.resource(
            entry,
            status="active",
            intent="plan",
            code=codeable(entry.code),
            context=here.encounter,
            occurrenceDateTime=here.moment(entry.due),
            authoredOn=here.moment(entry.when),
            requester={"agent": here.performer(entry)},
            note=note(entry.text),
        )
    ]


@resources.register
def referral(entry: Referral, here: Context) -> list[Tree]:
    """A referral."""
    return [
        here.resource(
            entry,
            status="unknown",
            intent="order",
            priority=entry.priority,
            context=here.encounter,
            authoredOn=here.moment(entry.when),
            requester={"agent": here.performer(entry)},
            recipient=[reference("Organization", identifier(entry.recipient))],
            reasonCode=[codeable(entry.code)],
            note=note(entry.text),
        )
    ]


@resources.register
def document(entry: Document, here: Context) -> list[Tree]:
    """A letter or picture."""
    return [
        here.resource(
            entry,
            status="current",
            type=codeable(entry.type),
            created=here.moment(entry.when),
            indexed=here.recorded,
            author=[here.performer(entry)],
            description=entry.title,
            content=[{"attachment": {"contentType": entry.media, "url": f"file://localhost/{entry.file}"}}],
            context={"encounter": here.encounter},
        )
    ]
