"""What the facts of a move may not say: tasks that nobody has, days that cannot be, dates that do not fit the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from godwit.definitions.guide.guide import Guide
from godwit.plan.case import Facts, FixedDate
from godwit.plan.making import Plan
from godwit.plan.overlays import OverlayRefused
from godwit.plan.own_files import anchor_list
from godwit.values import WorkingCalendar

FIRST_DONE: Final = timedelta(days=731)
"""How long before today or go-live a task of this move can have been done."""


def named_dates(dates: Mapping[str, FixedDate], guide: Guide) -> dict[str, FixedDate]:
    """Fixed dates under the names the scheduler knows: a milestone that one task reaches is that task's.

    Raises `OverlayRefused` for a milestone that several tasks reach, and for an unknown name.
    """
    made: dict[str, FixedDate] = {}
    reached = {one.id: one.reached_by for one in guide.milestones}
    by_task = {one.of[0]: one.id for one in guide.anchors if len(one.of) == 1}
    known = {*reached, *(one.id for one in guide.anchors), *(one.id for one in guide.tasks)}
    for name, fixed in dates.items():
        if name not in known:
            because = f"there is no {name}; write a key date ({anchor_list(guide)}), a milestone or a task"
            raise OverlayRefused("facts", ("dates", name), "date.unknown", because)
        tasks = reached.get(name, (name,))
        if len(tasks) > 1:
            because = f"{name} is reached by several tasks ({', '.join(tasks)}); set the date of one of them"
            raise OverlayRefused("facts", ("dates", name), "date.several", because)
        target = by_task.get(tasks[0], tasks[0])
        if target in made:
            because = f"{name} is {target}, which has a date here already"
            raise OverlayRefused("facts", ("dates", name), "date.twice", because)
        made[target] = fixed
    return made


def refuse_happenings(facts: Facts, guide: Guide, today: date, go_live: date) -> None:
    """Raises `OverlayRefused` for a task that the guide does not have, or for a day that cannot be."""
    known = {one.id for one in guide.tasks}
    for key, happened in (("done", facts.done), ("started", facts.started)):
        for task, day in happened.items():
            if task not in known:
                because = f"the guide has no task {task}"
                raise OverlayRefused("facts", (key, task), "task.unknown", because)
            because = impossible_day(day, today, go_live)
            if because:
                raise OverlayRefused("facts", (key, task), f"{key}.day", because)
    for name, fixed in facts.dates.items():
        if abs(fixed.day - go_live) > FIRST_DONE:
            because = f"{fixed.day} is more than two years from go-live; is the year right?"
            raise OverlayRefused("facts", ("dates", name), "date.year", because)


def impossible_day(day: date, today: date, go_live: date) -> str:
    """Why nothing of this move can have been done on that day; empty where it can."""
    if day > today:
        return f"{day} has not come yet, so nothing can have been done on it"
    if day < min(today, go_live) - FIRST_DONE:
        return f"{day} is more than two years ago; is the year right?"
    return ""


def refuse_misfits(plan: Plan, facts: Facts, calendar: WorkingCalendar) -> None:
    """Raises `OverlayRefused` for facts that do not fit the plan: what does not apply, or another go-live."""
    schedule = plan.schedule
    for task in facts.done:
        if task not in schedule.tasks:
            because = f"{task} does not apply to this practice; look at the answers in the practice's file"
            raise OverlayRefused("facts", ("done", task), "task.unneeded", because)
    for name, fixed in facts.dates.items():
        if name not in schedule.anchors and name not in schedule.tasks:
            because = f"{name} does not apply to this practice; look at the answers in the practice's file"
            raise OverlayRefused("facts", ("dates", name), "date.unneeded", because)
        planned = schedule.anchors.get(name) or schedule.tasks[name]
        if planned.status != "done" and plan.case.facts.dates.get(name) == fixed:
            if name == "GL":
                _refuse_another_go_live(fixed.day, plan.case.go_live)
            _refuse_rest_day(name, fixed.day, calendar, free=planned.task.days == "any")


def rest_day(day: date, calendar: WorkingCalendar) -> str:
    """Why nobody works on that day, with the days beside it; empty where people work. Raises `CalendarExhausted`."""
    if calendar.is_working_day(day):
        return ""
    before, after = calendar.add_working_days(day, -1), calendar.next_working_day(day)
    return f"{day} is a weekend or bank holiday; the working days beside it are {before} and {after}"


def _refuse_another_go_live(day: date, planned: date) -> None:
    if day != planned:
        because = (
            f"go-live is {day} here and {planned} in the plan; make them agree: "
            "change or take away this line, or move the plan with godwit plan move FOLDER GL DAY"
        )
        raise OverlayRefused("facts", ("dates", "GL"), "date.go_live", because)


def _refuse_rest_day(name: str, day: date, calendar: WorkingCalendar, free: bool) -> None:
    because = "" if free else rest_day(day, calendar)
    if because:
        raise OverlayRefused("facts", ("dates", name), "date.rest_day", because)
