"""The paces side by side: when to order, what the dates alone break, and where the days go."""

from dataclasses import replace
from datetime import date
from typing import Any

from godwit.plan.paces import PaceLine, Paces
from godwit.plan.settings import PACES
from godwit.plan.wording import day_words
from tests.support.all_went_well import looked_back
from tests.support.plans import case
from tests.support.whole_plans import maker

TODAY = date(2026, 11, 23)
GOOD_DAY = date(2027, 6, 18)


def paces(go_live: date = GOOD_DAY, **given: Any) -> Paces:
    return Paces.of(maker(), case(go_live, TODAY, None, **given))


def by_pace(found: Paces) -> dict[str, PaceLine]:
    return {one.pace: one for one in found.lines}


def test_the_quicker_the_pace_the_later_the_order_and_the_earlier_the_first_go_live() -> None:
    lines = paces().lines
    assert tuple(one.pace for one in lines) == PACES
    assert [one.order_on for one in lines] == sorted(one.order_on for one in lines)
    assert [one.weeks for one in lines] == sorted((one.weeks for one in lines), reverse=True)
    earliest = [one.earliest_go_live for one in lines]
    assert earliest == sorted(earliest, reverse=True)


def test_on_a_good_day_no_pace_breaks_a_rule_and_only_the_fastest_keeps_the_six_weeks() -> None:
    lines = by_pace(paces())
    assert {one.rules_broken for one in lines.values()} == {()}
    assert {pace: one.clocks_broken for pace, one in lines.items()} == {
        "comfortable": ("SLA-10",),
        "usual": ("SLA-10",),
        "fastest": (),
    }
    assert {pace: one.loop_kept for pace, one in lines.items()} == {
        "comfortable": False,
        "usual": False,
        "fastest": True,
    }


def test_a_date_in_the_flu_season_and_half_term_breaks_those_rules_at_every_pace() -> None:
    assert {one.rules_broken for one in paces(date(2027, 10, 22)).lines} == {("R-01", "R-03")}


def test_answers_break_no_rule_here_and_mend_none() -> None:
    bad = {"answers": {"supplier_confirmed_go_live": date(2027, 7, 2), "tasks_without_owner": 3}}
    assert [one.rules_broken for one in paces(facts=bad).lines] == [(), (), ()]


def test_the_steps_name_where_the_chains_differ_in_days() -> None:
    found = paces()
    steps = {one.task: one for one in found.steps}
    # Two working days to accept an order where one is the least there is.
    assert (steps["T02-07"].fastest, steps["T02-07"].comfortable) == (1, 2)
    # The checking decides the comfortable plan and not the fastest, which waits for the notices of third parties.
    assert steps["T07-05"].fastest is None
    assert steps["T11-03"].comfortable is None
    chains = {one.pace: {link.task for link in one.chain} for one in found.lines}
    assert steps.keys() == chains["fastest"] | chains["comfortable"]
    differing = {one.task for one in found.differing}
    assert {"T02-07", "T07-05", "T11-03"} <= differing
    # Go-live follows the final extract by the same days; the sign-off takes none, whether it decides or not.
    assert not {"T13-05", "T08-05"} & differing


def test_the_days_of_a_chain_add_up_to_the_way_from_its_start_to_go_live() -> None:
    found, between = paces(), maker().calendar.working_days_between
    for pace, line in by_pace(found).items():
        if pace != "usual":
            days = sum(getattr(one, pace) or 0 for one in found.steps)
            first, last = line.chain[0], line.chain[-1]
            assert days == between(first.start, last.due), (pace, day_words(first.start))


def test_when_the_practice_is_live_the_paces_no_longer_differ() -> None:
    over = looked_back(maker().make(case(GOOD_DAY, TODAY, "usual")))
    found = Paces.of(maker(), replace(over, pace=None))
    assert found.differing == ()
    assert {one.clocks_broken for one in found.lines} == {("SLA-10",)}
