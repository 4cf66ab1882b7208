"""Moving a date: the case as it would be, and exactly what differs between two plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from godwit.plan.case import FixedDate
from godwit.plan.making import Plan
from godwit.plan.milestones import deciding_task
from godwit.plan.planned import PlannedTask, TooLate
from godwit.plan.refusals import PlanRefused
from godwit.plan.scheduler import Case, Scheduler
from godwit.plan.wording import day_words


class MoveRefused(PlanRefused):
    """A move that cannot be made; `because` says what can be done instead."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One task or milestone that stands on other days than before. `days` says how far its end moved."""

    id: str
    name: str
    start_before: date
    due_before: date
    start: date
    due: date
    because: str

    @property
    def days(self) -> int:
        """Calendar days by which it ends later; negative if earlier."""
        return (self.due - self.due_before).days


@dataclass(frozen=True, slots=True)
class Again:
    """Something already done that told somebody a date which no longer holds."""

    task: str
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move does. Tasks that come in or fall away are told by id and name alone."""

    moved: tuple[Moved, ...]
    milestones: tuple[Moved, ...]
    now_late: tuple[str, ...]
    in_time_again: tuple[str, ...]
    confirm_again: tuple[Again, ...]
    rules_broken: tuple[str, ...]
    rules_mended: tuple[str, ...]
    too_late: TooLate | None


def target_of(plan: Plan, name: str) -> str:
    """The anchor or task that a person means by GL, MS-13 or T06-01. Raises `MoveRefused`."""
    found = next((one for one in plan.guide.milestones if one.id == name), None)
    point = deciding_task(found, plan.schedule) if found else name
    if point is not None and point in plan.schedule.anchors:
        return point
    if point is None or point not in plan.schedule.tasks:
        known = ", ".join(plan.schedule.anchors)
        raise MoveRefused(
            "move.unknown", f"this plan has no {name}; move a milestone (MS-13), a task, or {known}"
        )
    by_task = {task.task.id: anchor for anchor, task in plan.schedule.anchors.items()}
    return by_task.get(point, point)


def moved_case(plan: Plan, scheduler: Scheduler, name: str, fixed: FixedDate) -> Case:
    """The case with one date moved, at the pace the plan has: a slip does not make everybody work faster.

    A date moved back to where it would be by itself is free again. Raises `MoveRefused` for what is not in the plan,
    or is done already.
    """
    case, target = replace(plan.case, pace=plan.schedule.pace), target_of(plan, name)
    planned = plan.schedule.anchors.get(target) or plan.schedule.tasks[target]
    if planned.status == "done":
        because = f"{planned.task.id} was done on {day_words(planned.due)}; take that back first"
        raise MoveRefused("move.done", because)
    free = {one: day for one, day in case.facts.dates.items() if one != target}
    if target == "GL":
        # A go-live that nobody has confirmed or written down is the plan's own date and needs no other note.
        noted = fixed.status == "confirmed" or target in case.facts.dates
        dates = {**free, target: fixed} if noted else free
        return replace(
            case, go_live=fixed.day, order_on=None, facts=case.facts.model_copy(update={"dates": dates})
        )
    case = replace(case, order_on=case.order_on or _planned_order(plan))
    loose = replace(case, facts=case.facts.model_copy(update={"dates": free}))
    if fixed.status == "provisional":
        alone = scheduler.schedule(loose)
        at = alone.anchors[target].start if target in alone.anchors else alone.tasks[target].due
        if at == fixed.day:
            return loose
    dates = {**free, target: fixed}
    return replace(case, facts=case.facts.model_copy(update={"dates": dates}))


def _planned_order(plan: Plan) -> date | None:
    order = plan.schedule.anchors.get("ORD")
    return None if order is None or order.status == "done" else order.start


def effect_of(before: Plan, after: Plan) -> Effect:
    """What differs from one plan to the other."""
    old, new = before.schedule.tasks, after.schedule.tasks
    pairs = [(old[one], new[one]) for one in new if one in old]
    failing = {one.id: one for one in before.failing}, {one.id: one for one in after.failing}
    return Effect(
        moved=tuple(_moved(was, now) for was, now in pairs if (was.start, was.due) != (now.start, now.due)),
        milestones=tuple(_milestones(before, after)),
        now_late=tuple(now.task.id for was, now in pairs if now.late and not was.late),
        in_time_again=tuple(now.task.id for was, now in pairs if was.late and not now.late),
        confirm_again=tuple(_again(before, after)),
        rules_broken=tuple(
            f"{one.id}: {one.because}" for one in failing[1].values() if one.id not in failing[0]
        ),
        rules_mended=tuple(
            f"{one.id}: {one.name}" for one in failing[0].values() if one.id not in failing[1]
        ),
        too_late=after.schedule.too_late,
    )


def _moved(was: PlannedTask, now: PlannedTask) -> Moved:
    return Moved(now.task.id, now.task.name, was.start, was.due, now.start, now.due, now.because)


def _milestones(before: Plan, after: Plan) -> Iterator[Moved]:
    old = {one.milestone.id: one for one in before.milestones}
    for now in after.milestones:
        was = old.get(now.milestone.id)
        if was is not None and was.day != now.day:
            yield Moved(now.milestone.id, now.milestone.name, was.day, was.day, now.day, now.day, now.because)


def _again(before: Plan, after: Plan) -> Iterator[Again]:
    seen: set[str] = set()
    names = {one.id: one.name for one in after.guide.anchors}
    for anchor, tasks in after.guide.tellings.items():
        if anchor not in before.schedule.anchors or anchor not in after.schedule.anchors:
            continue
        was, now = before.schedule.on(anchor), after.schedule.on(anchor)
        for task in tasks:
            done = after.schedule.tasks.get(task)
            if was != now and done is not None and done.status == "done" and task not in seen:
                seen.add(task)
                because = f"it told others {names[anchor]} on {day_words(was)}; it is now {day_words(now)}"
                yield Again(task, done.task.name, because)
    for name, fixed in before.case.facts.dates.items():
        now_fixed = after.case.facts.dates.get(name)
        if fixed.status == "confirmed" and (now_fixed is None or now_fixed.day != fixed.day):
            held = before.schedule.anchors.get(name) or before.schedule.tasks[name]
            yield Again(held.task.id, held.task.name, f"it was confirmed for {day_words(fixed.day)}")
