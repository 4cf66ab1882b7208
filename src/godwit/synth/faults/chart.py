"""One patient's record as somebody looks at it who wants to plant a fault: what hangs on what, what is unmistakable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from godwit.synth.faults.edits import Add, Change, Drop, Edit
from godwit.synth.life import ITEMS_EACH
from godwit.synth.model import Code, Item, Patient, Practice

ENTITIES = {
    "registrations": "registration",
    "consultations": "consultation",
    "observations": "observation",
    "problems": "problem",
    "allergies": "allergy",
    "immunisations": "immunisation",
    "authorisations": "medication_authorisation",
    "issues": "medication_issue",
    "referrals": "referral",
    "recalls": "recall",
    "documents": "document",
    "alerts": "observation",
    "appointments": "appointment",
}
"""What the collections of a patient are called in the canonical model."""

EVERYWHERE = ("emis", "tpp", "vision", "gp2gp", "gpconnect")
"""The shapes of the suppliers and of the two messages."""

HOLDERS = {
    "appointments": ("emis", "tpp"),
    "registrations": ("emis", "tpp", "vision"),
    "immunisations": ("emis", "tpp", "vision", "gpconnect"),
}
"""The shapes that can hold a collection, where not all can. GP2GP does not say which entries are immunisations."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a comparison should find: an item, what became of it, and in which shapes that can be seen."""

    entity: str
    item: int
    outcome: str
    field: str | None = None
    before: str | None = None
    after: str | None = None
    visible_in: tuple[str, ...] = EVERYWHERE
    elsewhere: bool = False  # of the other patient, whose item it was


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fault that can be planted: the edits of this patient, those of the other one, and what should be found."""

    edits: tuple[Edit, ...]
    marks: tuple[Mark, ...]
    others: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A patient and whatever a fault must know beyond a single item: the chart of another patient of the list, and the
    items that a fault has hit already."""

    practice: Practice
    patient: Patient
    neighbour: Chart | None = None
    touched: set[int] = field(default_factory=set)

    @cached_property
    def hung_on(self) -> set[int]:
        """Items that others hang on, so that they cannot go alone."""
        patient = self.patient
        found = {item.parent for item in patient.observations} | {item.parent for item in patient.problems}
        found |= {problem.entry for problem in patient.problems}
        found |= {issue.authorisation for issue in patient.issues}
        found |= {item.problem for _, item in self.items()}
        return {one for one in found if one is not None}

    @cached_property
    def _likes(self) -> Counter[tuple[str, int, date | None]]:
        return Counter(likeness(collection, item) for collection, item in self.items())

    @cached_property
    def issues_of(self) -> Counter[int]:
        """How many issues each authorisation has."""
        return Counter(issue.authorisation for issue in self.patient.issues)

    def items(self) -> Iterator[tuple[str, Item]]:
        """Everything that was written down, with the collection it is in."""
        for collection in ENTITIES:
            if collection != "registrations":
                yield from ((collection, item) for item in getattr(self.patient, collection))

    @cached_property
    def _ideas(self) -> dict[int, tuple[str, int]]:
        return {item.id: likeness(collection, item)[:2] for collection, item in self.items()}

    def alike(self, collection: str, item: Item) -> set[int]:
        """Items of the same kind with the same code or drug, whatever their day."""
        idea = likeness(collection, item)[:2]
        return {number for number, one in self._ideas.items() if one == idea}

    @cached_property
    def _moments(self) -> dict[int, tuple[str, datetime | None]]:
        return {item.id: (collection, item.when.at) for collection, item in self.items()}

    def is_clear(self, collection: str, item: Item) -> bool:
        """Whether the item can be told from all others of the patient, and no fault has hit it yet, nor one of its kind
        or of its minute: of two issues of a drug, one lost and one doubled look like one that moved; of two entries of
        a minute, like one that changed into the other."""
        if item.id in self.touched or self._likes[likeness(collection, item)] != 1:
            return False
        ideas = {self._ideas.get(one) for one in self.touched}
        moments = {self._moments.get(one) for one in self.touched}
        return likeness(collection, item)[:2] not in ideas and (collection, item.when.at) not in moments

    def is_free(self, collection: str, item: Item) -> bool:
        """Whether the item is clear, nothing hangs on it, and it is no member of a group."""
        return (
            self.is_clear(collection, item)
            and item.id not in self.hung_on
            and getattr(item, "parent", None) is None
        )

    def would_be_clear(self, collection: str, item: Item, **values: Any) -> bool:
        """Whether the item can still be told from all others with these values."""
        after = likeness(collection, replace(item, **values))
        return self._likes[after] == (1 if after == likeness(collection, item) else 0)

    def next_id(self) -> int:
        """An id that no item of the patient has, nor any that a fault added; the ids of patients lie apart. What came
        from another patient has an id of that one's, and counts for nothing here."""
        patient = self.patient
        more: list[Any] = [*patient.registrations, *patient.addresses, *patient.contacts, *patient.relations]
        own: int = max([item.id for _, item in self.items()] + [one.id for one in more] + [patient.id])
        added = (one for one in self.touched if one // ITEMS_EACH == own // ITEMS_EACH)
        return max([own, *added]) + 1

    # The shapes most faults have -------------------------------------------------------------------------

    def changed(
        self, collection: str, item: Any, field: str, shown: tuple[str | None, str | None], **values: Any
    ) -> Proposal:
        """Other values for an item; `field` is the canonical field and `shown` what it said before and says after."""
        mark = Mark(ENTITIES[collection], item.id, "different", field, *shown, visible_in=holders(collection))
        return Proposal((Change(collection, item.id, tuple(values.items())),), (mark,))

    def lost(self, collection: str, item: Any) -> Proposal:
        """An item that does not arrive."""
        mark = Mark(ENTITIES[collection], item.id, "missing", visible_in=holders(collection))
        return Proposal((Drop(collection, item.id),), (mark,))

    def gained(self, collection: str, item: Any) -> Proposal:
        """An item that arrives without having been sent."""
        mark = Mark(ENTITIES[collection], item.id, "unexpected", visible_in=holders(collection))
        return Proposal((Add(collection, item),), (mark,))

    def moved(self, there: Chart, collection: str, items: Sequence[Any]) -> Proposal:
        """Items that stand in another patient's record, without their links."""
        people = self.patient.nhs_number, there.patient.nhs_number
        entity, seen = ENTITIES[collection], holders(collection)
        return Proposal(
            tuple(Drop(collection, item.id) for item in items),
            tuple(Mark(entity, item.id, "different", "patient", *people, visible_in=seen) for item in items),
            tuple(Add(collection, replace(item, consultation=None, problem=None)) for item in items),
        )

    def code(self, item: Any) -> Code:
        """The code of an item."""
        return self.practice.code(item.code)


def likeness(collection: str, item: Any) -> tuple[str, int, date | None]:
    """What makes two items look alike to somebody who has no identifiers: kind, code or drug, and day."""
    idea = getattr(item, "code", None) or getattr(item, "drug", None) or 0
    return collection, idea, item.when.at.date() if item.when.at else None


def holders(collection: str) -> tuple[str, ...]:
    """The shapes that can hold a collection."""
    return HOLDERS.get(collection, EVERYWHERE)
