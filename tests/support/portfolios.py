"""The made-up board of the examples, small made-up markets, and every way to fill them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.read import parse, parse_text
from godwit.definitions.seasons import read_seasons
from godwit.plan.candidates import Candidate
from godwit.plan.case import Practice
from godwit.plan.key_days import KeyDays
from godwit.plan.loads import Resource
from godwit.plan.making import PlanMaker
from godwit.plan.portfolio import PortfolioFile, Wish
from godwit.plan.portfolio_options import Choices, Market, MarketMaker, Option

BOARD = Path(__file__).parents[2] / "examples" / "portfolio" / "board.yaml"
TODAY = date(2026, 11, 23)
MONDAY = date(2027, 6, 14)


@lru_cache(maxsize=1)
def the_maker() -> PlanMaker:
    return PlanMaker(read_guide(), read_bank_holidays(), read_seasons())


@lru_cache(maxsize=1)
def the_market_maker() -> MarketMaker:
    return MarketMaker(the_maker(), TODAY)


@lru_cache(maxsize=1)
def the_board() -> PortfolioFile:
    return parse(PortfolioFile, BOARD)


def portfolio_from(text: str) -> PortfolioFile:
    return parse_text(PortfolioFile, "portfolio.yaml", text)


def slot(number: int) -> Resource:
    """A resource to be used up: the slots of the week that many weeks on."""
    return Resource("supplier_slots", "any", MONDAY + timedelta(weeks=number), whole_week=True)


def made_up_market(practices: list[list[tuple[int, dict[int, int]]]], capacities: list[int]) -> Market:
    """Practices as lists of options (cost, how much of which resource), on Monday, Tuesday and so on."""
    choices = []
    for number, rows in enumerate(practices):
        wish = Wish(practice=Practice(practice=f"Practice {number}"), wanted=MONDAY)
        options = [_option(MONDAY + timedelta(days=at), *row) for at, row in enumerate(rows)]
        choices.append(Choices(wish, {one.day: one for one in options}, {}))
    return Market(tuple(choices), {slot(number): count for number, count in enumerate(capacities)})


def _option(day: date, cost: int, needs: dict[int, int]) -> Option:
    key = KeyDays(day, "usual", True, day, {}, (), ())
    needed = {slot(number): amount for number, amount in needs.items() if amount}
    return Option(day, cost, Candidate(day, cost, "usual", (), ()), key, needed)


def every_way(market: Market) -> Iterator[dict[str, Option]]:
    """Every assignment of an option to each practice, whether it holds or not."""
    names = [one.wish.name for one in market.choices]
    for way in product(*(one.options.values() for one in market.choices)):
        yield dict(zip(names, way, strict=True))


def overflow(market: Market, chosen: Mapping[str, Option]) -> int:
    """By how many units in all an assignment uses more than there is."""
    used: dict[Any, int] = {}
    for option in chosen.values():
        for resource, amount in option.needs.items():
            used[resource] = used.get(resource, 0) + amount
    return sum(max(count - market.capacities[resource], 0) for resource, count in used.items())


def cost(chosen: Mapping[str, Option]) -> int:
    return sum(one.cost for one in chosen.values())
