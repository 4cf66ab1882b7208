"""The slow comparator's pairing ladder for one kind of record. Lists and loops only.

What it implements is said in `plain_comparator`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from godwit.records.canonical import DURING, Entity, Kind
from tests.property.plain_reading import Numbered

Pair = tuple[str, int, int, str]
"""Entity, number of the source row, number of the target row, rung."""
Mark = tuple[str, str]
"""A field and a value, or a part of one, that a record could be known by."""

ENTERED = ("recorded", "authored")
NOBODYS = ("patient", "practitioner", "organisation")
WINDOW = 20


def to_the_minute(moment: str | None) -> str | None:
    """A moment without its seconds and what follows them."""
    return moment[:16] if moment is not None else None


def is_moment(moment: str | None) -> bool:
    """Whether a text is a moment and not one that could not be read."""
    return moment is not None and "0" <= moment[:1] <= "9"


def known(moment: str | None, length: int) -> bool:
    """Whether a moment is known to the day (10) or to the minute (16)."""
    return is_moment(moment) and len(str(moment)) >= length


def same_moment(one: str | None, two: str | None) -> bool:
    """Whether one is the other with more parts, compared to the minute. What is no moment is only itself."""
    if one is None or two is None or not (one[0].isdigit() and two[0].isdigit()):
        return one is not None and one == two
    return one[:16].startswith(two[:16]) or two[:16].startswith(one[:16])


def real_codes(codes: str | None) -> set[str]:
    """The codes of a list; a word for "no code" is none."""
    listed = json.loads(codes) if codes is not None else []
    return {code for code in listed if not code.startswith("null_flavour|")}


def share_a_code(one: str | None, two: str | None) -> bool:
    """Whether two lists of codes have one in common."""
    return bool(real_codes(one) & real_codes(two))


@dataclass
class Pairing:
    """The ladder for one kind of record of one patient. `left` and `right` are the records still alone."""

    entity: Entity
    common: frozenset[str]
    same_format: bool
    left: list[Numbered]
    right: list[Numbered]
    found: set[Pair] = field(default_factory=set)
    met: list[Pairing] = field(default_factory=list)
    """Other patients between whom and this one a record moved, either way."""

    def exactly(self) -> None:
        """The rungs that need all of a record, or its identifier."""
        if self.entity.name == "patient":
            self.in_order("person", lambda _: "")
        self.where_once("carried", self.lasting_id)
        self.where_once("carried", self.local_id)
        self.in_order("content", self.content)

    def roughly(self) -> None:
        """The rungs that need a part of it."""
        for names in self.entity.keys:
            if all(name in self.common or name == DURING for name in names):
                self.where_once("key", partial(self.telling, names))
        self.most_alike()
        if self.day and self.entered and self.day != self.entered:
            self.where_once("entry", self.entry)
        if self.day:
            self.where_once("entry", self.happened)
            self.where_once("entry", self.that_day)
            self.where_once("entry", self.undated)

    def take(self, one: Numbered, two: Numbered, rung: str) -> None:
        self.found.add((self.entity.name, one.number, two.number, rung))
        self.left = [record for record in self.left if record is not one]
        self.right = [record for record in self.right if record is not two]

    def where_once(self, rung: str, key: Callable[[Numbered], object]) -> None:
        left, right = grouped(self.left, key), grouped(self.right, key)
        for value, ones in left.items():
            twos = right.get(value, [])
            if value is not None and len(ones) == len(twos) == 1:
                self.take(ones[0], twos[0], rung)

    def in_order(self, rung: str, key: Callable[[Numbered], object]) -> None:
        left, right = grouped(self.left, key), grouped(self.right, key)
        for value, ones in left.items():
            for one, two in zip(ones, right.get(value, []), strict=False):
                self.take(one, two, rung)

    def lasting_id(self, record: Numbered) -> str | None:
        identifier = record.row.source_id
        if identifier is None or self.same_format:
            return identifier
        return _if_long(identifier.split("|")[-1].upper())

    def local_id(self, record: Numbered) -> str | None:
        if not record.row.key:
            return None
        identifier = record.row.key.split("/")[-1].upper()
        return identifier if self.same_format else _if_long(identifier)

    def values(self, record: Numbered) -> tuple[str | None, ...]:
        return tuple(record.value(one.name) for one in self.entity.fields if one.name in self.common)

    def content(self, record: Numbered) -> object:
        return (to_the_minute(record.during), *self.values(record))

    def telling(self, names: Sequence[str], record: Numbered) -> object:
        kinds = {one.name: one.kind for one in self.entity.fields} | {DURING: Kind.MOMENT}
        values = [record.during if name == DURING else record.value(name) for name in names]
        if any(value is None for value in values):
            return None
        return tuple(
            to_the_minute(value) if kinds[name] is Kind.MOMENT else value
            for name, value in zip(names, values, strict=True)
        )

    # ------------------------------------------------------------------------------------------ day and minute

    def first_of(self, kind: Kind) -> str | None:
        names = [one.name for one in self.entity.fields if one.kind is kind and one.name in self.common]
        return names[0] if names else None

    @property
    def day(self) -> str | None:
        return self.first_of(Kind.MOMENT)

    @property
    def entered(self) -> str | None:
        names = [name for name in ENTERED if name in self.common and name in self.entity.field_names]
        return names[0] if names else None

    def entry(self, record: Numbered) -> object:
        day, entered = record.value(str(self.day)), record.value(str(self.entered))
        if known(day, 10) and known(entered, 16):
            return str(day)[:10], to_the_minute(entered)
        return None

    def happened(self, record: Numbered) -> object:
        moment = record.value(str(self.day))
        return to_the_minute(moment) if known(moment, 16) else None

    def that_day(self, record: Numbered) -> object:
        moment = record.value(str(self.day))
        entered = record.value(self.entered) if self.entered and self.entered != self.day else None
        return (str(moment)[:10], entered) if known(moment, 10) and not self.knows_a_minute(record) else None

    def undated(self, record: Numbered) -> object:
        if not self.entered or self.entered == self.day or record.value(str(self.day)) is not None:
            return None
        entered = record.value(self.entered)
        return to_the_minute(entered) if known(entered, 10) else None

    def knows_a_minute(self, record: Numbered) -> bool:
        return any(known(record.value(name), 16) for name in (self.day, self.entered) if name)

    def is_known_again(self, record: Numbered) -> bool:
        """Whether enough is known of a record to know it again under another patient."""
        if not self.day or self.entity.name in NOBODYS:
            return False
        return self.is_named(record) and known(record.value(self.day), 10)

    def is_named(self, record: Numbered) -> bool:
        """Whether it is known what a record is: a code, its words, or a title."""
        code = self.first_of(Kind.CODES)
        words = [
            record.value(one.name)
            for one in self.entity.fields
            if one.name in self.common and one.name in (f"{code}_term", f"{code}_text", "title")
        ]
        return bool(code and real_codes(record.value(code))) or any(word is not None for word in words)

    # ------------------------------------------------------------------------------------------ likeness

    def most_alike(self) -> None:
        candidates = []
        places = [self.places(self.left), self.places(self.right)]
        for one in self.left:
            for two in self.right:
                agreeing, weighed = self.likeness(one, two)
                apart = self.apart(one, two, places)
                if apart is not None and apart <= WINDOW and agreeing * 2 >= weighed:
                    order = (-Fraction(agreeing, weighed), -agreeing, apart, one.number, two.number)
                    candidates.append((order, one, two))
        for _, one, two in sorted(candidates, key=lambda candidate: candidate[0]):
            if one in self.left and two in self.right:
                self.take(one, two, "likeness")

    def likeness(self, one: Numbered, two: Numbered) -> tuple[int, int]:
        """Weight of what agrees, weight of what either knows."""
        agreeing, weighed = 0, 0
        for each in self.entity.fields:
            if each.name in self.common and each.weight:
                first, second = one.value(each.name), two.value(each.name)
                weighed += 0 if first is None and second is None else each.weight
                agreeing += each.weight if _agree(each.kind, first, second) else 0
        return agreeing, weighed

    def marks(self, record: Numbered) -> Iterator[tuple[Mark, bool]]:
        """What a record could be known by; of a moment also what is left of it when it is said less precisely, which
        is not the whole of it. Where no code is known, its words stand for it."""
        code = next((one for one in self.entity.fields if one.kind is Kind.CODES), None)
        if (
            code
            and code.weight >= 3
            and not (code.name in self.common and real_codes(record.value(code.name)))
        ):
            for name in {f"{code.name}_term", f"{code.name}_text"} & self.common:
                value = record.value(name)
                yield from [((name, value), True)] if value is not None else []
        for each in self.entity.fields:
            value = record.value(each.name)
            if each.name in self.common and each.weight >= 3 and value is not None:
                if each.kind is Kind.CODES:
                    yield from (((each.name, code), True) for code in sorted(real_codes(value)))
                elif each.kind is Kind.MOMENT and is_moment(value):
                    yield (each.name, value[:16]), True
                    yield from (((each.name, value[:length]), False) for length in range(1, len(value[:16])))
                else:
                    yield (each.name, value), True

    def places(self, records: Sequence[Numbered]) -> dict[Mark, list[int]]:
        """For every mark the numbers of the records that have it, in order of time."""

        def when(record: Numbered) -> tuple[bool, str, int]:
            moment = record.value(self.day) if self.day else None
            return moment is None, moment or "", record.number

        found: dict[Mark, list[int]] = {}
        for record in sorted(records, key=when):
            for mark, _ in self.marks(record):
                found.setdefault(mark, []).append(record.number)
        return found

    def apart(self, one: Numbered, two: Numbered, places: Sequence[Mapping[Mark, list[int]]]) -> int | None:
        """How far apart two records stand among those that have a mark that they share; None if they share none."""
        first, second = dict(self.marks(one)), dict(self.marks(two))
        shared = [mark for mark in first.keys() & second.keys() if first[mark] or second[mark]]
        return min(
            (abs(places[0][mark].index(one.number) - places[1][mark].index(two.number)) for mark in shared),
            default=None,
        )


def _agree(kind: Kind, one: str | None, two: str | None) -> bool:
    if kind is Kind.MOMENT:
        return same_moment(one, two)
    if kind is Kind.CODES:
        return share_a_code(one, two)
    return one is not None and one == two


def grouped(records: Sequence[Numbered], key: Callable[[Numbered], object]) -> dict[object, list[Numbered]]:
    """Records by what a function says of them."""
    groups: dict[object, list[Numbered]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def _if_long(identifier: str) -> str | None:
    return identifier if len(identifier) >= 16 else None


def pairs_of(
    entity: Entity,
    common: frozenset[str],
    same_format: bool,
    people: Mapping[int, int],
    records: tuple[Sequence[Numbered], Sequence[Numbered]],
) -> set[Pair]:
    """All pairs of one kind of record. `people`: source person -> target person; `records`: of both sides."""

    def theirs(side: int, person: int) -> list[Numbered]:
        return [record for record in records[side] if record.person == person]

    patients = [
        Pairing(entity, common, same_format, theirs(0, one), theirs(1, two))
        for one, two in sorted(people.items())
    ]
    strangers = Pairing(
        entity,
        common,
        same_format,
        [record for record in records[0] if record.person not in people],
        [record for record in records[1] if record.person not in people.values()],
    )
    for patient in patients:
        patient.exactly()
    _move([*patients, strangers], strangers, last=False)
    for patient in patients:
        patient.roughly()
    _move([*patients, strangers], strangers, last=True)
    _move_along(patients)
    return {pair for patient in [*patients, strangers] for pair in patient.found}


def _move(patients: Sequence[Pairing], strangers: Pairing, last: bool) -> None:
    """Pair what stands alone and is equal under two patients, where each side has only one like it."""
    left = [(whose, one) for whose in patients for one in whose.left if whose.is_known_again(one)]
    right = [(whose, two) for whose in patients for two in whose.right if whose.is_known_again(two)]
    twins = []
    for whose, one in left:
        same = [(those, two) for those, two in right if those.values(two) == whose.values(one)]
        again = [two for those, two in left if those.values(two) == whose.values(one)]
        if len(same) == len(again) == 1 and same[0][0] is not whose:
            twins.append((whose, one, *same[0]))
    for whose, one, those, two in twins:
        both_known = whose is not strangers and those is not strangers
        changed_places = both_known and any(here is those and there is whose for here, _, there, _ in twins)
        if last or whose.knows_a_minute(one) or changed_places:
            _hand_over(whose, one, those, two)
            if both_known and not _is_one_of(those, whose.met):
                whose.met.append(those)
                those.met.append(whose)


def _move_along(patients: Sequence[Pairing]) -> None:
    """Pair what is equal under two patients between whom a record moved, where each of the two has only one like it."""
    equal = [
        (whose, one, those, two)
        for whose in patients
        for those in whose.met
        for one in whose.left
        for two in those.right
        if whose.is_known_again(one) and whose.values(one) == those.values(two)
    ]
    for whose, one, those, two in equal:
        if sum(each[1] is one or each[3] is two for each in equal) == 1:
            _hand_over(whose, one, those, two)


def _is_one_of(one: Pairing, those: Sequence[Pairing]) -> bool:
    """Whether a patient is among these: the very one, and not one that looks like it."""
    return any(one is each for each in those)


def _hand_over(whose: Pairing, one: Numbered, those: Pairing, two: Numbered) -> None:
    """Pair a record of one patient with that of another."""
    whose.found.add((one.row.entity, one.number, two.number, "moved"))
    whose.left = [record for record in whose.left if record is not one]
    those.right = [record for record in those.right if record is not two]
