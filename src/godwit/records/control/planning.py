"""Which faults are planted where: every kind once in every field that both formats hold, each in a record of its own.

A plan is made from a sample that lies in the laboratory: tables `lab.<entity>` of both sides, `lab.pair`,
`paired.person`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from godwit.records.canonical import DURING, ENTITIES, Entity, Kind
from godwit.records.compare.scheme import Scheme
from godwit.records.control.faults import (
    ALIKE,
    CHANGED,
    DUPLICATE,
    LOST,
    MISSING,
    MOVED,
    SWAPPED,
    WIDESPREAD,
    changes,
    kind_of,
)
from godwit.records.duck import Duck

_CANDIDATES = 60
"""Records looked at for each fault; one that already carries a fault is passed over."""

_TELLING = (Kind.NUMBER, Kind.MOMENT, Kind.TEXT)
"""What a second record of the same thing differs in, the best first: a value, a date, some words."""

Spot = tuple[int, int, int]
"""A pair of records: source row, target row, scope (the pair of patients)."""

Asked = tuple[str, str | None]
"""A kind of fault and its field; a fault of a whole record has none."""


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted fault: the pair of rows it is in, the patient (`scope`), what was done to which field, and for a
    record that went elsewhere the person of the target it went to."""

    entity: str
    kind: str
    field: str | None
    source_row: int
    target_row: int
    scope: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The faults, and fields of both formats that no record of the sample fills in which both sides agree."""

    plants: tuple[Plant, ...]
    bare: tuple[tuple[str, str], ...] = ()


def plan(duck: Duck, scheme: Scheme) -> Plan:
    """Faults for every entity that the sample holds, none in a record that the run itself found fault with."""
    counts = dict(
        duck.run("lab.pair", "SELECT entity, count(*) FROM lab.pair GROUP BY entity ORDER BY entity")
    )
    persons = dict(duck.run("lab.person", "SELECT scope, target_person FROM paired.person ORDER BY scope"))
    beds = [Bed(duck, scheme, ENTITIES[name], persons) for name in ENTITIES if name in counts]
    most = max(counts, key=lambda name: (counts[name], name), default=None)
    plants = [plant for bed in beds for plant in bed.plants(bed.entity.name == most)]
    sown = {(one.entity, one.field) for one in plants}
    columns = ((bed.entity.name, column) for bed in beds for column in scheme.columns(bed.entity))
    return Plan(tuple(plants), tuple(one for one in columns if one not in sown))


@dataclass(frozen=True, slots=True)
class Bed:
    """Where the faults of one entity are planted. `used` are target rows that carry one already."""

    duck: Duck
    scheme: Scheme
    entity: Entity
    persons: Mapping[int, int]
    used: set[int] = field(default_factory=set)

    def plants(self, most: bool) -> Iterator[Plant]:
        """One fault of every kind in every field, as far as there are records for them, the plainest first; for the
        entity with most records also one that is widespread."""
        spots = self._spots()
        for kind in (MISSING, DUPLICATE):
            yield from self._first(spots, (kind, None))
        yield from self._elsewhere(spots.get((MISSING, None), []))
        for asked in spots:
            if asked[1]:
                yield from self._first(spots, asked)
        if most:
            yield from self._widespread()

    def _widespread(self) -> Iterator[Plant]:
        """The same field changed in the same way in a record of every second patient."""
        column = next((one for one in self.scheme.columns(self.entity) if self._is(one, Kind.CODES)), None)
        column = column or next(iter(self.scheme.columns(self.entity)), None)
        if column is None:
            return
        taken = ", ".join(map(str, self.used)) or "-1"
        spots = self.duck.run(
            f"lab.{self.entity.name}",
            f"""SELECT min_by([p.source_row, p.target_row, p.scope], md5(p.target_row::VARCHAR)) FROM lab.pair AS p
            JOIN lab.alone AS t ON t.row = p.target_row
            WHERE p.entity = '{self.entity.name}' AND p.scope > 0 AND t.{column} IS NOT NULL
              AND p.target_row NOT IN ({taken})
            GROUP BY p.scope ORDER BY p.scope""",
        )
        for ((source, target, scope),) in spots[::2] if len(spots) > 2 else ():
            yield self._plant((WIDESPREAD, column), (source, target, scope))

    def _first(self, spots: Mapping[Asked, Sequence[Spot]], asked: Asked) -> Iterator[Plant]:
        found = next((spot for spot in spots.get(asked, ()) if spot[1] not in self.used), None)
        if found:
            yield self._plant(asked, found)

    def _elsewhere(self, spots: Sequence[Spot]) -> Iterator[Plant]:
        """A record under another patient, and two records of two patients that changed places. Who somebody is, and
        what belongs to the practice, can go to nobody; nor can anything where there is one patient only."""
        if self.entity.name == "patient":
            return
        free = [spot for spot in spots if spot[2] and spot[1] not in self.used]
        others = [scope for scope in self.persons if scope and free and scope != free[0][2]]
        if others:
            yield self._plant((MOVED, None), free[0], self.persons[others[0]])
        second = next((spot for spot in free[2:] if spot[2] != free[1][2]), None)
        if second:
            yield self._plant((SWAPPED, None), free[1], self.persons[second[2]])
            yield self._plant((SWAPPED, None), second, self.persons[free[1][2]])

    def _plant(self, asked: Asked, spot: Spot, person: int | None = None) -> Plant:
        self.used.add(spot[1])
        return Plant(self.entity.name, *asked, *spot, person)

    def _spots(self) -> dict[Asked, list[Spot]]:
        """Pairs without a finding, by what can be planted in them. None is of a record of which the patient has a
        second that is equal: of two nobody could say which of them is gone, or has changed."""
        asked = dict(self._asked())
        best = f"min_by(p.pair, p.turn, {_CANDIDATES}) FILTER (WHERE {{fits}})"
        lists = ", ".join(best.format(fits=fits) for fits in asked.values())
        columns = ", ".join(["person", DURING, *self.scheme.columns(self.entity)])
        self.duck.run(
            "lab.alone",
            f"""CREATE OR REPLACE TABLE lab.alone AS SELECT * FROM lab.{self.entity.name} WHERE side = 'target'
            QUALIFY count(*) OVER (PARTITION BY {columns}) = 1""",
        )
        ((*found,),) = self.duck.run(
            f"lab.{self.entity.name}",
            f"""SELECT {lists}
            FROM (SELECT *, [source_row, target_row, scope] AS pair, md5(target_row::VARCHAR) AS turn FROM lab.pair
                  WHERE entity = '{self.entity.name}') AS p
            JOIN lab.{self.entity.name} AS s ON s.side = 'source' AND s.row = p.source_row
            JOIN lab.alone AS t ON t.row = p.target_row""",
        )
        return {
            one: [(source, target, scope) for source, target, scope in pairs or ()]
            for one, pairs in zip(asked, found, strict=True)
        }

    def _asked(self) -> Iterator[tuple[Asked, str]]:
        """Every fault that could be planted with the condition on the pair of rows s and t."""
        for kind in (MISSING, DUPLICATE):
            yield (kind, None), "true"
        fields = list(self._of_fields())
        yield from (one for one in fields if one[0][0] in {CHANGED, LOST})
        telling = self._telling()
        if telling:
            yield (ALIKE, telling), f"t.{telling} IS NOT NULL"
        yield from (one for one in fields if one[0][0] not in {CHANGED, LOST})

    def _of_fields(self) -> Iterator[tuple[Asked, str]]:
        for column in self.scheme.columns(self.entity):
            filled = f"s.{column} IS NOT NULL AND t.{column} IS NOT NULL"
            for kind, change in changes(self.entity, column):
                yield (kind, column), f"{filled} AND {change.fits.replace('{v}', f't.{column}')}"

    def _telling(self) -> str | None:
        """The column in which a second record of the same thing differs."""
        columns = self.scheme.columns(self.entity)
        return next((one for kind in _TELLING for one in columns if self._is(one, kind)), None)

    def _is(self, column: str, kind: Kind) -> bool:
        return kind_of(self.entity, column) is kind
