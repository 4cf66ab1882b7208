"""The words the family is told in: people, places, consultations and the entries in them.

Times are written as GP2GP writes them, `YYYY[MM[DD[HHMM[SS]]]]` in English local time, as precise as they are known.
Every entry has a key, unique within its patient; identifiers are made from it, and entries point at each other by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

NON_CONSULTATION_CODES = ("196401000000100", "196391000000103")
"""Compositions that only file entries (data, medication) and are no consultations."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A coded idea: its term, its codes as (system, code) with the main one first, the author's words if other."""

    term: str
    codes: tuple[tuple[str, str], ...]
    words: str = ""


def concept(term: str, snomed: str, read2: str = "", words: str = "") -> Concept:
    """A concept with a SNOMED CT code; where there is a Read code too, that is the main one, as EMIS sends it."""
    codes = (("read2", read2), ("snomed", snomed)) if read2 else (("snomed", snomed),)
    return Concept(term, codes, words)


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who works at the practice; `gmp` is the prescriber number, empty for those without one."""

    key: str
    title: str
    given: str
    family: str
    gmp: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A practice or hospital."""

    key: str
    ods_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything that stands in a consultation. An empty `when` is that of what it stands in.

    `items` are the entries inside it; `by` is a member of staff where not the one who held the consultation.
    """

    key: str
    when: str = field(default="", kw_only=True)
    by: str = field(default="", kw_only=True)
    items: tuple[Entry, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Composition(Entry):
    """A consultation, or an act of filing when its type says so. `when` is its start."""

    type: Concept
    recorded: str
    performer: str
    end: str = ""
    place: str = ""

    @property
    def is_consultation(self) -> bool:
        """Whether the patient was seen or spoken to."""
        return self.type.codes[0][1] not in NON_CONSULTATION_CODES


@dataclass(frozen=True, slots=True)
class Section(Entry):
    """A topic of a consultation, or a heading in a topic."""

    title: str
    level: str = "heading"


@dataclass(frozen=True, slots=True)
class Observation(Entry):
    """A coded entry, with a value or without; one with items is a group, such as a blood pressure."""

    code: Concept
    value: str = ""
    unit: str = ""
    comparator: str = ""
    low: str = ""
    high: str = ""
    answer: str = ""
    text: str = ""
    relation: Concept | None = None


@dataclass(frozen=True, slots=True)
class Note(Entry):
    """Free text."""

    text: str


@dataclass(frozen=True, slots=True)
class Document(Entry):
    """A letter or picture, filed by its name."""

    title: str
    type: Concept
    file: str
    media: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Allergy(Entry):
    """An allergy to a drug or to something else."""

    code: Concept
    to_drug: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Immunisation(Entry):
    """A vaccination given."""

    code: Concept
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem(Entry):
    """A problem named by the observation `names`, with other entries linked to it."""

    names: str
    onset: str
    status: str = "active"
    significance: str = "major"
    ended: str = ""
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supply(Entry):
    """What an authorisation and an issue share."""

    drug: Concept
    dosage: str
    quantity: str
    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation(Supply):
    """Permission to supply a drug: `repeats` times, or once (acute) when 0; `stopped` is when it was stopped."""

    repeats: str = "0"
    status: str = "active"
    stopped: str = ""
    stop_reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue(Supply):
    """One supply under the authorisation `under`."""

    under: str = ""


def issue(number: int, under: Authorisation, when: str, by: str = "") -> Issue:
    """A supply exactly as authorised."""
    key = f"{under.key}-issue-{number}"
    return Issue(key, under.drug, under.dosage, under.quantity, under.unit, under=under.key, when=when, by=by)


@dataclass(frozen=True, slots=True)
class Recall(Entry):
    """A diary entry: something to be done when it is due."""

    code: Concept
    due: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Referral(Entry):
    """A request to another organisation."""

    code: Concept
    priority: str
    recipient: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient and the whole record.

    `new_identifiers`: the receiving system gave every record an identifier of its own. `in_utc`: it writes times in
    universal time. Both say nothing about the patient, and no comparison may be troubled by them.
    """

    number: int
    nhs_number: str
    title: str
    given: tuple[str, ...]
    family: str
    gender: str
    born: str
    registered: str
    record: tuple[Entry, ...]
    new_identifiers: bool = False
    in_utc: bool = False


def dated(entries: Iterable[Entry], when: str = "") -> tuple[Entry, ...]:
    """The entries, each with the time of what it stands in where it has none of its own."""
    return tuple(
        replace(entry, when=entry.when or when, items=dated(entry.items, entry.when or when))
        for entry in entries
    )


def all_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Every entry, outer ones before what stands in them."""
    for entry in entries:
        yield entry
        yield from all_entries(entry.items)
