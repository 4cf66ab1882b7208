"""From a network, a go-live date and what has happened to the days of every task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count, takewhile

from godwit.definitions.guide.duration import Duration
from godwit.plan.days import Days
from godwit.plan.network import Network
from godwit.plan.passes import Moves, Settled
from godwit.plan.settings import Values


@dataclass(frozen=True)
class Problem:
    """What has to be dated. `done` and `started` are tasks, by id.

    `fixed` are days that somebody has set: an anchor by its name (its start), or a task by its id (its finish).
    `order_on` is the day for which the order is planned already, if it is.
    """

    moves: Moves
    values: Values
    go_live: date
    today: date
    done: Mapping[str, date] = field(default_factory=dict)
    started: Mapping[str, date] = field(default_factory=dict)
    fixed: Mapping[str, date] = field(default_factory=dict)
    order_on: date | None = None

    @property
    def network(self) -> Network:
        """The network it is about."""
        return self.moves.network

    @property
    def days(self) -> Days:
        """The calendar it is counted on."""
        return self.moves.days

    def has_happened(self, point: int) -> bool:
        """Whether the task of a point is done or under way, so that its start stays as it was."""
        task = self.network.task_of(point).id
        return task in self.done or task in self.started


@dataclass(frozen=True)
class Solution:
    """Days as numbers, two for each task: earliest, latest, planned.

    `free` are the earliest days when nobody has named a go-live; `floors` say from when each point may be, and `pins`
    which points facts hold. `clashes` are pinned points that their own past pushes later than they stand.
    """

    problem: Problem
    free: Settled
    earliest: Settled
    latest: tuple[int, ...]
    planned: Settled
    floors: tuple[int, ...]
    pins: Mapping[int, int]
    clashes: tuple[int, ...]

    @property
    def go_live_point(self) -> int:
        """The point of the go-live."""
        return self.problem.network.start("GL")

    @property
    def earliest_go_live(self) -> int:
        """The first day on which this practice could go live at this pace, from today and what is done."""
        return self.free.days[self.go_live_point]

    @property
    def feasible(self) -> bool:
        """Whether the go-live can be kept at this pace."""
        return self.earliest_go_live <= self.pins[self.go_live_point]

    def driving(self) -> Settled:
        """The earliest days from the order on when nothing holds the go-live: what pushes it, and how far."""
        pins = {point: day for point, day in self.pins.items() if point != self.go_live_point}
        return self.problem.moves.earliest(self.floors, pins)

    def slack(self, task: int) -> int:
        """Working days between the planned finish and the latest one; negative when it is too late."""
        point = 2 * task + 1
        return self.problem.days.working_between(self.planned.days[point], max(self.latest[point], 0))

    def is_critical(self, task: int) -> bool:
        """Whether not one working day is left for it."""
        point = 2 * task + 1
        spare = self.problem.days.working_between(self.earliest.days[point], max(self.latest[point], 0))
        return point not in self.pins and spare <= 0

    def turns(self, task: int) -> tuple[int, ...]:
        """The days of a task that comes back, such as a weekly meeting, from its planned start to its finish."""
        every, days = self.problem.network.tasks[task].every, self.problem.days
        if every is None:
            return ()
        length, (start, finish) = self.problem.values.of(every), self.planned.days[2 * task : 2 * task + 2]
        to_working = not self.problem.network.free[2 * task]
        counted = (
            days.move(Duration(length.count * one, length.unit), 1, to_working)[start] for one in count()
        )
        return tuple(takewhile(lambda day: day <= finish, counted)) if length.count else (start,)


def solve(problem: Problem) -> Solution:
    """Date every task. Raises `Contradiction` and `CalendarExhausted`."""
    moves, network = problem.moves, problem.network
    pins = _pins(problem)
    go_live = network.start("GL")
    # A go-live that somebody has only named holds nothing: else no date could ever be too early.
    facts = (
        pins if problem.has_happened(go_live) else {one: day for one, day in pins.items() if one != go_live}
    )
    floors = _floors(problem, facts)
    free = moves.earliest(floors, facts)
    held = {go_live: problem.days.number(problem.go_live), **pins}
    fits = free.days[go_live] <= held[go_live]
    first = moves.earliest(floors, held)
    latest = moves.latest(max(first.days), held)
    floors = _ordered_in_time(problem, floors, latest, held)
    earliest = moves.earliest(floors, held)
    planned = moves.earliest(_late_ones(problem, earliest, latest, floors), held)
    clashes = _clashes(problem, planned.days, held)
    if not fits:  # said once, with its chain: the go-live itself comes too early
        clashes = tuple(one for one in clashes if one != go_live)
    return Solution(problem, free, earliest, latest, planned, tuple(floors), held, clashes)


def _pins(problem: Problem) -> dict[int, int]:
    network, number = problem.network, problem.days.number
    fixed = {network.point(one): number(day) for one, day in problem.fixed.items() if network.knows(one)}
    begun = {
        2 * network.index[one]: number(day) for one, day in problem.started.items() if one in network.index
    }
    pins = {**fixed, **begun}
    for task, day in problem.done.items():
        if task in network.index:
            start, finished = 2 * network.index[task], number(day)
            pins[start] = min(begun.get(start, finished), finished)
            pins[start + 1] = finished
    return pins


def _floors(problem: Problem, pins: Mapping[int, int]) -> list[int]:
    """Nothing that is not done yet can be done before today."""
    today = problem.days.number(problem.today)
    return [pins.get(point, today) for point in range(2 * len(problem.network.tasks))]


def _ordered_in_time(
    problem: Problem, floors: list[int], latest: tuple[int, ...], held: Mapping[int, int]
) -> list[int]:
    """The order is placed on the latest day that still holds the go-live, so the plan is counted back from there.

    Where an order day is planned already, it is not put off because something after it has slipped.
    """
    order = problem.network.start("ORD")
    if order in held:
        return floors
    last = latest[order]
    if problem.order_on is not None:
        last = min(last, problem.days.number(problem.order_on))
    return [max(floor, last) if point == order else floor for point, floor in enumerate(floors)]


def _late_ones(problem: Problem, earliest: Settled, latest: tuple[int, ...], floors: list[int]) -> list[int]:
    """Tasks that make sense only shortly before their limit start a few working days before it.

    Such a task keeps off weekends even where it need not, if its window holds a working day.
    """
    days = problem.days
    before = days.move(problem.values.durations["late_margin"], -1, to_working=False)
    made = list(floors)
    for number, task in enumerate(problem.network.tasks):
        first, last = earliest.days[2 * number], latest[2 * number]
        if task.aim == "late" and last > first:
            wanted = max(first, before[last])
            made[2 * number] = max(made[2 * number], wanted if days.up[wanted] > last else days.up[wanted])
    return made


def _clashes(problem: Problem, planned: tuple[int, ...], held: Mapping[int, int]) -> tuple[int, ...]:
    """Days that somebody has set, and something pushes on; and tasks done before the very task they follow.

    Nothing else that has happened can clash: it may well have been quicker than the plan.
    """
    pushed = (
        target
        for source, target, table in problem.moves.forth
        if table[planned[source]] > held.get(target, planned[target]) and not problem.has_happened(target)
    )
    # The finish of a task is its odd point.
    done = {2 * number + 1 for number, one in enumerate(problem.network.tasks) if one.id in problem.done}
    swapped = (
        one.target | 1
        for one in (problem.network.arcs if done else ())
        if one.cause == "after" and {one.source | 1, one.target | 1} <= done
        if planned[one.source] > planned[one.target | 1]
    )
    return tuple(sorted({*pushed, *swapped}))
