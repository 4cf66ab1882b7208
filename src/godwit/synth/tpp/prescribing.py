"""The other half of a SystmOne record: medication, appointments and visits."""

from __future__ import annotations

from datetime import datetime, timedelta

from godwit.synth.model import Appointment, Authorisation, Issue
from godwit.synth.tpp.clinical import head, is_visit
from godwit.synth.tpp.desk import NONE, Desk, Page, day, moment, stamp, truth

_STATUS = {
    "booked": "Booked",
    "arrived": "Arrived",
    "seen": "Finished",
    "dna": "Did Not Attend",
    "cancelled": "Cancelled by Patient",
}


def _product(desk: Desk, page: Page, drug: int) -> str:
    """The four cells of a product: Multilex product and pack, dm+d, name."""
    known = desk.practice.drug(drug)
    return f'"{known.multilex}","{known.multilex * 10}","{known.dmd or ""}",{page.text(known.name)}'


def templates(desk: Desk, page: Page) -> None:
    """Repeat templates. An acute course has none: its only issue stands for it."""
    issued = {one.authorisation for one in page.patient.issues}
    for one in page.patient.authorisations:
        if one.kind == "acute":
            page.losses["tpp_acute_without_issue"] += one.id not in issued
            _count_acute(page, one)
            continue
        allowed = "" if one.issues_allowed is None else one.issues_allowed
        page.rows["SRRepeatTemplate"].append(
            f'{head(desk, page, one)},{_product(desk, page, one.drug)},"{moment(one.when)}","{day(one.ends)}",'
            f'"{day(one.review)}",{page.text(one.dosage)},{page.text(f"{one.quantity} {one.unit}".strip())},'
            f'"{allowed}","{one.days}","{_drug_status(one)}","-1",{page.events.get(one.consultation, NONE)},{page.tail}'
        )
        page.words("SRRepeatTemplate", one)
        page.losses["tpp_stop_reason"] += bool(one.end_reason)
        page.losses["tpp_drug_status"] += not one.active and (one.private or one.kind == "repeat_dispensing")


def _count_acute(page: Page, one: Authorisation) -> None:
    losses = page.losses
    losses["tpp_acute_details"] += bool(one.text or one.review or one.end_reason or one.private)
    losses["tpp_confidential"] += one.confidential


def _drug_status(one: Authorisation) -> int:
    """The supplier's number: 4 historical, 6 private, 8 repeat dispensed, 0 normal."""
    if not one.active:
        return 4
    return 6 if one.private else 8 if one.kind == "repeat_dispensing" else 0


def issues(desk: Desk, page: Page) -> None:
    """Every issue, acute or from a repeat template; each has an end date, which nobody updates."""
    above = {one.id: one for one in page.patient.authorisations}
    out = page.rows["SRPrimaryCareMedication"]
    for one in page.patient.issues:
        course = above.get(one.authorisation)
        repeat = course is not None and course.kind != "acute"
        out.append(
            f'{head(desk, page, one)},{_product(desk, page, one.drug)},"{moment(one.when)}","{_ends(one, course)}",'
            f'{page.text(one.dosage)},{page.text(f"{one.quantity} {one.unit}".strip())},"FALSE","","",{truth(repeat)},'
            f'"FALSE","FALSE","FALSE","{one.authorisation if repeat else -1}","-1",'
            f"{page.events.get(one.consultation, NONE)},{page.tail}"
        )
        if one.text:
            page.words("SRPrimaryCareMedication", one)
        if one.method:
            page.losses["tpp_issue_method"] += 1


def _ends(one: Issue, course: Authorisation | None) -> str:
    if course is not None and course.kind == "acute" and course.ends:
        return day(course.ends)
    return stamp_after(one.when.at, one.days)


def stamp_after(at: datetime | None, days: int) -> str:
    """The day so many days later; empty if the first is not known."""
    return day((at + timedelta(days=days)).date()) if at else ""


def appointments(desk: Desk, page: Page) -> None:
    """Appointments in a rota; home visits have a file of their own."""
    losses = page.losses
    for one in page.patient.appointments:
        losses["tpp_appointment_reason"] += bool(one.reason or one.text)
        if is_visit(one.type):
            _visit(desk, page, one)
        else:
            _appointment(desk, page, one)


def _appointment(desk: Desk, page: Page, one: Appointment) -> None:
    name, place, owner = desk.sessions.get(one.session, ('""', '""', NONE))
    profile = desk.profiles[one.clinician] if one.clinician is not None else owner
    person = desk.people.get(int(profile[1:-1]), NONE)
    telephone = "telephone" in one.type.lower()
    page.rows["SRAppointment"].append(
        f'"{one.id}",{desk.ods},"{moment(one.when)}","{_until(one)}","{_STATUS[one.status]}","{_at(one.booked)}",'
        f'"{_at(one.arrived)}","{_at(one.seen)}","FALSE",{truth(telephone)},{person},{profile},{name},"Surgery",{place},'
        f'"",{person},{profile},"FALSE","","","{one.session}","-1",{page.tail}'
    )
    losses = page.losses
    losses["tpp_appointment_left"] += one.left is not None
    losses["tpp_appointment_type"] += not telephone and one.type != "Face to face"


def _visit(desk: Desk, page: Page, one: Appointment) -> None:
    cells = {
        "RowIdentifier": f'"{one.id}"', "DateEventRecorded": f'"{_at(one.booked) or stamp(one.entered)}"',
        "IDProfileEnteredBy": desk.profiles[one.recorder], "DateBooked": f'"{_at(one.booked)}"',
        "DateRequested": f'"{moment(one.when)}"', "CurrentStatus": f'"{_STATUS[one.status]}"',
        "IDProfileRequested": desk.profiles[one.recorder], "IDProfileAssigned": desk.profiles[one.clinician],
        "Duration": f'"{one.minutes}"',
    }  # fmt: skip
    page.add("SRVisit", None, cells)
    page.losses["tpp_visit_rota"] += 1


def _until(one: Appointment) -> str:
    return stamp(one.when.at + timedelta(minutes=one.minutes)) if one.when.at else ""


def _at(at: datetime | None) -> str:
    return stamp(at) if at else ""
