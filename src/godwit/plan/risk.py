"""How likely a go-live is: many seeded runs of the plan with durations drawn between least, likely and most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from godwit.definitions.guide.duration import Duration, Unit
from godwit.definitions.guide.phases import Milestone
from godwit.plan.days import Table
from godwit.plan.network import Arc
from godwit.plan.passes import Moves
from godwit.plan.solving import Problem, solve

_PER_UNIT: Final = {"d": 1, "w": 7, "m": 30}
TIME_IN_HAND: Final = "time_in_hand"

_SHAPE: Final = 4.0
"""Weight of the likely value in a PERT draw, as is usual."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A forecast of one day: half, four fifths and nineteen twentieths of the runs reach it by these days.

    `id` is that of a key date (GL) or of a milestone (MS-23).
    """

    id: str
    p50: date
    p80: date
    p95: date


@dataclass(frozen=True, slots=True)
class Driver:
    """A task that makes late runs late.

    Of the worst twentieth of all runs: `on_the_chain` is the share in which it lay on the chain that decides the
    go-live, `extra_days` how many days (working days where its length counts those) it took there beyond its mean.
    """

    task: str
    name: str
    on_the_chain: float
    extra_days: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The outcome of all runs. `kept` is the share of runs that keep the go-live date."""

    runs: int
    seed: int
    kept: float
    key_dates: tuple[Likelihood, ...]
    milestones: tuple[Likelihood, ...]
    drivers: tuple[Driver, ...]


@dataclass(frozen=True, slots=True)
class _Draw:
    """One uncertain task: its arc's place, the lengths it can take and the table of each."""

    place: int
    task: int
    least: int
    likely: int
    most: int
    tables: tuple[Table, ...]

    def pick(self, random: Random) -> int:
        """A length, drawn from a PERT distribution and rounded to whole days."""
        width = self.most - self.least
        alpha = 1 + _SHAPE * (self.likely - self.least) / width
        beta = 1 + _SHAPE * (self.most - self.likely) / width
        return round(random.betavariate(alpha, beta) * width)


def forecast(
    problem: Problem, runs: int = 1000, seed: int = 1, milestones: Iterable[Milestone] = ()
) -> Forecast:
    """Run the plan many times. The same seed gives the same answer. Raises as `solve` does.

    Bounds that look back from a later day (no earlier than 21 days before go-live) set when the plan starts a thing;
    in a run they stay where the plan has put them, so that a slow load moves go-live and not the extract before it.
    So do tasks that the plan keeps for shortly before their limit. Time in hand is there to be used, so a run may use
    it up. A milestone is reached with the last of its tasks that apply.
    """
    solution, network = solve(problem), problem.network
    go_live = network.start("GL")
    pins = {
        point: day
        for point, day in solution.pins.items()
        if point != go_live or problem.has_happened(go_live)
    }
    floors = [pins.get(point, problem.days.number(problem.today)) for point in range(2 * len(network.tasks))]
    held = {arc.target for arc in network.arcs if arc.sign < 0}
    held |= {2 * number for number, task in enumerate(network.tasks) if task.aim == "late"}
    for point in held | {network.start("ORD"), go_live}:
        floors[point] = max(floors[point], solution.planned.days[point])
    draws = [one for one in _draws(problem) if 2 * one.task + 1 not in pins]
    trial = _Trial(problem.moves, draws, floors, pins)
    random = Random(seed)  # noqa: S311 - a forecast, not a secret
    outcomes = [trial.run(random, go_live) for _ in range(runs)]
    return _summed_up(problem, draws, outcomes, seed, milestones)


@dataclass(frozen=True, slots=True)
class _Outcome:
    days: tuple[int, ...]
    lengths: tuple[int, ...]
    chain: frozenset[int]


class _Trial:
    """One experiment, ready to be run any number of times. Only bounds that look forwards take part."""

    def __init__(
        self, moves: Moves, draws: Sequence[_Draw], floors: Sequence[int], pins: Mapping[int, int]
    ) -> None:
        self._draws = draws
        self._pins = pins
        self._start = [
            floor if moves.network.free[point] else moves.days.up[floor] for point, floor in enumerate(floors)
        ]
        places = [number for number, arc in enumerate(moves.network.arcs) if arc.sign > 0]
        at = {number: place for place, number in enumerate(places)}
        self._pushes = [_without_reserve(moves, number) for number in places]
        self._places = [at[draw.place] for draw in draws]

    def run(self, random: Random, go_live: int) -> _Outcome:
        """Draw every length once and let the days fall."""
        lengths = tuple(draw.pick(random) for draw in self._draws)
        pushes = list(self._pushes)
        for place, draw, length in zip(self._places, self._draws, lengths, strict=True):
            source, target, _usual = pushes[place]
            pushes[place] = (source, target, draw.tables[length])
        at, by = list(self._start), [-1] * len(self._start)
        for point, day in self._pins.items():
            at[point] = day
        changed = True
        while changed:
            changed = False
            for source, target, table in pushes:
                day = table[at[source]]
                if day > at[target] and target not in self._pins:
                    at[target], by[target], changed = day, source, True
        return _Outcome(tuple(at), lengths, frozenset(_chain(by, go_live)))


def _without_reserve(moves: Moves, number: int) -> tuple[int, int, Table]:
    arc = moves.network.arcs[number]
    if arc.setting != TIME_IN_HAND:
        return moves.forth[number]
    return arc.source, arc.target, moves.days.move(Duration(0, "d"), 1, not moves.network.free[arc.target])


def _chain(by: Sequence[int], point: int) -> set[int]:
    points: set[int] = set()
    while point >= 0 and point not in points:
        points.add(point)
        point = by[point]
    return {one // 2 for one in points}


def _draws(problem: Problem) -> list[_Draw]:
    made = []
    for place, arc in enumerate(problem.network.arcs):
        lasts = problem.network.tasks[arc.task].lasts
        if arc.cause != "lasts" or lasts.span:
            continue
        three = [problem.values.of(one) for one in (lasts.least, lasts.likely, lasts.most)]
        if len({str(one) for one in three}) > 1:
            made.append(_draw(problem.moves, place, arc, three))
    return made


def _draw(moves: Moves, place: int, arc: Arc, three: Sequence[Duration]) -> _Draw:
    unit, (least, likely, most) = _in_one_unit(three)
    to_working = not moves.network.free[arc.target]
    tables = tuple(moves.days.move(Duration(one, unit), 1, to_working) for one in range(least, most + 1))
    return _Draw(place, arc.task, least, min(max(likely, least), most), most, tables)


def _in_one_unit(three: Sequence[Duration]) -> tuple[Unit, list[int]]:
    if any(one.unit == "wd" for one in three):
        return "wd", [
            one.count if one.unit == "wd" else round(one.count * _PER_UNIT[one.unit] * 5 / 7) for one in three
        ]
    return "d", [one.count * _PER_UNIT[one.unit] for one in three]


def _summed_up(
    problem: Problem,
    draws: Sequence[_Draw],
    outcomes: list[_Outcome],
    seed: int,
    milestones: Iterable[Milestone],
) -> Forecast:
    go_live = problem.network.start("GL")
    ordered = sorted(outcomes, key=lambda one: one.days[go_live])
    wanted = problem.days.number(problem.go_live)
    kept = sum(one.days[go_live] <= wanted for one in outcomes) / len(outcomes)
    index, start = problem.network.index, problem.network.start
    ends = {one.id: [2 * index[task] + 1 for task in one.reached_by if task in index] for one in milestones}
    tail = ordered[-max(1, len(ordered) // 20) :]
    return Forecast(
        runs=len(outcomes),
        seed=seed,
        kept=kept,
        key_dates=tuple(
            _likelihood(problem, name, [start(name)], outcomes) for name in problem.network.anchors
        ),
        milestones=tuple(_likelihood(problem, name, at, outcomes) for name, at in ends.items() if at),
        drivers=_drivers(problem, draws, outcomes, tail),
    )


def _likelihood(problem: Problem, name: str, points: Sequence[int], outcomes: list[_Outcome]) -> Likelihood:
    days = sorted(max(one.days[point] for point in points) for one in outcomes)
    at = [days[min(len(days) - 1, int(len(days) * share))] for share in (0.5, 0.8, 0.95)]
    return Likelihood(name, *(problem.days.day(one) for one in at))


def _drivers(
    problem: Problem, draws: Sequence[_Draw], outcomes: list[_Outcome], tail: list[_Outcome]
) -> tuple[Driver, ...]:
    on_chain = Counter(task for one in tail for task in one.chain)
    made = []
    for at, draw in enumerate(draws):
        extra = _mean(one.lengths[at] for one in tail) - _mean(one.lengths[at] for one in outcomes)
        task = problem.network.tasks[draw.task]
        made.append(Driver(task.id, task.name, on_chain[draw.task] / len(tail), round(extra, 2)))
    ranked = sorted(made, key=lambda one: (-one.on_the_chain * max(one.extra_days, 0), one.task))
    return tuple(one for one in ranked if one.on_the_chain > 0 and one.extra_days > 0)[:10]


def _mean(values: Iterable[int]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
