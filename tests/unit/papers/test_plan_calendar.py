"""The plan as a calendar, parsed back."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from godwit.papers.calendar import ics_bytes
from godwit.papers.paper import PaperRefused
from godwit.papers.plan_calendar import LONGEST_BAR, plan_calendar
from godwit.plan.making import Plan
from tests.support import whole_plans

MADE_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def events(plan: Plan, revision: int = 1, before: Plan | None = None) -> dict[str, Any]:
    content = ics_bytes(plan_calendar(plan, MADE_AT, revision, before))
    return {str(one["UID"]): one for one in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_every_milestone_task_notice_and_reminder_has_one_entry() -> None:
    plan = whole_plans.fresh()
    expected = {one.milestone.id for one in plan.milestones} | set(plan.schedule.tasks)
    for notice in plan.notices:
        ends = ("tell", "off", "on", *(f"remind-{place}" for place in range(1, len(notice.remind_on) + 1)))
        expected |= {f"{notice.party.id}-{end}" for end in ends}
    assert set(events(plan)) == {f"{one}@wader-lane-surgery.godwit" for one in expected}


def test_ids_follow_the_ods_code_where_there_is_one() -> None:
    assert all(uid.endswith("@z99999.godwit") for uid in events(whole_plans.under_way()))


def test_an_entry_ends_on_the_due_day_and_long_work_stands_on_that_day_alone() -> None:
    plan = whole_plans.fresh()
    found = events(plan)
    for task in plan.schedule.tasks.values():
        event = found[f"{task.task.id}@wader-lane-surgery.godwit"]
        assert (event["DTEND"].dt - date.resolution) == task.due
        long = (task.due - task.start).days > LONGEST_BAR
        assert event["DTSTART"].dt == (task.due if long else task.start)
        assert plan.guide.roles.of(task.task.responsible[0]).name in event["DESCRIPTION"]


def test_what_is_sure_is_confirmed_and_the_rest_is_tentative() -> None:
    found = events(whole_plans.under_way())
    done = next(iter(whole_plans.under_way().case.facts.done))
    assert found[f"{done}@z99999.godwit"]["STATUS"] == "CONFIRMED"
    assert not found[f"{done}@z99999.godwit"].walk("VALARM")
    assert found["T15-05@z99999.godwit"]["STATUS"] == "TENTATIVE"
    off = next(one for uid, one in found.items() if "-off@" in uid)
    assert off["STATUS"] == "CONFIRMED"


def test_what_fell_away_is_struck_out_under_its_old_id() -> None:
    before = whole_plans.made(answers={"dispensing": True})
    after = whole_plans.made(answers={"dispensing": False})
    gone = set(before.schedule.tasks) - set(after.schedule.tasks)
    assert gone
    found = events(after, 2, before)
    struck = {uid for uid, one in found.items() if one["STATUS"] == "CANCELLED"}
    assert {f"{one}@wader-lane-surgery.godwit" for one in gone} <= struck
    assert not struck & set(events(after))
    assert {one["SEQUENCE"] for one in found.values()} == {2}
    assert not any(found[uid].walk("VALARM") for uid in struck)


def test_a_plan_that_did_not_change_strikes_nothing_out() -> None:
    found = events(whole_plans.fresh(), 2, whole_plans.fresh())
    assert "CANCELLED" not in {str(one["STATUS"]) for one in found.values()}


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(PaperRefused):
        plan_calendar(whole_plans.fresh(), MADE_AT.replace(tzinfo=None), 1)


def test_a_task_says_who_does_it_before_what_it_is() -> None:
    plan = whole_plans.fresh()
    entry = next(one for one in plan_calendar(plan, MADE_AT, 0).entries if one.uid.startswith("T01-01@"))
    assert entry.summary.startswith("Practice manager: Write the case")
    assert entry.description.startswith("T01-01. Who: Practice manager")
