"""Contacts about what comes and goes: an illness, what was seen, what was given, and what was asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from godwit.synth import medication, paperwork
from godwit.synth.drawing import Weighted, one_of
from godwit.synth.life import Life, Side
from godwit.synth.model import Appointment, Consultation, Observation
from godwit.synth.places import SLOT_MINUTES, SLOTS
from godwit.synth.world import Ailment, Panel, World

_SIGN, _DRUG, _TEST, _PANEL, _REFER, _HEADING = 0.55, 0.5, 0.12, 0.2, 0.05, 0.26
_TELEPHONE, _VISIT_AGE = 0.24, 82
_SIDES: tuple[Side, ...] = ("left", "right", "left", "right", "bilateral")
_SLOTS = tuple(timedelta(minutes=SLOT_MINUTES * number) for number in range(SLOTS))
_MINUTES = tuple(timedelta(minutes=number) for number in range(60))
Status = Literal["booked", "arrived", "seen", "dna", "cancelled"]
_APPOINTED = ("Face to face", "Face to face", "Face to face", "Telephone", "Nurse", "Blood test")


class Complaints:
    """Which illnesses somebody of an age and a sex gets, ready to draw from."""

    def __init__(self, world: World) -> None:
        self._by_age = {
            (sex, band): Weighted(
                [(one, one.weight) for one in world.illnesses if _fits(one, sex, band * 5 + 2)]
            )
            for sex in "MF"
            for band in range(22)
        }

    def any(self, life: Life, day: int) -> Ailment:
        """Some illness for this patient on this day."""
        sex = "F" if life.patient.sex == "F" else "M"
        return self._by_age[sex, min(21, int(life.age(day) / 5))](life.draw)


def _fits(one: Ailment, sex: str, age: int) -> bool:
    return one.sex in (None, sex) and one.ages[0] - 2 <= min(age, 95) <= one.ages[1]


def fall_ill(life: Life, ailment: Ailment, day: int) -> None:
    """A contact about an illness."""
    at = attend(life, day)
    entry = life.observe(at, ailment.code)
    if entry.text is None:
        entry.text = life.text(0.6)
    _qualify(life, entry, ailment)
    problem = None
    if life.draw() < _HEADING:
        heading = life.problem(entry, active=life.draw() < 0.1, major=False)
        if not heading.active:
            ended = min(life.last, day + 20 + int(life.draw() * 300))
            heading.ends = life.world.days.when(ended)
        problem = entry.problem = heading.id
    for sign in ailment.signs:
        if life.draw() < _SIGN:
            life.look(at, sign, problem)
    _act(life, at, ailment, problem)


def _qualify(life: Life, entry: Observation, ailment: Ailment) -> None:
    draw = life.draw
    if ailment.side and draw() < 0.6:
        entry.laterality = one_of(_SIDES, draw)
    chance = draw()
    if chance < 0.02:
        entry.certainty = "suspected"
    elif chance < 0.03:
        entry.certainty = "confirmed"
    elif chance < 0.045:
        entry.negated = True
    elif chance < 0.3:
        entry.episode = "first" if chance < 0.15 else "new" if chance < 0.2 else "review"


def _act(life: Life, at: Consultation, ailment: Ailment, problem: int | None) -> None:
    """What the clinician does about it."""
    draw = life.draw
    if ailment.drugs and draw() < _DRUG:
        medication.acute(life, at, one_of(ailment.drugs[0], draw), problem, draw() < 0.004)
    for test in ailment.tests:
        if draw() < _TEST:
            life.observe(at, test, problem)
    if ailment.panels and draw() < _PANEL:
        results(life, at.entered.toordinal() + 1 + int(draw() * 3), ailment.panels, problem)
    if ailment.refer is not None and draw() < _REFER:
        paperwork.refer(life, at, ailment.refer, problem)
    if draw() < 0.3:
        life.observe(at, life.world.code["safety_net"], problem)


def results(life: Life, day: int, panels: tuple[Panel, ...], problem: int | None = None) -> None:
    """Results that come back from the laboratory: taken on one day, filed by a doctor on another."""
    day = min(day, life.last)
    year = life.world.days.midnight(day).year
    at = life.contact(day, "Administration", life.doctor(year), life.office(year))
    taken = life.world.days.when(day - 1) if day - 1 >= life.first else at.when
    sample = Consultation(at.id, taken, at.entered, at.clinician, at.recorder)
    for panel in panels:
        life.measure_panel(sample, panel, problem)


def attend(life: Life, day: int) -> Consultation:
    """A contact of one kind or another; where clinics are on record it often comes from an appointment."""
    draw = life.draw
    year = life.world.days.midnight(day).year
    if draw() < _TELEPHONE:
        return life.contact(day, "Telephone", life.doctor(year))
    if life.age(day) > _VISIT_AGE and draw() < 0.3:
        return life.contact(day, "Home Visit", life.doctor(year))
    if draw() < 0.02:
        return life.contact(day, "Third party", life.doctor(year), life.office(year))
    if day >= life.world.first_session and day >= life.registered and draw() < 0.9:
        booked = book(life, day, "seen")
        if booked is not None and booked.seen is not None:
            return life.contact_at(booked.seen, "Main Surgery", _clinician(life, booked), None, booked.id)
    return life.contact(day, "Main Surgery", life.doctor(year))


def _clinician(life: Life, booked: Appointment) -> int:
    return booked.clinician if booked.clinician is not None else life.doctor(booked.entered.year)


def book(life: Life, day: int, status: Status) -> Appointment | None:
    """A booked slot in a clinic on the day or the next day with one. None if that would be after the record's end."""
    draw = life.draw
    session = life.world.session(day, draw)
    if session is None or (session.starts.toordinal() > life.last and status != "booked"):
        return None
    starts = session.starts + _SLOTS[int(draw() * SLOTS)]
    booked = max(session.starts.toordinal() - int(draw() * 21), life.registered)
    entered = (
        life.world.days.midnight(min(booked, life.last)) + _MINUTES[int(draw() * 60)] + timedelta(hours=8)
    )
    made = Appointment(
        life.take(), life.world.slot(starts), entered, session.clinicians[0], life.office(entered.year),
        session=session.id, status=status, booked=entered, type=one_of(_APPOINTED, draw),
        reason=one_of(life.world.phrases.reasons, draw) if draw() < 0.35 else None,
    )  # fmt: skip
    if status in ("seen", "arrived"):
        made.arrived = starts - _MINUTES[int(draw() * 12)]
    if status == "seen":
        made.seen = starts + _MINUTES[int(draw() * 25)]
        made.left = made.seen + _MINUTES[5 + int(draw() * 15)]
    life.patient.appointments.append(made)
    return made


def missed_or_ahead(life: Life) -> None:
    """Appointments that were missed or cancelled, and those still to come."""
    draw, world = life.draw, life.world
    since = max(world.first_session, life.registered)
    for _ in range(int((life.last - since) / 365 * 0.55 * min(1.0, life.density) + draw())):
        day = since + int(draw() * (life.last - since))
        book(life, day, "dna" if draw() < 0.5 else "cancelled")
    if life.last == world.today - 1 and draw() < 0.35:
        book(life, world.today + 1 + int(draw() * 30), "booked")
