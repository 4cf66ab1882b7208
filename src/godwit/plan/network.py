"""The guide for one practice as a network of days: a start and a finish for each task, and bounds between them.

An arc says that one point is no earlier than another plus a move (which may go back). Every timing clause,
dependency and duration of the guide becomes such arcs; nothing is left as prose. Deadlines (`within`) stand apart:
they are shown and never move a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, overload

from godwit.definitions.guide.anchors import Anchor
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.task import After, Task
from godwit.definitions.guide.timing import Amount, Clause, Place
from godwit.plan.settings import Values

Cause = Literal["lasts", "clause", "after", "notice"]
_NOTHING: Final = Duration(0, "d")


class Arc(NamedTuple):
    """`target` is no earlier than `source` moved by `sign` times `amount`. `task` owns the rule it comes from.

    A limit (`by IDP - 15wd`) is counted from the point it names, so one working day before a Saturday is the Friday:
    there `source` is no later than `target` moved the other way.
    """

    source: int
    target: int
    amount: Duration
    sign: int
    cause: Cause
    task: int
    clause: Clause | None = None
    after: After | None = None
    setting: str | None = None

    @property
    def counts_back(self) -> bool:
        """Whether it is a limit, counted from its target: it runs against the direction of its clause."""
        return self.clause is not None and self.sign != self.clause.place.sign

    @property
    def way(self) -> int:
        """In which direction its calendar is counted."""
        return -self.sign if self.counts_back else self.sign


class Deadline(NamedTuple):
    """`task` should be finished no later than `source` plus `amount`."""

    task: int
    source: int
    amount: Duration
    clause: Clause


@dataclass(frozen=True)
class Network:
    """The tasks that apply to a practice, with their arcs in an order that settles most dates in one sweep."""

    tasks: tuple[Task, ...]
    index: Mapping[str, int]
    anchors: Mapping[str, int]
    arcs: Sequence[Arc]
    ends: tuple[tuple[int, int], ...]
    """The source and target of each arc."""
    deadlines: tuple[Deadline, ...]
    free: tuple[bool, ...]
    """For each point, whether it may fall on a day on which nobody works."""

    def start(self, anchor: str) -> int:
        """The point at which an anchor's task starts."""
        return 2 * self.anchors[anchor]

    def knows(self, name: str) -> bool:
        """Whether an anchor or task of that name applies to the practice."""
        return name in self.anchors or name in self.index

    def point(self, name: str) -> int:
        """The start of an anchor's task, or the finish of a task."""
        return self.start(name) if name in self.anchors else 2 * self.index[name] + 1

    def task_of(self, point: int) -> Task:
        """The task a point belongs to."""
        return self.tasks[point // 2]

    def under(self, conditions: frozenset[str]) -> tuple[Network, tuple[int, ...]]:
        """What applies under these conditions, in the same order; and the places its arcs have here."""
        kept = [number for number, task in enumerate(self.tasks) if applies(task, conditions)]
        new = {old: number for number, old in enumerate(kept)}
        point = {2 * old + end: 2 * number + end for old, number in new.items() for end in (0, 1)}
        places = tuple(
            place for place, (source, target) in enumerate(self.ends) if source in point and target in point
        )
        found = Network(
            tasks=tuple(self.tasks[old] for old in kept),
            index={self.tasks[old].id: number for old, number in new.items()},
            anchors={name: new[old] for name, old in self.anchors.items() if old in new},
            arcs=_Renumbered(self.arcs, places, point),
            ends=tuple((point[self.ends[place][0]], point[self.ends[place][1]]) for place in places),
            deadlines=tuple(
                Deadline(new[one.task], point[one.source], one.amount, one.clause)
                for one in self.deadlines
                if one.task in new and one.source in point
            ),
            free=tuple(self.free[old] for old in point),
        )
        return found, places


class _Renumbered(Sequence[Arc]):
    """Some arcs of a larger network, between points that have new numbers here.

    Each is made when it is asked for: dating needs their tables alone, and telling why needs few of them.
    """

    def __init__(self, arcs: Sequence[Arc], places: tuple[int, ...], point: Mapping[int, int]) -> None:
        self._arcs: Final = arcs
        self._places: Final = places
        self._point: Final = point

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Arc: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Arc]: ...

    def __getitem__(self, at: int | slice) -> Arc | Sequence[Arc]:
        if isinstance(at, slice):
            return _Renumbered(self._arcs, self._places[at], self._point)
        arc, point = self._arcs[self._places[at]], self._point
        return arc._replace(source=point[arc.source], target=point[arc.target], task=point[2 * arc.task] // 2)


@dataclass(frozen=True, slots=True)
class Notice:
    """A third party that must be told so long before its link goes off: a bound of this practice's own."""

    party: str
    period: Duration


NOTICES_PLANNED: Final = "T03-32"
LINKS_OFF: Final = "T11-03"


def network_of(
    tasks: Iterable[Task],
    anchors: Iterable[Anchor],
    conditions: frozenset[str],
    values: Values,
    notices: Iterable[Notice] = (),
) -> Network:
    """The network of the tasks that apply under these conditions, with the lengths of this pace."""
    all_tasks = tuple(tasks)
    whole = whole_network(all_tasks, bearers_of(all_tasks, anchors, conditions), values, notices)
    return whole.under(conditions)[0]


def whole_network(
    tasks: Iterable[Task], bearers: Mapping[str, str], values: Values, notices: Iterable[Notice] = ()
) -> Network:
    """The network of all tasks, whatever their conditions. `bearers` are the tasks that stand for the anchors.

    It takes a while to make; `Network.under` is quick, so practices that differ in their answers alone share it.
    """
    # A timing that hangs on a choice of editions holds only once `chosen_clauses` has said so.
    every = tuple(_without_choices(task) for task in tasks)
    index = {task.id: number for number, task in enumerate(every)}
    builder = _Builder(every, index, {name: index[task] for name, task in bearers.items()}, values)
    arcs = _in_order([*builder.arcs(), *builder.notices(notices)], 2 * len(every))
    return Network(
        tasks=every,
        index=index,
        anchors=builder.anchors,
        arcs=arcs,
        ends=tuple((arc.source, arc.target) for arc in arcs),
        deadlines=tuple(builder.deadlines()),
        free=tuple(task.days == "any" for task in every for _ in ("start", "finish")),
    )


def _without_choices(task: Task) -> Task:
    if not any(one.only_if for one in task.when):
        return task
    return task.model_copy(update={"when": tuple(one for one in task.when if not one.only_if)})


def applies(task: Task, conditions: frozenset[str]) -> bool:
    """Whether a task has no condition, or one that holds."""
    return not task.condition or not conditions.isdisjoint(task.condition)


def bearers_of(
    tasks: Iterable[Task], anchors: Iterable[Anchor], conditions: frozenset[str]
) -> dict[str, str]:
    """For each anchor the first of its tasks that applies under these conditions, if one does."""
    known = {task.id: task for task in tasks}
    found = (
        (
            anchor.id,
            next((one for one in anchor.of if one in known and applies(known[one], conditions)), None),
        )
        for anchor in anchors
    )
    return {name: task for name, task in found if task is not None}


@dataclass(frozen=True)
class _Builder:
    tasks: tuple[Task, ...]
    index: Mapping[str, int]
    anchors: dict[str, int]
    values: Values

    def arcs(self) -> Iterator[Arc]:
        for number, task in enumerate(self.tasks):
            length = _NOTHING if task.lasts.span else self.values.lasting(task.lasts)
            yield Arc(2 * number, 2 * number + 1, length, 1, "lasts", number)
            for clause in task.when:
                yield from self._clause(number, clause)
            for after in task.after:
                yield from self._after(number, after)

    def deadlines(self) -> Iterator[Deadline]:
        for number, task in enumerate(self.tasks):
            for clause in task.when:
                source = self._point(clause.place)
                if clause.relation == "within" and source is not None and clause.place.offset:
                    yield Deadline(number, source, self.values.of(clause.place.offset), clause)

    def notices(self, notices: Iterable[Notice]) -> Iterator[Arc]:
        """Links go off no earlier than the notice periods allow, counted from when the notices are planned."""
        told, off = self.index.get(NOTICES_PLANNED), self.index.get(LINKS_OFF)
        for period in dict.fromkeys(notice.period for notice in notices):
            if told is not None and off is not None:
                yield Arc(2 * told + 1, 2 * off, period, 1, "notice", off)

    def _clause(self, number: int, clause: Clause) -> Iterator[Arc]:
        there = self._point(clause.place)
        if there is None or clause.relation == "within":
            return
        amount = self.values.of(clause.place.offset) if clause.place.offset else _NOTHING
        setting, sign = _setting(clause.place.offset), clause.place.sign
        start, finish = 2 * number, 2 * number + 1
        if clause.relation in ("from", "on"):
            here = finish if clause.of == "finish" else start
            yield Arc(there, here, amount, sign, "clause", number, clause, None, setting)
        if clause.relation in ("by", "on"):
            here = start if clause.of == "start" else finish
            yield Arc(
                here, there, amount, -sign if amount.count else 1, "clause", number, clause, None, setting
            )

    def _after(self, number: int, after: After) -> Iterator[Arc]:
        other = self.index.get(after.task)
        if other is None or after.kind == "information":
            return  # the other task does not apply to this practice, or its result sets no date
        lag = self.values.of(after.lag) if after.lag else _NOTHING
        for source, target in _ends(after.kind, other, number):
            yield Arc(source, target, lag, 1, "after", number, None, after, _setting(after.lag))

    def _point(self, place: Place) -> int | None:
        if place.ref in self.anchors:
            return 2 * self.anchors[place.ref] + (place.edge == "finish")
        if place.ref in self.index:
            return 2 * self.index[place.ref] + (place.edge != "start")
        return None


def _setting(amount: Amount | None) -> str | None:
    return amount.setting if amount else None


def _ends(kind: str, other: int, this: int) -> Iterator[tuple[int, int]]:
    other_start, other_finish, start, finish = 2 * other, 2 * other + 1, 2 * this, 2 * this + 1
    if kind == "finish_to_start":
        yield other_finish, start
    if kind in ("start_to_start", "overlaps", "same_moment"):
        yield other_start, start
    if kind in ("overlaps", "same_moment"):
        yield other_finish, finish
    if kind == "same_moment":
        yield start, other_start
        yield finish, other_finish


def _in_order(arcs: list[Arc], points: int) -> tuple[Arc, ...]:
    """Arcs sorted so that, where arcs do not turn back, every point is settled before it is used."""
    ahead: list[list[int]] = [[] for _ in range(points)]
    waiting = [0] * points
    for arc in arcs:
        if _forwards(arc):
            ahead[arc.source].append(arc.target)
            waiting[arc.target] += 1
    ready = [point for point in range(points) if not waiting[point]]
    rank = [points] * points
    for place, point in enumerate(ready):  # the list grows while it is read
        rank[point] = place
        for target in ahead[point]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return tuple(sorted(arcs, key=lambda arc: (rank[arc.source], rank[arc.target])))


def _forwards(arc: Arc) -> bool:
    return arc.sign > 0 and not (arc.clause and arc.clause.relation == "on" and arc.source // 2 == arc.task)
