"""The plan as a spreadsheet: one sheet for each question people ask of it, and one for each role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from godwit.papers.list_sheets import (
    avoid_sheet,
    gate_sheet,
    key_date_sheet,
    notice_sheet,
    rule_sheet,
    service_level_sheet,
    setting_sheet,
)
from godwit.papers.paper import long_date
from godwit.papers.plan_words import PlanWords, chain, span_words
from godwit.papers.sheet import Sheet, SheetColumn, Workbook
from godwit.papers.task_sheets import all_tasks_sheet, role_sheets
from godwit.plan.making import Plan
from godwit.plan.wording import count_words, day_words

HOW_TO_USE: Final = (
    "Every sheet can be filtered by the arrows in its header and prints on A4, landscape.",
    "“All tasks” is the whole plan. Each role has a sheet of its own with the tasks that it does.",
    "Write the day on which a task was finished under “Done on”, and whom you told when under “Told on”.",
    "“Days to spare” are the working days a task may be late before something else must move.",
    "“Decides the date” marks the tasks without days to spare: if one of these is late, go-live is late.",
    "Every date says why it is what it is, under “Why this date”, and where it comes from, under “Source”.",
)


def plan_workbook(plan: Plan, made_on: date) -> Workbook:
    """The plan as a workbook."""
    words = PlanWords(plan.guide)
    practice = plan.case.practice.practice
    sheets = (
        _start(plan, made_on),
        key_date_sheet(plan),
        all_tasks_sheet(plan, words),
        *role_sheets(plan, words),
        notice_sheet(plan),
        rule_sheet(plan),
        gate_sheet(plan, words),
        service_level_sheet(plan),
        setting_sheet(plan),
        avoid_sheet(plan),
    )
    return Workbook(f"Migration plan: {practice}"[:150], made_on, sheets)


def _start(plan: Plan, made_on: date) -> Sheet:
    rows = [*_summary(plan, made_on), *_chain(plan)]
    rows += [("How to use this file" if place == 0 else "", line) for place, line in enumerate(HOW_TO_USE)]
    columns = (SheetColumn("What", 30), SheetColumn("Answer", 100))
    return Sheet("Start here", columns, tuple(rows))


def _summary(plan: Plan, made_on: date) -> Iterator[tuple[str, str]]:
    schedule, practice = plan.schedule, plan.case.practice
    yield "Practice", practice.practice + (f" ({practice.ods_code})" if practice.ods_code else "")
    yield "From", practice.current_system or "not stated"
    yield "To", practice.new_system or "not stated"
    yield "Go-live", day_words(schedule.go_live)
    if plan.weeks is not None:
        yield "From order to go-live", f"{plan.weeks:.1f} weeks, at the {schedule.pace} pace"
    yield "Can the date be kept?", _feasible(plan)
    yield "Earliest go-live at this pace", day_words(schedule.earliest_go_live)
    failing = [one.id for one in plan.failing]
    yield "Rules not kept", ", ".join(failing) or "none"
    for clash in schedule.clashes:
        yield "Does not fit", clash
    yield "Made on", f"{long_date(made_on)}, from the state of {long_date(schedule.today)}"


def _feasible(plan: Plan) -> str:
    late = plan.schedule.too_late
    if late is None:
        return "Yes."
    short = count_words(late.working_days, "working day")
    return f"No: {short} short. The earliest go-live that can be kept is {day_words(late.earliest)}."


def _chain(plan: Plan) -> Iterator[tuple[str, str]]:
    """The tasks that decide the date, or those that make it too late."""
    title = "Why it is too late" if plan.schedule.too_late else "What decides the date"
    for place, one in enumerate(chain(plan)):
        yield title if place == 0 else "", f"{one.task} {one.name}: {span_words(one.start, one.due)}"
