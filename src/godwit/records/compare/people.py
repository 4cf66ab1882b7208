"""Which patient of the source is which patient of the target: by at least two identifiers.

A check digit proves that a number was typed well, not whose it is, so an equal NHS number is believed only where the
birth date or a name agrees too and the other facts do not speak against it. Some formats carry the number and nothing
else of a patient; those are paired by it alone, and counted. What cannot be settled is left unpaired for a person to
see, never guessed. What a patient lacks to be known by is counted for each side before anybody is paired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from godwit.records.model import UNREADABLE
from godwit.values import NhsNumber

FACTS = ("birth_date", "sex", "family", "given")
"""What an NHS number is checked against."""

TELLING = ("birth_date", "family", "given")
"""The facts that, with an NHS number, make two identifiers."""

NO_NUMBER = "patient.nhs_number_absent"
BAD_NUMBER = "patient.nhs_number_unusable"
NO_BIRTH_DATE = "patient.birth_date_absent"
BAD_BIRTH_DATE = "patient.birth_date_unreadable"
KEYS = (NO_NUMBER, BAD_NUMBER, NO_BIRTH_DATE, BAD_BIRTH_DATE)
"""What a patient can lack to be known by."""


@dataclass(frozen=True, slots=True)
class Person:
    """A patient of one side. `number` counts from 1 within the side; facts are None where not recorded."""

    number: int
    file: int
    nhs_number: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    family: str | None = None
    given: str | None = None
    unusable: frozenset[str] = field(default=frozenset(), compare=False)
    """What was delivered and cannot be used: `BAD_NUMBER`, `BAD_BIRTH_DATE`."""

    @classmethod
    def of(cls, number: int, file: int, fields: Mapping[str, str]) -> Person:
        """From the canonical fields of a patient row; an unusable NHS number or birth date counts as none."""
        facts = {name: _plain(_readable(fields.get(name))) for name in FACTS}
        nhs_number = _usable(fields.get("nhs_number"))
        unusable = {
            rule
            for rule, name, value in (
                (BAD_NUMBER, "nhs_number", nhs_number),
                (BAD_BIRTH_DATE, "birth_date", facts["birth_date"]),
            )
            if value is None and _plain(fields.get(name))
        }
        return cls(number, file, nhs_number, **facts, unusable=frozenset(unusable))

    @property
    def lacks(self) -> frozenset[str]:
        """What this patient lacks to be known by, each one of `KEYS`."""
        absent = {
            NO_NUMBER: self.nhs_number is None and BAD_NUMBER not in self.unusable,
            NO_BIRTH_DATE: self.birth_date is None and BAD_BIRTH_DATE not in self.unusable,
        }
        return self.unusable | {rule for rule, holds in absent.items() if holds}

    def second(self, other: Person) -> bool | None:
        """Whether a second identifier beside the number agrees: the birth date or a name. None where no such fact is
        known of both."""
        known = [(getattr(self, name), getattr(other, name)) for name in TELLING]
        shared = [one == two for one, two in known if one is not None and two is not None]
        return any(shared) if shared else None

    def agreeing(self, other: Person) -> int:
        """How many facts both have and agree on."""
        return sum(one == two for one, two in self.shared_facts(other))

    def contradicts(self, other: Person) -> bool:
        """Whether the facts both have mostly speak against one person: at least two differ, or all there are."""
        shared = list(self.shared_facts(other))
        differing = sum(one != two for one, two in shared)
        return differing >= 2 and differing * 2 >= len(shared)

    def shared_facts(self, other: Person) -> Iterator[tuple[str, str]]:
        """The facts that both have, as pairs."""
        for name in FACTS:
            one, two = getattr(self, name), getattr(other, name)
            if one is not None and two is not None:
                yield one, two


class How(StrEnum):
    """Why two patients are taken for one."""

    NHS_NUMBER = "nhs_number"
    DEMOGRAPHICS = "demographics"
    ONLY_ONE = "only_one"  # the only patient on each side, and nothing speaks against it


@dataclass(frozen=True, slots=True)
class PersonPair:
    """Two patients taken for one person, and why."""

    source: Person
    target: Person
    how: How


@dataclass(frozen=True, slots=True)
class People:
    """Outcome of pairing patients: the pairs, the doubts by rule with how often each came up, and for each side and
    each of `KEYS` how many of its patients lack it, counted before the first was paired."""

    pairs: tuple[PersonPair, ...]
    doubts: Mapping[str, int]
    keys: Mapping[tuple[str, str], int] = field(default_factory=dict)


def pair_people(source: Sequence[Person], target: Sequence[Person]) -> People:
    """Pair patients one to one: NHS number and a second identifier, then all facts where unique, then the only two."""
    keys = {
        (side, rule): sum(rule in one.lacks for one in people)
        for side, people in (("source", source), ("target", target))
        for rule in KEYS
    }
    doubts = {
        "patient.same_nhs_number_twice": _shared_numbers(source) + _shared_numbers(target),
        "patient.same_nhs_number_other_facts": 0,
        "patient.nhs_number_alone": 0,
        "patient.other_nhs_number_same_facts": 0,
    }
    matching = _Matching({one.number: one for one in source}, {two.number: two for two in target})
    for one, two in _by_number(source, target):
        if one.contradicts(two) or one.second(two) is False:
            doubts["patient.same_nhs_number_other_facts"] += 1
        elif matching.take(one, two, How.NHS_NUMBER) and one.second(two) is None:
            doubts["patient.nhs_number_alone"] += 1
    for one, two in list(_by_facts(matching.source.values(), matching.target.values())):
        doubts["patient.other_nhs_number_same_facts"] += bool(one.nhs_number and two.nhs_number)
        matching.take(one, two, How.DEMOGRAPHICS)
    if len(source) == len(target) == 1 and matching.source and _may_be_assumed(source[0], target[0]):
        matching.take(source[0], target[0], How.ONLY_ONE)
    return People(tuple(sorted(matching.pairs, key=lambda pair: pair.source.number)), doubts, keys)


@dataclass(slots=True)
class _Matching:
    """Who is still unpaired on each side, and the pairs made so far."""

    source: dict[int, Person]
    target: dict[int, Person]
    pairs: list[PersonPair] = field(default_factory=list)

    def take(self, one: Person, two: Person, how: How) -> bool:
        """Pair two people if both are still free; whether they were."""
        free = one.number in self.source and two.number in self.target
        if free:
            self.pairs.append(PersonPair(self.source.pop(one.number), self.target.pop(two.number), how))
        return free


def _by_number(source: Iterable[Person], target: Sequence[Person]) -> list[tuple[Person, Person]]:
    """Pairs with one NHS number, best agreement first, so that a number used twice goes to the likelier patient."""
    by_number: dict[str, list[Person]] = {}
    for person in target:
        if person.nhs_number:
            by_number.setdefault(person.nhs_number, []).append(person)
    pairs = [(one, two) for one in source if one.nhs_number for two in by_number.get(one.nhs_number, [])]
    return sorted(pairs, key=lambda pair: (-pair[0].agreeing(pair[1]), pair[0].number, pair[1].number))


def _by_facts(source: Iterable[Person], target: Iterable[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs whose four facts all agree, where nobody else on either side has the same four."""
    left, right = _by_all_facts(source), _by_all_facts(target)
    for facts, ones in left.items():
        twos = right.get(facts, [])
        if len(ones) == len(twos) == 1:
            yield ones[0], twos[0]


def _by_all_facts(people: Iterable[Person]) -> dict[tuple[str, ...], list[Person]]:
    found: dict[tuple[str, ...], list[Person]] = {}
    for person in people:
        facts = tuple(getattr(person, name) or "" for name in FACTS)
        if all(facts):
            found.setdefault(facts, []).append(person)
    return found


def _may_be_assumed(one: Person, two: Person) -> bool:
    """Two lone patients whose numbers do not differ: one person unless half of what both know differs."""
    numbers_differ = None not in (one.nhs_number, two.nhs_number) and one.nhs_number != two.nhs_number
    shared = list(one.shared_facts(two))
    differing = sum(first != second for first, second in shared)
    return not numbers_differ and (differing == 0 or differing * 2 < len(shared))


def _shared_numbers(people: Sequence[Person]) -> int:
    numbers = [person.nhs_number for person in people if person.nhs_number]
    return len(numbers) - len(set(numbers))


def _usable(text: str | None) -> str | None:
    """An NHS number with its right check digit; any other identifies nobody."""
    return text if text is not None and NhsNumber.is_one(text) else None


def _readable(text: str | None) -> str | None:
    return None if text is None or text.startswith(UNREADABLE) else text


def _plain(text: str | None) -> str | None:
    return " ".join(text.casefold().split()) if text and text.strip() else None
