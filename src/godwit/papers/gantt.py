"""The plan as pictures: one for the whole of it and one or more for each phase, all on the same stretch of time.

Only the geometry is worked out here, in the units of the picture; the template draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from godwit.definitions.seasons import Window
from godwit.papers.lettering import shortened, width_of
from godwit.papers.plan_words import PlanWords, span_words
from godwit.plan.making import Plan
from godwit.plan.planned import PlannedTask
from godwit.plan.wording import day_words

WIDTH: Final = 1120.0
LABELS: Final = 372.0
"""How much of the width the names take."""
AXIS: Final = 26.0
ROW: Final = 20.0
LANE: Final = 17.0
MOST_ROWS: Final = 28
"""A phase with more tasks gets several pictures, so that each fits a sheet of paper."""
BEFORE, AFTER = timedelta(days=7), timedelta(days=14)
LEAST_BAR: Final = 3.0
GAP: Final = 22.0
DIAMOND: Final = 10.0
NAME_SIZE: Final = 12.0
SHADED: Final = frozenset(
    {"bank_holiday", "flu", "qof", "christmas", "easter", "leave", "event", "release_freeze"}
)
"""Kinds of days drawn behind every bar."""
NAMED: Final = frozenset(
    {
        "flu",
        "qof",
        "quarter_end",
        "school_holiday",
        "christmas",
        "easter",
        "leave",
        "training",
        "event",
        "release_freeze",
    }
)
"""Kinds of days named at the top of the whole plan. Bank holidays are lines of their own."""

Look = Literal["planned", "critical", "done", "late"]
Shading = Literal["avoid", "rest"]


@dataclass(frozen=True, slots=True)
class Month:
    """A line of the axis at the first of a month."""

    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Shade:
    """Days behind the bars: to avoid, or a bank holiday."""

    look: Shading
    x: float
    width: float
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time. `tail` is how far it can slip before something else must move."""

    look: Look
    x: float
    width: float
    tail: float = 0.0
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a name at the left and its bars; `said` is the whole of it in words; `roles` are for the filter."""

    y: float
    name: str
    said: str
    bars: tuple[Bar, ...]
    roles: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone or a season in its lane, with its name beside or in it."""

    y: float
    x: float
    width: float
    name: str
    name_x: float
    said: str
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture."""

    id: str
    title: str
    about: str
    height: float
    months: tuple[Month, ...]
    shades: tuple[Shade, ...]
    today: float | None
    lines: tuple[Line, ...]
    seasons: tuple[Mark, ...] = ()
    milestones: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """Draws the pictures of one plan, which all reach from `first` to `last`."""

    plan: Plan
    first: date
    last: date

    @classmethod
    def of(cls, plan: Plan) -> Drawing:
        """The drawing of a plan, with a little room before its first day and after its last."""
        tasks = plan.schedule.tasks.values()
        first = min(plan.schedule.today, *(one.start for one in tasks))
        return cls(plan, first - BEFORE, max(one.due for one in tasks) + AFTER)

    def at(self, day: date) -> float:
        """How far from the left a day begins; days outside the picture are put at its edge."""
        inside = min(max(day, self.first), self.last + timedelta(days=1))
        share = (inside - self.first).days / ((self.last - self.first).days + 1)
        return round(LABELS + (WIDTH - LABELS) * share, 1)

    def overview(self) -> Chart:
        """The whole plan: times of year, milestones and phases."""
        seasons, below = _in_lanes(self._season_marks(), AXIS + LANE)
        milestones, below = _in_lanes(self._milestone_marks(), below + GAP)
        top = below + GAP
        phases = [one.id for one in self.plan.guide.phases if self._tasks(one.id)]
        lines = tuple(self._phase_line(one, top + place * ROW) for place, one in enumerate(phases))
        about = (
            f"Times of year, milestones and phases from {day_words(self.first)} to {day_words(self.last)}. "
            "The tables of this page say the same in words."
        )
        chart = self._chart("whole-plan", "The whole plan", about, lines, top + len(lines) * ROW)
        return replace(chart, seasons=seasons, milestones=milestones)

    def phase(self, phase_id: str) -> tuple[Chart, ...]:
        """The tasks of one phase by date, in as many pictures as they need."""
        tasks = sorted(self._tasks(phase_id), key=lambda one: (one.start, one.due, one.task.id))
        count = -(-len(tasks) // MOST_ROWS)
        size = -(-len(tasks) // count) if count else 0
        pieces = [tasks[start : start + size] for start in range(0, len(tasks), size or 1)]
        return tuple(
            self._phase_chart(phase_id, piece, number, count) for number, piece in enumerate(pieces, 1)
        )

    def _tasks(self, phase_id: str) -> list[PlannedTask]:
        return [one for one in self.plan.schedule.tasks.values() if one.task.phase == phase_id]

    def _phase_chart(self, phase_id: str, tasks: Sequence[PlannedTask], number: int, count: int) -> Chart:
        title = PlanWords(self.plan.guide).phase(phase_id)
        part = f", part {number} of {count}" if count > 1 else ""
        lines = tuple(self._task_line(one, AXIS + place * ROW) for place, one in enumerate(tasks))
        about = f"{len(tasks)} tasks, each from its first to its last day. The table below says the same in words."
        chart_id = f"chart-{phase_id.lower()}-{number}"
        return self._chart(chart_id, f"{title}{part}", about, lines, AXIS + len(lines) * ROW)

    def _chart(self, chart_id: str, title: str, about: str, lines: tuple[Line, ...], height: float) -> Chart:
        today = self.plan.schedule.today
        return Chart(
            id=chart_id,
            title=title,
            about=about,
            height=height + 4,
            months=tuple(self._months()),
            shades=tuple(self._shades()),
            today=self.at(today) if self.first <= today <= self.last else None,
            lines=lines,
        )

    def _task_line(self, one: PlannedTask, y: float) -> Line:
        name = f"{one.task.id}  {one.task.name}"
        said = f"{one.task.id} {one.task.name}: {span_words(one.start, one.due)}"
        roles = " ".join(one.task.responsible)
        return Line(y, shortened(name, NAME_SIZE, LABELS - 8), said, (self._bar(one),), roles)

    def _bar(self, one: PlannedTask) -> Bar:
        x, end = self.at(one.start), self.at(one.due + timedelta(days=1))
        tail = self.at(one.latest + timedelta(days=1)) - end if one.status != "done" else 0.0
        return Bar(_look(one), x, max(end - x, LEAST_BAR), round(max(tail, 0.0), 1))

    def _phase_line(self, phase_id: str, y: float) -> Line:
        """A thin line over the whole phase; on it thick the days on which something is worked at."""
        tasks = self._tasks(phase_id)
        work = [one for one in tasks if not one.task.lasts.span] or tasks
        name = PlanWords(self.plan.guide).phase(phase_id)
        first, last = min(one.start for one in tasks), max(one.due for one in tasks)
        whole = Bar("planned", self.at(first), self.at(last + timedelta(days=1)) - self.at(first), thin=True)
        critical = [one for one in work if one.critical and one.status != "done"]
        bars = (
            whole,
            *self._stretches((one for one in work if one.status != "done"), "planned"),
            *self._stretches((one for one in work if one.status == "done"), "done"),
            *self._stretches(critical, "critical"),
        )
        return Line(y, name, f"{name}: {span_words(first, last)}", bars)

    def _stretches(self, tasks: Iterable[PlannedTask], look: Look) -> Iterator[Bar]:
        """The days of several tasks, those that touch drawn as one."""
        ends: list[list[date]] = []
        for one in sorted(tasks, key=lambda one: (one.start, one.due)):
            if ends and one.start <= ends[-1][1] + timedelta(days=1):
                ends[-1][1] = max(ends[-1][1], one.due)
            else:
                ends.append([one.start, one.due])
        for start, due in ends:
            x = self.at(start)
            yield Bar(look, x, max(self.at(due + timedelta(days=1)) - x, LEAST_BAR))

    def _months(self) -> Iterator[Month]:
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield Month(self.at(day), f"{day:%b %Y}" if day.month == 1 else f"{day:%b}")
            day = (day + timedelta(days=32)).replace(day=1)

    def _shades(self) -> Iterator[Shade]:
        for one in self._seen(SHADED):
            x, end = self.at(one.starts), self.at(one.ends + timedelta(days=1))
            look: Shading = "rest" if one.kind == "bank_holiday" else "avoid"
            yield Shade(
                look, x, round(max(end - x, 1.5), 1), f"{one.name}: {span_words(one.starts, one.ends)}"
            )

    def _seen(self, kinds: frozenset[str]) -> Iterator[Window]:
        for one in self.plan.windows:
            if one.kind in kinds and one.starts <= self.last and one.ends >= self.first:
                yield one

    def _season_marks(self) -> Iterator[Mark]:
        for one in self._seen(NAMED):
            x, end = self.at(one.starts), self.at(one.ends + timedelta(days=1))
            yield _mark(x, end - x, one.name, f"{one.name}: {span_words(one.starts, one.ends)}")

    def _milestone_marks(self) -> Iterator[Mark]:
        for one in sorted(self.plan.milestones, key=lambda one: (one.day, one.milestone.id)):
            said = f"{one.milestone.id} {one.milestone.name}: {day_words(one.day)}"
            mark = _mark(self.at(one.day), DIAMOND, f"{one.milestone.name}, {one.day.day} {one.day:%b}", said)
            yield replace(mark, reached=one.status == "reached")


def _look(one: PlannedTask) -> Look:
    if one.status == "done":
        return "done"
    return "late" if one.late else "critical" if one.critical else "planned"


def _mark(x: float, width: float, name: str, said: str) -> Mark:
    """A mark with its name at its right, or at its left where the edge is too near."""
    room = width_of(name, NAME_SIZE)
    name_x = x + width + 4
    if name_x + room > WIDTH:
        name_x = x - room - 4
    return Mark(0.0, x, round(width, 1), name, round(name_x, 1), said)


def _in_lanes(marks: Iterable[Mark], top: float) -> tuple[tuple[Mark, ...], float]:
    """Each mark in the first lane that has room for it and its name, and where the lanes end."""
    lanes: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks:
        left = min(mark.x, mark.name_x) - 4
        right = max(mark.x + mark.width, mark.name_x + width_of(mark.name, NAME_SIZE)) + 4
        lane = next(
            (at for at, taken in enumerate(lanes) if all(right <= a or left >= b for a, b in taken)), None
        )
        if lane is None:
            lanes.append([])
            lane = len(lanes) - 1
        lanes[lane].append((left, right))
        placed.append(replace(mark, y=top + lane * LANE))
    return tuple(placed), top + len(lanes) * LANE
