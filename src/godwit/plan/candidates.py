"""Which days would do as go-live, the best first, with what speaks for and against each.

The looks follow the guide's rules R-01 to R-05 on choosing dates, and its section on tasks that fall on rest days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from pydantic import Field

from godwit.definitions.guide.task import Task
from godwit.definitions.read import Definition
from godwit.definitions.seasons import Kind, Window
from godwit.plan.scheduler import Case, Scheduler
from godwit.plan.settings import PACES, Pace
from godwit.plan.solving import Problem, Solution, solve
from godwit.plan.wording import count_words, day_words

Stretch = Literal["go_live", "cutover", "holidays", "critical"]


class Weights(Definition):
    """How many points each thing counts against a day. All are proposals: an area may set its own.

    `day_apart` counts for each day from the wanted one, times the practice's priority. The others count once for each
    look that a window meets (`avoid`, or `estimate` where the days are only the usual pattern, or `know`), for each
    task on a rest day, for each working day in cutover, for a date already set that the day breaks, and for the pace.
    """

    day_apart: int = Field(default=1, ge=0)
    avoid: int = Field(default=14, ge=0)
    estimate: int = Field(default=7, ge=0)
    know: int = Field(default=3, ge=0)
    rest_day: int = Field(default=2, ge=0)
    open_day: int = Field(default=1, ge=0)
    date_set: int = Field(default=28, ge=0)
    usual_pace: int = Field(default=2, ge=0)
    fastest_pace: int = Field(default=7, ge=0)

    def of_pace(self, pace: Pace) -> int:
        """Points for having to go at this pace; the comfortable one costs nothing."""
        return {"comfortable": 0, "usual": self.usual_pace, "fastest": self.fastest_pace}[pace]

    def of_window(self, window: Window) -> int:
        """Points for a window met."""
        if window.advice == "know":
            return self.know
        return self.estimate if window.status == "estimate" else self.avoid


USUAL_WEIGHTS: Final = Weights()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day on which the practice might go live. `score` is points against it: the fewer, the better.

    `feasible_pace` is the most patient pace at which it can be kept; None if it cannot be kept at all.
    """

    day: date
    score: int
    feasible_pace: Pace | None
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """Windows of these kinds, looked for in one stretch of the plan. `clear` is said when there are none."""

    kinds: tuple[Kind, ...]
    stretch: Stretch
    clear: str
    rule: str = ""


_LOOKS: Final = (
    _Look(("flu",), "go_live", "outside the flu season", "R-01"),
    _Look(("qof",), "cutover", "clear of the QOF year end", "R-02"),
    _Look(("quarter_end",), "cutover", "clear of the end of a quarter"),
    _Look(("bank_holiday", "christmas", "easter"), "holidays", "no public holiday near it", "R-03"),
    _Look(("school_holiday",), "holidays", "no school holiday near it", "R-03"),
    _Look(("four_day_week",), "holidays", ""),
    _Look(("event",), "holidays", "", "R-04"),
    _Look(("leave", "training"), "critical", "", "R-05"),
    _Look(("release_freeze",), "cutover", ""),
)


def rank(
    scheduler: Scheduler,
    case: Case,
    days: tuple[date, date],
    windows: Sequence[Window],
    weights: Weights = USUAL_WEIGHTS,
) -> tuple[Candidate, ...]:
    """Every working day between two `days` (both included) as go-live of a case, the best first.

    Of days equally good the one nearest the case's own go-live comes first. A go-live that the case's facts have fixed
    is set aside, since that is the question; other dates stand, and once live there is nothing to choose. A day that no
    pace keeps comes last, dated at the fastest. Raises as `Scheduler.problem` and `solve` do.
    """
    case = unfixed(case)
    paces = [scheduler.problem(replace(case, go_live=days[0]), pace) for pace in PACES]
    firsts = [solve(one).earliest_go_live for one in paces]
    calendar, made = paces[0].days, []
    if is_live(paces[0]):
        return ()
    for number in range(calendar.number(days[0]), calendar.number(days[1]) + 1):
        if calendar.is_working(number):
            fits = next((at for at, first in enumerate(firsts) if first <= number), len(paces) - 1)
            made.append(appraise(solve(on_day(paces[fits], calendar.day(number))), windows, weights))
    wanted = case.go_live
    return tuple(
        sorted(made, key=lambda one: (one.feasible_pace is None, one.score, abs(one.day - wanted), one.day))
    )


def is_live(problem: Problem) -> bool:
    """Whether the practice has gone live."""
    return problem.network.task_of(problem.network.start("GL")).id in problem.done


def unfixed(case: Case) -> Case:
    """The case without a go-live date that somebody has set."""
    dates = {name: one for name, one in case.facts.dates.items() if name != "GL"}
    return replace(case, facts=case.facts.model_copy(update={"dates": dates}))


def on_day(problem: Problem, day: date) -> Problem:
    """The same problem with another go-live; the day lies within two years of the first."""
    return replace(problem, go_live=day)


def appraise(
    solution: Solution,
    windows: Iterable[Window],
    weights: Weights = USUAL_WEIGHTS,
    *,
    pace_given: bool = False,
) -> Candidate:
    """One solved go-live as a candidate, with its points and reasons.

    With `pace_given` no other pace was looked at, so the pace counts neither for the day nor against it.
    """
    judge = _Judge(solution, tuple(windows), weights, pace_given)
    against = [*judge.seasons(), *judge.rest_days(), *judge.dates_set(), *judge.pace()]
    open_days = judge.open_days()
    reasons_for = (*judge.clear(), *judge.gains(open_days))
    if open_days:
        said = f"{count_words(open_days, 'working day')} in cutover, with its records kept by hand"
        against.append((weights.open_day * open_days, said))
    return Candidate(
        day=solution.problem.go_live,
        score=sum(points for points, _ in against),
        feasible_pace=solution.problem.values.pace if solution.feasible else None,
        reasons_for=reasons_for,
        reasons_against=tuple(said for _, said in against),
    )


def rest_day_tasks(solution: Solution) -> tuple[Task, ...]:
    """The tasks that start or end on a day on which nobody works; those that only accompany others do not count."""
    days, at = solution.problem.days, solution.planned.days
    return tuple(
        task
        for number, task in enumerate(solution.problem.network.tasks)
        if not task.lasts.span
        and not (days.is_working(at[2 * number]) and days.is_working(at[2 * number + 1]))
    )


@dataclass(frozen=True)
class _Judge:
    solution: Solution
    windows: tuple[Window, ...]
    weights: Weights
    pace_given: bool

    def seasons(self) -> Iterator[tuple[int, str]]:
        """Each look that meets a window, with the points of the worst and the names of all."""
        for look in _LOOKS:
            met = self._met(look)
            if met:
                names = ", ".join(dict.fromkeys(f"{one.name} ({_span(one)})" for one in met))
                rule = f" ({look.rule})" if look.rule else ""
                yield max(self.weights.of_window(one) for one in met), f"meets {names}{rule}"

    def clear(self) -> Iterator[str]:
        for look in _LOOKS:
            if look.clear and not self._met(look):
                yield look.clear

    def rest_days(self) -> Iterator[tuple[int, str]]:
        tasks = rest_day_tasks(self.solution)
        if tasks:
            which = ", ".join(task.id for task in tasks)
            said = f"{count_words(len(tasks), 'task')} on a weekend or bank holiday: {which}"
            yield self.weights.rest_day * len(tasks), said

    def dates_set(self) -> Iterator[tuple[int, str]]:
        for point in self.solution.clashes:
            task = self.solution.problem.network.task_of(point)
            yield self.weights.date_set, f"does not fit the date already set for {task.id} “{task.name}”"

    def pace(self) -> Iterator[tuple[int, str]]:
        pace, days = self.solution.problem.values.pace, self.solution.problem.days
        if not self.solution.feasible:
            first = day_words(days.day(self.solution.earliest_go_live))
            yield self.weights.of_pace(pace), f"cannot be kept: at the {pace} pace the earliest is {first}"
        elif pace != "comfortable" and not self.pace_given:
            yield self.weights.of_pace(pace), f"can be kept at the {pace} pace, not at a more patient one"

    def open_days(self) -> int:
        """Working days from the final extract to the day before go-live."""
        days, (first, last) = self.solution.problem.days, self._days("cutover")
        return days.working_between(first - 1, last - 1)

    def gains(self, open_days: int) -> Iterator[str]:
        days, (first, last) = self.solution.problem.days, self._days("cutover")
        if self.solution.feasible and self.solution.problem.values.pace == "comfortable":
            yield "can be kept at the comfortable pace"
        if not rest_day_tasks(self.solution):
            yield "no task falls on a weekend or bank holiday"
        if any(not days.is_working(day) for day in range(first, last)):
            left = count_words(open_days, "working day")
            yield (
                f"cutover runs over days of rest, so that only {left} of practice work is in it; the optional "
                "requirement DMI28 aims at a cutover over a weekend"
            )

    def _met(self, look: _Look) -> list[Window]:
        first, last = (self.solution.problem.days.day(number) for number in self._days(look.stretch))
        return [
            one for one in self.windows if one.kind in look.kinds and one.starts <= last and one.ends >= first
        ]

    def _days(self, stretch: Stretch) -> tuple[int, int]:
        problem = self.solution.problem
        go_live = self.solution.planned.days[self.solution.go_live_point]
        extract = min(self.solution.planned.days[problem.network.start("FDP")], go_live)
        if stretch == "go_live":
            return go_live, go_live
        if stretch == "cutover":
            return extract, go_live
        before, after = {
            "holidays": ("holiday_margin_before", "holiday_margin_after"),
            "critical": ("critical_days_before", "critical_days_after"),
        }[stretch]
        durations, move = problem.values.durations, problem.days.move
        first = move(durations[before], -1, to_working=False)[extract]
        return first, move(durations[after], 1, to_working=False)[go_live]


def _span(window: Window) -> str:
    if window.starts == window.ends:
        return day_words(window.starts)
    return f"{day_words(window.starts)} to {day_words(window.ends)}"
