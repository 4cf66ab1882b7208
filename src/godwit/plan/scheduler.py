"""Makes schedules for many practices from one guide; plans alike in their rules share their networks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.third_parties import ThirdParty
from godwit.plan.case import Area, Event, Facts, Party, Practice
from godwit.plan.days import Days, days_around
from godwit.plan.network import Notice, bearers_of, whole_network
from godwit.plan.overlays import (
    Overlay,
    UsedSetting,
    choices_of,
    chosen_clauses,
    conditions_of,
    durations_of,
    own_tasks,
    used_settings,
)
from godwit.plan.passes import Moves
from godwit.plan.planned import Schedule, Status
from godwit.plan.schedule import schedule
from godwit.plan.settings import PACES, Pace, Values
from godwit.plan.solving import Problem, solve
from godwit.values import WorkingCalendar

_MANY: Final = 1024


@dataclass(frozen=True)
class Case:
    """One practice's move: who, when, and what has happened. `pace` None takes the most patient that fits.

    `order_on` is the day for which the order is planned already; None counts it back from the go-live.
    """

    practice: Practice
    go_live: date
    today: date
    facts: Facts = field(default_factory=Facts)
    area: Area | None = None
    pace: Pace | None = None
    order_on: date | None = None

    @property
    def overlays(self) -> tuple[tuple[str, Overlay], ...]:
        """What lies over the guide, the area first."""
        area = (("area", self.area),) if self.area else ()
        return (*area, ("practice", self.practice))


class Scheduler:
    """The guide and a working calendar, ready to date any number of cases."""

    def __init__(self, guide: Guide, calendar: WorkingCalendar) -> None:
        self.guide: Final = guide
        self.calendar: Final = calendar
        self._wholes: dict[Hashable, Moves] = {}
        self._moves: dict[Hashable, Moves] = {}
        self._anchor_names = {one.id: one.name for one in guide.anchors}

    def settings(self, case: Case, pace: Pace) -> dict[str, UsedSetting]:
        """The settings in force for a case at a pace. Raises `OverlayRefused`."""
        return used_settings(self.guide.settings, case.overlays, pace)

    def problem(self, case: Case, pace: Pace) -> Problem:
        """A case as the solver takes it. Raises `OverlayRefused`."""
        used = self.settings(case, pace)
        durations = durations_of(used)
        fixed = {name: one.day for name, one in case.facts.dates.items()}
        moves = self._network(case, Values(pace, durations), choices_of(used))
        return Problem(
            moves,
            Values(pace, durations),
            case.go_live,
            case.today,
            case.facts.done,
            case.facts.started,
            fixed,
            case.order_on,
        )

    def schedule(self, case: Case) -> Schedule:
        """The schedule at the case's pace, or at the most patient one that fits; at the fastest if none does.

        Raises `OverlayRefused`, `Contradiction` and `CalendarExhausted`.
        """
        for pace in (case.pace,) if case.pace else PACES:
            made = self.at(case, pace)
            if made.too_late is None:
                return made
        return self._with_a_way_out(case, made)

    def _with_a_way_out(self, case: Case, made: Schedule) -> Schedule:
        """The same, telling the most patient of the quicker paces that would keep its date."""
        late = made.too_late
        for pace in PACES[PACES.index(made.pace) + 1 :]:
            if late is not None and solve(self.problem(case, pace)).feasible:
                return replace(made, too_late=replace(late, quicker=pace))
        return made

    def at(self, case: Case, pace: Pace) -> Schedule:
        """The schedule at one pace."""
        statuses: dict[str, Status] = {}
        problem = self.problem(case, pace)
        for name, fixed in case.facts.dates.items():
            if problem.network.knows(name):
                statuses[problem.network.task_of(problem.network.point(name)).id] = fixed.status
        return schedule(problem, self._anchor_names, statuses)

    def _network(self, case: Case, values: Values, choices: Mapping[str, str]) -> Moves:
        """The moves of a practice: those of the whole guide as its settings have it, less what does not apply."""
        conditions = conditions_of(self.guide.conditions, case.practice)
        notices = tuple(notices_of(self.guide, parties_of(self.guide, case.practice, conditions)))
        own = tuple(frozenset(overlay.tasks.items()) for _, overlay in case.overlays)
        tasks = own_tasks(self.guide.tasks, case.overlays) if any(own) else self.guide.tasks
        bearers = bearers_of(tasks, self.guide.anchors, conditions)
        days = self._days(case)
        key = (
            days,
            values.pace,
            frozenset(values.durations.items()),
            frozenset(choices.items()),
            tuple(one.period for one in notices),
            own,
            tuple(bearers.items()),
        )

        def whole() -> Moves:
            return Moves(whole_network(chosen_clauses(tasks, choices), bearers, values, notices), days)

        def narrowed() -> Moves:
            return _kept(self._wholes, key, whole).under(conditions)

        return _kept(self._moves, (key, conditions), narrowed)

    def _days(self, case: Case) -> Days:
        calendar = self.calendar
        closed = closed_days(case, calendar)
        if closed:
            calendar = calendar.with_extra_days(closed)
        years = [day.year for day in (case.today, case.go_live, *case.facts.done.values())]
        return days_around(calendar, min(years) - 2, max(years) + 2)


def _kept(made: dict[Hashable, Moves], key: Hashable, make: Callable[[], Moves]) -> Moves:
    """What was made under that key, or is made now; of too many, all are forgotten."""
    if key not in made:
        if len(made) >= _MANY:
            made.clear()
        made[key] = make()
    return made[key]


def events_of(case: Case) -> tuple[Event, ...]:
    """The days that the practice and its area have entered themselves."""
    return (*case.practice.calendar, *(case.area.calendar if case.area else ()))


def closed_days(case: Case, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Days on which this practice or area is closed, beyond weekends and bank holidays."""
    spans = (one for one in events_of(case) if one.kind == "closed")
    days = (
        date.fromordinal(at)
        for one in spans
        for at in range(one.starts.toordinal(), one.ends.toordinal() + 1)
    )
    return tuple(sorted({day for day in days if calendar.known_from <= day <= calendar.known_to}))


def parties_of(guide: Guide, practice: Practice, conditions: frozenset[str]) -> dict[str, Party]:
    """The third parties in use: those the practice names, else all that its answers bring in."""
    if practice.third_parties:
        return dict(practice.third_parties)
    return {one.slug: Party() for one in guide.third_parties if one.link and _applies(one, conditions)}


def notices_of(guide: Guide, parties: Mapping[str, Party]) -> Iterable[Notice]:
    """The notice each third party in use asks for: its own, else what the guide states."""
    stated: Mapping[str, Duration | None] = {one.slug: one.notice.value for one in guide.third_parties}
    for slug, party in parties.items():
        period = party.notice or stated.get(slug)
        if period is not None:
            yield Notice(slug, period)


def _applies(party: ThirdParty, conditions: frozenset[str]) -> bool:
    return not party.applies or bool(conditions.intersection(party.applies))
