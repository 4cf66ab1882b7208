"""Faults of whole records: lost, twice, in the wrong patient's record, at the wrong end of a link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from godwit.synth.faults.chart import Chart, Mark, Proposal
from godwit.synth.faults.edits import DropPatient
from godwit.synth.model import Allergy, Document, Observation, Registration


def record_lost(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The item is gone."""
    if not here.is_free(collection, item) or (collection == "issues" and not _is_one_of_many(here, item)):
        return None
    return here.lost(collection, item)


def record_duplicated(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The item is there twice."""
    if not here.is_free(collection, item) or (collection == "issues" and not _is_one_of_many(here, item)):
        return None
    return here.gained(collection, replace(item, id=here.next_id()))


def record_to_wrong_patient(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The item is gone here and stands in somebody else's record, without its links."""
    if here.neighbour is None or not here.is_free(collection, item):
        return None
    return here.moved(here.neighbour, collection, [item])


def lost_alone(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The item is gone; for kinds that a class of their own watches over. Nobody comes to a cancelled appointment."""
    is_off = collection == "appointments" and item.status == "cancelled"
    return here.lost(collection, item) if here.is_free(collection, item) and not is_off else None


def allergy_to_text(here: Chart, collection: str, item: Allergy) -> Proposal | None:
    """The allergy is gone, and a note of the words is left that no system can act on."""
    degraded = degrade_code(here)
    if not here.is_free(collection, item) or degraded is None:
        return None
    words = " ".join(part for part in (here.code(item).term, item.text) if part)
    note = Observation(
        here.next_id(),
        item.when,
        item.entered,
        item.clinician,
        item.recorder,
        item.consultation,
        text=words,
        code=degraded,
    )
    lost, gained = here.lost(collection, item), here.gained("observations", note)
    return Proposal(lost.edits + gained.edits, lost.marks + gained.marks)


def degrade_code(here: Chart) -> int | None:
    """The code that says only that something could not be coded: the first local one that is not used for values."""
    kinds = ("administration", "finding")
    local = (code.id for code in here.practice.codes if code.snomed is None and code.kind in kinds)
    return next(local, None)


def document_of_another(here: Chart, collection: str, item: Document) -> Proposal | None:
    """The letter is still listed, but the file behind it is somebody else's."""
    theirs = next(iter(here.neighbour.patient.documents), None) if here.neighbour else None
    if theirs is None or not here.is_clear(collection, item) or not item.uid:
        return None
    values = {name: getattr(theirs, name) for name in ("uid", "file_name", "mime", "size", "sha256")}
    return here.changed(collection, item, "path", (item.uid, theirs.uid), **values)


def link_lost(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The entry no longer belongs to the group of results it was measured in, or to its problem."""
    if not here.is_clear(collection, item) or item.id in here.hung_on:
        return None
    for name, shapes in (("parent", ("emis", *_MESSAGES)), ("problem", ("emis", "vision"))):
        before = getattr(item, name)
        if before is not None:
            made = here.changed(collection, item, name, (str(before), None), **{name: None})
            mark = replace(made.marks[0], visible_in=shapes)
            return replace(made, marks=(mark, *_at_the_problem(name, item)))
    return None


_MESSAGES = ("gp2gp", "gpconnect")


def _at_the_problem(name: str, item: Observation) -> tuple[Mark, ...]:
    """Messages keep such a link at the other end: the problem names its entries."""
    if name != "problem" or item.problem is None:
        return ()
    return (Mark("problem", item.problem, "different", "linked", str(item.id), None, visible_in=_MESSAGES),)


def author_lost(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """Nobody stands behind the entry any more."""
    if item.clinician is None or not here.is_clear(collection, item):
        return None
    made = here.changed(collection, item, "performer", (str(item.clinician), None), clinician=None)
    # A GP2GP entry without a person of its own takes that of its consultation, so the loss is filled in.
    shapes = ("emis", "tpp", "vision", "gpconnect")
    return replace(made, marks=(replace(made.marks[0], visible_in=shapes),))


def confidentiality_lost(here: Chart, collection: str, item: Any) -> Proposal | None:
    """What was to be kept from others is open to all."""
    if not item.confidential or not here.is_clear(collection, item):
        return None
    made = here.changed(collection, item, "confidentiality", ("confidential", None), confidential=False)
    return replace(made, marks=(replace(made.marks[0], visible_in=("emis", "gp2gp", "gpconnect")),))


def patient_dropped(here: Chart, collection: str, item: Registration) -> Proposal | None:
    """Nothing of the patient arrives."""
    if collection != "registrations" or item.id != here.patient.registrations[-1].id:
        return None
    return Proposal((DropPatient(),), (Mark("patient", here.patient.id, "missing"),))


def registration_status_changed(here: Chart, collection: str, item: Registration) -> Proposal | None:
    """A patient on the list has left it."""
    last = item.id == here.patient.registrations[-1].id
    if not last or item.ends or item.kind != "regular" or item.id in here.touched:
        return None
    ends = max(item.starts, here.practice.snapshot.date().replace(day=1))
    return here.changed(collection, item, "status", ("active", "left"), ends=ends, reason="Left practice")


def _is_one_of_many(here: Chart, item: Any) -> bool:
    return here.issues_of[item.authorisation] > 1
