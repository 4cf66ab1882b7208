"""A patient's whole record, from the seed of the practice and the patient's number alone."""

from __future__ import annotations

from datetime import date

from godwit.synth import background, illness, immunisation, long_term, paperwork, showcase
from godwit.synth.drawing import share_at
from godwit.synth.illness import Complaints
from godwit.synth.life import Life
from godwit.synth.model import Patient, Practice
from godwit.synth.people import person
from godwit.synth.places import RECORDS_FROM
from godwit.synth.refusal import SynthRefused
from godwit.synth.world import World, world_of

_A_YEAR = ((0.0, 6.0), (3.0, 3.4), (12.0, 1.8), (20.0, 2.2), (45.0, 2.6), (65.0, 3.4), (80.0, 5.5))
"""Contacts a year about illnesses, by age."""
_ERA = ((1980.0, 0.12), (1992.0, 0.35), (2004.0, 1.0))
"""How much of what happened was typed in, by year."""
_LETTERS = 0.24
"""Letters for each such contact."""
_kept: list[tuple[World, Complaints]] = []


def patient_of(practice: Practice, number: int) -> Patient:
    """Patient `number` (from 1) of a practice; the same every time, whoever else has been made before.

    Raises `SynthRefused` for a number that the practice does not have.
    """
    if not 1 <= number <= practice.patients:
        raise SynthRefused("synth.no_such_patient", f"patients are numbered from 1 to {practice.patients}")
    return _lived(world_of(practice), number)


def _lived(world: World, number: int) -> Patient:
    life = Life(world, number)
    who = person(world, number, life.draw, life.take)
    life.patient = who.patient
    life.birth, life.last, life.registered = who.patient.birth.toordinal(), who.last, who.registered
    life.first = max(life.birth + 1, date(world.practice.snapshot.year - RECORDS_FROM, 1, 1).toordinal())
    if who.kind == "temporary":
        life.first = who.registered
    long_term.conditions(life)
    _years(life)
    immunisation.immunise(life)
    background.background(life)
    illness.missed_or_ahead(life)
    showcase.show(life, number)
    return who.patient


def _years(life: Life) -> None:
    """The contacts of each year of the record, more or fewer by age and by how much was typed in those days."""
    complaints = _complaints(life.world)
    draw, density = life.draw, life.density
    for start in range(life.first, life.last + 1, 365):
        span = min(365, life.last + 1 - start)
        year = life.world.days.midnight(start).year
        rate = share_at(_A_YEAR, life.age(start)) * share_at(_ERA, year) * density * span / 365
        for _ in range(int(rate + draw())):
            day = start + int(draw() * span)
            illness.fall_ill(life, complaints.any(life, day), day)
        for _ in range(int(rate * _LETTERS + draw())):
            paperwork.letter(life, start + int(draw() * span))


def _complaints(world: World) -> Complaints:
    if not _kept or _kept[0][0] is not world:
        _kept[:] = [(world, Complaints(world))]
    return _kept[0][1]
