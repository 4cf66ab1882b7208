"""One patient's record while it is being made: who, when, what has an id already, and how entries are added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from godwit.synth.drawing import month, one_of, year_only
from godwit.synth.model import Consultation, Observation, Patient, Problem, When
from godwit.synth.world import STEPS, Ailment, Gauge, Panel, Sign, World

FIRST_ITEM, ITEMS_EACH = 100_000_000, 100_000
"""Where the ids of items begin, and how many ids each patient has: far above the ids of people and places."""
TEXT_SHARE, PRIVATE_SHARE, LIMIT_SHARE = 0.22, 0.002, 0.08
_MINUTES = tuple(timedelta(minutes=number) for number in range(24 * 60))
_WOBBLE = 14
Side = Literal["left", "right", "bilateral"] | None
"""Which side of the body, where it has two."""


class Life:
    """Makes the entries of one patient's record. Days are ordinals, as `date.toordinal` gives them."""

    __slots__ = (
        "base", "birth", "centres", "density", "draw", "first", "last", "patient", "registered", "taken", "texts",
        "world",
    )  # fmt: skip

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.draw: Callable[[], float] = Random(f"{world.practice.seed}/{number}").random  # noqa: S311
        self.base = FIRST_ITEM + number * ITEMS_EACH
        self.taken = 0
        self.texts = world.texts
        self.density = world.practice.density
        self.centres: dict[int, int] = {}
        self.patient: Patient
        self.birth = self.first = self.last = self.registered = 0

    def take(self) -> int:
        """The next free id."""
        self.taken += 1
        return self.base + self.taken

    def age(self, day: int) -> float:
        """The age in years on a day."""
        return (day - self.birth) / 365.25

    def doctor(self, year: int) -> int:
        """Some doctor of that year."""
        return one_of(self.world.teams[year].doctors, self.draw)

    def nurse(self, year: int) -> int:
        """Some nurse or pharmacist of that year."""
        return one_of(self.world.teams[year].nurses, self.draw)

    def office(self, year: int) -> int:
        """Somebody of the office of that year."""
        return one_of(self.world.teams[year].office, self.draw)

    def text(self, share: float) -> str | None:
        """A free text for this share of entries."""
        chance = self.draw()
        return self.texts[int(chance / share * len(self.texts))] if chance < share else None

    def contact(self, day: int, kind: str, clinician: int, recorder: int | None = None) -> Consultation:
        """A contact at some minute of the working day (8:30 to 18:00)."""
        begins = self.world.days.midnight(day) + _MINUTES[510 + int(self.draw() * 570)]
        return self.contact_at(begins, kind, clinician, recorder)

    def contact_at(
        self,
        begins: datetime,
        kind: str,
        clinician: int,
        recorder: int | None = None,
        slot: int | None = None,
    ) -> Consultation:
        """A contact that begins at this minute; it is typed up within a quarter of an hour."""
        minutes = 4 + int(self.draw() * 12)
        made = Consultation(
            self.take(), When("YMDT", begins), begins + _MINUTES[minutes], clinician,
            clinician if recorder is None else recorder, type=kind, minutes=minutes, slot=slot,
            site=one_of(self.world.practice.sites, self.draw).id,
        )  # fmt: skip
        self.patient.consultations.append(made)
        return made

    def observe(self, at: Consultation, code: int, problem: int | None = None) -> Observation:
        """A coded entry without a value, made in a contact."""
        made = Observation(
            self.take(), at.when, at.entered, at.clinician, at.recorder, at.id, problem,
            self.text(TEXT_SHARE), self.draw() < PRIVATE_SHARE, code,
        )  # fmt: skip
        self.patient.observations.append(made)
        return made

    def measure(
        self, at: Consultation, gauge: Gauge, problem: int | None = None, parent: int | None = None
    ) -> Observation:
        """A measurement near the patient's own usual value."""
        draw = self.draw
        centre = self.centres.get(gauge.code)
        if centre is None:
            centre = self.centres[gauge.code] = int((draw() + draw()) * 0.5 * (STEPS - _WOBBLE))
        step = centre + int(draw() * _WOBBLE)
        comparator = None
        if gauge.limit is not None and draw() < LIMIT_SHARE:
            comparator, step = gauge.limit, (0 if gauge.limit == "<" else STEPS - 1)
        made = Observation(
            self.take(), at.when, at.entered, at.clinician, at.recorder, at.id, problem,
            None, False, gauge.code, gauge.texts[step], comparator, gauge.unit, gauge.low, gauge.high,
            gauge.abnormal[step], parent,
        )  # fmt: skip
        self.patient.observations.append(made)
        return made

    def measure_panel(self, at: Consultation, panel: Panel, problem: int | None = None) -> None:
        """A battery: its heading, then its members, which name it as their parent."""
        heading = Observation(
            self.take(), at.when, at.entered, at.clinician, at.recorder, at.id, problem,
            self.text(0.04), False, panel.code,
        )  # fmt: skip
        self.patient.observations.append(heading)
        for gauge in panel.members:
            self.measure(at, gauge, problem, heading.id)

    def look(self, at: Consultation, sign: Sign, problem: int | None = None) -> None:
        """Whatever is looked at: a measurement, a panel, or a plain code."""
        if isinstance(sign, Gauge):
            self.measure(at, sign, problem)
        elif isinstance(sign, Panel):
            self.measure_panel(at, sign, problem)
        else:
            self.observe(at, sign, problem)

    def problem(self, entry: Observation, *, active: bool, major: bool, ends: When | None = None) -> Problem:
        """A problem heading for an entry; the entry then belongs to it."""
        made = Problem(
            self.take(), entry.when, entry.entered, entry.clinician, entry.recorder, entry.consultation, None,
            self.text(0.15), entry.confidential, entry.code, entry.id, active, major, ends,
        )  # fmt: skip
        self.patient.problems.append(made)
        return made

    def onset(self, day: int, vague: bool) -> When:
        """The day of an onset, or for what is long ago often only the month or the year."""
        if vague and self.draw() < 0.6:
            at = self.world.days.midnight(day)
            return year_only(at.year) if self.draw() < 0.5 else month(at.year, at.month)
        return self.world.days.when(day)

    def has(self, ailment: Ailment) -> bool:
        """Whether somebody of this sex could have it."""
        return ailment.sex is None or ailment.sex == self.patient.sex
