"""For each practice of a portfolio the days on which it could go live, what each costs and what each needs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.definitions.seasons import Window
from godwit.plan.candidates import Candidate, appraise, is_live, on_day, unfixed
from godwit.plan.key_days import KeyDays, PracticeRefused, key_days
from godwit.plan.loads import Needs, Resource
from godwit.plan.making import PlanMaker
from godwit.plan.overlays import OverlayRefused
from godwit.plan.passes import Contradiction
from godwit.plan.portfolio import ANY, PortfolioFile, Wish
from godwit.plan.scheduler import Case
from godwit.plan.solving import Problem, Solution, solve
from godwit.plan.wording import day_words
from godwit.values import CalendarExhausted

_AROUND: Final = timedelta(days=35)
"""How far beyond the days looked at a season may matter: the notice before a cutover and the weeks after it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible go-live of one practice, its cost in points and what it needs of what is limited."""

    day: date
    cost: int
    candidate: Candidate
    key: KeyDays
    needs: Mapping[Resource, int]


@dataclass(frozen=True)
class Choices:
    """All options of one practice, by day. `why_not` says of days without one what rules them out."""

    wish: Wish
    options: Mapping[date, Option]
    why_not: Mapping[date, str]

    @property
    def best(self) -> Option:
        """The cheapest day, if nobody else wanted anything. Raises `ValueError` if there is no option."""
        return min(self.options.values(), key=lambda one: (one.cost, one.day))


@dataclass(frozen=True)
class Market:
    """Everything the choice needs: who can go when, and how much there is of what is limited."""

    choices: tuple[Choices, ...]
    capacities: Mapping[Resource, int]


Dated = dict[date, tuple[KeyDays, Candidate]]


class MarketMaker:
    """Makes markets as of one day. What it has dated once it remembers, so that a second what-if is quick."""

    def __init__(self, maker: PlanMaker, today: date) -> None:
        self._maker: Final = maker
        self._today: Final = today
        self._dated: dict[Hashable, Dated] = {}

    def market(self, portfolio: PortfolioFile, dated: Callable[[], None] = lambda: None) -> Market:
        """The options of every practice. Raises `PracticeRefused` for one that cannot be planned at all.

        A practice that is live already has no choice left, and is not in it. `dated` is called after each practice.
        """
        needs = Needs(portfolio, self._maker.calendar)
        finder = _Finder(self._maker, self._today, self._dated, portfolio, needs)
        found = []
        for wish in portfolio.practices:
            choices = finder.choices(wish)
            if choices:
                found.append(choices)
            dated()
        options = (option for choices in found for option in choices.options.values())
        return Market(
            tuple(found), needs.capacities(dict.fromkeys(one for option in options for one in option.needs))
        )


@dataclass(frozen=True)
class _Finder:
    """Dates each day of each practice once; practices alike in their rules share the answers."""

    maker: PlanMaker
    today: date
    dated: dict[Hashable, Dated]
    portfolio: PortfolioFile
    needs: Needs

    def choices(self, wish: Wish) -> Choices | None:
        try:
            return self._choices(wish)
        except (OverlayRefused, Contradiction, CalendarExhausted) as error:
            raise PracticeRefused(wish.name, str(error)) from error

    def _choices(self, wish: Wish) -> Choices | None:
        case = unfixed(self.portfolio.case(wish, self.today))
        problem = self.maker.scheduler.problem(case, self.portfolio.pace)
        if is_live(problem):
            return None
        first, last = self.portfolio.range_of(wish, self.today)
        windows = self._windows(case, first, last)
        dated = self.dated.setdefault(self._likeness(problem, windows), {})
        options: dict[date, Option] = {}
        why_not: dict[date, str] = {}
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            because = self._closed(wish, problem, day)
            if not because and day not in dated:
                solution = solve(on_day(problem, day))
                dated[day] = key_days(solution), self._appraised(solution, windows)
            if because or not dated[day][1].feasible_pace:
                why_not[day] = because or self._too_early(dated[day][0])
            else:
                options[day] = self._option(wish, *dated[day])
        return Choices(wish, options, why_not)

    def _appraised(self, solution: Solution, windows: tuple[Window, ...]) -> Candidate:
        return appraise(solution, windows, self.portfolio.weights, pace_given=True)

    def _option(self, wish: Wish, key: KeyDays, candidate: Candidate) -> Option:
        apart = abs((candidate.day - wish.wanted).days)
        cost = apart * wish.priority * self.portfolio.weights.day_apart + candidate.score
        return Option(candidate.day, cost, candidate, key, self.needs.of(wish, key, self.today))

    def _closed(self, wish: Wish, problem: Problem, day: date) -> str:
        if not problem.days.is_working(problem.days.number(day)):
            return "nobody works on that day"
        for one in self.portfolio.blackouts:
            if one.of in (ANY, wish.system) and one.holds(day):
                return f"it lies in the blackout “{one.name}”"
        return ""

    def _too_early(self, key: KeyDays) -> str:
        return f"at the {key.pace} pace the earliest it can go live is {day_words(key.earliest_go_live)}"

    def _windows(self, case: Case, first: date, last: date) -> tuple[Window, ...]:
        calendar = self.maker.calendar
        settings = self.maker.scheduler.settings(case, self.portfolio.pace)
        start, end = max(first - _AROUND, calendar.known_from), min(last + _AROUND, calendar.known_to)
        return self.maker.windows(case, settings, start, end)

    def _likeness(self, problem: Problem, windows: Sequence[Window]) -> Hashable:
        """What two practices must share for their dates to be the same; one with a history is alike to none."""
        if problem.done or problem.started or problem.fixed:
            return object()
        return problem.moves, tuple(windows), self.portfolio.weights
