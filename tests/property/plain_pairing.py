"""The slow comparator's pairing ladder, one kind of record of one patient at a time. Lists and loops only.

What it implements is said in `plain_comparator`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from godwit.records.canonical import DURING, Entity, Kind
from tests.property.plain_reading import Numbered

Pair = tuple[str, int, int, str]
"""Entity, number of the source row, number of the target row, rung."""


def to_the_minute(moment: str | None) -> str | None:
    """A moment without its seconds and what follows them."""
    return moment[:16] if moment is not None else None


def same_moment(one: str | None, two: str | None) -> bool:
    """Whether one is the other with more parts, compared to the minute. What is no moment is only itself."""
    if one is None or two is None or not (one[0].isdigit() and two[0].isdigit()):
        return one is not None and one == two
    return one[:16].startswith(two[:16]) or two[:16].startswith(one[:16])


def share_a_code(one: str | None, two: str | None) -> bool:
    """Whether two lists of codes have one in common; a word for "no code" is none."""
    if one is None or two is None:
        return False
    return any(code in json.loads(two) for code in json.loads(one) if not code.startswith("null_flavour|"))


@dataclass
class Pairing:
    """The ladder for one kind of record of one patient."""

    entity: Entity
    common: frozenset[str]
    same_format: bool
    found: set[Pair] = field(default_factory=set)
    left: list[Numbered] = field(default_factory=list)
    right: list[Numbered] = field(default_factory=list)

    def pairs(self, left: list[Numbered], right: list[Numbered]) -> set[Pair]:
        """Climb every rung with what the one below left over."""
        self.left, self.right = left, right
        if self.entity.name == "patient":
            self.in_order("person", lambda _: "")
        self.where_once("carried", self.lasting_id)
        self.where_once("carried", self.local_id)
        self.in_order("content", self.content)
        for names in self.entity.keys:
            if all(name in self.common or name == DURING for name in names):
                self.where_once("key", partial(self.telling, names))
        self.most_alike()
        return self.found

    def take(self, one: Numbered, two: Numbered, rung: str) -> None:
        self.found.add((self.entity.name, one.number, two.number, rung))
        self.left = [record for record in self.left if record is not one]
        self.right = [record for record in self.right if record is not two]

    def where_once(self, rung: str, key: Callable[[Numbered], object]) -> None:
        left, right = _grouped(self.left, key), _grouped(self.right, key)
        for value, ones in left.items():
            twos = right.get(value, [])
            if value is not None and len(ones) == len(twos) == 1:
                self.take(ones[0], twos[0], rung)

    def in_order(self, rung: str, key: Callable[[Numbered], object]) -> None:
        left, right = _grouped(self.left, key), _grouped(self.right, key)
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

    def content(self, record: Numbered) -> object:
        values = [record.value(one.name) for one in self.entity.fields if one.name in self.common]
        return (to_the_minute(record.during), *values)

    def telling(self, names: Sequence[str], record: Numbered) -> object:
        kinds = {one.name: one.kind for one in self.entity.fields} | {DURING: Kind.MOMENT}
        values = [record.during if name == DURING else record.value(name) for name in names]
        if any(value is None for value in values):
            return None
        return tuple(
            to_the_minute(value) if kinds[name] is Kind.MOMENT else value
            for name, value in zip(names, values, strict=True)
        )

    def most_alike(self) -> None:
        candidates = []
        for one in self.left:
            for two in self.right:
                agreeing, known, telling = self.likeness(one, two)
                if telling and agreeing * 2 >= known:
                    order = (-Fraction(agreeing, known), -agreeing, one.number, two.number)
                    candidates.append((order, one, two))
        for _, one, two in sorted(candidates, key=lambda candidate: candidate[0]):
            if one in self.left and two in self.right:
                self.take(one, two, "likeness")

    def likeness(self, one: Numbered, two: Numbered) -> tuple[int, int, bool]:
        """Weight of what agrees, weight of what either knows, and whether a telling field agrees."""
        agreeing, known, telling = 0, 0, False
        for each in self.entity.fields:
            if each.name in self.common and each.weight:
                first, second = one.value(each.name), two.value(each.name)
                known += 0 if first is None and second is None else each.weight
                if _agree(each.kind, first, second):
                    agreeing += each.weight
                    telling = telling or each.weight >= 3
        return agreeing, known, telling


def _agree(kind: Kind, one: str | None, two: str | None) -> bool:
    if kind is Kind.MOMENT:
        return same_moment(one, two)
    if kind is Kind.CODES:
        return share_a_code(one, two)
    return one is not None and one == two


def _grouped(records: Sequence[Numbered], key: Callable[[Numbered], object]) -> dict[object, list[Numbered]]:
    groups: dict[object, list[Numbered]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def _if_long(identifier: str) -> str | None:
    return identifier if len(identifier) >= 16 else None
