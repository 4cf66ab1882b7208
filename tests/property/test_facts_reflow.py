"""What has happened and what others have set holds its day, and the rest of the plan flows around it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.definitions.guide.guide import read_guide
from godwit.plan.case import FixedDate
from godwit.plan.making import Plan
from godwit.plan.moving import moved_case
from godwit.plan.settings import PACES, Pace
from tests.support.plain_plan import PlainPlan, anchor_tasks
from tests.support.plans import calendar, case
from tests.support.whole_plans import maker

PLANNED_ON = date(2026, 11, 23)
GO_LIVE = date(2027, 6, 18)
KEY_DATES = ("KO", "SUR", "IDP", "TEST", "SIGNOFF", "MEETING", "FDP")

paces = pytest.mark.parametrize("pace", PACES)


def plan(facts: Any = None, today: date = PLANNED_ON, pace: Pace = "usual") -> Plan:
    return maker().make(case(GO_LIVE, today, pace, facts))


def working(day: date, count: int) -> date:
    return calendar().add_working_days(day, count)


def set_days(days: Mapping[str, date], status: str = "confirmed") -> dict[str, Any]:
    return {"dates": {name: {"day": day, "status": status} for name, day in days.items()}}


def followers(planned: Plan, task: str) -> set[str]:
    """A task and all that waits for it."""
    found, more = set[str](), {task}
    while more:
        found |= more
        tasks = planned.schedule.tasks.values()
        more = {one.task.id for one in tasks if found & {after.task for after in one.task.after}} - found
    return found


def on_the_day(planned: Plan, task: str, count: int, is_done: bool = True) -> Plan:
    """The plan so many working days after the day of a task, on which it is done (or not); earlier if negative.

    All else that was due is done and all else that was to start is started, but for what waits for the task.
    """
    tasks = planned.schedule.tasks
    today = working(tasks[task].due, count)
    waiting = followers(planned, task)
    others = {name: one for name, one in tasks.items() if name not in waiting}
    done = {name: one.due for name, one in others.items() if one.due < today}
    started = {name: one.start for name, one in others.items() if one.start < today}
    facts = {
        "done": done | ({task: today} if is_done else {}),
        "started": started | {task: tasks[task].start},
    }
    return plan(facts, today)


def broken(made: Plan, held: frozenset[str]) -> list[str]:
    """What the words of the tasks say against the dates, by a checker that knows no scheduler."""
    tasks = {name: one.task for name, one in made.schedule.tasks.items()}
    dates = {name: (one.start, one.due) for name, one in made.schedule.tasks.items()}
    length = maker().scheduler.problem(made.case, made.schedule.pace).values.of
    anchors = anchor_tasks(read_guide().anchors, tasks)
    quickest = made.schedule.pace == "fastest"
    return PlainPlan(tasks, anchors, dates, length, calendar(), quickest, held).broken()


# ---------------------------------------------------------------- days that others have set


@paces
@pytest.mark.parametrize("days", [0, 1, 2, 3, 5, 10])
def test_the_suppliers_schedule_of_key_dates_holds_and_the_rest_keeps_every_rule(
    pace: Pace, days: int
) -> None:
    free = plan(pace=pace)
    key_dates = {name: working(free.schedule.on(name), -days) for name in KEY_DATES if name != "FDP"}
    key_dates["FDP"] = free.schedule.on("FDP")
    pinned = plan(set_days(key_dates), pace=pace)
    assert pinned.schedule.too_late is None
    assert pinned.schedule.clashes == ()
    assert {name: pinned.schedule.on(name) for name in KEY_DATES} == key_dates
    assert {pinned.schedule.anchors[name].status for name in KEY_DATES} == {"confirmed"}
    assert broken(pinned, frozenset(pinned.schedule.anchors[name].task.id for name in KEY_DATES)) == []


def test_a_set_day_is_provisional_until_it_is_confirmed_and_says_so() -> None:
    day = plan().schedule.on("IDP")
    for status in ("provisional", "confirmed"):
        extract = plan(set_days({"IDP": day}, status)).schedule.anchors["IDP"]
        assert extract.status == status
        assert f"{status.capitalize()} for Wed 12 May 2027" in extract.because


def test_an_earlier_extract_pulls_the_order_and_leaves_the_cutover_where_it_was() -> None:
    free = plan().schedule
    week_earlier = plan(set_days({"IDP": working(free.on("IDP"), -5)})).schedule
    assert week_earlier.on("ORD") < free.on("ORD")
    assert week_earlier.on("TEST") < free.on("TEST")
    assert (week_earlier.on("FDP"), week_earlier.on("GL")) == (free.on("FDP"), free.on("GL"))


@pytest.mark.parametrize("count", [1, 5, 15])
def test_an_extract_set_too_late_moves_what_follows_and_says_by_how_much_it_is_too_late(count: int) -> None:
    day = working(plan().schedule.on("IDP"), count)
    pinned = plan(set_days({"IDP": day})).schedule
    assert pinned.on("IDP") == day
    assert pinned.on("TEST") > day
    assert pinned.too_late is not None
    assert pinned.too_late.working_days == calendar().working_days_between(GO_LIVE, pinned.earliest_go_live)
    assert pinned.too_late.chain[0].task == "T06-01"
    in_time = maker().make(case(pinned.earliest_go_live, PLANNED_ON, "usual", set_days({"IDP": day})))
    assert in_time.schedule.too_late is None
    assert in_time.schedule.on("IDP") == day


def test_rules_gates_and_notices_follow_a_day_that_is_set() -> None:
    free = plan()
    longer_cutover = plan(set_days({"FDP": working(free.schedule.on("FDP"), -2)}))
    assert [one.id for one in longer_cutover.failing] == ["R-58"]
    assert all(one.off_on < longer_cutover.schedule.on("FDP") for one in longer_cutover.notices)
    assert [one.tell_by for one in longer_cutover.notices] < [one.tell_by for one in free.notices]


def test_a_meeting_set_too_late_pushes_the_extract_or_breaks_its_rule_where_that_is_set_too() -> None:
    extract = plan().schedule.on("FDP")
    meeting = working(extract, -10)
    pushed = plan(set_days({"MEETING": meeting}))
    assert pushed.schedule.too_late is not None
    assert pushed.schedule.on("FDP") >= meeting + timedelta(weeks=4)
    held = plan(set_days({"MEETING": meeting, "FDP": extract}))
    assert [one.partition(" ")[0] for one in held.schedule.clashes] == ["T11-07"]
    assert [one.id for one in held.failing] == ["R-57"]
    gate = next(one for one in held.gates if one.id == "G6")
    assert any("R-57 fails" in one for one in gate.missing)


# ---------------------------------------------------------------- what is done late or early


@pytest.mark.parametrize("count", [1, 3, 5, 10])
def test_a_late_day_on_the_chain_pushes_all_that_follows_and_the_go_live_with_it(count: int) -> None:
    planned = plan()
    assert planned.schedule.tasks["T05-03"].critical
    late = on_the_day(planned, "T05-03", count).schedule
    done_on = late.tasks["T05-03"].due
    assert late.tasks["T05-08"].start >= done_on
    assert late.on("IDP") > planned.schedule.on("IDP")
    assert late.too_late is not None
    assert 1 <= late.too_late.working_days <= count
    assert late.too_late.chain[0].task == "T05-08"
    assert late.clashes == ()


def test_a_late_day_within_its_slack_pushes_what_follows_and_keeps_the_go_live() -> None:
    planned = plan()
    slack = planned.schedule.tasks["T05-04"].slack
    assert slack > 5
    late = on_the_day(planned, "T05-04", slack).schedule
    assert late.too_late is None
    assert late.on("GL") == GO_LIVE
    # Duplicates are put right with what the reconciliation found.
    assert late.tasks["T05-07"].start >= late.tasks["T05-04"].due
    assert late.tasks["T05-07"].start > planned.schedule.tasks["T05-07"].start
    assert late.tasks["T05-07"].slack == 0
    assert on_the_day(planned, "T05-04", slack + 1).schedule.too_late is not None


@pytest.mark.parametrize("count", [1, 3, 5])
def test_an_early_day_on_the_chain_frees_slack_for_what_follows(count: int) -> None:
    planned = plan()
    early = on_the_day(planned, "T05-03", -count)
    still_open = on_the_day(planned, "T05-03", -count, is_done=False)
    assert early.schedule.too_late is None
    assert early.schedule.earliest_go_live < still_open.schedule.earliest_go_live
    assert early.schedule.tasks["T05-08"].slack == still_open.schedule.tasks["T05-08"].slack + count
    for name, one in early.schedule.tasks.items():
        if one.status != "done":
            assert one.slack >= still_open.schedule.tasks[name].slack or one.task.aim == "late", name


# ---------------------------------------------------------------- whatever has happened


@settings(max_examples=30)
@given(st.integers(1, 45), st.sampled_from(PACES), st.randoms(use_true_random=False))
def test_done_and_set_days_stay_and_nothing_open_is_planned_in_the_past(
    weeks: int, pace: Pace, random: Any
) -> None:
    planned = plan(pace=pace)
    today = PLANNED_ON + timedelta(weeks=weeks)
    past = {name: one for name, one in planned.schedule.tasks.items() if one.due <= today}
    done = {
        name: min(today, one.due + timedelta(days=random.randrange(-5, 10)))
        for name, one in past.items()
        if random.random() < 0.8
    }
    ahead = {name: planned.schedule.on(name) for name in KEY_DATES}
    held = {name: working(day, random.randrange(0, 5)) for name, day in ahead.items() if day > today}
    made = plan({"done": done, **set_days(held)}, today, pace).schedule
    assert {name: made.tasks[name].due for name in done} == done
    assert {made.tasks[name].status for name in done} <= {"done"}
    assert {name: made.on(name) for name in held} == held
    pins = {made.anchors[name].task.id for name in (*held, "GL")}
    for name, one in made.tasks.items():
        if name not in done and name not in pins:
            assert one.start >= today, name


# ---------------------------------------------------------------- facts that do not fit


def test_what_was_done_before_what_it_follows_is_told_once_and_keeps_its_day() -> None:
    done = {"T06-01": date(2027, 3, 1), "T06-03": date(2027, 3, 2), "T06-04": date(2027, 2, 1)}
    made = plan({"done": done}, today=date(2027, 3, 10)).schedule
    said = "T06-04 “Open the test copy to the practice” is said to be done on Mon 1 Feb 2027, before what it follows"
    assert made.clashes == (said,)
    assert {name: made.tasks[name].due for name in done} == done


def test_what_went_quicker_than_planned_or_was_not_ticked_off_is_no_clash() -> None:
    day = date(2027, 3, 1)
    quick = {"T06-01": day, "T06-03": day, "T06-04": day}
    assert plan({"done": quick}, today=day).schedule.clashes == ()


def test_a_day_set_before_what_leads_to_it_is_a_clash_and_not_a_wrong_plan() -> None:
    too_soon = working(PLANNED_ON, 5)
    made = plan(set_days({"IDP": too_soon})).schedule
    assert made.on("IDP") == too_soon
    assert [one.partition(" ")[0] for one in made.clashes] == ["T06-01"]
    assert made.on("ORD") >= PLANNED_ON


def test_key_dates_in_the_wrong_order_are_told() -> None:
    free = plan().schedule
    swapped = {"IDP": free.on("SIGNOFF"), "SIGNOFF": free.on("IDP")}
    made = plan(set_days(swapped)).schedule
    assert {name: made.on(name) for name in swapped} == swapped
    assert [one.partition(" ")[0] for one in made.clashes] == ["T08-05"]


# ---------------------------------------------------------------- back again


@pytest.mark.parametrize("name", ["IDP", "FDP", "MEETING", "KO", "T05-04", "GL"])
def test_a_day_moved_and_moved_back_restores_the_plan(name: str) -> None:
    before = plan()
    day = before.schedule.day_of(name)
    there = maker().make(move(before, name, working(day, -3)))
    assert there.schedule.day_of(name) == working(day, -3)
    back = maker().make(move(there, name, day))
    # What is kept is the day of the order, which the plan had already.
    assert back.case in (before.case, replace(before.case, order_on=before.schedule.on("ORD")))
    assert replace(back, case=before.case) == before


def test_what_was_set_and_is_free_again_leaves_no_trace() -> None:
    before = plan()
    day = working(before.schedule.on("IDP"), 3)
    assert plan(set_days({"IDP": day})) != before
    assert plan(set_days({})) == before


def move(before: Plan, name: str, day: date) -> Any:
    return moved_case(before, maker().scheduler, name, FixedDate(day=day))
