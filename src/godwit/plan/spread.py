"""A spread of go-live dates over a portfolio, with the because of each, and what changes when the portfolio does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from godwit.plan.loads import Clash, Load, Resource, clash_of, listed, loads
from godwit.plan.portfolio import ANY, KINDS
from godwit.plan.portfolio_options import Choices, Market, Option
from godwit.plan.wording import count_words, day_words

Outcome = Literal["optimal", "feasible", "infeasible"]
"""optimal: no spread costs less · feasible: the best found in the time · infeasible: something cannot hold."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One practice's day in a spread and the one it wanted, with its `cost` in points and its because."""

    practice: str
    day: date
    wanted: date
    cost: int
    option: Option
    because: str

    @property
    def days_apart(self) -> int:
        """Days from the one wanted; negative if earlier."""
        return (self.day - self.wanted).days


@dataclass(frozen=True)
class Spread:
    """A day for every practice that has one. `cost` is in points.

    Where the outcome is infeasible, `clashes` are the smallest overflow there is: what would have to be added so that
    everybody could move in their own range. `unplaced` are practices without any day, and why.
    """

    outcome: Outcome
    cost: int
    placed: Mapping[str, Placed]
    unplaced: Mapping[str, str]
    clashes: tuple[Clash, ...]
    loads: tuple[Load, ...]

    @property
    def dates(self) -> dict[str, date]:
        """The go-live of each practice."""
        return {name: one.day for name, one in self.placed.items()}


def spread_of(market: Market, outcome: Outcome, chosen: Mapping[str, Option]) -> Spread:
    """What was chosen, as a spread: with the loads it makes, and what they are too much for."""
    teller, every = _Teller(market, chosen), {one.wish.name: one for one in market.choices}
    used = loads(market.capacities, {name: option.needs for name, option in chosen.items()})
    unplaced = {name: _no_day(one) for name, one in every.items() if not one.options}
    return Spread(
        outcome="infeasible" if unplaced else outcome,
        cost=sum(one.cost for one in chosen.values()),
        placed={name: teller.placed(one, chosen[name]) for name, one in every.items() if name in chosen},
        unplaced=unplaced,
        clashes=tuple(clash_of(one) for one in used if one.needed > one.capacity),
        loads=used,
    )


def as_wanted(market: Market) -> Spread:
    """What would happen if every practice went live on the day it wants. Needs no solver.

    The market is that of `PortfolioFile.on_the_days_wanted`, so that each practice has one day to choose or none.
    """
    chosen = {one.wish.name: one.best for one in market.choices if one.options}
    spread = spread_of(market, "feasible", chosen)
    return replace(spread, outcome="infeasible") if spread.clashes else spread


def _no_day(choices: Choices) -> str:
    """What stands in the way of a practice that has not one day on which it could go live."""
    days = list(choices.why_not)
    if not days:
        return "every day on which it may go live has passed"
    reasons = list(dict.fromkeys(choices.why_not.values()))
    if len(days) == 1:
        return f"{day_words(days[0])} would not do: {reasons[0]}"
    return f"no day from {day_words(days[0])} to {day_words(days[-1])} would do: {'; '.join(reasons)}"


@dataclass(frozen=True)
class _Teller:
    market: Market
    chosen: Mapping[str, Option]

    def placed(self, choices: Choices, option: Option) -> Placed:
        wish = choices.wish
        because = self._because(choices, option)
        return Placed(wish.name, option.day, wish.wanted, option.cost, option, because)

    def _because(self, choices: Choices, option: Option) -> str:
        """Why this day: against the day wanted, and against the cheapest."""
        wanted = choices.wish.wanted
        if option.day == wanted:
            return "On the day wanted."
        parts = [self._against(choices, option, wanted)]
        best = choices.best
        if best.day != wanted and best.cost < option.cost:
            parts.append(self._against(choices, option, best.day))
        apart = (option.day - wanted).days
        text = f"{_length(abs(apart))} {'later' if apart > 0 else 'earlier'} than wanted, because"
        return f"{text} {'; '.join(parts)}."

    def _against(self, choices: Choices, option: Option, day: date) -> str:
        """Why not on that day."""
        other = choices.options.get(day)
        if other is None:
            return f"{day_words(day)} is no choice: {choices.why_not.get(day, 'it has passed')}"
        taken = list(self._taken(choices.wish.name, other))
        if taken:
            more = (
                f" ({count_words(len(taken) - 1, 'other limit')} would not hold either)" if taken[1:] else ""
            )
            return f"for {day_words(day)} {taken[0]}{more}"
        worse = [
            one for one in other.candidate.reasons_against if one not in option.candidate.reasons_against
        ]
        if other.cost >= option.cost and worse:
            return f"{day_words(day)} has more against it: {'; '.join(worse)}"
        return f"{day_words(day)} would suit no better in all"

    def _taken(self, practice: str, other: Option) -> Iterator[str]:
        """What would not hold on the other day, if this practice left its own and nobody else moved."""
        for resource, amount in sorted(other.needs.items(), key=_telling):
            capacity, users = self.market.capacities[resource], self._users(resource, practice)
            left = capacity - sum(users.values())
            if amount > left:
                yield _full(resource, amount, max(left, 0), capacity, listed(tuple(users)))

    def _users(self, resource: Resource, without: str) -> dict[str, int]:
        return {
            name: option.needs[resource]
            for name, option in self.chosen.items()
            if name != without and resource in option.needs
        }


def _full(resource: Resource, amount: int, left: int, capacity: int, users: str) -> str:
    """How a resource fails to hold `amount` more."""
    if not capacity:
        return f"there is no {resource.unit(1)} {resource.when}"
    if left:
        kept = f", as {users} have the rest" if users else ""
        return f"only {resource.amount(left)} left {resource.when}{kept}, and it needs {amount}"
    if capacity == 1:
        return f"the only {resource.unit(1)} {resource.when} is taken by {users}"
    return f"all {resource.amount(capacity)} {resource.when} are taken by {users}"


def _telling(need: tuple[Resource, int]) -> tuple[int, bool, date]:
    """What to name first: slots before trainers before staff, a supplier's own before all together."""
    resource = need[0]
    return KINDS.index(resource.what), resource.of == ANY, resource.day


def _length(days: int) -> str:
    return count_words(days // 7, "week") if days % 7 == 0 else count_words(days, "day")
