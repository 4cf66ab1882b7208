"""A record laid out for a message: what stands in which consultation, group and problem, and what is only filed.

A bulk extract is a heap of rows that point at each other; a message is a tree of consultations with entries in them.
Entries without a consultation are filed together when the same people entered them at the same moment.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from godwit.synth.model import Authorisation, Consultation, Item, Observation, Patient, Practice, When

_ENTRIES = (
    "observations", "allergies", "immunisations", "authorisations", "issues", "referrals", "recalls", "documents",
    "problems",
)  # fmt: skip
"""The collections whose items stand in consultations, in the order in which they are written there."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One consultation with its entries, or entries that were filed together without one."""

    id: str
    consultation: Consultation | None
    entered: datetime
    recorder: int | None
    clinician: int | None
    entries: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """One patient's record as a message sees it."""

    practice: Practice
    patient: Patient
    _ids: dict[tuple[str, int | str], str] = field(default_factory=dict)

    def id(self, what: str, number: int | str) -> str:
        """The identifier of something of this practice, the same in every run; capitals, as EMIS writes them."""
        known = self._ids.get((what, number))
        if known is None:
            known = self._ids[what, number] = self._new_id(what, number)
        return known

    def _new_id(self, what: str, number: int | str) -> str:
        named = f"{self.practice.seed}/{what}/{number}".encode()
        text = hashlib.blake2b(named, digest_size=16).hexdigest().upper()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    @cached_property
    def members(self) -> dict[int, list[Observation]]:
        """The results in each group, by the id of the group."""
        known = {one.id for one in self.patient.observations}
        found: dict[int, list[Observation]] = defaultdict(list)
        for one in self.patient.observations:
            if one.parent in known:
                found[one.parent].append(one)
        return found

    @cached_property
    def linked(self) -> dict[int, list[Item]]:
        """What belongs to each problem besides the entry that names it, by the id of the problem."""
        names = {one.id: one.entry for one in self.patient.problems}
        found: dict[int, list[Item]] = defaultdict(list)
        for name in _ENTRIES:
            for item in getattr(self.patient, name):
                if item.problem in names and item.id != names[item.problem]:
                    found[item.problem].append(item)
        return found

    @cached_property
    def named(self) -> dict[int, Observation]:
        """The entries of the record by id, of which some name problems."""
        return {one.id: one for one in self.patient.observations}

    @cached_property
    def filings(self) -> list[Filing]:
        """Every consultation, then what was filed without one, each with the entries that stand in it directly."""
        seen = {one.id: self._consultation(one) for one in self.patient.consultations}
        filed: dict[tuple[datetime, int | None, int | None], Filing] = {}
        for name in _ENTRIES:
            for item in getattr(self.patient, name):
                if isinstance(item, Observation) and item.parent in self.named:
                    continue  # it stands in its group
                held = seen.get(item.consultation or 0)
                if held is None:
                    key = (item.entered, item.recorder, item.clinician)
                    held = filed.setdefault(key, Filing(self.id("filed", item.id), None, *key))
                held.entries.append(item)
        return [*seen.values(), *filed.values()]

    def _consultation(self, one: Consultation) -> Filing:
        return Filing(self.id("item", one.id), one, one.entered, one.recorder, one.clinician)

    @cached_property
    def authorisations(self) -> dict[int, Authorisation]:
        """The authorisations by id, for the issues under them."""
        return {one.id: one for one in self.patient.authorisations}

    @cached_property
    def people(self) -> list[int]:
        """The staff the record names, each once."""
        found = dict.fromkeys((self.patient.usual_gp,))
        for name in (*_ENTRIES, "consultations"):
            for item in getattr(self.patient, name):
                found[item.clinician] = found[item.recorder] = None
        known = {one.id for one in self.practice.staff}
        return [one for one in found if one in known]

    @cached_property
    def organisations(self) -> list[int]:
        """The other organisations the record names, each once."""
        found = dict.fromkeys(one.to for one in self.patient.referrals)
        return [one for one in found if any(other.id == one for other in self.practice.others)]

    @cached_property
    def sites(self) -> list[int]:
        """The places where the patient was seen."""
        found = dict.fromkeys(one.site for one in self.patient.consultations)
        return [one for one in found if any(site.id == one for site in self.practice.sites)]

    @cached_property
    def issue_counts(self) -> dict[int, int]:
        """How often each authorisation was used."""
        counts: dict[int, int] = defaultdict(int)
        for issue in self.patient.issues:
            counts[issue.authorisation] += 1
        return counts


def end_of(one: Consultation) -> When | None:
    """When a consultation ended; None where its start is not known to the minute."""
    if one.when.precision != "YMDT" or one.when.at is None:
        return None
    return When("YMDT", one.when.at + timedelta(minutes=one.minutes))
