"""Consultations of a GP Connect bundle: the encounter, and the lists of what stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from godwit.synth.gpconnect.context import Context
from godwit.synth.gpconnect.fhir import NHS, SNOMED, Tree, codeable, coding, moment, reference
from godwit.synth.messages.codes import COMMENT, consultation, snomed
from godwit.synth.messages.layout import Filing, end_of
from godwit.synth.model import Consultation, Item, Observation, Problem

LEVELS = {"consultation": ("325851000000107", "Consultation"), "topic": ("25851000000105", "Topic (EHR)")}


def encounter(here: Context, filing: Filing, one: Consultation) -> list[Tree]:
    """The encounter, what was written down about it, and its lists: the consultation, and in it one topic."""
    contents = list(_items(here, filing.entries))
    remark = [_remark(here, one)] if one.text else []
    contents = [reference("Observation", made["id"]) for made in remark] + contents
    within = here.layout.id("item", one.id)
    topic = _list(here, one, "topic", one.heading, contents)
    whole = _list(here, one, "consultation", one.type, [reference("List", f"{within}-TOPIC")])
    return [_encounter(here, one), whole, topic, *remark]


def _encounter(here: Context, one: Consultation) -> Tree:
    period = {"start": moment(one.when), "end": moment(end_of(one))}
    people = (
        (f"{NHS}/CodeSystem/GPConnect-ParticipantType-1", "REC", "recorder", one.recorder),
        ("http://hl7.org/fhir/v3/ParticipationType", "PPRF", "primary performer", one.clinician),
    )
    place = reference("Location", here.layout.id("site", one.site)) if one.site in here.layout.sites else None
    return here.resource(
        one,
        status="finished",
        type=[codeable(consultation(one.type))],
        participant=[
            {"type": [coding(system, code, title)], "individual": here.person(staff)}
            for system, code, title, staff in people
            if staff
        ],
        period={key: value for key, value in period.items() if value},
        location=[{"location": place}] if place else [],
        serviceProvider=here.organisation,
    )


def _list(here: Context, one: Consultation, level: str, title: str, items: list[Tree]) -> Tree:
    return here.resource(
        one,
        "List",
        "-CONS" if level == "consultation" else "-TOPIC",
        status="current",
        mode="snapshot",
        title=title,
        code=coding(SNOMED, *LEVELS[level]),
        encounter=here.pointer(one),
        date=here.entered(one),
        entry=[{"item": item} for item in items],
    )


def _items(here: Context, entries: list[Item]) -> Iterator[Tree]:
    """What a list names: entries and the results grouped in them; problems have a list of their own."""
    for entry in entries:
        if not isinstance(entry, Problem):
            yield here.pointer(entry)
        if isinstance(entry, Observation):
            yield from _items(here, list(here.layout.members.get(entry.id, ())))


def _remark(here: Context, one: Consultation) -> Tree:
    """What was written down about the consultation as a whole: a comment of its own."""
    return here.resource(
        one,
        "Observation",
        "-NOTE",
        status="final",
        code=codeable(snomed(COMMENT)),
        context=here.pointer(one),
        effectiveDateTime=moment(one.when),
        issued=here.entered(one),
        performer=[here.person(one.clinician)] if one.clinician else [],
        comment=one.text,
    )
