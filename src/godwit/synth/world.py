"""Everything the lives of one practice's patients are looked up in, made once and ready to use without searching."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from godwit.synth.catalogue import Catalogue, Scale, catalogue
from godwit.synth.drawing import Days
from godwit.synth.knowledge import Condition, Illness, Vaccine, conditions, illnesses, phrases, schedule
from godwit.synth.model import Practice, Session, Staff, When
from godwit.synth.places import RECORDS_FROM, Places, names, places
from godwit.synth.texts import pool

STEPS = 60
"""A value is one of so many steps from the least to the most that is seen."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A measurement with its values already written, from the least to the most."""

    code: int
    unit: str | None
    low: str | None
    high: str | None
    texts: tuple[str, ...]
    abnormal: tuple[bool, ...]
    limit: str | None


@dataclass(frozen=True, slots=True)
class Panel:
    """A battery and what it measures."""

    code: int
    members: tuple[Gauge, ...]


Sign = Gauge | Panel | int
"""What is looked at in a contact: a measurement, a panel, or a code without a value."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """A condition or an illness, with everything it names found."""

    name: str
    code: int
    signs: tuple[Sign, ...]
    panels: tuple[Panel, ...]
    drugs: tuple[tuple[int, ...], ...]
    refer: int | None
    review: int = 0
    recall: int | None = None
    family: int | None = None
    tests: tuple[int, ...] = ()
    major: bool = False
    side: bool = False
    private: float = 0.0
    shares: tuple[tuple[float, float], ...] = ()
    sex: str | None = None
    ages: tuple[int, int] = (0, 120)
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Team:
    """Who worked here in one year."""

    doctors: tuple[int, ...]
    nurses: tuple[int, ...]
    office: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dosing:
    """How a drug is given, and for how long it lasts."""

    drug: int
    unit: str
    doses: tuple[str, ...]
    quantities: tuple[str, ...]
    days: int
    high_risk: bool


class World:
    """A practice with its catalogue looked up. Costs a fraction of a second to make; `world_of` keeps the last one."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self.catalogue: Catalogue = catalogue()
        self.code: Mapping[str, int] = self.catalogue.ids
        self.days = Days()
        self.today = practice.snapshot.toordinal()
        self.texts = pool(practice.seed)
        self.names = names()
        self.phrases = phrases()
        self.schedule = schedule()
        self.vaccines: dict[str, Vaccine] = self.schedule.later
        self.gauges = {
            name: _gauge(self.code[name], row.scale) for name, row in self.catalogue.rows.items() if row.scale
        }
        self.panels = {
            name: Panel(self.code[name], tuple(self.gauges[one] for one in row.members))
            for name, row in self.catalogue.rows.items()
            if row.members
        }
        self.dosings = tuple(
            Dosing(number, row.unit, row.doses, row.quantities, row.days, row.high_risk)
            for number, row in enumerate(self.catalogue.drug_rows.values(), start=1)
        )
        self.conditions = tuple(self._condition(name, row) for name, row in conditions().items())
        self.illnesses = tuple(self._illness(name, row) for name, row in illnesses().items())
        first = practice.snapshot.year - RECORDS_FROM - 1
        self.teams = {year: _team(practice.staff, year) for year in range(first, practice.snapshot.year + 1)}
        self._session_days = [session.starts.toordinal() for session in practice.sessions]
        self.first_session = self._session_days[0]
        self.specialties = _specialties(places(), practice)
        self.referral_names = {
            self.code[name]: name.removeprefix("refer_") for name in self.catalogue.kind("referral")
        }
        self.allergies = tuple(self.code[name] for name in self.catalogue.kind("allergy"))
        self.family_codes = tuple(self.code[name] for name in self.catalogue.kind("family_history"))

    def sign(self, name: str) -> Sign:
        """What the data files call by this name."""
        return self.gauges.get(name) or self.panels.get(name) or self.code[name]

    def session(self, day: int, draw: Callable[[], float]) -> Session | None:
        """A clinic on this day or the next day with one; None after the last."""
        place = bisect_left(self._session_days, day)
        if place == len(self._session_days):
            return None
        same = bisect_left(self._session_days, self._session_days[place] + 1, place)
        return self.practice.sessions[place + int(draw() * (same - place))]

    def slot(self, starts: datetime) -> When:
        """The start of a slot, to the minute."""
        return When("YMDT", starts)

    def autumn(self, year: int) -> int:
        """The first day of September of a year."""
        return date(year, 9, 1).toordinal()

    def _condition(self, name: str, row: Condition) -> Ailment:
        return Ailment(
            name=name,
            code=self.code[name],
            signs=tuple(self.sign(one) for one in (*row.signs, *row.values)),
            panels=tuple(self.panels[one] for one in row.panels),
            drugs=tuple(tuple(self.catalogue.drug_ids[one] for one in line) for line in row.drugs),
            refer=self.code[row.refer] if row.refer else None,
            review=self.code[row.review],
            recall=self.code[row.recall] if row.recall else None,
            family=self.code[row.family] if row.family else None,
            major=row.major,
            side=row.side,
            private=row.private,
            shares=row.shares,
            sex=row.sex,
        )

    def _illness(self, name: str, row: Illness) -> Ailment:
        return Ailment(
            name=name,
            code=self.code[name],
            signs=tuple(self.sign(one) for one in row.signs),
            panels=tuple(self.panels[one] for one in row.panels),
            drugs=(tuple(self.catalogue.drug_ids[one] for one in row.drugs),) if row.drugs else (),
            refer=self.code[row.refer] if row.refer else None,
            tests=tuple(self.code[one] for one in row.tests),
            side=row.side,
            sex=row.sex,
            ages=row.ages,
            weight=row.weight,
        )


def _gauge(code: int, scale: Scale) -> Gauge:
    least, most = scale.seen
    values = [round(least + (most - least) * step / (STEPS - 1), scale.decimals) for step in range(STEPS)]
    low, high = scale.normal or (None, None)
    return Gauge(
        code=code,
        unit=scale.unit or None,
        low=None if low is None else f"{low:g}",
        high=None if high is None else f"{high:g}",
        texts=tuple(f"{value:.{scale.decimals}f}" for value in values),
        abnormal=tuple(low is not None and high is not None and not low <= value <= high for value in values),
        limit=scale.limit,
    )


def _team(staff: tuple[Staff, ...], year: int) -> Team:
    """Who was here through the whole of a year, or through the part of this year that has passed."""
    roles = {role.name: role for role in places().roles}
    here = [one for one in staff if one.starts.year < year and (one.ends is None or one.ends.year > year)]
    doctors = tuple(one.id for one in here if roles[one.role].doctor)
    nurses = tuple(one.id for one in here if roles[one.role].nurse or roles[one.role].pharmacist)
    return Team(doctors, nurses, tuple(one.id for one in here if roles[one.role].office))


def _specialties(some: Places, practice: Practice) -> dict[str, tuple[int, ...]]:
    """Where each specialty's referrals may go."""
    found: dict[str, tuple[int, ...]] = {}
    for other, body in zip(some.others, practice.others, strict=True):
        for specialty in other.specialties:
            found[specialty] = (*found.get(specialty, ()), body.id)
    return found


_kept: list[World] = []


def world_of(practice: Practice) -> World:
    """The world of this practice; made when the practice is another than last time."""
    if not _kept or _kept[0].practice is not practice:
        _kept[:] = [World(practice)]
    return _kept[0]
