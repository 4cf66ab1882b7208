"""Which row of one is which row of the other: by NHS number, guarded by who they are, else by who they are alone.

Four tiers, each only where it fits exactly one of either: (1) NHS number and date of birth; (2) NHS number, and at
least two other facts agree; (3) no common number, but soundex, initial, date of birth, postcode and sex; (4) a person
decides. A number is never believed against the facts, nor where another patient fits them better. Nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from godwit.records.listing.entry import Entry

Tier = str
Key = Callable[[Entry], Hashable | None]

TIERS: dict[Tier, str] = {
    "number_and_birth": "NHS number and date of birth",
    "number": "NHS number, and at least two other facts agree",
    "demographics": "Sound of the family name, initial, date of birth, postcode and sex",
    "through_other": "Recognised through the other system",
}
"""How two rows are recognised as one patient, surest first."""

DOUBTS = {
    "several": "The same NHS number or the same facts stand more than once",
    "facts": "Same NHS number, but the other facts speak against it",
    "number_of_another": "Another patient fits the facts better than the one with this NHS number",
    "other_number": "Same facts, but another NHS number and not quite the same name",
    "alike": "Alike, but not enough to be sure",
}
"""Why a person must decide."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows taken for one patient, and by which tier."""

    left: Entry
    right: Entry
    tier: Tier


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows that may be one patient; a person decides."""

    left: Entry
    right: Entry
    why: str


@dataclass(slots=True)
class Matching:
    """Pairs, doubts, and who is still free on either side."""

    left: dict[int, Entry]
    right: dict[int, Entry]
    pairs: list[Pair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, pair: Pair) -> None:
        """Pair two that are free."""
        self.left.pop(pair.left.number)
        self.right.pop(pair.right.number)
        self.pairs.append(pair)

    def hold(self, doubts: Iterable[Doubt]) -> None:
        """Leave these to a person: no later tier may pair them."""
        for one in doubts:
            self.doubts.append(one)
            self.left.pop(one.left.number, None)
            self.right.pop(one.right.number, None)


def match(left: Sequence[Entry], right: Sequence[Entry]) -> Matching:
    """Match two sets of people. Numbers of entries are unique within each."""
    matching = Matching({one.number: one for one in left}, {one.number: one for one in right})
    fits = _Fits(left, right)
    for tier, key, doubt in (
        ("number_and_birth", _number_and_birth, fits.against_number),
        ("number", _number, fits.against_bare_number),
        ("demographics", _demographics, fits.against_facts),
    ):
        _tier(matching, tier, key, doubt)
    return matching


def _number_and_birth(one: Entry) -> Hashable | None:
    born = one.plain.get("birth_date")
    return (one.nhs_number, born) if one.nhs_number and born else None


def _number(one: Entry) -> Hashable | None:
    return one.nhs_number


def _demographics(one: Entry) -> Hashable | None:
    found = (one.sound, one.initial, one.plain.get("birth_date"), one.postcode, one.plain.get("sex"))
    return found if all(found) else None


def _tier(matching: Matching, tier: Tier, key: Key, doubt: Callable[[Entry, Entry], str | None]) -> None:
    held: list[Doubt] = []
    pairs: list[Pair] = []
    for ones, others in list(_sharing(matching, key)):
        if len(ones) > 1 or len(others) > 1:
            held += [Doubt(one, other, "several") for one in ones for other in others]
        elif why := doubt(ones[0], others[0]):
            held.append(Doubt(ones[0], others[0], why))
        else:
            pairs.append(Pair(ones[0], others[0], tier))
    for pair in pairs:
        matching.take(pair)
    matching.hold(held)


def _sharing(matching: Matching, key: Key) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """Rows of both sides with the same key."""
    left, right = _by(key, matching.left.values()), _by(key, matching.right.values())
    for value, ones in left.items():
        if value in right:
            yield ones, right[value]


def _by(key: Key, entries: Iterable[Entry]) -> dict[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = defaultdict(list)
    for one in entries:
        value = key(one)
        if value is not None:
            found[value].append(one)
    return found


class _Fits:
    """What speaks against taking two rows for one patient."""

    def __init__(self, left: Iterable[Entry], right: Iterable[Entry]) -> None:
        self._left = _by(lambda one: one.all_facts, left)
        self._right = _by(lambda one: one.all_facts, right)
        self._left_numbers = _by(_number, left)
        self._right_numbers = _by(_number, right)

    def against_number(self, one: Entry, other: Entry) -> str | None:
        """Facts that contradict, or another who has all the facts of one of the two."""
        if one.contradicts(other):
            return "facts"
        if one.all_facts != other.all_facts and (
            self._others(one, self._right) or self._others(other, self._left)
        ):
            return "number_of_another"
        return None

    def against_bare_number(self, one: Entry, other: Entry) -> str | None:
        """As above; and too few facts that agree."""
        return self.against_number(one, other) or (None if one.agreeing(other) >= 2 else "facts")

    def against_facts(self, one: Entry, other: Entry) -> str | None:
        """Two different good numbers are one patient only where the whole name is the same and nobody else has them."""
        if not one.nhs_number or not other.nhs_number or one.nhs_number == other.nhs_number:
            return None
        taken = one.nhs_number in self._right_numbers or other.nhs_number in self._left_numbers
        return "other_number" if taken or one.all_facts != other.all_facts else None

    @staticmethod
    def _others(one: Entry, by_facts: dict[Hashable, list[Entry]]) -> bool:
        return one.all_facts is not None and one.all_facts in by_facts
