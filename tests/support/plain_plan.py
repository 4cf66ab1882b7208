"""A slow, plain check of a plan against the words of its tasks, with no part of the scheduler in it.

Only the working calendar and the arithmetic of dates: no tables, no arcs, no passes.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from godwit.definitions.guide.anchors import Anchor
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.task import After, Task
from godwit.definitions.guide.timing import Amount, Clause
from godwit.values import WorkingCalendar

Span = tuple[date, date]
NOTHING = Duration(0, "d")


def moved(calendar: WorkingCalendar, day: date, length: Duration, sign: int = 1) -> date:
    """A day so long after another (`sign` 1) or before it (-1)."""
    count = length.count * sign
    if length.unit == "wd":
        return calendar.add_working_days(day, count) if count else day
    if length.unit == "m":
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=count * (7 if length.unit == "w" else 1))


@dataclass(frozen=True)
class PlainPlan:
    """Dates of tasks, and what they are to be checked against. `held` are the tasks with a day that facts have set."""

    tasks: Mapping[str, Task]
    anchors: Mapping[str, str]
    dates: Mapping[str, Span]
    length: Callable[[Amount], Duration]
    calendar: WorkingCalendar
    quickest: bool = False
    held: frozenset[str] = frozenset()

    def broken(self) -> list[str]:
        """What the dates break, one line for each."""
        return [line for one in self.tasks.values() for line in self._task(one)]

    def _task(self, task: Task) -> Iterator[str]:
        start, finish = self.dates[task.id]
        lasts = task.lasts.least if self.quickest else task.lasts.likely
        least = start if task.lasts.span else moved(self.calendar, start, self.length(lasts))
        if task.id not in self.held and finish < max(start, least):
            yield f"{task.id} is too short"
        for day in (start, finish):
            if task.days == "working" and task.id not in self.held and not self.calendar.is_working_day(day):
                yield f"{task.id} falls on {day}, a day off"
        for clause in task.when:
            if self._breaks(task, clause):
                yield f"{task.id} {clause}"
        for after in task.after:
            if after.task in self.dates and not self._follows(task, after):
                yield f"{task.id} {after.kind} {after.task}"

    def _breaks(self, task: Task, clause: Clause) -> bool:
        there = self._point(clause)
        if there is None or clause.relation == "within":
            return False
        length = self.length(clause.place.offset) if clause.place.offset else NOTHING
        limit = moved(self.calendar, there, length, clause.place.sign)
        start, finish = self.dates[task.id]
        first = finish if clause.of == "finish" else start
        last = start if clause.of == "start" else finish
        too_early = clause.relation in ("from", "on") and first < limit
        return too_early or (clause.relation in ("by", "on") and last > limit)

    def _point(self, clause: Clause) -> date | None:
        name, edge = clause.place.ref, clause.place.edge
        if name in self.anchors:
            return self.dates[self.anchors[name]][edge == "finish"]
        return self.dates[name][edge != "start"] if name in self.dates else None

    def _follows(self, task: Task, after: After) -> bool:
        lag = self.length(after.lag) if after.lag else NOTHING
        (start, finish), (other_start, other_finish) = self.dates[task.id], self.dates[after.task]
        begins = start >= moved(self.calendar, other_start, lag)
        ends = finish >= moved(self.calendar, other_finish, lag)
        return {
            "finish_to_start": start >= moved(self.calendar, other_finish, lag),
            "start_to_start": begins,
            "overlaps": begins and ends,
            "same_moment": (start, finish) == (other_start, other_finish),
            "information": True,
        }[after.kind]


def anchor_tasks(anchors: Iterable[Anchor], tasks: Mapping[str, Task]) -> dict[str, str]:
    """Which task each anchor stands for, of those that apply."""
    chosen = {one.id: [name for name in one.of if name in tasks] for one in anchors}
    return {name: found[0] for name, found in chosen.items() if found}
