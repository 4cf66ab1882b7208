"""The days of many moves on which they need other people, without the rest of their plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.plan.overlays import OverlayRefused
from godwit.plan.passes import Contradiction
from godwit.plan.scheduler import Case, Scheduler
from godwit.plan.settings import PACES, Pace
from godwit.plan.solving import Solution, solve
from godwit.values import CalendarExhausted

TRAINING: Final = "T10-07"
"""The core training: its days are those on which trainers are needed."""

_PARTNER: Final = ("KO", "SUR", "IDP")


class PracticeRefused(ValueError):
    """One of many practices cannot be planned. `practice` is its name; `because` says what stands in the way."""

    def __init__(self, practice: str, because: str) -> None:
        super().__init__(practice, because)
        self.practice = practice
        self.because = because

    def __str__(self) -> str:
        return f"{self.practice}: {self.because}"


@dataclass(frozen=True, slots=True)
class KeyDays:
    """One move's key days, and whether its go-live can be kept at `pace`.

    `anchors` are ORD, KO, … GL. `partner` are the days on which the delivery partner is there: kick-off, survey, first
    extract, and every day from the final extract to go-live, weekends too. `training` are the working days of the core
    training.
    """

    go_live: date
    pace: Pace
    feasible: bool
    earliest_go_live: date
    anchors: Mapping[str, date]
    partner: tuple[date, ...]
    training: tuple[date, ...]


def plan_all(scheduler: Scheduler, cases: Iterable[Case]) -> tuple[KeyDays, ...]:
    """The key days of many moves, in their order; quicker than whole schedules. Raises `PracticeRefused`.

    Each is planned at its case's pace, or at the most patient that fits; at the fastest if none does.
    """
    many = list(cases)
    # Practices alike come one after the other, so that the scheduler still has the network of the last one.
    order = sorted(range(len(many)), key=lambda at: _likeness(many[at]))
    made = {at: key_days(_solved(scheduler, many[at])) for at in order}
    return tuple(made[at] for at in range(len(many)))


def key_days(solution: Solution) -> KeyDays:
    """The key days of a solved move."""
    problem, at = solution.problem, solution.planned.days
    day, network = problem.days.day, problem.network
    anchors = {name: day(at[2 * task]) for name, task in network.anchors.items()}
    go_live = anchors["GL"]
    extract = min(anchors["FDP"], go_live)
    partner = {anchors[name] for name in _PARTNER if name in anchors}
    partner.update(extract + timedelta(days=number) for number in range((go_live - extract).days + 1))
    return KeyDays(
        go_live=go_live,
        pace=problem.values.pace,
        feasible=solution.feasible,
        earliest_go_live=day(solution.earliest_go_live),
        anchors=anchors,
        partner=tuple(sorted(partner)),
        training=_training(solution),
    )


def _likeness(case: Case) -> tuple[object, ...]:
    return case.go_live.year, case.practice.route, sorted(case.practice.answers.items())


def _solved(scheduler: Scheduler, case: Case) -> Solution:
    try:
        for pace in (case.pace,) if case.pace else PACES:
            solution = solve(scheduler.problem(case, pace))
            if solution.feasible:
                break
    except (OverlayRefused, Contradiction, CalendarExhausted) as error:
        raise PracticeRefused(case.practice.practice, str(error)) from error
    return solution


def _training(solution: Solution) -> tuple[date, ...]:
    """Never empty: without a working day in it, training falls on the day of go-live."""
    problem, at = solution.problem, solution.planned.days
    task = problem.network.index.get(TRAINING, problem.network.anchors["GL"])
    days = [number for number in range(at[2 * task], at[2 * task + 1] + 1) if problem.days.is_working(number)]
    return tuple(problem.days.day(number) for number in days or [at[solution.go_live_point]])
