"""Plans made by hand, for tests of the scheduler: a few tasks from YAML, on the bank holidays of England."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from godwit.definitions.calendars import read_working_calendar
from godwit.definitions.guide.anchors import Anchor
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.guide.task import Task
from godwit.plan.case import Facts, Practice
from godwit.plan.days import days_around
from godwit.plan.network import Network, network_of
from godwit.plan.passes import Moves
from godwit.plan.scheduler import Case, Scheduler
from godwit.plan.settings import Pace, Values
from godwit.plan.solving import Problem, Solution, solve
from godwit.values import WorkingCalendar

ORDER, GO_LIVE = "T02-03", "T13-05"
ANCHORS = (
    Anchor(id="ORD", name="Order placed", of=(ORDER,)),
    Anchor(id="FDP", name="Final data production", of=("T11-07",)),
    Anchor(id="GL", name="Go-live", of=(GO_LIVE,)),
)
ALWAYS = {"late_margin": "3wd"}
TODAY = date(2026, 1, 5)
LONG_AFTER = date(2027, 12, 1)

Span = tuple[date, date]
"""The start and the finish of a task."""


@lru_cache(maxsize=1)
def calendar() -> WorkingCalendar:
    """The working days of England."""
    return read_working_calendar()


@lru_cache(maxsize=1)
def scheduler() -> Scheduler:
    """The shipped guide, ready to make plans."""
    return Scheduler(read_guide(), calendar())


def task(id: str, **fields: Any) -> Task:  # noqa: A002 - the field is called so
    """A task with nothing in it but what is given."""
    bare = {"name": id, "responsible": ["practice_manager"], "evidence": ["a note"], "source": ["S2"]}
    timing = {} if "when" in fields or "after" in fields else {"when": ["by GL"]}
    return Task.model_validate(bare | timing | fields | {"id": id})


def tasks_of(text: str) -> tuple[Task, ...]:
    """Tasks as a definition file writes them, and an order and a go-live where they are not among them."""
    rows = {row["id"]: row for row in yaml.safe_load(text)}
    for needed in (ORDER, GO_LIVE):
        rows.setdefault(needed, {"id": needed, "when": ["by GL" if needed == ORDER else "from ORD"]})
    return tuple(task(**row) for row in rows.values())


def values_of(settings: Mapping[str, str] | None = None, pace: Pace = "usual") -> Values:
    """Settings by name, from their texts."""
    texts = {**ALWAYS, **(settings or {})}
    return Values(pace, {name: Duration.parse(text) for name, text in texts.items()})


def network(tasks: Iterable[Task], values: Values, conditions: Sequence[str] = ()) -> Network:
    """The network of a few tasks."""
    return network_of(tasks, ANCHORS, frozenset(conditions), values)


def problem(
    tasks: Iterable[Task],
    go_live: date = LONG_AFTER,
    today: date = TODAY,
    values: Values | None = None,
    **facts: Any,
) -> Problem:
    """A small network with a go-live and what has happened so far."""
    values = values or values_of()
    days = days_around(facts.pop("calendar", calendar()), today.year - 1, 2028)
    return Problem(Moves(network(tasks, values), days), values, go_live, today, **facts)


@dataclass(frozen=True)
class Dated:
    """A solution with its days as dates."""

    solution: Solution

    def planned(self, name: str) -> Span:
        """The planned start and finish of a task."""
        return self._span(name, self.solution.planned.days)

    def earliest(self, name: str) -> Span:
        """The earliest start and finish of a task."""
        return self._span(name, self.solution.earliest.days)

    def latest(self, name: str) -> Span:
        """The latest start and finish of a task."""
        return self._span(name, self.solution.latest)

    def all_planned(self) -> dict[str, Span]:
        """Every task's planned days."""
        return {one.id: self.planned(one.id) for one in self.solution.problem.network.tasks}

    def _span(self, name: str, days: Sequence[int]) -> Span:
        number, day = 2 * self.solution.problem.network.index[name], self.solution.problem.days.day
        return day(days[number]), day(days[number + 1])


def solved(tasks: Iterable[Task], **given: Any) -> Dated:
    """A small network, dated."""
    return Dated(solve(problem(tasks, **given)))


def case(go_live: date, today: date, pace: Pace | None = "usual", facts: Any = None, **practice: Any) -> Case:
    """One practice's move by the shipped guide. `facts` and `practice` are as in its files."""
    whose = Practice.model_validate({"practice": "A made-up surgery", **practice})
    return Case(whose, go_live, today, Facts.model_validate(facts or {}), None, pace)


def by_the_guide(
    go_live: date, today: date, pace: Pace = "usual", facts: Any = None, **practice: Any
) -> Dated:
    """One practice's plan by the shipped guide."""
    return Dated(solve(scheduler().problem(case(go_live, today, pace, facts, **practice), pace)))
