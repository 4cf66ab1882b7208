"""Random small networks with every kind of clause: dated so that a plain checker agrees, or refused as a circle."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.definitions.guide.task import Task
from godwit.plan.passes import Contradiction
from tests.support.plain_plan import PlainPlan, anchor_tasks
from tests.support.plans import ANCHORS, GO_LIVE, ORDER, Dated, calendar, solved, task, values_of

NAMES = [f"T05-{number:02}" for number in range(1, 7)]
LENGTHS = st.builds("{}{}".format, st.integers(0, 12), st.sampled_from(["d", "wd", "w"]))
SMALL = st.builds("{}{}".format, st.integers(0, 9), st.sampled_from(["d", "wd"]))
ENDS = ["", "start ", "finish "]
KINDS = ["finish_to_start", "start_to_start", "overlaps", "same_moment", "information"]
TODAYS = st.integers(0, 300).map(lambda days: date(2026, 3, 1) + timedelta(days=days))
EXAMPLES = settings(max_examples=150)


@st.composite
def clauses(draw: st.DrawFn, number: int) -> str:
    """Mostly from what comes before and by what comes after; now and then against the stream, up to a circle."""
    before, after = ["ORD", *NAMES[:number]], ["GL", "FDP", *NAMES[number + 1 :]]
    how = draw(st.sampled_from(["from", "from", "by", "by", "on"]))
    against = draw(st.integers(0, 9)) == 0
    place = draw(st.sampled_from(after if (how == "by") != against else before))
    edge = draw(st.sampled_from(["", ".start"])) if place in NAMES else ""
    sign = "-" if how == "by" or draw(st.booleans()) else "+"
    return f"{draw(st.sampled_from(ENDS))}{how} {place}{edge} {sign} {draw(SMALL)}"


@st.composite
def small_plans(draw: st.DrawFn) -> list[Task]:
    made = [task(ORDER, when=["by GL"]), task("T11-07", when=["from ORD", "by GL - 2d"], days="any")]
    for place, name in enumerate(NAMES):
        before = draw(st.lists(st.sampled_from([ORDER, *NAMES[:place]]), max_size=2, unique=True))
        after = [{"task": one, "kind": draw(st.sampled_from(KINDS)), "because": "test"} for one in before]
        fields: dict[str, Any] = {"lasts": draw(LENGTHS), "days": draw(st.sampled_from(["working", "any"]))}
        when = [*draw(st.lists(clauses(place), max_size=2)), "from ORD"]
        aim = draw(st.sampled_from(["early", "late"]))
        made.append(task(name, when=when, after=after, aim=aim, **fields))
    return [
        *made,
        task(GO_LIVE, after=[*draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)), "T11-07"]),
    ]


def dated_or_none(tasks: list[Task], today: date, go_live: date) -> Dated | None:
    try:
        return solved(tasks, today=today, go_live=go_live)
    except Contradiction:
        return None


def broken(tasks: list[Task], dated: Dated) -> list[str]:
    by_name = {one.id: one for one in tasks}
    anchors = anchor_tasks(ANCHORS, by_name)
    return PlainPlan(by_name, anchors, dated.all_planned(), values_of().of, calendar()).broken()


@EXAMPLES
@given(small_plans(), TODAYS, st.integers(0, 250))
def test_dates_keep_the_rules_or_the_plan_says_that_they_cannot(
    tasks: list[Task], today: date, days: int
) -> None:
    go_live = calendar().add_working_days(today, days)
    dated = dated_or_none(tasks, today, go_live)
    if dated is None:
        return  # a circle; that it is one, and nothing else, test_passes.py shows
    says_no = not dated.solution.feasible or bool(dated.solution.clashes)
    assert bool(broken(tasks, dated)) == says_no


@EXAMPLES
@given(small_plans(), TODAYS)
def test_the_earliest_go_live_is_the_earliest(tasks: list[Task], today: date) -> None:
    dated = dated_or_none(tasks, today, date(2028, 3, 1))
    if dated is None:
        return  # a circle; that it is one, and nothing else, test_passes.py shows
    first = dated.solution.problem.days.day(dated.solution.earliest_go_live)
    there = solved(tasks, today=today, go_live=first)
    assert there.solution.feasible
    assert broken(tasks, there) == []
    before = solved(tasks, today=today, go_live=calendar().add_working_days(first, -1))
    assert not before.solution.feasible
    assert broken(tasks, before) != []


@EXAMPLES
@given(small_plans(), TODAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_no_date(tasks: list[Task], today: date, random: Any) -> None:
    go_live = date(2027, 9, 1)
    dated = dated_or_none(tasks, today, go_live)
    shuffled = random.sample(tasks, len(tasks))
    if dated is None:
        with pytest.raises(Contradiction):
            solved(shuffled, today=today, go_live=go_live)
    else:
        assert solved(shuffled, today=today, go_live=go_live).all_planned() == dated.all_planned()
