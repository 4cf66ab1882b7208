"""The milestones of a plan: the day on which the last task that reaches each of them is finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from godwit.definitions.guide.phases import Milestone
from godwit.plan.planned import PlannedTask, Schedule
from godwit.plan.wording import day_words


@dataclass(frozen=True, slots=True)
class MilestoneDay:
    """One milestone with its day and window. `status`: planned, provisional, confirmed, reached or late."""

    milestone: Milestone
    day: date
    earliest: date
    latest: date
    status: str
    because: str


def milestone_days(milestones: Iterable[Milestone], schedule: Schedule) -> tuple[MilestoneDay, ...]:
    """Every milestone that some task of this plan reaches."""
    found = ((one, _tasks_of(one, schedule)) for one in milestones)
    return tuple(_day(one, tasks) for one, tasks in found if tasks)


def deciding_task(milestone: Milestone, schedule: Schedule) -> str | None:
    """The task that reaches a milestone last, which is the one to move; None if no task of it applies."""
    tasks = _tasks_of(milestone, schedule)
    return _last_of(tasks).task.id if tasks else None


def _tasks_of(milestone: Milestone, schedule: Schedule) -> list[PlannedTask]:
    return [schedule.tasks[task] for task in milestone.reached_by if task in schedule.tasks]


def _last_of(tasks: list[PlannedTask]) -> PlannedTask:
    return max(tasks, key=lambda one: (one.due, one.task.id))


def _day(milestone: Milestone, tasks: list[PlannedTask]) -> MilestoneDay:
    last = _last_of(tasks)
    latest, earliest = max(one.latest for one in tasks), max(one.earliest for one in tasks)
    if all(one.status == "done" for one in tasks):
        status, because = "reached", f"reached on {day_words(last.due)}"
    else:
        status = "late" if last.slack < 0 else last.status if last.status != "done" else "planned"
        because = f"when {last.task.id} “{last.task.name}” is done. {last.because}"
    return MilestoneDay(milestone, last.due, earliest, latest, status, because)
