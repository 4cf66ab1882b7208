"""The tasks of a plan as sheets: all of them, and those of each role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from godwit.papers.plan_words import PlanWords, task_state
from godwit.papers.sheet import Cell, Sheet, SheetColumn
from godwit.papers.state_looks import STATE_LOOKS
from godwit.plan.making import Plan
from godwit.plan.planned import PlannedTask

YES: Final = "yes"
TASK_COLUMNS: Final = (
    SheetColumn("Task", 8),
    SheetColumn("Phase", 24),
    SheetColumn("What to do", 44),
    SheetColumn("Who", 24),
    SheetColumn("Start", 17, "date"),
    SheetColumn("Due", 17, "date"),
    SheetColumn("Latest", 17, "date"),
    SheetColumn("Days to spare", 8, "number"),
    SheetColumn("Decides the date", 9, looks={YES: "watch"}),
    SheetColumn("State", 12, looks=STATE_LOOKS),
    SheetColumn("Done on", 17, "date"),
)
TELLING_COLUMNS: Final = (
    SheetColumn("Why this date", 52),
    SheetColumn("What shows that it is done", 36),
    SheetColumn("Source", 16),
)


def all_tasks_sheet(plan: Plan, words: PlanWords) -> Sheet:
    """Every task, phase by phase."""
    rows = tuple(
        (*_task_cells(plan, words, one), *_telling_cells(one)) for one in plan.schedule.tasks.values()
    )
    return Sheet("All tasks", (*TASK_COLUMNS, *TELLING_COLUMNS), rows)


def role_sheets(plan: Plan, words: PlanWords) -> Iterator[Sheet]:
    """One sheet for each role that has something to do, by date."""
    columns = (*TASK_COLUMNS, SheetColumn("Ask or tell", 26), *TELLING_COLUMNS)
    tasks = _by_date(plan.schedule.tasks.values())
    for role in plan.guide.roles.roles:
        rows = tuple(
            (*_task_cells(plan, words, one), words.roles(one.task.consulted) or None, *_telling_cells(one))
            for one in tasks
            if role.slug in one.task.responsible
        )
        if rows:
            yield Sheet(role.short, columns, rows, _role_note(plan, role.slug, role.name, tasks))


def _by_date(tasks: Iterable[PlannedTask]) -> list[PlannedTask]:
    return sorted(tasks, key=lambda one: (one.due, one.start, one.task.id))


def _task_cells(plan: Plan, words: PlanWords, one: PlannedTask) -> tuple[Cell, ...]:
    return (
        one.task.id,
        words.phase(one.task.phase),
        one.task.name,
        words.roles(one.task.responsible),
        one.start,
        one.due,
        one.latest,
        one.slack,
        YES if one.critical else None,
        task_state(one),
        plan.case.facts.done.get(one.task.id),
    )


def _telling_cells(one: PlannedTask) -> tuple[Cell, ...]:
    marks = (*one.task.source, *((one.task.status,) if one.task.status != "stated" else ()))
    return one.because, "; ".join(one.task.evidence), ", ".join(marks)


def _role_note(plan: Plan, slug: str, name: str, tasks: Iterable[PlannedTask]) -> str:
    person = plan.case.practice.people.get(slug)
    who = f"{name}: {person.name}." if person else f"{name}."
    consulted = [
        one.task.id for one in tasks if slug in one.task.consulted and slug not in one.task.responsible
    ]
    return f"{who} Is also asked or told about: {', '.join(consulted) or 'nothing else'}."
