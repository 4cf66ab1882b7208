"""What happens to a made-up patient from one extract to the next: entries come, change and go; people join and leave.

Only what every supplier can tell of is ever removed: no problem, referral or document, which some have no deletion for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from godwit.synth.model import Issue, Patient, When

_SHARE = 0.4  # of patients with any change from one extract to the next


@dataclass(frozen=True, slots=True)
class Fate:
    """The step of a series at which a patient joins, leaves the practice, or is removed; None for never."""

    joins: int | None = None
    leaves: int | None = None
    goes: int | None = None


def fate(patient: int, seed: int, deltas: int) -> Fate:
    """What becomes of a patient in a series with this number of deltas: three in twenty join, leave or go."""
    draw = Random(f"{seed}/{patient}/fate")  # noqa: S311 - made-up lives need no secrecy
    step, kind = draw.randint(1, max(1, deltas)), draw.random()
    if deltas < 1 or kind >= 0.15:
        return Fate()
    return Fate(joins=step) if kind < 0.05 else Fate(leaves=step) if kind < 0.1 else Fate(goes=step)


def states(patient: Patient, seed: int, moments: list[datetime]) -> list[Patient | None]:
    """The patient at each extract of a series; None where there is none. `moments` are when they were taken."""
    destiny = fate(patient.id, seed, len(moments) - 1)
    now = patient
    found: list[Patient | None] = []
    for step, at in enumerate(moments):
        if step:
            now = evolve(now, seed, at)
        if step == destiny.leaves:
            now = _left(now, at)
        there = step >= (destiny.joins or 0) and (destiny.goes is None or step < destiny.goes)
        found.append(now if there else None)
    return found


def evolve(patient: Patient, seed: int, at: datetime) -> Patient:
    """The patient at the next extract, which is taken at `at`; the patient that is handed in stays as it is."""
    draw = Random(f"{seed}/{patient.id}/{at.isoformat()}")  # noqa: S311 - made-up lives need no secrecy
    if draw.random() >= _SHARE:
        return patient
    for change in draw.sample(_CHANGES, 3):
        patient = change(patient, at)
    return patient


def _next_id(patient: Patient) -> int:
    held = (getattr(patient, name) for name in Patient.__dataclass_fields__)
    ids: list[int] = [one.id for many in held if isinstance(many, list) for one in many]
    return 1 + max(ids)


def _entry_added(patient: Patient, at: datetime) -> Patient:
    if not patient.observations:
        return patient
    seen = at.replace(hour=9, minute=40) - timedelta(days=1)
    new = replace(
        patient.observations[-1], id=_next_id(patient), when=When("YMDT", seen), entered=seen, text="Seen again",
        parent=None, problem=None, consultation=None,
    )  # fmt: skip
    return replace(patient, observations=[*patient.observations, new])


def _text_changed(patient: Patient, at: datetime) -> Patient:
    """Some entry says something else; which one goes by the day."""
    if not patient.observations:
        return patient
    place = at.toordinal() % len(patient.observations)
    changed = replace(patient.observations[place], text=f"Corrected on {at:%d/%m/%Y}")
    entries = [changed if number == place else one for number, one in enumerate(patient.observations)]
    return replace(patient, observations=entries)


def _entry_removed(patient: Patient, at: datetime) -> Patient:
    """An entry goes that nothing hangs on; never the last, whose number would come back."""
    del at
    last = _next_id(patient) - 1
    kept = {one.parent for one in patient.observations} | {one.entry for one in patient.problems} | {last}
    free = next((one for one in patient.observations if one.id not in kept and one.parent is None), None)
    return replace(patient, observations=[one for one in patient.observations if one is not free])


def _issue_added(patient: Patient, at: datetime) -> Patient:
    course = next((one for one in patient.authorisations if one.active and one.kind != "acute"), None)
    if course is None:
        return patient
    day = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    new = Issue(
        _next_id(patient), When("YMD", day), day + timedelta(hours=11), course.clinician, course.recorder,
        authorisation=course.id, drug=course.drug, dosage=course.dosage, quantity=course.quantity, unit=course.unit,
        days=course.days,
    )  # fmt: skip
    return replace(patient, issues=[*patient.issues, new])


def _recall_done(patient: Patient, at: datetime) -> Patient:
    del at
    due = next((one for one in patient.recalls if one.active), None)
    recalls = [replace(one, active=False, complete=True) if one is due else one for one in patient.recalls]
    return replace(patient, recalls=recalls)


def _appointment_cancelled(patient: Patient, at: datetime) -> Patient:
    del at
    booked = next((one for one in patient.appointments if one.status == "booked"), None)
    changed = [replace(one, status="cancelled") if one is booked else one for one in patient.appointments]
    return replace(patient, appointments=changed)


def _number_changed(patient: Patient, at: datetime) -> Patient:
    first = next(iter(patient.contacts), None)
    number = f"07700 900{at.toordinal() % 1000:03}"
    changed = [
        replace(one, value=number) if one is first and one.kind == "mobile" else one
        for one in patient.contacts
    ]
    return replace(patient, contacts=changed)


def _left(patient: Patient, at: datetime) -> Patient:
    if not patient.registrations or patient.registrations[-1].ends is not None:
        return patient
    *earlier, last = patient.registrations
    return replace(patient, registrations=[*earlier, replace(last, ends=at.date(), reason="Moved away")])


_CHANGES: tuple[Callable[[Patient, datetime], Patient], ...] = (
    _entry_added,
    _text_changed,
    _entry_removed,
    _issue_added,
    _recall_done,
    _appointment_cancelled,
    _number_changed,
)
