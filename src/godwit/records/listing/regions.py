"""Who is where: the list, the source and the target as three circles, and reports A, B and C for either system.

Rows of the three are gathered into people first. So a patient whom the list and the source name too differently is
still recognised where the target, which both of them fit, stands between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from godwit.records.listing.entry import WHERE, Entry, Where
from godwit.records.listing.matching import Doubt, Matching, Tier, match
from godwit.records.listing.scoring import candidates

Key = tuple[Where, int]


@dataclass(frozen=True, slots=True)
class OneSided:
    """Somebody in report A or B, with the reason and, where there is one, the row on the other side that tells why."""

    entry: Entry
    reason: str
    other: Entry | None = None


@dataclass(frozen=True, slots=True)
class Both:
    """Somebody who is on the list and registered in the system."""

    on_list: Entry
    in_system: Entry
    tier: Tier


@dataclass(frozen=True, slots=True)
class Against:
    """The list held against one system: in both, only in the system (A), only on the list (B), and to be reviewed."""

    where: Where
    both: tuple[Both, ...]
    only_system: tuple[OneSided, ...]
    only_list: tuple[OneSided, ...]
    review: tuple[Doubt, ...]
    waiting: frozenset[Key]

    @property
    def reviewed(self) -> tuple[int, int]:
        """How many rows of the list, and of the system, wait for a person."""
        on_list = sum(where == "list" for where, _ in self.waiting)
        return on_list, len(self.waiting) - on_list


@dataclass(slots=True)
class _Person:
    """Rows taken for one person, at most one from each place."""

    rows: dict[Where, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class People:
    """The persons, and the matchings that they come from."""

    persons: tuple[Mapping[Where, Entry], ...]
    matchings: Mapping[tuple[Where, Where], Matching]

    def of(self, where: Where) -> dict[int, Mapping[Where, Entry]]:
        """The person of each row of one place."""
        return {rows[where].number: rows for rows in self.persons if where in rows}


def gather(rows: Mapping[Where, Sequence[Entry]]) -> People:
    """Gather into people the rows that count: on the list now, registered now."""
    counting = {where: [one for one in entries if one.current] for where, entries in rows.items()}
    places = [where for where in WHERE if where in counting]
    matchings = {
        (one, other): match(counting[one], counting[other]) for one, other in combinations(places, 2)
    }
    person: dict[Key, _Person] = {
        (where, entry.number): _Person({where: entry})
        for where, entries in counting.items()
        for entry in entries
    }
    for matching in matchings.values():
        for pair in matching.pairs:
            _join(person, (pair.left.where, pair.left.number), (pair.right.where, pair.right.number))
    distinct = {id(one): one for one in person.values()}
    return People(tuple(one.rows for one in distinct.values()), matchings)


def _join(person: dict[Key, _Person], one: Key, other: Key) -> None:
    """Make one person of two, unless a place would then be there twice: that is left to the review."""
    left, right = person[one], person[other]
    if left is right or left.rows.keys() & right.rows.keys():
        return
    left.rows.update(right.rows)
    for where, entry in right.rows.items():
        person[where, entry.number] = left


def hold_against(
    people: People, rows: Mapping[Where, Sequence[Entry]], where: Where, since: str | None
) -> Against:
    """Reports A, B and C of one system. `since` is the day of the list: who came or went later is no surprise."""
    listed, there = people.of("list"), people.of(where)
    matching = people.matchings["list", where]
    tiers = {pair.left.number: pair.tier for pair in matching.pairs}
    both = tuple(
        Both(one["list"], one[where], tiers.get(one["list"].number, "through_other"))
        for one in listed.values() if where in one
    )  # fmt: skip
    left = [one["list"] for one in listed.values() if where not in one]
    right = [one[where] for one in there.values() if "list" not in one]
    free = {(one.where, one.number) for one in (*left, *right)}
    review = tuple(_review(matching, left, right, free))
    waiting = frozenset(
        free & {(one.where, one.number) for each in review for one in (each.left, each.right)}
    )
    left = [one for one in left if ("list", one.number) not in waiting]
    right = [one for one in right if (where, one.number) not in waiting]
    closed = [one for one in rows["list"] if not one.current]
    gone = [one for one in rows[where] if not one.current]
    return Against(
        where,
        both,
        tuple(_one_sided(right, closed, {one.in_system.all_facts for one in both}, since)),
        tuple(_one_sided(left, gone, {one.on_list.all_facts for one in both}, since)),
        review,
        waiting,
    )


def _review(
    matching: Matching, left: Sequence[Entry], right: Sequence[Entry], free: set[Key]
) -> Iterator[Doubt]:
    """What the tiers held back, pairs that would have put one place twice into a person, and who else is alike."""
    seen = set()
    parted = [Doubt(one.left, one.right, "several") for one in matching.pairs]
    for one in (*matching.doubts, *parted):
        if {(one.left.where, one.left.number), (one.right.where, one.right.number)} & free:
            seen.add((one.left.number, one.right.number))
            yield one
    for first, second in candidates(left, right):
        if (first.number, second.number) not in seen:
            yield Doubt(first, second, "alike")


def _one_sided(
    entries: Sequence[Entry],
    elsewhere: Sequence[Entry],
    paired: set[tuple[str, ...] | None],
    since: str | None,
) -> Iterator[OneSided]:
    """Each with the reason: there but not counted, there twice, come or gone since, or unknown."""
    known = {pair.left.number: pair.right for pair in match(entries, elsewhere).pairs}
    for one in entries:
        other = known.get(one.number)
        yield OneSided(one, _reason(one, other, paired, since), other)


def _reason(
    one: Entry, other: Entry | None, paired: Iterable[tuple[str, ...] | None], since: str | None
) -> str:
    if since and one.where != "list" and one.facts.get("start", "") >= since:
        return "joined_since"
    if other is None:
        return "twice" if one.all_facts and one.all_facts in paired else "absent"
    ended = other.facts.get("death_date" if other.state == "dead" else "end_date", "")
    if since and other.where != "list" and other.state in ("left", "dead") and ended >= since:
        return f"{other.state}_since"
    return other.state


REGIONS: tuple[frozenset[Where], ...] = tuple(
    frozenset(some) for size in (3, 2, 1) for some in combinations(WHERE, size)
)
"""The seven ways of being somewhere, everywhere first."""


def memberships(
    people: People, waiting: frozenset[Key]
) -> dict[frozenset[Where], list[Mapping[Where, Entry]]]:
    """The people of each region; those of whom a row waits for a person are left out, for nobody knows yet."""
    found: dict[frozenset[Where], list[Mapping[Where, Entry]]] = {one: [] for one in REGIONS}
    for rows in people.persons:
        if not any((where, one.number) in waiting for where, one in rows.items()):
            found[frozenset(rows)].append(rows)
    return found
