"""The guide as one area and practice have it: their own values and tasks laid over the guide's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import Any

from godwit.definitions.guide.conditions import Conditions
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.settings import Setting
from godwit.definitions.guide.task import Task
from godwit.plan.case import Area, OwnTask, OwnValue, Practice
from godwit.plan.refusals import PlanRefused
from godwit.plan.scene import SettingValue
from godwit.plan.settings import Pace


class OverlayRefused(PlanRefused):
    """An area's or practice's own file asks for something that cannot be.

    `path` leads to the place in its file, such as ``("tasks", "T05-04")``; `whose` is ``practice``, ``area`` or
    ``facts``.
    """

    def __init__(self, whose: str, path: tuple[int | str, ...], rule: str, because: str) -> None:
        super().__init__(rule, because)
        self.whose = whose
        self.path = path


@dataclass(frozen=True, slots=True)
class UsedSetting:
    """A setting with the value in force, who chose it, and what else it could have been."""

    setting: Setting
    value: str
    chosen_by: str
    because: str


Overlay = Practice | Area


def used_settings(
    settings: Iterable[Setting], overlays: Iterable[tuple[str, Overlay]], pace: Pace
) -> dict[str, UsedSetting]:
    """Every setting by name, the last overlay standing. `overlays` say whose they are. Raises `OverlayRefused`."""
    used = {one.name: _by_the_guide(one, pace) for one in settings}
    for whose, overlay in overlays:
        for name, own in overlay.settings.items():
            used[name] = _own(whose, name, own, used.get(name))
    return used


def values_of(used: Mapping[str, UsedSetting]) -> dict[str, SettingValue]:
    """The values alone, as rules and the scheduler read them."""
    return {name: _read(one.setting, one.value) for name, one in used.items()}


def durations_of(used: Mapping[str, UsedSetting]) -> dict[str, Duration]:
    """The settings that are lengths of time."""
    return {name: value for name, value in values_of(used).items() if isinstance(value, Duration)}


def own_tasks(tasks: Iterable[Task], overlays: Iterable[tuple[str, Overlay]]) -> tuple[Task, ...]:
    """The tasks with the changes of area and practice. Raises `OverlayRefused` for an unknown task or a circle."""
    made = {task.id: task for task in tasks}
    for whose, overlay in overlays:
        for task_id, own in overlay.tasks.items():
            if task_id not in made:
                raise OverlayRefused(
                    whose, ("tasks", task_id), "task.unknown", f"the guide has no task {task_id}"
                )
            made[task_id] = _changed(made[task_id], own)
            _refuse_strangers(whose, task_id, own, made)
        if overlay.tasks:
            _refuse_a_circle(whose, overlay, made.values())
    return tuple(made.values())


def chosen_clauses(tasks: Iterable[Task], choices: Mapping[str, str]) -> tuple[Task, ...]:
    """The tasks with only those timings that hold at these values of the guide's settings."""
    return tuple(_chosen(task, choices) if any(one.only_if for one in task.when) else task for task in tasks)


def choices_of(used: Mapping[str, UsedSetting]) -> dict[str, str]:
    """The settings that are choices between editions, by name."""
    return {name: one.value for name, one in used.items() if one.setting.kind == "choice"}


def _chosen(task: Task, choices: Mapping[str, str]) -> Task:
    kept = (one for one in task.when if one.only_if is None or choices.get(one.only_if[0]) == one.only_if[1])
    return task.model_copy(update={"when": tuple(replace(one, only_if=None) for one in kept)})


def conditions_of(conditions: Conditions, practice: Practice) -> frozenset[str]:
    """The conditions that hold for a practice: its answers, else the guide's usual. Raises `OverlayRefused`."""
    known = {one.slug for one in conditions.conditions}
    for slug in practice.answers:
        if slug not in known:
            close = get_close_matches(slug, known, 1)
            hint = f"did you mean {close[0]}?" if close else "see the list of questions"
            because = f"there is no question '{slug}'; {hint}"
            raise OverlayRefused("practice", ("answers", slug), "answer.unknown", because)
        if slug.startswith("route_"):
            because = f"the route is no question; write 'route: {slug.removeprefix('route_')}' above"
            raise OverlayRefused("practice", ("answers", slug), "answer.route", because)
    routes = {f"route_{year}": practice.route == year for year in ("2019", "2020", "2026")}
    return conditions.holding({**practice.answers, **routes})


def find_circle(tasks: Iterable[Task]) -> tuple[str, ...]:
    """A ring of tasks each of which waits for the next, or nothing. Same-moment pairs are no ring."""
    graph = {
        task.id: {one.task for one in task.after if one.kind not in ("information", "same_moment")}
        for task in tasks
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _by_the_guide(setting: Setting, pace: Pace) -> UsedSetting:
    value = setting.default if pace == "usual" else setting.paces.get(pace, setting.default)
    chosen = next(one for one in setting.values if one.value == value)
    whose = "the guide" if setting.status == "stated" else "Godwit's proposal"
    return UsedSetting(setting, value, whose if value == setting.default else f"the {pace} pace", chosen.note)


def _own(whose: str, name: str, own: OwnValue, before: UsedSetting | None) -> UsedSetting:
    path = ("settings", name)
    if before is None:
        raise OverlayRefused(whose, path, "setting.unknown", f"there is no setting '{name}'")
    value = {True: "yes", False: "no"}[own.value] if isinstance(own.value, bool) else str(own.value)
    try:
        before.setting.check(value)
    except ValueError as error:
        raise OverlayRefused(whose, path, "setting.value", str(error)) from None
    return UsedSetting(before.setting, value, f"the {whose}", own.because)


def _read(setting: Setting, value: str) -> SettingValue:
    if setting.kind == "duration":
        return Duration.parse(value)
    if setting.kind == "yes_no":
        return value == "yes"
    return int(value) if setting.kind == "count" and value.isdecimal() else value


def _changed(task: Task, own: OwnTask) -> Task:
    changes: dict[str, Any] = {
        name: getattr(own, name)
        for name in OwnTask.model_fields
        if name != "because" and getattr(own, name) is not None
    }
    return task.model_copy(update=changes)


def _refuse_strangers(whose: str, task_id: str, own: OwnTask, made: Mapping[str, Task]) -> None:
    for after in own.after or ():
        if after.task not in made:
            because = f"{task_id} is to come after {after.task}, which the guide does not have"
            raise OverlayRefused(whose, ("tasks", task_id, "after"), "task.unknown", because)


def _refuse_a_circle(whose: str, overlay: Overlay, tasks: Iterable[Task]) -> None:
    circle = find_circle(tasks)
    if circle:
        changed = next((one for one in circle if one in overlay.tasks), next(iter(overlay.tasks)))
        because = f"these tasks would wait for each other without end: {' → '.join(circle)}"
        raise OverlayRefused(whose, ("tasks", changed, "after"), "task.circle", because)
