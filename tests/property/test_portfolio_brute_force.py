"""On small portfolios the solver finds what trying every assignment finds."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.plan.portfolio_options import Market
from godwit.plan.portfolio_solver import spread_out
from tests.support.portfolios import (
    cost,
    every_way,
    made_up_market,
    overflow,
    the_board,
    the_market_maker,
)

NEEDS = st.dictionaries(st.integers(0, 2), st.integers(1, 3), max_size=3)
OPTIONS = st.lists(st.tuples(st.integers(0, 30), NEEDS), min_size=1, max_size=5)
MARKETS = st.builds(
    made_up_market,
    st.lists(OPTIONS, min_size=1, max_size=4),
    st.lists(st.integers(0, 4), min_size=3, max_size=3),
)


def agrees_with_brute_force(market: Market) -> str:
    ways = list(every_way(market))
    least_over, least_cost = min((overflow(market, way), cost(way)) for way in ways)
    spread = spread_out(market)
    assert spread.outcome == ("infeasible" if least_over else "optimal")
    assert spread.cost == least_cost
    assert sum(one.needed - one.capacity for one in spread.clashes) == least_over
    return spread.outcome


@settings(max_examples=150, deadline=None)
@given(MARKETS)
def test_least_overflow_then_least_cost(market: Market) -> None:
    agrees_with_brute_force(market)


@settings(max_examples=50, deadline=None)
@given(MARKETS)
def test_the_same_market_has_the_same_spread_and_every_day_a_because(market: Market) -> None:
    one, other = spread_out(market), spread_out(market)
    assert one == other
    assert all(placed.because.endswith(".") for placed in one.placed.values())


def test_with_real_plans() -> None:
    """Four practices of the board, each within a week of the day it wants: some 10,000 ways."""
    near = timedelta(days=7)
    wishes = [
        one.model_copy(update={"earliest": one.wanted - near, "latest": one.wanted + near})
        for one in the_board().practices
        if one.name.startswith(("Alder", "Birch", "Damson", "Elm"))
    ]
    market = the_market_maker().market(the_board().with_changes(practices=tuple(wishes), blackouts=()))
    assert [len(one.options) for one in market.choices] == [11, 11, 11, 11]
    assert agrees_with_brute_force(market) == "optimal"
    assert sum(one.best.cost for one in market.choices) < spread_out(market).cost
