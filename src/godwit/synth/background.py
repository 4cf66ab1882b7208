"""What a practice asks of everybody: smoking, alcohol, ethnicity, consents; allergies; health checks; local codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from godwit.synth import long_term, paperwork
from godwit.synth.drawing import NEVER, one_of
from godwit.synth.life import Life
from godwit.synth.model import Allergy, Consultation

_ALLERGIC, _ALLERGIES = 0.26, 2.2
_SEVERITIES: tuple[Literal["mild", "moderate", "severe"], ...] = ("mild", "moderate", "severe")
_CERTAINTIES: tuple[Literal["certain", "likely", "possible"], ...] = ("certain", "likely", "possible")
_REACTIONS = ("rash", "hives", "anaphylaxis", "angioedema", "nausea", "diarrhoea")
_SMOKING = ("never_smoked", "never_smoked", "never_smoked", "ex_smoker", "ex_smoker", "smoker")
_DRINKING = ("alcohol_none", "alcohol_moderate", "alcohol_moderate", "alcohol_heavy")
_LOCAL = (
    "carer_local", "frailty_local", "winter_local", "social_local", "spiro_local", "note_local", "care_plan_local",
    "flag_local", "list_local",
)  # fmt: skip
_LIVING = ("lives_alone", "lives_family", "housebound", "is_carer", "has_carer", "care_home", "veteran")
_OPERATIONS = (
    "appendicectomy", "tonsillectomy", "gallbladder_removal", "knee_replacement", "hip_replacement",
    "cataract_operation",
)  # fmt: skip
_ADULT, _CHECKS_FROM = 16, 40


def background(life: Life) -> None:
    """Everything that is asked and noted besides illness."""
    registered = min(max(life.registered, life.first), life.last)
    at = life.contact(registered, "Clinic", life.nurse(life.world.days.midnight(registered).year))
    _new_patient(life, at)
    _lifestyle(life)
    _screening(life)
    _past(life)
    if life.draw() < _ALLERGIC:
        for _ in range(1 + int(life.draw() * _ALLERGIES)):
            allergic(life, one_of(life.world.allergies, life.draw))
    if life.draw() < 0.02:
        paperwork.alert(life, "note", _some_day(life))
    if life.draw() < 0.006:
        paperwork.alert(
            life, "child_at_risk" if life.age(life.last) < _ADULT else "adult_at_risk", _some_day(life)
        )


def _some_day(life: Life) -> int:
    return life.first + int(life.draw() * (life.last + 1 - life.first))


def _new_patient(life: Life, at: Consultation) -> None:
    world, code, draw = life.world, life.world.code, life.draw
    life.observe(at, code["new_patient"])
    if life.patient.ethnicity is not None:
        life.observe(at, life.patient.ethnicity)
    if life.patient.scr_consent is not None:
        life.observe(at, code[f"scr_{life.patient.scr_consent}"])
    if life.patient.interpreter:
        life.observe(at, code["interpreter_needed"])
    if draw() < 0.3:
        life.observe(at, code[one_of(("text_consent", "text_consent", "text_refused"), draw)])
    if life.age(life.last) > _ADULT:
        for name in ("height", "weight", "bmi"):
            life.measure(at, world.gauges[name])
        life.measure_panel(at, world.panels["blood_pressure"])
        life.measure(at, world.gauges["alcohol_units"])
        if draw() < 0.35:
            life.observe(at, code[one_of(_LIVING, draw)])
    else:
        life.measure(at, world.gauges["weight_child"])
    if draw() < 0.12:
        life.observe(at, code[one_of(_LOCAL, draw)])


def _lifestyle(life: Life) -> None:
    """Smoking and drinking, asked every other year; a smoker gets advice."""
    draw, world = life.draw, life.world
    smoking = one_of(_SMOKING, draw)
    adult_from = max(life.first, life.birth + _ADULT * 365)
    for year in range(adult_from, life.last, 600):
        if draw() < 0.75 * min(1.0, life.density):
            day = min(life.last, year + int(draw() * 300))
            at = life.contact(day, "Clinic", life.nurse(world.days.midnight(day).year))
            life.observe(at, world.code[smoking])
            life.observe(at, world.code[one_of(_DRINKING, draw)])
            life.measure(at, world.gauges["weight"])
            life.measure_panel(at, world.panels["blood_pressure"])
            if smoking == "smoker":
                life.measure(at, world.gauges["cigarettes"])
                life.observe(at, world.code["advice_smoking"])


def _screening(life: Life) -> None:
    """Smears every three to five years, health checks from forty, with their recalls."""
    draw, world = life.draw, life.world
    if life.patient.sex == "F":
        for age in range(25, 65, 4):
            day = life.birth + int((age + draw()) * 365.25)
            if life.first <= day <= life.last and draw() < 0.75 * min(1.0, 0.1 + life.density):
                at = life.contact(day, "Clinic", life.nurse(world.days.midnight(day).year))
                life.observe(at, world.code["cervical_smear"])
                life.observe(at, world.code["cervical_smear_normal"])
                paperwork.recall(life, world.code["recall_smear"], day + 3 * 365)
    for age in range(_CHECKS_FROM, 75, 5):
        day = life.birth + int((age + draw()) * 365.25)
        if life.first <= day <= life.last and draw() < 0.45 * min(1.0, 0.1 + life.density):
            at = life.contact(day, "Clinic", life.nurse(world.days.midnight(day).year))
            life.observe(at, world.code["health_check"])
            for name in ("blood_pressure", "lipids", "glycated"):
                life.measure_panel(at, world.panels[name])
            life.measure(at, world.gauges["qrisk"])


def _past(life: Life) -> None:
    """Operations and family history of long ago, of which often only the year is known."""
    draw, world = life.draw, life.world
    if life.age(life.last) > 30 and draw() < 0.35:
        day = life.birth + int((10 + draw() * (life.age(life.last) - 10)) * 365.25)
        at = life.contact(
            max(day, life.first),
            "Administration",
            life.doctor(world.days.midnight(max(day, life.first)).year),
        )
        entry = life.observe(at, world.code[one_of(_OPERATIONS, draw)])
        entry.when = NEVER if draw() < 0.08 else life.onset(day, vague=True)
        if draw() < 0.5:
            entry.problem = life.problem(entry, active=False, major=True).id
    if draw() < 0.25:
        long_term.family_history(life, one_of(world.family_codes, draw), _some_day(life))


def allergic(life: Life, code: int) -> Allergy:
    """An allergy noted on some day, with a reaction and how bad it was where that is known."""
    draw, world = life.draw, life.world
    day = _some_day(life)
    at = life.contact(day, "Main Surgery", life.doctor(world.days.midnight(day).year))
    when = life.onset(day, vague=True) if draw() < 0.15 else at.when
    made = Allergy(
        life.take(), when, at.entered + timedelta(minutes=1), at.clinician, at.recorder, at.id, None,
        life.text(0.3), False, code, one_of(_SEVERITIES, draw) if draw() < 0.35 else None,
        world.code[one_of(_REACTIONS, draw)] if draw() < 0.4 else None,
        world.days.when(min(life.last, day + 400)) if draw() < 0.04 else None,
        one_of(_CERTAINTIES, draw) if draw() < 0.3 else None,
    )  # fmt: skip
    life.patient.allergies.append(made)
    return made
