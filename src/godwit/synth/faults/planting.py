"""Decides, from the seed alone, which patients of a practice get which faults, and keeps the answer key.

Faults are spread: as long as there are enough patients, none gets a second one before every fault has found its first.
Kinds of fault that found no place so far go first at the next patient. A systematic fault, wanted in a share of the
patients, hits each of them once, and takes the codes and drugs first with which it finds a place in most patients.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import islice
from random import Random
from typing import Any

from godwit.synth import lives
from godwit.synth.faults.chart import Chart, Mark, Proposal, likeness
from godwit.synth.faults.classes import FAULT_CLASSES, FaultClass
from godwit.synth.faults.edits import Add, DropPatient, Edit, edited
from godwit.synth.faults.plan import FaultPlan
from godwit.synth.model import Patient, Practice

PatientOf = Callable[[Practice, int], Patient]

_LOOKED_AT = 500
_PER_FAULT = 10
_ASKED = 100
"""How many patients are looked at: so many, and so many more for each fault. What finds no place in them is said.
As many are asked what they have in common for a systematic fault."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing a comparison should find. `before` and `after` are what the item says, in the words of the model;
    `visible_in` are the shapes that can show it: it shows in a pair of shapes when both are named."""

    fault: str
    patient: int
    nhs_number: str | None
    entity: str
    item: int
    field: str | None
    outcome: str
    before: str | None
    after: str | None
    visible_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults planted in a practice. Plain values, so that every process can be handed them."""

    edits: dict[int, tuple[Edit, ...]]
    planted: tuple[Answer, ...]
    wanted: dict[str, int]
    found: dict[str, int]

    def change(self, patient: Patient) -> list[Patient]:
        """The twin's version of a patient; nobody where the patient was dropped. The patient itself stays as it is."""
        edits = self.edits.get(patient.id)
        return edited(patient, edits) if edits else [patient]

    def answers(self) -> list[Answer]:
        """Everything that should be found, by patient and item."""
        return list(self.planted)

    def answer_key(self) -> dict[str, Any]:
        """The answers as plain values for a file; `not_planted` are faults that found too few places."""
        short = {name: count - self.found.get(name, 0) for name, count in self.wanted.items()}
        return {
            "wanted": self.wanted,
            "planted": self.found,
            "not_planted": {name: count for name, count in short.items() if count},
            "answers": [asdict(answer) for answer in self.planted],
        }


def plant(
    practice: Practice, plan: FaultPlan, patients: int, patient_of: PatientOf = lives.patient_of
) -> Faults:
    """Faults for a practice of `patients` patients, numbered from 1, each made by `patient_of`."""
    return _Planting(practice, plan, patients, patient_of).run()


@dataclass
class _Planting:
    """The work of planting."""

    practice: Practice
    plan: FaultPlan
    patients: int
    patient_of: PatientOf
    edits: dict[int, list[Edit]] = field(default_factory=dict)
    touched: dict[int, set[int]] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    hosts: set[tuple[str, int]] = field(default_factory=set)
    neighbour: Chart | None = None

    @cached_property
    def wanted(self) -> dict[str, int]:
        """How many of each kind."""
        return self.plan.counts(self.patients)

    @cached_property
    def usual(self) -> dict[str, Counter[tuple[str, int]]]:
        """Of each systematic fault, how many of some patients have a place for it, by what the entries are about."""
        return {name: self._ideas_of(FAULT_CLASSES[name]) for name in self.plan.shares}

    def _ideas_of(self, one: FaultClass) -> Counter[tuple[str, int]]:
        found: Counter[tuple[str, int]] = Counter()
        for patient in islice(self._looked_at(), _ASKED):
            chart = Chart(self.practice, patient, self._another_than(patient))
            places = ((held, item) for held in one.hits for item in getattr(patient, held))
            found.update({likeness(*place)[:2] for place in places if one.propose(chart, *place)})
        return found

    def run(self) -> Faults:
        """First some for each patient, then whatever still fits."""
        total = sum(self.wanted.values())
        fair = max(1, -(-total // max(1, self.patients)))
        for quota in (fair, total):
            for patient in self._looked_at():
                self._visit(patient, quota)
        self.answers.sort(key=lambda one: (one.patient, one.item, one.fault, one.outcome))
        return Faults(
            {patient: tuple(edits) for patient, edits in self.edits.items()},
            tuple(self.answers),
            self.wanted,
            {name: self.found[name] for name in self.wanted},
        )

    def _looked_at(self) -> Iterator[Patient]:
        """Patients in an order of their own who can be found again, as long as something is wanted."""
        order = list(range(1, self.patients + 1))
        Random(f"{self.practice.seed}/faults").shuffle(order)  # noqa: S311 - made-up data, not a secret
        for number in order[: _LOOKED_AT + _PER_FAULT * sum(self.wanted.values())]:
            if self.found == self.wanted:
                return
            patient = self.patient_of(self.practice, number)
            if is_on_the_list(patient):
                yield patient

    def _visit(self, patient: Patient, quota: int) -> None:
        touched = self.touched.setdefault(patient.id, set())
        chart = Chart(self.practice, patient, self._another_than(patient), touched)
        for one in self._still_wanted(patient):
            if quota <= 0 or self._is_dropped(patient):
                break
            proposal = self._proposal(chart, one)
            if proposal is None:
                self.misses[one.id] += 1
            else:
                self._accept(chart, one, proposal)
                quota -= 1
        if not self._is_dropped(patient):
            self.neighbour = Chart(self.practice, patient, None, touched)

    def _another_than(self, patient: Patient) -> Chart | None:
        one = self.neighbour
        return one if one and one.patient.id != patient.id else None

    def _still_wanted(self, patient: Patient) -> list[FaultClass]:
        """Kinds of which some are wanted, those that found no place most often first."""
        wanted = [name for name, count in self.wanted.items() if self.found[name] < count]
        kinds = [FAULT_CLASSES[name] for name in wanted if (name, patient.id) not in self.hosts]
        return sorted(kinds, key=lambda one: (-self.misses[one.id], self.found[one.id]))

    def _is_dropped(self, patient: Patient) -> bool:
        return any(isinstance(edit, DropPatient) for edit in self.edits.get(patient.id, ()))

    def _proposal(self, chart: Chart, one: FaultClass) -> Proposal | None:
        """The first fault of a kind that the record has a place for, looking from anywhere in it."""
        collections = list(one.hits)
        draw = Random(f"{self.practice.seed}/{chart.patient.id}/{one.id}")  # noqa: S311 - made-up data, not a secret
        draw.shuffle(collections)
        for collection in collections:
            items = list(getattr(chart.patient, collection))
            draw.shuffle(items)
            if one.id in self.plan.shares:
                usual = self.usual[one.id]
                items.sort(key=lambda item: _commonest_first(usual, likeness(collection, item)[:2]))
            made = (one.propose(chart, collection, item) for item in items)
            proposal = next((fault for fault in made if fault is not None), None)
            if proposal and not (self._drops(proposal) and self.edits.get(chart.patient.id)):
                return proposal
        return None

    def _drops(self, proposal: Proposal) -> bool:
        return any(isinstance(edit, DropPatient) for edit in proposal.edits)

    def _accept(self, chart: Chart, one: FaultClass, proposal: Proposal) -> None:
        self.found[one.id] += 1
        if one.id in self.plan.shares:
            self.hosts.add((one.id, chart.patient.id))
        self._harm(chart, proposal.edits)
        if chart.neighbour is not None and proposal.others:
            self._harm(chart.neighbour, proposal.others)
        chart.touched.update(mark.item for mark in proposal.marks if not mark.elsewhere)
        for mark in proposal.marks:
            whose = chart.neighbour if mark.elsewhere and chart.neighbour else chart
            self.answers.append(_answer(one.id, whose.patient, mark))

    def _harm(self, chart: Chart, edits: tuple[Edit, ...]) -> None:
        """Take the edits of a patient to the list; nothing else may hit the same items, or what looks like them."""
        self.edits.setdefault(chart.patient.id, []).extend(edits)
        for edit in edits:
            if isinstance(edit, Add):
                chart.touched.update({edit.item.id, *chart.alike(edit.collection, edit.item)})
            elif not isinstance(edit, DropPatient):
                chart.touched.add(edit.item)


def _commonest_first(usual: Counter[tuple[str, int]], idea: tuple[str, int]) -> tuple[int, tuple[str, int]]:
    return -usual[idea], idea


def is_on_the_list(patient: Patient) -> bool:
    """Whether a fault would be somebody's harm and can be found: a living, registered patient with an NHS number."""
    registered = any(one.kind == "regular" and one.ends is None for one in patient.registrations[-1:])
    is_hidden = patient.test_patient or patient.confidential
    return registered and patient.death is None and patient.nhs_number is not None and not is_hidden


def _answer(fault: str, patient: Patient, mark: Mark) -> Answer:
    return Answer(
        fault,
        patient.id,
        patient.nhs_number,
        mark.entity,
        mark.item,
        mark.field,
        mark.outcome,
        mark.before,
        mark.after,
        mark.visible_in,
    )
