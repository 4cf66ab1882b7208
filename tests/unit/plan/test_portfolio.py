"""Many migrations at once: the file, what dates need, clashes, a spread of days and what-if."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from pydantic import ValidationError

from godwit.definitions.errors import DefinitionError
from godwit.plan import portfolio_solver
from godwit.plan.case import Facts
from godwit.plan.key_days import KeyDays, PracticeRefused, plan_all
from godwit.plan.loads import Needs, Resource, clashes, listed, spread_out
from godwit.plan.portfolio import Blackout, Limit, PortfolioFile
from godwit.plan.portfolio_solver import SolverMissing
from godwit.plan.scheduler import Case
from godwit.plan.spread import Spread
from godwit.plan.what_if import Changes, NewWish, changed, what_if
from tests.support.portfolios import (
    MONDAY,
    TODAY,
    made_up_market,
    portfolio_from,
    the_board,
    the_maker,
    the_market_maker,
)

FRIDAY = date(2027, 6, 18)
SMALL = """
portfolio: Two
practices:
  - {practice: A, wanted: 2027-06-18, new_system: EMIS Web}
  - {practice: B, wanted: 2027-06-18, new_system: EMIS Web}
"""


def spread(portfolio: PortfolioFile) -> Spread:
    return portfolio_solver.spread_out(the_market_maker().market(portfolio))


@lru_cache(maxsize=1)
def the_spread() -> Spread:
    return spread(the_board())


def planned(portfolio: PortfolioFile) -> dict[str, KeyDays]:
    """Every practice on the day it wants."""
    cases = [portfolio.case(one, TODAY) for one in portfolio.practices]
    names = [one.name for one in portfolio.practices]
    return dict(zip(names, plan_all(the_maker().scheduler, cases), strict=True))


# ---------------------------------------------------------------- the file


def test_the_example_reads() -> None:
    board = the_board()
    assert len(board.practices) == 12
    assert {one.system for one in board.practices} == {"SystmOne", "EMIS Web"}
    ivy = board.wish("Ivy Street Surgery")
    assert (ivy.whole_practice.new_system, board.trainer_days_of(ivy)) == ("EMIS Web", 6)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("capacities: {supplier_slots: {SystemOne: 1}}", "no practice has 'SystemOne'"),
        ("capacities: {trainers: {any: 1}}", "A: trainers are limited, so say its trainer_days"),
        ("capacities: {supplier_slots: {any: -1}}", "greater than or equal to 0"),
        ("blackouts: [{name: Freeze, starts: 2027-06-11, ends: 2027-06-07}]", "it ends before it starts"),
        ("blackouts: [{name: F, starts: 2027-06-07, ends: 2027-06-07, of: X}]", "no practice moves to 'X'"),
        ("reach_week: 3", "not known here"),
    ],
)
def test_what_the_file_may_not_say(more: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        portfolio_from(f"{SMALL}{more}\n")


@pytest.mark.parametrize(
    ("practice", "says"),
    [
        ("{practice: A, wanted: 2027-06-18}", "A stands twice"),
        ("{practice: C, wanted: 2027-06-18, latest: 2027-06-17}", "not between the earliest and the latest"),
        (
            "{practice: {practice: C, new_system: X}, new_system: Y, wanted: 2027-06-18}",
            "new_system stands twice, and differs",
        ),
        ("{practice: C, wanted: 2027-06-18T10:00:00}", "without a time"),
    ],
)
def test_what_a_practice_may_not_say(practice: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        portfolio_from(f"{SMALL}  - {practice}\n")


# ---------------------------------------------------------------- many plans at once


def test_key_days_are_those_of_the_schedules() -> None:
    scheduler = the_maker().scheduler
    cases = [the_board().case(one, TODAY) for one in the_board().practices]
    cases += [Case(one.practice, one.go_live, TODAY) for one in cases]
    for case, key in zip(cases, plan_all(scheduler, cases), strict=True):
        made = scheduler.schedule(case)
        assert key.anchors == {name: one.start for name, one in made.anchors.items()}
        assert (key.pace, key.feasible) == (made.pace, made.too_late is None)
        assert key.earliest_go_live == made.earliest_go_live
        assert key.training[0] >= made.tasks["T10-07"].start
        assert key.training[-1] <= made.tasks["T10-07"].due


def test_the_partner_is_there_from_the_final_extract_to_go_live() -> None:
    key = planned(the_board())["Alder Road Surgery"]
    cutover = [key.anchors["FDP"] + timedelta(days=at) for at in range(4)]
    assert cutover[-1] == FRIDAY
    assert set(key.partner) == {*cutover, key.anchors["KO"], key.anchors["SUR"], key.anchors["IDP"]}


def test_a_practice_that_cannot_be_planned_is_named() -> None:
    board = portfolio_from(
        SMALL.replace("practice: A,", "practice: {practice: A, answers: {dragons: true}},")
    )
    with pytest.raises(PracticeRefused, match="A: there is no question 'dragons'"):
        planned(board)
    with pytest.raises(PracticeRefused, match="A: there is no question 'dragons'"):
        the_market_maker().market(board)


# ---------------------------------------------------------------- what dates need, and clashes


def test_days_of_training_are_spread_evenly_and_none_is_lost() -> None:
    days = tuple(MONDAY + timedelta(days=at) for at in range(5))
    assert [amount for _, amount in spread_out(5, days)] == [1, 1, 1, 1, 1]
    assert list(spread_out(2, days)) == [(days[2], 1), (days[4], 1)]
    assert sum(amount for _, amount in spread_out(13, days)) == 13


def test_how_much_there_is_in_a_week() -> None:
    needs = Needs(the_board(), the_maker().calendar)

    def there_are(what: Any, of: str, day: date) -> int | None:
        return needs.capacity(Resource(what, of, day, whole_week=what != "delivery_staff"))

    assert there_are("supplier_slots", "EMIS Web", date(2027, 7, 12)) == 2
    assert there_are("supplier_slots", "EMIS Web", date(2027, 7, 19)) == 1
    assert there_are("supplier_slots", "Vision", MONDAY) is None
    assert there_are("trainers", "any", MONDAY) == 15
    assert there_are("trainers", "any", date(2027, 5, 31)) == 12  # a bank holiday
    assert there_are("delivery_staff", "Midshire Digital", FRIDAY) == 3


def test_everybody_on_the_day_wanted_is_too_much() -> None:
    found = clashes(the_board(), planned(the_board()), the_maker().calendar, TODAY)
    first = next(one for one in found if one.resource.of == "SystmOne")
    assert (first.week, first.needed, first.capacity) == (MONDAY, 3, 1)
    assert first.practices == ("Alder Road Surgery", "Birch Lane Practice", "Cedar House")
    assert first.because == (
        "3 SystmOne go-lives needed in the week of Mon 14 Jun 2027, but there is 1: "
        "Alder Road Surgery, Birch Lane Practice and Cedar House"
    )
    assert {one.resource.what for one in found} == {"supplier_slots", "trainers", "delivery_staff"}


def test_what_is_past_needs_nothing_more() -> None:
    assert clashes(the_board(), planned(the_board()), the_maker().calendar, date(2028, 1, 3)) == ()


def test_without_limits_there_are_no_clashes() -> None:
    free = portfolio_from(SMALL)
    assert clashes(free, planned(free), the_maker().calendar, TODAY) == ()


def test_names_in_a_sentence() -> None:
    assert [listed(tuple("ABCDEFGH"[:count])) for count in (1, 2, 3)] == ["A", "A and B", "A, B and C"]
    assert listed(tuple("ABCDEFGH")) == "A, B, C, D, E and 3 others"


# ---------------------------------------------------------------- the spread


def test_the_example_has_a_best_spread_without_clashes() -> None:
    found, board = the_spread(), the_board()
    assert (found.outcome, found.clashes, found.unplaced) == ("optimal", (), {})
    assert list(found.placed) == [one.name for one in board.practices]
    keys = {name: one.option.key for name, one in found.placed.items()}
    assert clashes(board, keys, the_maker().calendar, TODAY) == ()
    assert found.dates["Larch Grove"] == date(2027, 7, 16)
    for one in found.placed.values():
        first, last = board.range_of(board.wish(one.practice), TODAY)
        assert first <= one.day <= last
        assert one.option.key.feasible
        assert not any(
            off.of in ("any", board.wish(one.practice).system) and off.holds(one.day)
            for off in board.blackouts
        )


def test_every_day_has_its_because() -> None:
    placed = the_spread().placed
    assert placed["Alder Road Surgery"].because == "On the day wanted."
    assert placed["Birch Lane Practice"].because.startswith(
        "3 days later than wanted, because for Fri 18 Jun 2027 the only SystmOne go-live in the week of "
        "Mon 14 Jun 2027 is taken by Alder Road Surgery"
    )
    assert all("suit no better" not in one.because for one in placed.values())


def test_the_spread_does_not_depend_on_the_order_of_practices() -> None:
    board = the_board()
    turned = board.with_changes(practices=tuple(reversed(board.practices)))
    assert spread(turned).cost == the_spread().cost


def test_higher_priority_goes_first() -> None:
    limits = "capacities: {supplier_slots: {any: 1}}\n"
    for first in ("A", "B"):
        text = SMALL.replace(f"practice: {first},", f"practice: {first}, priority: 9,")
        found = spread(portfolio_from(text + limits))
        other = "B" if first == "A" else "A"
        assert found.dates[first] == FRIDAY
        assert found.placed[other].days_apart != 0


def test_a_blackout_moves_a_go_live_and_is_named() -> None:
    off = "blackouts: [{name: Freeze, starts: 2027-06-14, ends: 2027-06-18}]\n"
    found = spread(portfolio_from(SMALL + off)).placed["A"]
    assert not MONDAY <= found.day <= FRIDAY
    assert "Fri 18 Jun 2027 is no choice: it lies in the blackout “Freeze”" in found.because


def test_a_day_with_more_against_it_is_left() -> None:
    found = spread(portfolio_from(SMALL.replace("2027-06-18", "2027-06-15"))).placed["A"]
    assert found.day == FRIDAY
    assert "Tue 15 Jun 2027 has more against it:" in found.because
    assert "on a weekend or bank holiday" in found.because


def test_what_cannot_hold_is_named_with_the_least_that_is_missing() -> None:
    fixed = SMALL.replace(
        "wanted: 2027-06-18", "wanted: 2027-06-18, earliest: 2027-06-18, latest: 2027-06-18"
    )
    found = spread(portfolio_from(f"{fixed}capacities: {{supplier_slots: {{EMIS Web: 1}}}}\n"))
    assert found.outcome == "infeasible"
    assert [one.because for one in found.clashes] == [
        "2 EMIS Web go-lives needed in the week of Mon 14 Jun 2027, but there is 1: A and B"
    ]


def test_a_practice_without_a_day_is_named_and_the_others_are_placed() -> None:
    early = SMALL.replace(
        "practice: A, wanted: 2027-06-18", "practice: A, wanted: 2026-12-01, latest: 2026-12-04"
    )
    found = spread(portfolio_from(early))
    assert (found.outcome, list(found.placed)) == ("infeasible", ["B"])
    assert "no day from Mon 23 Nov 2026 to Fri 4 Dec 2026 would do" in found.unplaced["A"]
    assert "at the usual pace the earliest it can go live is" in found.unplaced["A"]


def test_a_practice_that_is_live_takes_no_part() -> None:
    board = the_board()
    live = board.practices[0].model_copy(update={"facts": Facts(done={"T13-05": date(2026, 11, 20)})})
    found = spread(board.with_changes(practices=(live, *board.practices[1:])))
    assert live.name not in {**found.placed, **found.unplaced}


def test_without_the_solver_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio_solver, "cp_model", None)
    with pytest.raises(SolverMissing, match=r"pip install godwit\[portfolio\]"):
        portfolio_solver.spread_out(made_up_market([[(1, {})]], []))


# ---------------------------------------------------------------- what if


def test_one_slot_less_moves_somebody_and_costs_more() -> None:
    fewer = Limit(what="supplier_slots", of="SystmOne", starts=MONDAY, ends=FRIDAY, count=0)
    found = what_if(the_board(), Changes(for_a_while=(fewer,)), spread)
    assert found.cost > 0
    moved = {one.practice: one for one in found.moved}["Alder Road Surgery"]
    assert moved.was == FRIDAY
    assert moved.now not in (None, FRIDAY)
    assert "there is no SystmOne go-live in the week of Mon 14 Jun 2027" in moved.because


def test_a_blackout_more_never_makes_it_cheaper() -> None:
    more = Blackout(name="Storm", starts=date(2027, 7, 5), ends=date(2027, 7, 16))
    found = what_if(the_board(), Changes(blackouts=(more,)), spread)
    assert found.after.outcome == "infeasible"  # Larch Grove must move on 16 July
    assert "Storm" in found.after.unplaced["Larch Grove"]


def test_a_practice_that_leaves_makes_room() -> None:
    found = what_if(the_board(), Changes(leaves=("Alder Road Surgery",)), spread)
    assert found.cost < 0
    left = {one.practice: one for one in found.moved}["Alder Road Surgery"]
    assert (left.now, left.because) == (None, "it has left the portfolio")


def test_there_and_back_again() -> None:
    board = the_board()
    there = NewWish(practice="Hazel Court", wanted=date(2027, 7, 23))
    back = NewWish(practice="Hazel Court", wanted=date(2027, 7, 2))
    found = what_if(board, Changes(practices=(there,)), spread)
    assert "Hazel Court" in {one.practice for one in found.moved}
    again = changed(changed(board, Changes(practices=(there,))), Changes(practices=(back,)))
    assert again == board
    assert spread(again) == the_spread()


def test_changes_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="no such practice in the portfolio: Nowhere"):
        changed(the_board(), Changes(leaves=("Nowhere",)))
    wrong = Limit(what="supplier_slots", of="Vision", starts=MONDAY, ends=FRIDAY, count=0)
    with pytest.raises(ValidationError, match="no practice has 'Vision'"):
        changed(the_board(), Changes(for_a_while=(wrong,)))
