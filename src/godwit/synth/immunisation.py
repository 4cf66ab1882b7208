"""Vaccinations: the childhood schedule by birth date, yearly influenza, and those of later life."""

from __future__ import annotations

from godwit.synth.drawing import on, one_of
from godwit.synth.knowledge import Vaccine
from godwit.synth.life import Life
from godwit.synth.model import Immunisation

_FLU_FROM_AGE, _FLU_CHILD_AGES = 65, (2, 11)
_REFUSED, _MISSED = 0.03, 0.07


def immunise(life: Life) -> None:
    """Every vaccination of a life, as far as the density lets them be kept."""
    kept = min(1.0, 0.2 + life.density)
    for vaccine in life.world.schedule.childhood:
        day = life.birth + vaccine.day + int(life.draw() * 25)
        if life.first <= day <= life.last and life.draw() > _MISSED and life.draw() < kept:
            _maybe_given(life, vaccine, day)
    _yearly(life, kept)
    _once(life, kept)


def _yearly(life: Life, kept: float) -> None:
    """Influenza every autumn for the old, the ill, and children of the right age."""
    some = life.world.vaccines
    at_risk = len(life.patient.problems) > 3 and life.draw() < 0.3
    first_year = life.world.days.midnight(life.first).year
    for year in range(max(first_year, 2000), life.world.days.midnight(life.last).year + 1):
        day = life.world.autumn(year) + int(life.draw() * 80)
        age = life.age(day)
        child = _FLU_CHILD_AGES[0] <= age <= _FLU_CHILD_AGES[1]
        wanted = age >= _FLU_FROM_AGE or child or (at_risk and age > 1)
        if wanted and life.first <= day <= life.last and life.draw() < 0.72 * kept:
            _maybe_given(life, some["flu_child" if child else "flu"], day)


def _once(life: Life, kept: float) -> None:
    some = life.world.vaccines
    for name, age in (("pneumo", 65.3), ("shingles", 70.4), ("tetanus", 19 + life.draw() * 40)):
        day = life.birth + int(age * 365.25)
        if life.first <= day <= life.last and life.draw() < 0.6 * kept:
            _maybe_given(life, some[name], day)
    for name in ("hepatitis_a", "typhoid"):
        day = life.birth + int((18 + life.draw() * 50) * 365.25)
        if life.first <= day <= life.last and life.draw() < 0.15 * kept:
            _maybe_given(life, some[name], day, "Travel")
    start = life.world.autumn(2020) + 110 + int(life.draw() * 150)
    if life.first <= start <= life.last and life.age(start) > 16 and life.draw() < 0.85 * kept:
        for name, after in (("covid_1", 0), ("covid_2", 77), ("covid_booster", 270)):
            if start + after <= life.last:
                _maybe_given(life, some[name], start + after)


def _maybe_given(life: Life, vaccine: Vaccine, day: int, reason: str | None = None) -> None:
    """A vaccination, if the vaccine was there by then; a few are refused."""
    if life.world.days.midnight(day).year >= vaccine.from_year:
        vaccinate(life, vaccine, day, given=life.draw() > _REFUSED, reason=reason)


def vaccinate(life: Life, vaccine: Vaccine, day: int, *, given: bool, reason: str | None = None) -> None:
    """A vaccination given or refused on a day, in a clinic."""
    draw, world = life.draw, life.world
    at = life.contact(day, "Clinic", life.nurse(world.days.midnight(day).year))
    number = life.take()
    life.patient.immunisations.append(
        Immunisation(
            number, at.when, at.entered, at.clinician, at.recorder, at.id, None, life.text(0.05), False,
            world.code[vaccine.code], given, vaccine.product, vaccine.content, vaccine.dose,
            f"{vaccine.maker[:2].upper()}{number % 100_000:05}" if given else None,
            vaccine.maker if given else None, on(day + 200 + int(draw() * 300)) if given else None,
            one_of(world.schedule.sites, draw) if given and vaccine.method == "Intramuscular" else None,
            vaccine.method if given else None,
            reason or (one_of(world.schedule.reasons, draw) if draw() < 0.4 else None),
        )
    )  # fmt: skip
