"""What would happen to a portfolio if: fewer slots, a practice moved, a blackout more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from godwit.definitions.read import Definition
from godwit.plan.case import Day
from godwit.plan.portfolio import Blackout, Limit, PortfolioFile, Wish
from godwit.plan.spread import Spread

Spreader = Callable[[PortfolioFile], Spread]
"""What makes a spread of a portfolio, such as the solver."""


class NewWish(Definition):
    """One practice's new wishes; what is absent stays. `earliest` and `latest` on one day fix it there."""

    practice: str
    wanted: Day
    earliest: Day | None = None
    latest: Day | None = None
    priority: int | None = None


class Changes(Definition):
    """What is to be tried, in the words of the portfolio's own file. `leaves` are practices that drop out."""

    for_a_while: tuple[Limit, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    practices: tuple[NewWish, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A practice whose day is another one now; None where it had or has no day."""

    practice: str
    was: date | None
    now: date | None
    because: str


@dataclass(frozen=True)
class Difference:
    """What the changes do: who moves, and by how many points the whole is dearer (negative: cheaper)."""

    before: Spread
    after: Spread
    moved: tuple[Moved, ...]
    cost: int


def what_if(portfolio: PortfolioFile, changes: Changes, spreader: Spreader) -> Difference:
    """The spread before and after the changes. Raises `ValueError` for a change that does not fit."""
    before, after = spreader(portfolio), spreader(changed(portfolio, changes))
    names = dict.fromkeys((*before.placed, *before.unplaced, *after.placed, *after.unplaced))
    moved = (_moved(name, before, after) for name in names)
    return Difference(
        before, after, tuple(one for one in moved if one.was != one.now), after.cost - before.cost
    )


def changed(portfolio: PortfolioFile, changes: Changes) -> PortfolioFile:
    """The portfolio with the changes. Raises `ValueError` for an unknown practice and for what cannot be."""
    known = {one.name for one in portfolio.practices}
    strange = [
        one for one in (*(new.practice for new in changes.practices), *changes.leaves) if one not in known
    ]
    if strange:
        raise ValueError(f"there is no such practice in the portfolio: {', '.join(strange)}")
    new = {one.practice: one for one in changes.practices}
    stays = (one for one in portfolio.practices if one.name not in changes.leaves)
    limits = (*portfolio.capacities.for_a_while, *changes.for_a_while)
    return portfolio.with_changes(
        practices=tuple(_wish(one, new[one.name]) if one.name in new else one for one in stays),
        capacities=portfolio.capacities.model_copy(update={"for_a_while": limits}),
        blackouts=(*portfolio.blackouts, *changes.blackouts),
    )


def _wish(old: Wish, new: NewWish) -> Wish:
    """The wish with what is new; it loses bounds that the new day has left behind."""
    earliest = new.earliest or (old.earliest if old.earliest and old.earliest <= new.wanted else None)
    latest = new.latest or (old.latest if old.latest and old.latest >= new.wanted else None)
    parts = {name: getattr(old, name) for name in Wish.model_fields}
    parts |= {"wanted": new.wanted, "earliest": earliest, "latest": latest}
    return Wish(**{**parts, "priority": new.priority or old.priority})


def _moved(name: str, before: Spread, after: Spread) -> Moved:
    was, now = before.placed.get(name), after.placed.get(name)
    because = now.because if now else after.unplaced.get(name, "it has left the portfolio")
    return Moved(name, was.day if was else None, now.day if now else None, because)
