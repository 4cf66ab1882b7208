"""The clocks of the service levels: when they run out, and how they stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from godwit.definitions.calendars import read_working_calendar
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.facts import read_facts
from godwit.definitions.guide.slas import read_slas
from godwit.plan.clocks import BROKEN_BY, COUNTED_BY, ENDS_COUNT, TIMED_BY, SlaState, due_day, sla_states
from godwit.plan.rules.counting import moved
from tests.support.plan_scenes import TASKS, a_fresh_scene, a_whole_scene, changed

SLAS = {one.id: one for one in read_slas().slas}
CALENDAR = read_working_calendar()


@pytest.mark.parametrize(
    ("started", "limit", "due"),
    [
        (date(2026, 3, 30), "5wd", date(2026, 4, 8)),
        (date(2026, 3, 30), "15wd", date(2026, 4, 22)),
        (date(2026, 12, 18), "5wd", date(2026, 12, 29)),
        (date(2026, 12, 18), "15wd", date(2027, 1, 13)),
        (date(2026, 4, 30), "2wd", date(2026, 5, 5)),
    ],
)
def test_working_day_vectors(started: date, limit: str, due: date) -> None:
    """Appendix F of the note on standards."""
    assert due_day(CALENDAR, started, Duration.parse(limit)) == due


@pytest.mark.parametrize(
    ("started", "limit", "after_five", "due"),
    [
        (date(2027, 3, 8), "5wd", True, date(2027, 3, 16)),  # Monday evening counts as Tuesday's
        (date(2027, 3, 12), "5wd", True, date(2027, 3, 22)),  # Friday evening as Monday's
        (date(2027, 3, 13), "5wd", False, date(2027, 3, 22)),  # Saturday as Monday's
        (date(2027, 3, 13), "5wd", True, date(2027, 3, 22)),  # and no later on Saturday evening
        (date(2027, 3, 13), "2d", True, date(2027, 3, 15)),  # days of the calendar run on
        (date(2027, 3, 13), "1w", False, date(2027, 3, 20)),
        (date(2027, 3, 13), "6w", False, date(2027, 4, 24)),
    ],
)
def test_day_nought(started: date, limit: str, after_five: bool, due: date) -> None:
    assert due_day(CALENDAR, started, Duration.parse(limit), after_five) == due


@pytest.mark.parametrize(
    ("start", "length", "sign", "end"),
    [
        (date(2028, 1, 31), "1m", 1, date(2028, 2, 29)),
        (date(2027, 3, 31), "1m", -1, date(2027, 2, 28)),
        (date(2027, 12, 15), "1m", 1, date(2028, 1, 15)),
        (date(2027, 1, 15), "13m", -1, date(2025, 12, 15)),
        (date(2027, 6, 20), "0wd", 1, date(2027, 6, 20)),
        (date(2027, 6, 21), "1wd", -1, date(2027, 6, 18)),
    ],
)
def test_counting_on_and_back(start: date, length: str, sign: int, end: date) -> None:
    assert moved(CALENDAR, start, Duration.parse(length), sign) == end


def clocks(change: Mapping[str, Any], fresh: date | None = None) -> dict[tuple[str, str], SlaState]:
    scene = changed(a_fresh_scene(fresh) if fresh else a_whole_scene(), change)
    return {(one.id, one.limit): one for one in sla_states(SLAS.values(), scene)}


def test_one_row_for_each_limit() -> None:
    found = list(clocks({}))
    assert len(found) == 15
    assert [limit for sla, limit in found if sla == "SLA-02"] == ["5 working days", "15 working days"]
    assert [sla for sla, _ in found if sla != "SLA-02"] == [
        f"SLA-{number:02}" for number in (1, *range(3, 15))
    ]


def test_the_tasks_of_the_clocks_exist_and_facts_are_of_service_levels() -> None:
    ends = [end for one in SLAS.values() for end in (*one.starts_at, *one.stops_at)]
    assert {end.partition(".")[0] for end in ends} | set(ENDS_COUNT.values()) <= set(TASKS)
    assert {*COUNTED_BY, *BROKEN_BY, *ENDS_COUNT, *TIMED_BY} <= set(SLAS)
    asked = {sla: name for table in (COUNTED_BY, BROKEN_BY) for sla, name in table.items()}
    pairs = [*asked.items(), *((sla, name) for sla, names in TIMED_BY.items() for name in names)]
    used_by = {one.name: one.used_by for one in read_facts()}
    assert [(sla, name) for sla, name in pairs if sla not in used_by[name]] == []


def test_met_and_breached_by_what_happened() -> None:
    found = clocks({})
    approach = found["SLA-03", "10 working days"]
    assert (approach.starts, approach.due, approach.stopped) == (
        date(2027, 3, 1),
        date(2027, 3, 15),
        date(2027, 3, 12),
    )
    assert approach.state == "met"
    assert approach.because == (
        "10 working days from Mon 1 Mar 2027 end on Mon 15 Mar 2027; T02-12 was done on Fri 12 Mar 2027"
    )
    assert clocks({"done": {"T02-12": date(2027, 3, 15)}})["SLA-03", "10 working days"].state == "met"
    late = clocks({"done": {"T02-12": date(2027, 3, 16)}})["SLA-03", "10 working days"]
    assert (late.state, late.stopped) == ("breached", date(2027, 3, 16))


@pytest.mark.parametrize(
    ("today", "done", "due_by", "state"),
    [
        (date(2027, 2, 1), {}, date(2027, 3, 12), "not_started"),
        (date(2027, 2, 1), {}, date(2027, 3, 16), "will_breach"),
        (date(2027, 3, 5), {"T02-03": date(2027, 3, 1)}, date(2027, 3, 12), "running"),
        (date(2027, 3, 5), {"T02-03": date(2027, 3, 1)}, date(2027, 3, 16), "will_breach"),
        (date(2027, 3, 15), {"T02-03": date(2027, 3, 1)}, date(2027, 3, 12), "running"),
        (date(2027, 3, 16), {"T02-03": date(2027, 3, 1)}, date(2027, 3, 12), "breached"),
    ],
)
def test_every_state_before_the_stop(today: date, done: dict[str, date], due_by: date, state: str) -> None:
    found = clocks({"done": done, "dues": {"T02-12": due_by}}, fresh=today)["SLA-03", "10 working days"]
    assert found.state == state
    assert found.stopped is None


def test_a_planned_start_moves_on_while_it_does_not_happen() -> None:
    found = clocks({}, fresh=date(2027, 3, 3))["SLA-03", "10 working days"]
    assert (found.starts, found.due, found.state) == (date(2027, 3, 3), date(2027, 3, 17), "not_started")


def test_the_first_candidate_in_the_plan_starts_the_clock() -> None:
    found = clocks({"done": {"T02-16": None, "T02-15": date(2027, 3, 10)}, "dues": {"T02-16": None}})
    assert found["SLA-02", "15 working days"].starts == date(2027, 3, 10)


def test_rival_limits_are_told_apart() -> None:
    found = clocks({"done": {"T06-01": date(2027, 3, 22)}, "facts": {"extract_asked_for": None}})
    assert found["SLA-02", "5 working days"].state == "breached"
    assert found["SLA-02", "15 working days"].state == "met"
    assert found["SLA-02", "15 working days"].source == ("S2",)


def test_a_request_that_asks_for_a_later_day_gives_the_supplier_until_then() -> None:
    asked = {"done": {"T06-01": date(2027, 4, 8)}, "facts": {"extract_asked_for": date(2027, 4, 8)}}
    found = clocks(asked)["SLA-02", "5 working days"]
    assert (found.state, found.due) == ("met", date(2027, 4, 8))


def test_a_clock_without_its_task_does_not_apply() -> None:
    gone = {name: {"T12-22": None} for name in ("starts", "dues", "done")}
    found = clocks(gone)["SLA-12", "5 days"]
    assert (found.state, found.starts, found.due) == ("not_started", None, None)
    assert found.because == "does not apply: T12-22 not in this plan"


def test_cutover_is_counted_from_the_final_extract_to_go_live() -> None:
    days = ("SLA-11", "3 days")
    assert clocks({})[days].state == "met"
    assert (
        clocks({"done": {"T13-05": date(2027, 6, 22)}, "starts": {"T13-05": date(2027, 6, 22)}})[days].state
        == "breached"
    )
    planned = clocks({"starts": {"T13-05": date(2027, 6, 25)}}, fresh=date(2027, 2, 1))[days]
    assert (planned.state, planned.due) == ("will_breach", date(2027, 6, 21))


def test_a_short_cutover_that_touched_core_hours_breaks_the_level() -> None:
    found = clocks({"facts": {"core_hours_affected": True}})["SLA-11", "3 days"]
    assert found.state == "breached"
    assert found.because.endswith("core working hours were affected")


@pytest.mark.parametrize(
    ("asked", "answered", "today", "state"),
    [
        (None, None, date(2027, 5, 3), "not_started"),
        (date(2027, 4, 26), None, date(2027, 5, 4), "running"),  # 3 May is a bank holiday
        (date(2027, 4, 26), None, date(2027, 5, 5), "breached"),
        (date(2027, 4, 26), date(2027, 5, 4), date(2027, 6, 1), "met"),
        (date(2027, 4, 26), date(2027, 5, 5), date(2027, 6, 1), "breached"),
        (
            date(2027, 4, 26),
            date(2027, 4, 20),
            date(2027, 5, 4),
            "running",
        ),  # that answered an older question
    ],
)
def test_a_clock_on_demand_runs_on_facts(
    asked: date | None, answered: date | None, today: date, state: str
) -> None:
    facts = {"agent_asked_on": asked, "agent_answered_on": answered}
    assert clocks({"facts": facts}, fresh=today)["SLA-01", "5 working days"].state == state


@pytest.mark.parametrize(
    ("rounds", "accepted", "state"),
    [
        (None, None, "not_started"),
        (3, None, "running"),
        (5, None, "running"),
        (5, date(2027, 5, 14), "met"),
        (6, None, "breached"),
        (6, date(2027, 5, 14), "breached"),
    ],
)
def test_rounds_are_counted(rounds: int | None, accepted: date | None, state: str) -> None:
    found = clocks({"facts": {"extract_rounds": rounds}, "done": {"T08-05": accepted}})["SLA-09", "at most 5"]
    assert (found.state, found.starts, found.due, found.stopped) == (state, None, None, accepted)


def test_a_clock_that_leaves_the_known_holidays_says_so() -> None:
    last = CALENDAR.known_to
    found = clocks({"dues": {"T02-03": last, "T02-12": last}}, fresh=date(2027, 2, 1))[
        "SLA-03", "10 working days"
    ]
    assert (found.due, found.state) == (None, "not_started")
    assert "working days are known from" in found.because
