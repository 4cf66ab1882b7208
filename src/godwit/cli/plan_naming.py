"""What people name on the command line, found in a plan: a date, a task, a role, a phase, themselves."""

from __future__ import annotations

import getpass
from datetime import date

from godwit.cli.file_refused import FileRefused
from godwit.cli.plan_folder import FACTS, PlanInputs
from godwit.definitions.guide.guide import Guide
from godwit.plan.making import Plan
from godwit.plan.moving import MoveRefused, target_of
from godwit.plan.naming import names_of, plain
from godwit.plan.own_facts import impossible_day
from godwit.plan.own_files import did_you_mean
from godwit.plan.planned import PlannedTask


def named(plan: Plan, name: str) -> str:
    """The key date or task that a person means, in small letters or capitals. Raises `FileRefused`."""
    try:
        return target_of(plan, name.upper())
    except MoveRefused as error:
        raise FileRefused(name, error.rule, error.because) from None


def task_of(plan: Plan, point: str) -> PlannedTask:
    """The task of a key date, or of a task's own id."""
    return plan.schedule.anchors.get(point) or plan.schedule.tasks[point]


def role_named(guide: Guide, name: str | None) -> str | None:
    """The slug of a role by any of its names. Raises `FileRefused`."""
    if name is None:
        return None
    known = names_of(guide.roles.roles)
    slug = known.get(plain(name))
    if slug is None:
        because = f"there is no role '{name}'{did_you_mean(plain(name), known)}"
        raise FileRefused("--role", "role.unknown", because)
    return slug


def phase_named(guide: Guide, name: str | None) -> str | None:
    """The id of a phase. Raises `FileRefused`."""
    known = [one.id for one in guide.phases]
    if name is not None and name.upper() not in known:
        because = f"there is no phase '{name}'; the phases are {known[0]} to {known[-1]}"
        raise FileRefused("--phase", "phase.unknown", because)
    return name.upper() if name else None


def with_done(inputs: PlanInputs, plan: Plan, task: str, day: date) -> PlanInputs:
    """The inputs with one task noted as done. Raises `FileRefused`."""
    if task not in plan.schedule.tasks:
        because = f"this plan has no task {task}; a task is written like T05-04"
        raise FileRefused("TASK", "task.unknown", because)
    because = impossible_day(day, plan.case.today, plan.case.go_live)
    if because:
        raise FileRefused("--on", "done.day", because)
    return _with(inputs, {**inputs.record.done, task: day})


def without_done(inputs: PlanInputs, task: str) -> PlanInputs:
    """The inputs with one task open again. Raises `FileRefused` where it was not noted here."""
    if task not in inputs.record.done:
        because = f"{task} was not noted with godwit plan done; if it stands in {FACTS}, take it out there"
        raise FileRefused("TASK", "done.undo", because)
    return _with(inputs, {one: day for one, day in inputs.record.done.items() if one != task})


def user() -> str:
    """Whoever is at the keyboard."""
    try:
        return getpass.getuser()
    except (
        OSError,
        KeyError,
        ImportError,
    ):  # a container's user need not have a name; Windows has no list of them
        return "not named"


def _with(inputs: PlanInputs, done: dict[str, date]) -> PlanInputs:
    return PlanInputs(inputs.texts, inputs.record.model_copy(update={"done": done}))
