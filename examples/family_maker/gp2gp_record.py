"""Writes the record of a GP2GP message: consultations, and in them one statement after another.

Each function makes the statements for one kind of entry, with what the schema asks for in the order it asks;
medication, which needs several for one entry, is in `gp2gp_medication`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from examples.family_maker.family import PLACES
from examples.family_maker.gp2gp_context import Context, performer, status, times
from examples.family_maker.gp2gp_medication import authorisation, issue
from examples.family_maker.hl7 import Element, act, agent, code_attributes, coded, component, element
from examples.family_maker.model import (
    Allergy,
    Concept,
    Document,
    Entry,
    Immunisation,
    Note,
    Observation,
    Problem,
    Recall,
    Referral,
    Section,
    concept,
)

UNSPECIFIED = Concept("Unspecified conditions", (("read2", "Z....00"),))
"""What EMIS gives to topics and headings as a code; their title is in the words."""

ALLERGY_HEADINGS = {
    True: concept("H/O: drug allergy", "416098002", "14L..00"),
    False: concept("Allergy, unspecified", "106190000", "SN53.00"),
}
STATUSES = {"active": ("394774009", "Active problem"), "past": ("394775005", "Inactive problem")}
SIGNIFICANCES = {"major": ("386134007", "Significant"), "minor": ("371928007", "Not significant")}
PRIORITIES = {"routine": ("394848005", "Normal"), "urgent": ("394849002", "High")}
BOUNDS = {"<": ("high", "false"), "<=": ("high", "true"), ">": ("low", "false"), ">=": ("low", "true")}


@singledispatch
def statements(entry: Entry, here: Context) -> list[Element]:
    """The statements for one entry; one function for each kind follows."""
    raise LookupError(f"nothing is written for {type(entry).__name__} at {here.composition.key}")


statements.register(authorisation)
statements.register(issue)


def composition(here: Context) -> Element:
    """A consultation or an act of filing."""
    one = here.composition
    ends = (element("low", value=one.when), element("high", value=one.end))
    span = ends if one.end else (element("center", nullFlavor="NI"),)
    return act(
        "ehrComposition",
        "COMPOSITION",
        "EVN",
        here.id(one.key),
        coded("code", one.type),
        status(),
        element("effectiveTime", *span),
        element("availabilityTime", value=one.when),
        element(
            "author",
            element("time", value=one.recorded),
            agent("clerk"),
            typeCode="AUT",
            contextControlCode="OP",
        ),
        place(one.place) if one.place else None,
        element("Participant2", agent(one.performer), typeCode="PPRF", contextControlCode="OP"),
        *(component(statement) for entry in one.items for statement in statements(entry, here)),
    )


def compound(kind: str, identity: Element, code: Concept, when: str, held: list[Element]) -> Element:
    """Statements held together under a code."""
    inside = (component(one, contextConductionInd="true") for one in held)
    return act(
        "CompoundStatement", kind, "EVN", identity, coded("code", code), status(), *times(when), *inside
    )


@statements.register
def section(entry: Section, here: Context) -> list[Element]:
    """A topic or a heading."""
    kind = "TOPIC" if entry.level == "topic" else "CATEGORY"
    held = [one for item in entry.items for one in statements(item, here)]
    return [compound(kind, here.id(entry.key), replace(UNSPECIFIED, words=entry.title), entry.when, held)]


@statements.register
def observation(entry: Observation, here: Context) -> list[Element]:
    """A coded statement with what was found, or a group of them."""
    if entry.items:
        held = [one for item in entry.items for one in statements(item, here)]
        return [compound("BATTERY", here.id(entry.key), entry.code, entry.when, held)]
    return [
        entered(entry, here, entry.code, found(entry), relation(entry), note(entry.text), normal_range(entry))
    ]


@statements.register
def allergy(entry: Allergy, here: Context) -> list[Element]:
    """An allergy: a coded statement under the heading that makes it one."""
    heading = ALLERGY_HEADINGS[entry.to_drug]
    held = [entered(entry, here, entry.code, note(entry.text))]
    return [compound("CATEGORY", here.id(entry.key, "heading"), heading, entry.when, held)]


@statements.register
def immunisation(entry: Immunisation, here: Context) -> list[Element]:
    """A vaccination: a coded statement like any other."""
    return [entered(entry, here, entry.code, note(entry.text))]


def entered(entry: Entry, here: Context, code: Concept, *content: Element | None) -> Element:
    """A code at a time, what else there is to it, and who did it where that is somebody else."""
    head = (here.id(entry.key), coded("code", code), status(), *times(entry.when))
    return act("ObservationStatement", "OBS", "EVN", *head, *content, performer(entry))


@statements.register
def narrative(entry: Note, here: Context) -> list[Element]:
    """Free text."""
    when = element("availabilityTime", value=entry.when)
    return [
        act(
            "NarrativeStatement",
            "OBS",
            "EVN",
            here.id(entry.key),
            element("text", entry.text),
            status(),
            when,
            performer(entry),
        )
    ]


@statements.register
def document(entry: Document, here: Context) -> list[Element]:
    """The title of a document, and where the document itself is."""
    file = element("reference", value=f"file://localhost/{entry.file}")
    text = element("text", file, mediaType=entry.media)
    code = coded("code", entry.type)
    outside = act("referredToExternalDocument", "DOC", "EVN", here.id(entry.key, "file"), code, text)
    return [
        act(
            "NarrativeStatement",
            "OBS",
            "EVN",
            here.id(entry.key),
            element("text", entry.title),
            status(),
            element("availabilityTime", value=entry.when),
            performer(entry),
            element("reference", outside, typeCode="REFR"),
        )
    ]


@statements.register
def problem(entry: Problem, here: Context) -> list[Element]:
    """A problem: links to the statement that names it and to those that belong to it."""
    state, title = STATUSES[entry.status]
    significance, weight = SIGNIFICANCES[entry.significance]
    name = element("name", **code_attributes("snomed", significance, weight))
    code = element(
        "code",
        element("originalText", f"{title}, {weight}"),
        element("qualifier", name, inverted="false"),
        **code_attributes("snomed", state, title),
    )
    span = [element("low", value=entry.onset)] + [element("high", value=entry.ended)] * bool(entry.ended)
    return [
        act(
            "LinkSet",
            "OBS",
            "EVN",
            here.id(entry.key),
            code,
            status(),
            element("effectiveTime", *span),
            element("availabilityTime", value=here.composition.recorded),
            *(component(here.pointer(key)) for key in entry.linked),
            element(
                "conditionNamed",
                here.pointer(entry.names, "namedStatementRef"),
                typeCode="NAME",
                inversionInd="true",
            ),
            performer(entry),
        )
    ]


@statements.register
def recall(entry: Recall, here: Context) -> list[Element]:
    """A diary entry."""
    return [
        act(
            "PlanStatement",
            "OBS",
            "INT",
            here.id(entry.key),
            coded("code", entry.code),
            element("text", entry.text) if entry.text else None,
            status(),
            element("effectiveTime", element("center", value=entry.due)),
            element("availabilityTime", value=entry.when),
            performer(entry),
        )
    ]


@statements.register
def referral(entry: Referral, here: Context) -> list[Element]:
    """A referral."""
    code, title = PRIORITIES[entry.priority]
    return [
        act(
            "RequestStatement",
            "OBS",
            "RQO",
            here.id(entry.key),
            coded("code", entry.code),
            element("text", entry.text),
            status(),
            *times(entry.when),
            element("priorityCode", **code_attributes("snomed", code, title)),
            element("responsibleParty", agent(entry.recipient), typeCode="RESP"),
            performer(entry),
        )
    ]


def place(key: str) -> Element:
    """Where a consultation was held."""
    inner = element("locatedPlace", element("name", PLACES[key]), classCode="PLC", determinerCode="INSTANCE")
    return element("location", element("locatedEntity", inner, classCode="LOCE"), typeCode="LOC")


def found(entry: Observation) -> Element | None:
    """What was found: a number, a number that is a bound, or words."""
    if entry.answer:
        return element("value", entry.answer, xsi_type="ST")
    if not entry.value:
        return None
    amount = {"value": entry.value, "unit": "1"}
    words = element("translation", element("originalText", entry.unit), value=entry.value)
    if not entry.comparator:
        return element("value", words, xsi_type="PQ", **amount)
    side, inclusive = BOUNDS[entry.comparator]
    return element("value", element(side, words, inclusive=inclusive, **amount), xsi_type="IVL_PQ")


def normal_range(entry: Observation) -> Element | None:
    """The range in which a result is normal."""
    if not entry.low:
        return None
    value = element("value", element("low", value=entry.low), element("high", value=entry.high))
    return element(
        "referenceRange", act("referenceInterpretationRange", "OBS", "EVN.CRT", value), typeCode="REFV"
    )


def note(text: str) -> Element | None:
    """The free text of a coded statement."""
    if not text:
        return None
    annotation = act("pertinentAnnotation", "OBS", "EVN", element("text", text))
    return element("pertinentInformation", element("sequenceNumber", value="+1"), annotation, typeCode="PERT")


def relation(entry: Observation) -> Element | None:
    """The relative an entry is about."""
    if not entry.relation:
        return None
    relative = element("personalRelationship", coded("code", entry.relation), classCode="PRS")
    return element("subject", relative, typeCode="SBJ")
