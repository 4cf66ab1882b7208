"""A spread of go-live dates, and what a change does to it, as JSON objects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from godwit.plan.loads import Clash, Load
from godwit.plan.portfolio import PortfolioFile, Wish
from godwit.plan.spread import Placed, Spread
from godwit.plan.what_if import Difference

Json = dict[str, Any]


def spread_json(portfolio: PortfolioFile, spread: Spread, today: date) -> Json:
    """A whole spread. `cost` is in points; `days_apart` are days from the one wanted, negative if earlier."""
    wishes = {one.name: one for one in portfolio.practices}
    return {
        "portfolio": portfolio.portfolio,
        "today": today.isoformat(),
        "pace": portfolio.pace,
        "outcome": spread.outcome,
        "cost": spread.cost,
        "practices": [_placed(wishes[name], one) for name, one in sorted(spread.placed.items(), key=_by_day)],
        "without_a_day": [
            {**_wish(wishes[name]), "because": because} for name, because in spread.unplaced.items()
        ],
        "clashes": clashes_json(spread.clashes),
        "loads": [_load(one) for one in spread.loads],
    }


def clashes_json(clashes: Iterable[Clash]) -> list[Json]:
    """Where more is needed than there is."""
    return [
        {**_load(Load(one.resource, one.needed, one.capacity, one.practices)), "because": one.because}
        for one in clashes
    ]


def difference_json(portfolio: PortfolioFile, found: Difference) -> Json:
    """What a change does: who moves, and by how many points the whole is dearer (negative: cheaper)."""
    return {
        "portfolio": portfolio.portfolio,
        "before": {"outcome": found.before.outcome, "cost": found.before.cost},
        "after": {"outcome": found.after.outcome, "cost": found.after.cost},
        "cost": found.cost,
        "moved": [
            {
                "practice": one.practice,
                "was": one.was.isoformat() if one.was else None,
                "now": one.now.isoformat() if one.now else None,
                "because": one.because,
            }
            for one in found.moved
        ],
        "clashes": clashes_json(found.after.clashes),
    }


def _by_day(item: tuple[str, Placed]) -> tuple[date, str]:
    return item[1].day, item[0]


def _wish(wish: Wish) -> Json:
    return {
        "practice": wish.name,
        "new_system": wish.system,
        "delivery_partner": wish.partner,
        "wanted": wish.wanted.isoformat(),
    }


def _placed(wish: Wish, one: Placed) -> Json:
    return {
        **_wish(wish),
        "go_live": one.day.isoformat(),
        "days_apart": one.days_apart,
        "cost": one.cost,
        "because": one.because,
        "for": list(one.option.candidate.reasons_for),
        "against": list(one.option.candidate.reasons_against),
        "key_days": {name: day.isoformat() for name, day in one.option.key.anchors.items()},
    }


def _load(one: Load) -> Json:
    resource = one.resource
    return {
        "what": resource.what,
        "of": resource.of,
        "week": resource.week.isoformat(),
        "day": None if resource.whole_week else resource.day.isoformat(),
        "needed": one.needed,
        "capacity": one.capacity,
        "practices": list(one.practices),
    }
