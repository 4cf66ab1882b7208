"""What the scheduler answers: every date with its window, its slack and its because."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from godwit.definitions.guide.task import Task
from godwit.plan.settings import Pace

Status = Literal["planned", "provisional", "confirmed", "done"]


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task with its days.

    `start` and `due` are the plan's; `earliest` and `latest` bound the day it is finished. `slack` is the number of
    working days by which it may finish after `due` before something else must move; negative when it is too late.
    `deadline` is a limit of its own (`within …`), which moves nothing else.
    """

    task: Task
    start: date
    due: date
    earliest: date
    latest: date
    slack: int
    critical: bool
    status: Status
    because: str
    setting: str | None = None
    deadline: date | None = None
    rest_day: bool = False
    turns: tuple[date, ...] = ()
    """The days on which a task that repeats comes round."""

    @property
    def late(self) -> bool:
        """Whether it cannot be done in time, for the plan or for its own deadline."""
        return self.slack < 0 or (
            self.deadline is not None and self.status != "done" and self.due > self.deadline
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: a task, its days, and why it stands where it stands."""

    task: str
    name: str
    start: date
    due: date
    because: str


@dataclass(frozen=True, slots=True)
class TooLate:
    """Why a date cannot be kept: by how much, because of which chain, and the earliest that can.

    All of it holds at `pace`; `quicker` is the most patient pace that would keep the date, if any does.
    """

    working_days: int
    earliest: date
    chain: tuple[Link, ...]
    pace: Pace
    quicker: Pace | None = None


@dataclass(frozen=True)
class Schedule:
    """All tasks that apply, with dates. `too_late` is None when the go-live can be kept at this pace."""

    pace: Pace
    go_live: date
    today: date
    tasks: Mapping[str, PlannedTask]
    anchors: Mapping[str, PlannedTask]
    earliest_go_live: date
    chain: tuple[Link, ...]
    """What pushes the go-live, task by task: the critical chain from the order on."""
    too_late: TooLate | None
    clashes: tuple[str, ...]
    """Facts that do not fit the rest: a fixed date that is earlier than what leads to it allows."""

    @property
    def critical_path(self) -> tuple[PlannedTask, ...]:
        """The tasks without slack, by date."""
        path = (one for one in self.tasks.values() if one.critical)
        return tuple(sorted(path, key=lambda one: (one.start, one.due, one.task.id)))

    def on(self, anchor: str) -> date:
        """The day of an anchor. Raises `KeyError` for one that does not apply."""
        return self.anchors[anchor].start

    def day_of(self, name: str) -> date:
        """The day of an anchor, or the last day of a task. Raises `KeyError`."""
        return self.anchors[name].start if name in self.anchors else self.tasks[name].due
