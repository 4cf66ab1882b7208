"""Ask the tables what the findings of each cluster share, and how usual that is among the records that did not fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_groups import Cluster
from godwit.records.compare.cause_shares import (
    LEAST_FINDINGS,
    LEAST_SHARE,
    MOST_VALUES,
    PATIENTS,
    Explained,
    Shared,
    elsewhere,
    explain,
)
from godwit.records.compare.cause_traits import TRAITS, traits_of
from godwit.records.duck import Duck

OF_VALUES = ("turn", "measure")
"""Traits of the change itself, which no other record has."""

ORDER = (*OF_VALUES, *TRAITS)
"""All traits, the better explanation first."""


AT_ONCE = 40
"""Values counted in one pass."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the records of a cluster stand: their kind and side."""

    entity: str
    side: str


def explained(duck: Duck, clusters: Sequence[Cluster]) -> dict[int, Explained]:
    """What divides or describes each cluster, by its place in the list. Reads `finding.clustered`."""
    places = _places(duck)
    counts = {
        name: [
            one for one in _shared(duck, name)
            if one.cluster in places and one.findings >= LEAST_SHARE * clusters[one.cluster].findings
        ]
        for name in ORDER
    }  # fmt: skip
    usual = _usual(duck, counts, places)
    found: dict[int, list[Shared]] = {}
    for name, counted in counts.items():
        for one in counted:
            place, size, share = places[one.cluster], clusters[one.cluster].findings, 0.0
            if name not in OF_VALUES:
                share = elsewhere(one.findings, size, usual[place, name, one.value], usual[place, "", ""])
            found.setdefault(one.cluster, []).append(
                Shared(name, one.value, one.findings, one.patients, share)
            )
    return {number: explain(clusters[number].findings, shared, ORDER) for number, shared in found.items()}


def patients_with(duck: Duck, shared: Iterable[tuple[str, Shared]]) -> dict[tuple[str, str], int]:
    """How many patients of the practice have a code or unit, for those that too few of a cluster's patients show.

    Each is given with its kind of record. Both sides count; of a change from one to another the rarer of the two.
    """
    asked: dict[tuple[str, str], set[str]] = {}
    for entity, one in shared:
        if one.trait in ("code", "unit") and one.patients < PATIENTS:
            asked.setdefault((entity, one.trait), set()).add(one.value)
    found: dict[tuple[str, str], int] = {}
    for (entity, trait), values in asked.items():
        column = traits_of(duck, entity).sql(trait, "r")
        rows = duck.run(
            "count patients",
            f"""SELECT {column}, count(DISTINCT person) FROM canonical.{entity} AS r
                WHERE {column} IN (SELECT unnest(?::VARCHAR[])) GROUP BY {column}, side""",
            [sorted(values)],
        )
        for value, count in rows:
            found[trait, value] = max(count, found.get((trait, value), 0))
    return found


def terms_of(duck: Duck, entity: str, codes: Sequence[str]) -> dict[str, str]:
    """The usual term of each code, where at least so many patients have it that it may be named."""
    names = ENTITIES[entity].field_names
    concept = next((one for one in ("code", "drug", "type", "vaccine") if one in names), None)
    if concept is None or not codes:
        return {}
    column = traits_of(duck, entity).sql("code", "r")
    rows = duck.run(
        "terms",
        f"""SELECT value, term FROM (
                SELECT {column} AS value, json_extract_string({concept}_term, '$[0]') AS term,
                       count(DISTINCT person) AS patients
                FROM canonical.{entity} AS r WHERE {column} IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL)
            WHERE patients >= {PATIENTS} AND term IS NOT NULL ORDER BY value, patients DESC, term""",
        [list(codes)],
    )
    found: dict[str, str] = {}
    for value, term in rows:
        found.setdefault(value, term)
    return found


def _places(duck: Duck) -> dict[int, Place]:
    """Where clusters stand whose records are of one kind and side; the others are explained by their patients."""
    rows = duck.run(
        "places",
        """SELECT cluster, min(entity), CASE min(outcome) WHEN 'unexpected' THEN 'target' ELSE 'source' END
           FROM finding.clustered GROUP BY cluster
           HAVING count(DISTINCT entity) = 1 AND count(DISTINCT outcome) = 1""",
    )
    return {number: Place(entity, side) for number, entity, side in rows}


@dataclass(frozen=True, slots=True)
class _Count:
    """How many findings and patients of a cluster have a value."""

    cluster: int
    value: str
    findings: int
    patients: int


def _shared(duck: Duck, name: str) -> list[_Count]:
    """The most frequent values of a trait in each cluster."""
    rows = duck.run(
        f"shared {name}",
        f"""SELECT cluster, {name}, count(*) AS findings, count(DISTINCT patient) FROM finding.clustered
            WHERE {name} IS NOT NULL GROUP BY cluster, {name}
            HAVING count(*) >= {LEAST_FINDINGS}
            QUALIFY row_number() OVER (PARTITION BY cluster ORDER BY findings DESC, {name}) <= {MOST_VALUES}
            ORDER BY cluster, findings DESC, {name}""",
    )
    return [_Count(*row) for row in rows]


def _usual(
    duck: Duck, counts: Mapping[str, Iterable[_Count]], places: Mapping[int, Place]
) -> dict[tuple[Place, str, str], int]:
    """How many records of each place have each value of each trait; under empty words how many there are. All values
    of a place are counted in few passes over its records."""
    wanted: dict[Place, set[tuple[str, str]]] = {}
    for name, counted in counts.items():
        if name not in OF_VALUES:
            for one in counted:
                wanted.setdefault(places[one.cluster], set()).add((name, one.value))
    found: dict[tuple[Place, str, str], int] = {}
    for place, asked in wanted.items():
        traits = traits_of(duck, place.entity)
        for some in _batched(sorted(asked)):
            sums = [f"count(*) FILTER (WHERE {traits.sql(name, 'r')} = ?)" for name, _ in some]
            rows = duck.run(
                f"usual in {place.entity}",
                f"SELECT count(*), {', '.join(sums)} FROM canonical.{place.entity} AS r WHERE side = '{place.side}'",
                [value for _, value in some],
            )
            found[place, "", ""] = rows[0][0]
            found |= {(place, *one): count for one, count in zip(some, rows[0][1:], strict=True)}
    return found


def _batched(values: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
