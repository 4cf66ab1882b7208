"""The slow comparator's own reading of a side: rows get numbers, owners and ends of links. Lists and dicts only.

What it implements, in plain words:

- Rows are numbered from 1 through all files of a side, file after file, in the order of each file.
- A link holds within its file. It leads to the first record of that file with that key; one that names no record of
  the file leads nowhere.
- Each patient record is one person. A record belongs to the patient it names; one that names no patient of its file
  belongs to the file's first; a file without a patient record is one person of whom nothing is known.
- A record's consultation is the first one that a link of the role `consultation` leads to.
- Two people are one where the NHS number is the same, the birth date or a name agrees (or none of them is known of
  both), and the other facts do not speak against it; else where birth
  date, sex and both names are all the same and nobody else has them; else, if each side has only one patient, where
  they have not two numbers and fewer than half of the facts both have differ (or both have none). One to one.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from godwit.records.model import Row
from godwit.values import NhsNumber
from godwit.values.errors import ValueRefused

FACTS = ("birth_date", "sex", "family", "given")
UNREADABLE = "unreadable:"
NOWHERE = "a record that is not there"


@dataclass(frozen=True)
class End:
    """The other end of a link: the number of a record, or else words."""

    role: str
    record: int | None
    words: str | None


@dataclass(frozen=True)
class Numbered:
    """A row with what only the whole side can tell: its number, its person, its links' ends, its consultation."""

    number: int
    person: int
    row: Row
    ends: tuple[End, ...]
    during: str | None

    def value(self, field: str) -> str | None:
        """The canonical text of a field."""
        return self.row.fields.get(field)


@dataclass(frozen=True)
class Someone:
    """A patient of one side: an NHS number that the reader accepted, and the facts in plain letters and spacing."""

    number: int
    nhs_number: str | None
    facts: tuple[str | None, ...]


@dataclass(frozen=True)
class ReadSide:
    """All records and all people of one side."""

    records: tuple[Numbered, ...]
    people: tuple[Someone, ...]


def read_side(rows: Iterable[Row]) -> ReadSide:
    """Number a side's rows file by file and settle whose they are and where their links lead."""
    records: list[Numbered] = []
    people: list[Someone] = []
    by_file = itertools.groupby(sorted(rows, key=lambda row: row.place.file), lambda row: row.place.file)
    for _, grouped in by_file:
        file = list(grouped)
        owners = _owners(file, people)
        records += [
            Numbered(len(records) + place, owner, row, ends, _during(ends, file, len(records)))
            for place, (row, owner, ends) in enumerate(
                zip(file, owners, _ends(file, len(records)), strict=True), start=1
            )
        ]
    return ReadSide(tuple(records), tuple(people))


def _owners(file: Sequence[Row], people: list[Someone]) -> list[int]:
    """The person each row belongs to; adds the file's people to `people`."""
    own: dict[int, int] = {}
    first_with_key: dict[str, int] = {}
    for place, row in enumerate(file):
        if row.entity == "patient":
            people.append(_someone(len(people) + 1, row))
            own[place] = len(people)
            if row.key:
                first_with_key.setdefault(row.key, len(people))
    if not own:
        people.append(Someone(len(people) + 1, None, (None,) * len(FACTS)))
    first = min(own.values(), default=len(people))
    return [
        own[place] if place in own else first_with_key.get(row.patient or "", first)
        for place, row in enumerate(file)
    ]


def _ends(file: Sequence[Row], before: int) -> list[tuple[End, ...]]:
    """Where each row's links lead; `before` is how many rows the earlier files have."""
    first_with_key: dict[str, int] = {}
    for number, row in enumerate(file, start=before + 1):
        if row.key:
            first_with_key.setdefault(row.key, number)
    found = []
    for row in file:
        ends = []
        for link in row.links:
            record = first_with_key.get(link.target) if link.target else None
            words = None if record else link.display or NOWHERE
            ends.append(End(link.role, record, words))
        found.append(tuple(ends))
    return found


def _during(ends: Iterable[End], file: Sequence[Row], before: int) -> str | None:
    for end in ends:
        if end.role == "consultation" and end.record:
            there = file[end.record - before - 1]
            if there.entity == "consultation":
                return there.fields.get("start")
    return None


# ------------------------------------------------------------------------------------------------ people


def _someone(number: int, row: Row) -> Someone:
    nhs_number = row.fields.get("nhs_number", UNREADABLE)
    if nhs_number.startswith(UNREADABLE):
        nhs_number = ""
    if nhs_number:
        try:
            NhsNumber(nhs_number)
        except ValueRefused:
            nhs_number = ""
    given = [row.fields.get(fact, "") for fact in FACTS]
    texts = [" ".join(text.casefold().split()) if not text.startswith(UNREADABLE) else "" for text in given]
    return Someone(number, nhs_number or None, tuple(text or None for text in texts))


def same_people(source: Sequence[Someone], target: Sequence[Someone]) -> dict[int, int]:
    """Number of a source person -> number of the target person who is the same."""
    pairs: dict[int, int] = {}

    def take(one: Someone, two: Someone) -> None:
        if one.number not in pairs and two.number not in pairs.values():
            pairs[one.number] = two.number

    same_number = [
        (one, two)
        for one in source
        for two in target
        if one.nhs_number
        and one.nhs_number == two.nhs_number
        and not _speaks_against(one, two)
        and _second_agrees(one, two)
    ]
    for one, two in sorted(same_number, key=lambda pair: -_agreeing(*pair)):
        take(one, two)
    for one, two in _same_facts_alone(
        [one for one in source if one.number not in pairs],
        [two for two in target if two.number not in pairs.values()],
    ):
        take(one, two)
    if len(source) == len(target) == 1 and _may_be_assumed(source[0], target[0]):
        take(source[0], target[0])
    return pairs


def _shared(one: Someone, two: Someone) -> list[bool]:
    """For every fact that both have, whether it is the same."""
    return [a == b for a, b in zip(one.facts, two.facts, strict=True) if a is not None and b is not None]


def _second_agrees(one: Someone, two: Someone) -> bool:
    """The birth date or a name agrees, unless none of them is known of both."""
    known = [(one.facts[place], two.facts[place]) for place in (0, 2, 3)]
    both = [pair for pair in known if None not in pair]
    return not both or any(first == second for first, second in both)


def _agreeing(one: Someone, two: Someone) -> int:
    return _shared(one, two).count(True)


def _speaks_against(one: Someone, two: Someone) -> bool:
    """At least two facts differ, and at least half of those both have."""
    shared = _shared(one, two)
    return shared.count(False) >= 2 and shared.count(False) >= shared.count(True)


def _same_facts_alone(source: Sequence[Someone], target: Sequence[Someone]) -> list[tuple[Someone, Someone]]:
    """Those whose four facts are all known and the same, where nobody else on either side has them."""
    ones, twos = Counter(one.facts for one in source), Counter(two.facts for two in target)
    return [
        (one, two)
        for one in source
        for two in target
        if all(one.facts) and one.facts == two.facts and ones[one.facts] == twos[two.facts] == 1
    ]


def _may_be_assumed(one: Someone, two: Someone) -> bool:
    shared = _shared(one, two)
    speaks_for = shared.count(True) > shared.count(False) or False not in shared
    return speaks_for and len({one.nhs_number, two.nhs_number} - {None}) < 2
