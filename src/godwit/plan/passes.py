"""Three passes over a network: the earliest days, the latest days, and the days the plan takes.

Each is a fixed point of bounds that only ever push one way, so the answer does not depend on the order of the
tasks. The plan's days lie between earliest and latest wherever those allow any day at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Final

from godwit.plan.days import Days, Table
from godwit.plan.network import Arc, Network
from godwit.values import CalendarExhausted

Pushes = list[tuple[int, int, Table]]
"""For each arc: its source, its target and the table that leads from one to the other."""


class Contradiction(ValueError):
    """Bounds that no days can satisfy, because they push each other on without end. `tasks` are those in the ring."""

    def __init__(self, tasks: tuple[str, ...]) -> None:
        super().__init__(tasks)
        self.tasks = tasks

    def __str__(self) -> str:
        return f"the timing of these tasks runs in a circle: {' → '.join(self.tasks)}"


@dataclass(frozen=True)
class Settled:
    """A day for each point, and in `pushed_by` the place of the arc that set it (-1 where the floor or a fact did)."""

    days: tuple[int, ...]
    pushed_by: tuple[int, ...]
    network: Network

    def by(self, point: int) -> Arc | None:
        """The arc that set a point's day; None where the floor or a fact did."""
        place = self.pushed_by[point]
        return self.network.arcs[place] if place >= 0 else None


class Moves:
    """The arcs of a network on one calendar: which point pushes which, through which table."""

    def __init__(
        self, network: Network, days: Days, tables: Sequence[tuple[Table, Table]] | None = None
    ) -> None:
        """`tables` lead along each arc, and back; they are looked up where they are not known already."""
        self.network: Final = network
        self.days: Final = days
        self.tables: Final = tables or [(self._forth(arc), self._back(arc)) for arc in network.arcs]
        pairs = list(zip(network.ends, self.tables, strict=True))
        self.forth: Final[Pushes] = [(source, target, forth) for (source, target), (forth, _) in pairs]
        self.back: Final[Pushes] = [(target, source, back) for (source, target), (_, back) in reversed(pairs)]

    def under(self, conditions: frozenset[str]) -> Moves:
        """The moves of what applies under these conditions."""
        network, places = self.network.under(conditions)
        return Moves(network, self.days, [self.tables[place] for place in places])

    def earliest(
        self, floors: Sequence[int], pins: Mapping[int, int], forth: Pushes | None = None
    ) -> Settled:
        """The earliest day of every point, none before its floor. Pinned points stay where they are.

        `forth` are other moves along the same arcs, for a run with other lengths.

        Raises `Contradiction` and `CalendarExhausted`.
        """
        up, free = self.days.up, self.network.free
        at = [floor if free[point] else up[floor] for point, floor in enumerate(floors)]
        for point, day in pins.items():
            at[point] = day
        by = [-1] * len(at)
        last, changed = self.days.count - 1, True
        # A ring without end drives a point to the end of the calendar, so every run ends there or is settled.
        while changed and max(at, default=0) < last:
            changed = False
            for number, (source, target, table) in enumerate(forth or self.forth):
                day = table[at[source]]
                if day > at[target] and target not in pins:
                    at[target], by[target], changed = day, number, True
        settled = Settled(tuple(at), tuple(by), self.network)
        self._refuse_the_end_of_time(settled)
        return settled

    def latest(self, end: int, pins: Mapping[int, int]) -> tuple[int, ...]:
        """The latest day of every point at which every pinned point and the end of the plan still hold.

        -1 where no day would do.
        """
        down, free = self.days.down, self.network.free
        at = [end if loose else down[end] for loose in free]
        for point, day in pins.items():
            at[point] = day
        changed = True
        while changed:  # days only ever go down, and never below -1
            changed = False
            for target, source, table in self.back:
                limit = at[target]
                day = table[limit] if limit >= 0 else -1
                if day >= 0 and not free[source]:
                    day = down[day]
                if day < at[source] and source not in pins:
                    at[source], changed = day, True
        return tuple(at)

    @cached_property
    def _into(self) -> list[list[int]]:
        """For each point the arcs that lead to it."""
        found: list[list[int]] = [[] for _ in self.network.free]
        for number, (_, target) in enumerate(self.network.ends):
            found[target].append(number)
        return found

    def chain(self, settled: Settled, point: int) -> list[tuple[int, Arc | None]]:
        """What holds a point where it is, from the point back to one that nothing pushes.

        Of all ways back it is the one along which the least time lies idle, then the shortest. Mostly none lies idle;
        but bounds that turn back (no earlier than two days before) can hold each other up after a weekend has pushed
        both, a little further than anything outside them pushes.
        """
        cost = {point: (0, 0)}
        taken: dict[int, int] = {}
        waiting = [(0, 0, "", point)]
        while waiting:
            idle, steps, _, here = heappop(waiting)
            if settled.pushed_by[here] < 0:
                return self._way(taken, here, point)
            for number in self._into[here]:
                source, _, table = self.forth[number]
                reached = idle + settled.days[here] - table[settled.days[source]], steps + 1
                if source not in cost or reached < cost[source]:
                    cost[source], taken[source] = reached, number
                    heappush(waiting, (*reached, self.network.task_of(source).id, source))
        return [(point, None)]

    def _way(self, taken: Mapping[int, int], start: int, end: int) -> list[tuple[int, Arc | None]]:
        found: list[tuple[int, Arc | None]] = [(start, None)]
        while start != end:
            arc = self.network.arcs[taken[start]]
            start = arc.target
            found.append((start, arc))
        return found[::-1]

    def _forth(self, arc: Arc) -> Table:
        to_working = not self.network.free[arc.target]
        return (self.days.reach if arc.counts_back else self.days.move)(arc.amount, arc.way, to_working)

    def _back(self, arc: Arc) -> Table:
        if arc.counts_back:
            return self.days.move(arc.amount, arc.way, to_working=False)
        return self.days.back(arc.amount, arc.way, not self.network.free[arc.target])

    def _refuse_the_end_of_time(self, settled: Settled) -> None:
        """A day pushed to the end of the calendar is no day: a ring pushed it there, or the calendar is too short."""
        last = self.days.count - 1
        for point, day in enumerate(settled.days):
            if day >= last:
                ring = self._ring(point, settled)
                if ring:
                    raise Contradiction(ring)
                known = self.days.calendar
                raise CalendarExhausted(known.edition, known.known_from, known.known_to)

    def _ring(self, point: int, settled: Settled) -> tuple[str, ...]:
        seen: list[int] = []
        while point not in seen:
            seen.append(point)
            arc = settled.by(point)
            if arc is None:
                return ()
            point = arc.source
        ring = reversed(seen[seen.index(point) :])
        return tuple(dict.fromkeys(self.network.task_of(one).id for one in ring))
