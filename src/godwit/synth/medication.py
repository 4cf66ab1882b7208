"""What is prescribed: acute courses with one issue each, and repeats issued month after month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from godwit.synth.drawing import on, one_of
from godwit.synth.life import Life
from godwit.synth.model import Authorisation, Consultation, Issue, Problem
from godwit.synth.world import Ailment, Dosing

_TEMPLATE_DAYS, _TEMPLATE_SPREAD = 300, 150
_MOST_YEARS = 13
_MONTH, _SHORTEST, _CHANGED = 28, 40, 0.25
_STILL_TAKEN, _TAKES_LINE = 0.82, 0.56
_DISPENSED, _PRIVATE = 0.06, 0.003
_METHODS = ("EPS", "EPS", "EPS", "EPS", "EPS", "Printed", "Handwritten")
_ENDS = ("Dose changed", "Side effects", "No longer needed", "Patient request", "Replaced by another drug")
_FIVE_MINUTES = tuple(timedelta(minutes=480 + 5 * number) for number in range(120))


def acute(life: Life, at: Consultation, drug: int, problem: int | None = None, private: bool = False) -> None:
    """An acute course prescribed in a contact, with its one issue."""
    dosing = life.world.dosings[drug - 1]
    dose, quantity = one_of(dosing.doses, life.draw), one_of(dosing.quantities, life.draw)
    ends = at.entered.toordinal() + dosing.days
    course = Authorisation(
        life.take(), at.when, at.entered, at.clinician, at.recorder, at.id, problem, life.text(0.04),
        at.confidential, drug, "acute", dose, quantity, dosing.unit, ends >= life.world.today, on(ends),
        None, None, 1, dosing.days, private,
    )  # fmt: skip
    life.patient.authorisations.append(course)
    life.patient.issues.append(
        Issue(
            life.take(), at.when, at.entered, at.clinician, at.recorder, at.id, problem, None, at.confidential,
            course.id, drug, dose, quantity, dosing.unit, dosing.days, one_of(_METHODS, life.draw),
        )
    )  # fmt: skip


def repeats(life: Life, ailment: Ailment, problem: Problem, onset: int) -> None:
    """The repeats for a condition, one drug of each line that this patient takes."""
    for line in ailment.drugs:
        if life.draw() < _TAKES_LINE:
            repeat(life, one_of(line, life.draw), problem, onset)


@dataclass(slots=True)
class _Course:
    """A drug as this patient takes it; the dose may change when it is authorised again."""

    dosing: Dosing
    problem: Problem
    dose: str = ""
    place: int = 0  # of the quantity: the second is for twice as long where a quantity lasts 28 days

    def choose(self, draw: Callable[[], float]) -> None:
        """Settle, or change, dose and quantity."""
        self.dose, self.place = one_of(self.dosing.doses, draw), int(draw() * len(self.dosing.quantities))

    @property
    def days(self) -> int:
        """How long one issue lasts."""
        doubled = self.dosing.days == _MONTH and len(self.dosing.quantities) > 1
        return self.dosing.days * (self.place + 1) if doubled else self.dosing.days


def repeat(life: Life, drug: int, problem: Problem, onset: int) -> None:
    """One drug on repeat since `onset`: a template a year, each with its issues, thinned by the density."""
    draw = life.draw
    last = life.last if draw() < _STILL_TAKEN else onset + int(draw() * (life.last - onset))
    span = int((last - max(onset, last - _MOST_YEARS * 365)) * min(1.0, life.density))
    course = _Course(life.world.dosings[drug - 1], problem)
    course.choose(draw)
    day = max(onset, last - max(span, _SHORTEST))
    while day <= last:
        until = day + _TEMPLATE_DAYS + int(draw() * _TEMPLATE_SPREAD)
        current = until > last and last == life.last
        _template(life, course, day, min(until, last), current)
        if draw() < _CHANGED:
            course.choose(draw)
        day = until + 1


def _template(life: Life, course: _Course, day: int, until: int, active: bool) -> None:
    draw, dosing, problem = life.draw, course.dosing, course.problem
    start = life.world.days.midnight(day)
    doctor = life.doctor(start.year)
    ending = None if active else "Reauthorised" if draw() < 0.7 else one_of(_ENDS, draw)
    entered, text = start + _FIVE_MINUTES[int(draw() * 120)], life.text(0.04)
    dispensed = draw() < _DISPENSED
    private = draw() < _PRIVATE and not dispensed  # repeat dispensing is for NHS prescriptions only
    template = Authorisation(
        life.take(), life.world.days.when(day), entered, doctor, doctor, None, problem.id, text, problem.confidential,
        dosing.drug, "repeat_dispensing" if dispensed else "repeat", course.dose, dosing.quantities[course.place],
        dosing.unit, active, None if active else on(until), ending, on(day + 365), 13 if course.days == _MONTH else 6,
        course.days, private,
    )  # fmt: skip
    life.patient.authorisations.append(template)
    _issues(life, template, problem, day, until)


def _issues(life: Life, template: Authorisation, problem: Problem, day: int, until: int) -> None:
    """The issues under a template: every so many days, a few days early or late."""
    draw, midnight, when, append = (
        life.draw,
        life.world.days.midnight,
        life.world.days.when,
        life.patient.issues.append,
    )
    clinician, drug, dose = template.clinician, template.drug, template.dosage
    quantity, unit, days = template.quantity, template.unit, template.days
    clerk = life.office(template.entered.year)
    first = life.taken
    for number, issued in enumerate(range(day, until + 1, days)):
        issued += int(draw() * 4) if issued + 4 <= until else 0  # noqa: PLW2901 - a little late
        life.taken += 1
        append(
            Issue(
                life.base + life.taken, when(issued), midnight(issued) + _FIVE_MINUTES[(first + number) % 120],
                clinician, clerk, None, problem.id, None, problem.confidential, template.id, drug, dose, quantity,
                unit, days, _METHODS[(first + number) % 7],
            )
        )  # fmt: skip
