"""Draw the sample: criteria patients, one patient for each rare kind of data they leave out, then some at random.

The same seed and the same patients give the same sample, in whatever order their records came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from godwit.records.duck import Duck
from godwit.records.sampling.criteria import Criteria, Criterion, read_criteria
from godwit.records.sampling.eligible import (
    Columns,
    columns_of_source,
    find_eligible,
    find_rare,
    possible_kinds,
    prepare,
)
from godwit.records.sampling.power import Power, power
from godwit.records.steps import sql_text

SQL = Path(__file__).parent / "sql"

Route = Literal["criterion", "rare", "random"]

MOST_RARE = 20
"""Patients chosen at most for rare kinds of data; what they leave out is listed."""

_CHOSEN = {"place": "BIGINT", "person": "BIGINT", "route": "VARCHAR"}


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """How many patients to draw at random, beside those of criteria and rare data, and the seed of the draw."""

    size: int = 20
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group of patients, how many it has that no criterion chose, and how many of them were drawn."""

    title: str
    patients: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Met:
    """A criterion: how many patients fit (None: the extract cannot tell), and which patients of the sample do."""

    criterion: Criterion
    eligible: int | None
    patients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A kind of data, how many patients have it, and which patients of the sample do."""

    kind: str
    having: int
    patients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A patient of the sample: a name that says nothing, who it is on either side, how and why chosen.

    `kinds`: rare kinds of data that brought the patient in; `stratum`: the group of one drawn at random; `criteria`:
    titles of all criteria met, those that fewest patients meet first.
    """

    pseudonym: str
    person: int
    target_person: int | None
    route: Route
    records: int
    criteria: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    stratum: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample and how it came about. `kinds`: kinds of data that at most a twentieth of patients hold; `empty`: kinds
    that the format can hold and no patient has."""

    order: SampleOrder
    day: date
    definition: Criteria
    population: int
    test_patients: int
    chosen: tuple[Chosen, ...]
    criteria: tuple[Met, ...]
    kinds: tuple[Held, ...]
    empty: tuple[str, ...]
    strata: tuple[Stratum, ...]
    power: Power


def draw(duck: Duck, order: SampleOrder, fills: Columns, today: date) -> Sample:
    """Draw a sample of the source's patients; leaves `sampling.chosen` (place, person, route) for who shows them.

    `fills` are the fields and roles that the source's format fills. Needs `canonical.*` and `paired.person`.
    """
    definition = read_criteria()
    prepare(duck, today, order.seed)
    columns = columns_of_source(duck, fills)
    tellable = find_eligible(duck, definition, columns)
    find_rare(duck, columns)
    duck.run("sampling.kind", f"CREATE TABLE sampling.kind AS\n{sql_text(SQL, 'kind.sql')}")
    duck.load("sampling.chosen", _CHOSEN, ())
    _cover(duck, "criterion", len(definition.criteria))
    _cover(duck, "rare", MOST_RARE)
    strata = _draw_strata(duck, order.size)
    pool, drawn = sum(one.patients for one in strata), sum(one.drawn for one in strata)
    chosen = tuple(_chosen(duck, {one.id: one.title for one in definition.criteria}))
    names = {one.person: one.pseudonym for one in chosen}
    kinds = _held(duck, "rare", names)
    [(population, everyone)] = duck.run(
        "population",
        "SELECT (SELECT count(*) FROM sampling.person), (SELECT count(DISTINCT person) FROM sampling.patient)",
    )
    return Sample(
        order,
        today,
        definition,
        population,
        everyone - population,
        chosen,
        tuple(_met(definition, tellable, _held(duck, "criterion", names))),
        tuple(one for one in kinds.values() if one.having * 20 <= population or not one.patients),
        tuple(one for one in possible_kinds(columns) if one not in kinds),
        strata,
        power(pool, drawn),
    )


def _cover(duck: Duck, route: Route, most: int) -> None:
    """Choose patients until everything on this route is held by one who is chosen, or `most` were taken."""
    question = sql_text(SQL, "cover_next.sql", route=route)
    for _ in range(most):
        found = duck.run(f"cover {route}", question)
        if not found:
            return
        _take(duck, route, [one for one in found[0] if one is not None])


def _take(duck: Duck, route: Route, persons: Sequence[int]) -> None:
    """Add patients to the sample who are not in it yet."""
    places = ", ".join(f"({place}, {person})" for place, person in enumerate(persons))
    duck.run(
        f"take {route}",
        f"""INSERT INTO sampling.chosen
        SELECT (SELECT count(*) FROM sampling.chosen) + row_number() OVER (ORDER BY v.place), v.person, '{route}'
        FROM (VALUES {places}) AS v(place, person)
        ANTI JOIN sampling.chosen AS c ON c.person = v.person""",
    )


def _draw_strata(duck: Duck, size: int) -> tuple[Stratum, ...]:
    """Draw `size` patients of the rest, group by group; every group in its own random order."""
    duck.run("sampling.stratum", f"CREATE TABLE sampling.stratum AS\n{sql_text(SQL, 'stratum.sql')}")
    sizes = dict(
        duck.run("strata", "SELECT stratum, count(*) FROM sampling.stratum GROUP BY stratum ORDER BY stratum")
    )
    shares = allocate(sizes, size)
    drawn = _first_of(duck, shares)
    if drawn:
        _take(duck, "random", drawn)
    return tuple(Stratum(title, patients, shares[title]) for title, patients in sizes.items())


def _first_of(duck: Duck, shares: Mapping[str, int]) -> list[int]:
    """The first patients of each group in its random order, as many as its share; group by group."""
    rows = duck.run(
        "draw",
        f"""SELECT stratum, list(person ORDER BY turn)[:{max(shares.values(), default=0)}] FROM sampling.stratum
        GROUP BY stratum ORDER BY stratum""",
    )
    return [person for stratum, persons in rows for person in persons[: shares[stratum]]]


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw of each group: one each while they last, largest first, then by size.

    Never more than a group has; a group larger than another never gets less.
    """
    size = min(size, sum(sizes.values()))
    ranked = sorted(sizes, key=lambda one: (-sizes[one], one))
    shares = {one: int(place < size) for place, one in enumerate(ranked)}
    for _ in range(size - sum(shares.values())):
        # The group that is furthest below its due comes next (Webster's method).
        room = (one for one in ranked if shares[one] < sizes[one])
        shares[max(room, key=lambda one: sizes[one] / (2 * shares[one] + 1))] += 1
    return {one: shares[one] for one in sizes}


def _chosen(duck: Duck, titles: Mapping[str, str]) -> Iterator[Chosen]:
    rows = duck.run("chosen", sql_text(SQL, "chosen.sql"))
    width = max(2, len(str(len(rows))))
    for place, person, target, route, records, criteria, rare, stratum in rows:
        yield Chosen(
            f"P{place:0{width}}",
            person,
            target,
            route,
            records or 0,
            tuple(titles[one] for one in criteria or ()),
            tuple(rare) if route == "rare" else (),
            stratum if route == "random" else None,
        )


def _held(duck: Duck, route: Route, names: Mapping[int, str]) -> dict[str, Held]:
    """Every kind on a route, in order of its name, with how many patients have it and which of the sample."""
    rows = duck.run(f"held {route}", sql_text(SQL, "held.sql", route=route))
    return {
        kind: Held(kind, having, tuple(sorted(names[one] for one in persons or ())))
        for kind, having, persons in rows
    }


def _met(definition: Criteria, tellable: Sequence[Criterion], held: Mapping[str, Held]) -> Iterator[Met]:
    for one in definition.criteria:
        found = held.get(one.id, Held(one.id, 0, ()))
        yield Met(one, found.having if one in tellable else None, found.patients)
