"""The schedule people read: every task with its days, its slack and its because."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from godwit.plan.network import Arc, Deadline
from godwit.plan.passes import Settled
from godwit.plan.planned import Link, PlannedTask, Schedule, Status, TooLate
from godwit.plan.solving import Problem, Solution, solve
from godwit.plan.wording import Words, day_words


def schedule(problem: Problem, anchor_names: Mapping[str, str], statuses: Mapping[str, Status]) -> Schedule:
    """Date every task of a problem and say why.

    `statuses` tells which fixed anchors are confirmed and which provisional. Raises `Contradiction` and
    `CalendarExhausted`.
    """
    solution = solve(problem)
    teller = _Teller(solution, Words(problem.network, problem.values, anchor_names), statuses)
    tasks = {task.id: teller.task(number) for number, task in enumerate(problem.network.tasks)}
    anchors = {name: tasks[problem.network.tasks[at].id] for name, at in problem.network.anchors.items()}
    earliest = problem.days.day(solution.earliest_go_live)
    return Schedule(
        pace=problem.values.pace,
        go_live=problem.go_live,
        today=problem.today,
        tasks=tasks,
        anchors=anchors,
        earliest_go_live=earliest,
        chain=teller.chain(solution.driving()),
        too_late=teller.too_late(),
        clashes=tuple(dict.fromkeys(teller.clash(point) for point in solution.clashes)),
    )


@dataclass(frozen=True)
class _Teller:
    solution: Solution
    words: Words
    statuses: Mapping[str, Status]

    def task(self, number: int) -> PlannedTask:
        found, problem = self.solution, self.solution.problem
        start, finish = 2 * number, 2 * number + 1
        task, days = problem.network.tasks[number], problem.days
        rest = not (
            days.is_working(found.planned.days[start]) and days.is_working(found.planned.days[finish])
        )
        return PlannedTask(
            task=task,
            start=days.day(found.planned.days[start]),
            due=days.day(found.planned.days[finish]),
            earliest=days.day(found.earliest.days[finish]),
            latest=days.day(max(found.latest[finish], 0)),
            slack=found.slack(number),
            critical=found.is_critical(number),
            status=self._status(number),
            because=self._because(number),
            setting=self.words.setting(number),
            deadline=self._deadline(number),
            rest_day=rest and not task.lasts.span,
            turns=tuple(self._day(one) for one in found.turns(number)),
        )

    def too_late(self) -> TooLate | None:
        found, days = self.solution, self.solution.problem.days
        if found.feasible:
            return None
        wanted = days.number(found.problem.go_live)
        late = days.working_between(wanted, found.earliest_go_live)
        pace = found.problem.values.pace
        return TooLate(late, days.day(found.earliest_go_live), self.chain(found.free), pace)

    def clash(self, point: int) -> str:
        task = self.solution.problem.network.task_of(point)
        day = day_words(self._day(self.solution.pins[point]))
        if task.id in self.solution.problem.done:
            return f"{task.id} “{task.name}” is said to be done on {day}, before what it follows"
        return f"{task.id} “{task.name}” is set for {day}, before what it needs is ready"

    def chain(self, settled: Settled) -> tuple[Link, ...]:
        """What pushes the go-live, from the first task to the last; nothing if it is done already."""
        found, causes = self.solution, dict[int, list[str]]()
        for point, arc in found.problem.moves.chain(settled, found.go_live_point):
            said = causes.setdefault(point // 2, [])
            if arc is not None and (arc.cause != "lasts" or arc.amount.count):
                said.append(self._pushed(arc, settled))
        return tuple(self._link(number, said, settled) for number, said in reversed(causes.items()))

    def _link(self, number: int, causes: list[str], settled: Settled) -> Link:
        task = self.solution.problem.network.tasks[number]
        start, due = (self._day(settled.days[2 * number + end]) for end in (0, 1))
        because = "; ".join(reversed(causes)) or "nothing in the plan holds it up"
        return Link(task.id, task.name, start, due, because)

    def _pushed(self, arc: Arc, settled: Settled) -> str:
        return self.words.push(arc, self._day(settled.days[arc.source]))

    def _day(self, number: int) -> date:
        return self.solution.problem.days.day(number)

    def _status(self, number: int) -> Status:
        task = self.solution.problem.network.tasks[number]
        if task.id in self.solution.problem.done:
            return "done"
        return self.statuses.get(task.id, "planned")

    def _deadline(self, number: int) -> date | None:
        found = self.solution
        limits = (
            found.problem.days.move(one.amount, 1, to_working=False)[found.planned.days[one.source]]
            for one in self._deadlines.get(number, ())
        )
        first = min(limits, default=None)
        return None if first is None else self._day(first)

    @cached_property
    def _deadlines(self) -> dict[int, list[Deadline]]:
        made: dict[int, list[Deadline]] = {}
        for one in self.solution.problem.network.deadlines:
            made.setdefault(one.task, []).append(one)
        return made

    def _because(self, number: int) -> str:
        """Why the task stands on its days: what set them, what the guide asks, and the latest day that would do."""
        found, start, finish = self.solution, 2 * number, 2 * number + 1
        task = found.problem.network.tasks[number]
        if task.id in found.problem.done:
            return f"Done on {day_words(found.problem.done[task.id])}."
        needed = self.words.needed(number)
        parts = [f"{needed[0].upper()}{needed[1:]}"] if needed else []
        pushed = self._what_set(start)
        if pushed and pushed not in needed:
            parts.append(pushed[0].upper() + pushed[1:])
        length = found.planned.by(finish)
        if length is not None and length.cause == "lasts" and length.amount.count:
            parts.append(f"Takes {length.amount.words}")
        if found.latest[finish] >= 0:
            parts.append(f"Latest day {day_words(self._day(found.latest[finish]))}")
        return ". ".join(parts) + "."

    def _what_set(self, point: int) -> str:
        found = self.solution
        if point in found.pins:
            task = found.problem.network.task_of(point).id
            return f"{self.statuses.get(task, 'set')} for {day_words(self._day(found.pins[point]))}"
        arc = found.planned.by(point)
        if arc is not None:
            return self.words.push(arc, self._day(found.planned.days[arc.source]))
        if found.planned.days[point] > found.earliest.days[point]:
            return "kept until shortly before its latest day, when it still holds true"
        if point == found.problem.network.start("ORD"):
            return "the latest day on which the order still leads to this go-live"
        return "can begin at once"
