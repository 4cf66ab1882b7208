"""A slow, plain comparator, written again from what the words mean, for the fast one to agree with.

What it implements, in plain words:

- **Pairs.** Within one patient and one kind of record: a patient's own record follows the patient (`person`); then
  the same lasting identifier where it is there once on each side, first the supplier's, then the local one
  (`carried`; between two formats only identifiers of 16 characters or more, without their system and without regard
  to case); then equality of every field that both formats hold and of the start of the consultation, duplicates in
  order of appearance (`content`); then, across patients, what is equal in every field that both formats hold and the
  only one like it left on each side, with a code, words for it or a title and a day known, and either a minute known
  or two patients who have such records of each other (`moved`); then each key of the canonical model whose fields
  both formats hold, where all of it is known and it is there once on each side (`key`); then the most alike of what
  is left, if one telling field (weight 3 or more, or the words where no code is known) agrees and at least half the
  weight of what is known, the largest share first, then the greatest weight, then the nearest places among the
  records that have that field's value, in order of time (those further than 20 apart are not weighed), then order of
  appearance (`likeness`); then the only one left on each side of a day and a minute of entry, of a minute, where no
  minute is known of a day and a day of entry, and where no day is known of a day of entry (`entry`); then once more
  what moved, where now a day is enough, and what is equal under two patients between whom a record moved already,
  either way, and there only once on each side. In keys a moment counts to the minute; in likeness two moments agree
  if one is the other with more parts, and two lists of codes agree if they share one (a word for "no code" is none).
- **Differences.** Of every pair, each field that both formats hold and that is not the same text, and each role that
  both hold whose links do not lead to the same pairs or words. An ordered role is a sequence, any other a bag. Within
  one format everything that has no field (`extras`) is compared too. A link to a record that has no counterpart is
  left out, because that record is a finding of its own; and so is, for each such link, one link on the other side
  that leads nowhere, for it may be the same link. A pair that moved has one difference: the patient.
- **Outcome.** Of a pair: identical without differences, equivalent if a rule explains each, else different.
- **Unpaired.** The reason is the first that holds: the other format has no place for such records; the patient is not
  on the other side; a record of its side and patient is equal to it and has a counterpart; a record of another kind,
  unpaired too, has one of its codes and its moment, or its moment and minute of entry and what one of the two is about
  among the words of the other; there is no counterpart.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from godwit.records.canonical import ENTITIES, EXTRAS, Kind
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.findings import DEGRADED
from godwit.records.model import Row
from tests.property.plain_pairing import (
    ENTERED,
    Pair,
    known,
    pairs_of,
    same_moment,
    share_a_code,
    to_the_minute,
)
from tests.property.plain_reading import NOWHERE, End, Numbered, ReadSide, read_side, same_people

Fills = Mapping[str, frozenset[str]]
Explain = Callable[[Difference], str | None]
"""The id of the rule that explains a difference, or None."""

Differing = tuple[str, int, int, str, str | None, str | None, str | None]
"""Entity, source row, target row, field or role, text of the source, text of the target, rule that explains it."""
Unpaired = tuple[str, int, str]
"""Entity, row, reason."""
Finding = tuple[str, str, str | None, int | None, int | None, str]
"""Entity, outcome, field, source row, target row, reason."""

RUNGS = ("person", "carried", "content", "moved", "key", "likeness", "entry")
ALONE = "alone"


@dataclass
class Result:
    """What a comparison found. Books: entity -> how many records of each side, and of each outcome."""

    pairs: set[Pair] = field(default_factory=set)
    differences: set[Differing] = field(default_factory=set)
    outcomes: dict[tuple[str, int, int], str] = field(default_factory=dict)
    missing: set[Unpaired] = field(default_factory=set)
    unexpected: set[Unpaired] = field(default_factory=set)
    findings: Counter[Finding] = field(default_factory=Counter)
    books: dict[str, dict[str, int]] = field(default_factory=dict)


def compare_plainly(
    source: Sequence[Row],
    target: Sequence[Row],
    fills: tuple[Fills, Fills],
    same_format: bool,
    explain: Explain,
) -> Result:
    """Compare all rows of one side with all rows of the other."""
    sides = (read_side(source), read_side(target))
    result = Result()
    people = same_people(sides[0].people, sides[1].people)
    for entity in ENTITIES.values():
        common = fills[0][entity.name] & fills[1][entity.name]
        left, right = (
            [record for record in side.records if record.row.entity == entity.name] for side in sides
        )
        result.pairs |= pairs_of(entity, common, same_format, people, (left, right))
    _Differing(sides, fills, same_format, explain, result).find()
    _find_unpaired(sides, fills, result)
    result.books = _books(sides, result)
    return result


# ------------------------------------------------------------------------------------------------ differences


@dataclass
class _Differing:
    """Looks at every field and every role of every pair."""

    sides: tuple[ReadSide, ReadSide]
    fills: tuple[Fills, Fills]
    same_format: bool
    explain: Explain
    result: Result
    pair_of: tuple[dict[int, Pair], dict[int, Pair]] = field(init=False)

    def find(self) -> None:
        """Fill the differences, outcomes and findings of the result."""
        self.pair_of = (
            {pair[1]: pair for pair in self.result.pairs},
            {pair[2]: pair for pair in self.result.pairs},
        )
        for pair in self.result.pairs:
            one, two = self.record(0, pair[1]), self.record(1, pair[2])
            found = list(self.of_moved(one, two) if pair[3] == "moved" else self.of_pair(one, two))
            beside = {"#differs": json.dumps(sorted(each.field for each in found))}
            found = [replace(each, source_row={**each.source_row, **beside}) for each in found]
            rules = [self.note(difference, pair) for difference in found]
            outcome = "identical" if not rules else "different" if None in rules else "equivalent"
            self.result.outcomes[pair[:3]] = outcome

    def record(self, side: int, number: int) -> Numbered:
        return self.sides[side].records[number - 1]

    def note(self, found: Difference, pair: Pair) -> str | None:
        entity, one, two, _ = pair
        rule = self.explain(found) if found.field != "patient" else None
        self.result.differences.add((entity, one, two, found.field, found.source, found.target, rule))
        if rule is None:
            self.result.findings[entity, "different", found.field, one, two, change(found)] += 1
        return rule

    def of_moved(self, one: Numbered, two: Numbered) -> Iterator[Difference]:
        names = [self.patient_of(side, record) for side, record in enumerate((one, two))]
        yield Difference(one.row.entity, "patient", names[0], names[1], one.row.fields, two.row.fields)

    def patient_of(self, side: int, record: Numbered) -> str:
        theirs = [
            one.value("nhs_number")
            for one in self.sides[side].records
            if one.row.entity == "patient" and one.person == record.person
        ]
        return next((number for number in theirs if number is not None), "no NHS number")

    def of_pair(self, one: Numbered, two: Numbered) -> Iterator[Difference]:
        entity = ENTITIES[one.row.entity]
        common = self.fills[0][entity.name] & self.fills[1][entity.name]
        values = [(name, one.value(name), two.value(name)) for name in entity.field_names if name in common]
        if self.same_format and entity.fields:
            values.append((EXTRAS, _extras(one.row), _extras(two.row)))
        for name, first, second in values:
            if first != second:
                yield Difference(entity.name, name, first, second, one.row.fields, two.row.fields)
        for role in entity.roles:
            if role.name in common:
                yield from self.of_role(one, two, role.name, role.ordered)

    def of_role(self, one: Numbered, two: Numbered, role: str, ordered: bool) -> Iterator[Difference]:
        links = [[end for end in record.ends if end.role == role] for record in (one, two)]
        ends = self.without_covered([[self.far(side, end) for end in links[side]] for side in (0, 1)])
        if not ordered:
            ends = [sorted(side) for side in ends]
        if ends[0] != ends[1]:
            rows = [
                {**record.row.fields, "#ends": _listed(ends[side]), "#names": self.names(side, links[side])}
                for side, record in enumerate((one, two))
            ]
            words = [self.in_words(side, links[side]) for side in (0, 1)]
            yield Difference(one.row.entity, role, words[0], words[1], rows[0], rows[1])

    def far(self, side: int, end: End) -> str:
        """The pair at the other end, or the words there, or that a record without counterpart is there."""
        if end.record is None:
            return f"words:{end.words}"
        pair = self.pair_of[side].get(end.record)
        return f"pair:{pair[0]}:{pair[1]}" if pair else ALONE

    def without_covered(self, ends: list[list[str]]) -> list[list[str]]:
        """Leave out ends that stand alone, and as many ends on the other side that lead nowhere."""
        left = []
        for side in (0, 1):
            covered = ends[1 - side].count(ALONE)
            kept = [end for end in ends[side] if end != ALONE]
            for _ in range(min(covered, kept.count(f"words:{NOWHERE}"))):
                kept.remove(f"words:{NOWHERE}")
            left.append(kept)
        return left

    def in_words(self, side: int, links: list[End]) -> str | None:
        """What a person reads: the records or words that the links lead to, in order."""
        return "; ".join(self.label(side, end) for end in links) if links else None

    def label(self, side: int, end: End) -> str:
        if end.record is None:
            return str(end.words)
        row = self.record(side, end.record).row
        return f"{ENTITIES[row.entity].title} record {row.place.record} of file {row.place.file}"

    def names(self, side: int, links: list[End]) -> str | None:
        names = [end.words if end.record is None else _name(self.record(side, end.record)) for end in links]
        return json.dumps(sorted(names, key=lambda name: (name is None, name or ""))) if links else None


def _name(record: Numbered) -> str | None:
    """What a person or place is called, in small letters; nothing else has a name."""
    if record.row.entity == "practitioner":
        parts = [record.value("family"), record.value("given")]
        return ", ".join(part for part in parts if part is not None).lower()
    name = record.value("name") if record.row.entity == "organisation" else None
    return name.lower() if name is not None else None


def _listed(ends: list[str]) -> str | None:
    return json.dumps(ends) if ends else None


def _extras(row: Row) -> str | None:
    return json.dumps(row.extras, ensure_ascii=False, sort_keys=True) if row.extras else None


def change(found: Difference) -> str:
    """Moved, lost, gained, degraded (a code for "could not be coded" came in) or changed."""
    if found.field == "patient":
        return "moved"
    if found.target is None:
        return "lost"
    if found.source is None:
        return "gained"
    spelt = [f'"snomed|{code}"' for code in DEGRADED]
    came_in = [code for code in spelt if code in found.target and code not in found.source]
    return "degraded" if came_in else "changed"


# ------------------------------------------------------------------------------------------------ what is left


def _find_unpaired(sides: tuple[ReadSide, ReadSide], fills: tuple[Fills, Fills], result: Result) -> None:
    people = same_people(sides[0].people, sides[1].people)
    paired = ({pair[1] for pair in result.pairs}, {pair[2] for pair in result.pairs})
    lone = [[one for one in sides[side].records if one.number not in paired[side]] for side in (0, 1)]
    partners = (people, {two: one for one, two in people.items()})
    for side, into, outcome in ((0, result.missing, "missing"), (1, result.unexpected, "unexpected")):
        for record in lone[side]:
            entity = record.row.entity
            partner = partners[side].get(record.person)
            if not fills[1 - side][entity]:
                reason = "no_place"
            elif partner is None:
                reason = "patient_not_paired"
            elif any(_twins(record, one, fills) for one in sides[side].records if one.number in paired[side]):
                reason = ("duplicate_collapsed", "duplicate")[side]
            else:
                others = [one for one in lone[1 - side] if one.person == partner and _other_kind(record, one)]
                kinds = sorted(one.row.entity for one in others)
                reason = f"kind_changed_{kinds[0]}" if kinds else "no_counterpart"
            into.add((entity, record.number, reason))
            numbers = (record.number, None) if side == 0 else (None, record.number)
            result.findings[entity, outcome, None, *numbers, reason] += 1


def _twins(one: Numbered, two: Numbered, fills: tuple[Fills, Fills]) -> bool:
    """Two records of one patient that are equal in every field that both formats hold."""
    entity = one.row.entity
    names = [name for name in ENTITIES[entity].field_names if name in fills[0][entity] & fills[1][entity]]
    same = (entity, one.person) == (two.row.entity, two.person)
    return same and bool(names) and all(one.value(name) == two.value(name) for name in names)


def _other_kind(one: Numbered, two: Numbered) -> bool:
    """Another kind of record of that moment, with one of the codes, or entered at that minute and about the same."""
    codes = [_first_of(record, Kind.CODES) for record in (one, two)]
    moments = [_first_of(record, Kind.MOMENT) for record in (one, two)]
    minutes = [_minute(record) for record in (one, two)]
    told = _about(one) in _said(two) or _about(two) in _said(one)
    alike = share_a_code(*codes) or (minutes[0] is not None and minutes[0] == minutes[1] and told)
    return one.row.entity != two.row.entity and same_moment(*moments) and alike


def _minute(record: Numbered) -> str | None:
    """The minute a record was entered, if that is known."""
    names = [name for name in ENTERED if name in ENTITIES[record.row.entity].field_names]
    entered = record.value(names[0]) if names else None
    return to_the_minute(entered) if known(entered, 16) else None


def _about(record: Numbered) -> str:
    """What a record is about in a phrase of three letters or more; else what nothing holds."""
    concept = next((f.name for f in ENTITIES[record.row.entity].fields if f.kind is Kind.CODES), "")
    terms = json.loads(record.value(f"{concept}_term") or "[]")
    phrases = [record.value("agent"), *terms[:1], record.value(f"{concept}_text")]
    phrase = _squeezed(next((phrase for phrase in phrases if phrase is not None), ""))
    return phrase if concept and len(phrase) >= 3 else "\0"


def _said(record: Numbered) -> str:
    """All words of a record."""
    concept = next((f.name for f in ENTITIES[record.row.entity].fields if f.kind is Kind.CODES), "")
    names = [one for one in ("text", f"{concept}_text", f"{concept}_term") if one]
    return _squeezed(" ".join(value for name in names if (value := record.value(name)) is not None))


def _squeezed(words: str) -> str:
    return re.sub(r"[ \t\n\f\r]+", " ", words.lower()).strip(" ")


def _first_of(record: Numbered, kind: Kind) -> str | None:
    names = [one.name for one in ENTITIES[record.row.entity].fields if one.kind is kind]
    return record.value(names[0]) if names else None


def _books(sides: tuple[ReadSide, ReadSide], result: Result) -> dict[str, dict[str, int]]:
    books = {}
    for entity in ENTITIES:
        outcomes = [outcome for (name, *_), outcome in result.outcomes.items() if name == entity]
        books[entity] = {
            "source": sum(record.row.entity == entity for record in sides[0].records),
            "target": sum(record.row.entity == entity for record in sides[1].records),
            **{outcome: outcomes.count(outcome) for outcome in ("identical", "equivalent", "different")},
            "missing": sum(one[0] == entity for one in result.missing),
            "unexpected": sum(one[0] == entity for one in result.unexpected),
        }
    return books
