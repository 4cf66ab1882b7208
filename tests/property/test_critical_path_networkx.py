"""The same dates and the same chain, worked out by a library that is not ours, from the words of the tasks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.definitions.guide.guide import read_guide
from godwit.definitions.guide.task import Task
from godwit.definitions.guide.timing import Amount, Clause
from godwit.plan.scheduler import notices_of, parties_of
from godwit.plan.settings import PACES, Pace
from godwit.plan.solving import Solution
from tests.support.plain_plan import NOTHING, anchor_tasks, moved
from tests.support.plans import (
    GO_LIVE,
    ORDER,
    TODAY,
    Dated,
    by_the_guide,
    calendar,
    case,
    scheduler,
    solved,
    task,
)

LONG_AGO = date(2026, 1, 1)
Point = tuple[str, str]
Chart: TypeAlias = "nx.DiGraph[str]"
Bounds: TypeAlias = "nx.MultiDiGraph[Point]"
Push = Callable[[date, date], date]
Arrow = tuple[Point, Point, Push]
ENDS = {
    "finish_to_start": (("finish", "start"),),
    "start_to_start": (("start", "start"),),
    "overlaps": (("start", "start"), ("finish", "finish")),
    "same_moment": (("start", "start"), ("finish", "finish")),
    "information": (),
}


# ---------------------------------------------------------------- small networks: whole days, no days off


@st.composite
def small_networks(draw: st.DrawFn) -> list[Task]:
    """Tasks in a chain of dependencies, lengths and lags in plain days; the go-live comes after all."""
    count = draw(st.integers(2, 9))
    names = [ORDER, *(f"T03-{number:02}" for number in range(1, count))]
    made = [task(ORDER, when=["by GL"], days="any", lasts=f"{draw(st.integers(0, 9))}d")]
    for place, name in enumerate(names[1:], 1):
        before = draw(st.lists(st.sampled_from(names[:place]), max_size=3, unique=True))
        after = [{"task": one, "lag": f"{draw(st.integers(0, 5))}d"} for one in before]
        made.append(task(name, after=after, when=["by GL"], days="any", lasts=f"{draw(st.integers(0, 20))}d"))
    return [*made, task(GO_LIVE, after=names, days="any")]


def graph_of(tasks: list[Task]) -> Chart:
    """Lengths on arrows from finish to finish, as a textbook draws it."""
    graph: Chart = nx.DiGraph()
    for one in tasks:
        lasts = one.lasts.likely.duration or NOTHING
        graph.add_edge("today", one.id, weight=lasts.count)
        for after in one.after:
            lag = after.lag.duration.count if after.lag and after.lag.duration else 0
            graph.add_edge(after.task, one.id, weight=lag + lasts.count)
    return graph


@settings(max_examples=60)
@given(small_networks())
def test_the_earliest_days_are_the_longest_ways_and_the_chain_is_one(tasks: list[Task]) -> None:
    graph = graph_of(tasks)
    solution = solved(tasks).solution
    free = solution.free.days
    zero = solution.problem.days.number(TODAY)
    longest = {"today": 0}
    for name in list(nx.topological_sort(graph))[1:]:
        longest[name] = max(
            longest[before] + graph[before][name]["weight"] for before in graph.predecessors(name)
        )
    for one in tasks:
        assert free[2 * solution.problem.network.index[one.id] + 1] - zero == longest[one.id]
    assert nx.dag_longest_path_length(graph) == longest[GO_LIVE] == solution.earliest_go_live - zero
    chain = solution.problem.moves.chain(solution.free, solution.go_live_point)
    on_it = list(dict.fromkeys(solution.problem.network.task_of(point).id for point, _ in reversed(chain)))
    assert nx.path_weight(graph, ["today", *on_it], "weight") == longest[GO_LIVE]


# ---------------------------------------------------------------- the guide itself, on the bank holidays of England


@dataclass(frozen=True)
class PlainGraph:
    """Every bound of a practice's plan as an arrow that carries a plain function of dates."""

    dated: Dated

    def graph(self) -> Bounds:
        """Arrows from point to point."""
        made: Bounds = nx.MultiDiGraph()
        for one in self.tasks.values():
            made.add_node((one.id, "start"))
            for source, target, push in self._bounds(one):
                made.add_edge(source, target, push=push)
        return made

    @property
    def tasks(self) -> dict[str, Task]:
        """The tasks that apply."""
        return {one.id: one for one in self.dated.solution.problem.network.tasks}

    def _bounds(self, one: Task) -> Iterator[Arrow]:
        values = self.dated.solution.problem.values
        lasts = one.lasts.least if values.pace == "fastest" else one.lasts.likely
        yield (
            (one.id, "start"),
            (one.id, "finish"),
            self._later(one.id, Amount(NOTHING) if one.lasts.span else lasts),
        )
        for clause in one.when:
            yield from self._clause(one, clause)
        for after in one.after:
            if after.task in self.tasks:
                lag = after.lag or Amount(NOTHING)
                for theirs, ours in ENDS[after.kind]:
                    yield (after.task, theirs), (one.id, ours), self._later(one.id, lag)
                    if after.kind == "same_moment":
                        yield (one.id, ours), (after.task, theirs), self._later(after.task, lag)

    def _clause(self, one: Task, clause: Clause) -> Iterator[Arrow]:
        there = self._there(clause)
        if there is None or clause.relation == "within":
            return
        amount, sign = clause.place.offset or Amount(NOTHING), clause.place.sign
        if clause.relation != "by":
            here = (one.id, "finish" if clause.of == "finish" else "start")
            yield there, here, self._later(one.id, amount, sign)
        if clause.relation != "from":
            here = (one.id, "start" if clause.of == "start" else "finish")
            yield here, there, self._not_past(there[0], amount, sign)

    def _there(self, clause: Clause) -> Point | None:
        anchors = anchor_tasks(read_guide().anchors, self.tasks)
        name, edge = clause.place.ref, clause.place.edge
        if name in anchors:
            return anchors[name], edge or "start"
        return (name, edge or "finish") if name in self.tasks else None

    def _later(self, name: str, amount: Amount, sign: int = 1) -> Push:
        """No earlier than a day so long after (or before) the other."""
        length = self.dated.solution.problem.values.of(amount)
        return lambda source, _: self._open(name, moved(calendar(), source, length, sign))

    def _not_past(self, name: str, amount: Amount, sign: int) -> Push:
        """The other must not stand before the day from which the limit is late enough."""
        length = self.dated.solution.problem.values.of(amount)

        def push(source: date, target: date) -> date:
            while moved(calendar(), target, length, sign) < source:
                target += timedelta(days=1)
            return self._open(name, target)

        return push

    def _open(self, name: str, day: date) -> date:
        return day if self.tasks[name].days == "any" else calendar().add_working_days(day, 0)


def earliest_days(graph: Bounds, plain: PlainGraph, today: date) -> dict[Point, date]:
    """Every point's earliest day: knots of bounds that look both ways are untied one after another."""
    days: dict[Point, date] = {point: plain._open(point[0], today) for point in graph.nodes}
    arrows_alone: nx.DiGraph[Point] = nx.DiGraph()
    arrows_alone.add_edges_from((source, target) for source, target in graph.edges())
    knots = nx.condensation(arrows_alone)
    for knot in nx.topological_sort(knots):
        arrows: list[Arrow] = list(graph.in_edges(knots.nodes[knot]["members"], data="push"))
        before: dict[Point, date] = {}
        while before != days:
            before = dict(days)
            for source, target, push in arrows:
                days[target] = max(days[target], push(days[source], days[target]))
    return days


CASES = [
    (date(2027, 6, 21), date(2026, 11, 23)),
    (date(2027, 1, 12), date(2026, 9, 1)),
    (date(2027, 4, 6), date(2026, 12, 18)),
]


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize(("go_live", "today"), CASES)
def test_the_guide_has_the_same_earliest_days_and_a_chain_as_tight(
    go_live: date, today: date, pace: Pace
) -> None:
    dated = by_the_guide(go_live, today, pace)
    plain = PlainGraph(dated)
    graph = plain.graph()
    for notice in notices_of(
        read_guide(), parties_of(read_guide(), case(go_live, today).practice, conditions())
    ):
        graph.add_edge(
            ("T03-32", "finish"), ("T11-03", "start"), push=plain._later("T11-03", Amount(notice.period))
        )
    days = earliest_days(graph, plain, today)
    solution = dated.solution
    index, ours = solution.problem.network.index, solution.free.days
    assert {
        point: solution.problem.days.day(ours[2 * index[point[0]] + (point[1] == "finish")]) for point in days
    } == days
    assert least_idle(graph, days, (GO_LIVE, "start"), plain._open(ORDER, today)) == idle(solution)


def conditions() -> frozenset[str]:
    return scheduler().guide.conditions.holding({})


def least_idle(graph: Bounds, days: dict[Point, date], end: Point, today: date) -> int:
    """Of all ways from a point that may stand on the first day to the end, the fewest days on which nothing is done."""
    gaps: nx.DiGraph[Point] = nx.DiGraph()
    arrows: list[Arrow] = list(graph.edges(data="push"))
    for source, target, push in arrows:
        gap = (days[target] - push(days[source], LONG_AGO)).days
        known = gaps.get_edge_data(source, target, {"weight": gap})["weight"]
        gaps.add_edge(source, target, weight=min(gap, known))
    roots = {point for point, day in days.items() if day <= today}
    return int(nx.multi_source_dijkstra_path_length(gaps, roots)[end])


def idle(solution: Solution) -> int:
    """The days on which nothing is done along our chain."""
    moves, days = solution.problem.moves, solution.free.days
    tables = {arc: table for arc, (_, _, table) in zip(moves.network.arcs, moves.forth, strict=True)}
    chain = moves.chain(solution.free, solution.go_live_point)
    return sum(days[point] - tables[arc][days[arc.source]] for point, arc in chain if arc is not None)
