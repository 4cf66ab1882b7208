"""The other half of an EMIS record: medication, appointments, and the audit trail."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from godwit.synth.cells import quoted
from godwit.synth.emis.desk import Desk, Page, dated, entered, flag
from godwit.synth.model import Appointment, Authorisation, Item

_NONE = '""'
_KINDS = {"acute": "Acute", "repeat": "Repeat", "repeat_dispensing": "Repeat Dispensing"}
_STATUS = {"booked": "Booked", "arrived": "Arrived", "seen": "Seen", "dna": "DNA", "cancelled": "Available"}
_AUDITED = {
    "consultations": "Consultation", "observations": "Observation", "allergies": "Observation",
    "immunisations": "Observation", "referrals": "Observation", "documents": "Observation", "recalls": "Diary",
    "authorisations": "DrugRecord", "issues": "IssueRecord",
}  # fmt: skip
_AUDITED_ONE_IN = 4


def drug_records(desk: Desk, page: Page) -> None:
    """Authorisations: what may be issued, and how often it was."""
    issued = Counter(one.authorisation for one in page.patient.issues)
    for one in page.patient.authorisations:
        ends = one.ends.isoformat() if one.ends else ""
        allowed = "" if one.issues_allowed is None else one.issues_allowed
        page.rows["Prescribing_DrugRecord"].append(
            f'"{desk.item(one.id)}",{page.who},{dated(one.when)},{entered(desk, one)},{desk.drugs[one.drug]},'
            f'{quoted(one.dosage)},"{one.quantity}",{quoted(one.unit)},{page.problems.get(one.problem, _NONE)},'
            f'"{_KINDS[one.kind]}",{flag(one.active)},"{ends}","{issued[one.id]}","{allowed}",'
            f'{flag(one.confidential)},"false","",{desk.end}'
        )
        _count_authorisation(page, one, issued[one.id] == 0)


def _count_authorisation(page: Page, one: Authorisation, unissued: bool) -> None:
    losses = page.losses
    losses["emis_time_of_day"] += one.when.precision == "YMDT"
    losses["emis_drug_consultation"] += one.consultation is not None
    losses["emis_drug_text"] += bool(one.text)
    losses["emis_stop_reason"] += bool(one.end_reason)
    if unissued:  # the length of a course, its review and whether it is private stand only on an issue
        losses["emis_unissued_details"] += 1


def issue_records(desk: Desk, page: Page) -> None:
    """Issues. The review date and the mark of a private prescription are the authorisation's."""
    above = {one.id: one for one in page.patient.authorisations}
    out, losses, consultations = page.rows["Prescribing_IssueRecord"], page.losses, page.consultations
    for one in page.patient.issues:
        course = above.get(one.authorisation)
        parent = f'"{desk.item(course.id)}"' if course else _NONE
        review = f'"{course.review.isoformat()} 00:00:00"' if course and course.review else _NONE
        private = flag(bool(course and course.private))
        out.append(
            f'"{desk.item(one.id)}",{page.who},{parent},{dated(one.when)},{entered(desk, one)},{desk.drugs[one.drug]},'
            f'{quoted(one.dosage)},"{one.quantity}",{quoted(one.unit)},{page.problems.get(one.problem, _NONE)},'
            f'"{one.days}","{one.id % 2000 / 100:.2f}",{flag(one.confidential)},"",{quoted(one.text)},"","","",'
            f'"false",{private},"","",{consultations.get(one.consultation, _NONE)},"",{review},'
            f'"{one.method}","false",{desk.end}'
        )
        losses["emis_time_of_day"] += one.when.precision == "YMDT"


def slots(desk: Desk, page: Page) -> None:
    """Appointments. A cancelled one has given its slot back, so that the patient is gone from it."""
    shared = {one.id for one in desk.practice.sessions if len(one.clinicians) > 1}
    for one in page.patient.appointments:
        cancelled = one.status == "cancelled"
        start = one.when.at.isoformat() if one.when.at else ""
        who = _NONE if cancelled else f'"{page.guid}"'
        kind = quoted(one.type)
        page.rows["Appointment_Slot"].append(
            f'"{desk.item(one.id)}","{start[:10]}","{start[11:19]}","{one.minutes}",{who},"{_clock(one.seen)}",'
            f'"{_clock(one.left)}",{flag(one.status == "dna")},{_waits(one)},{desk.organisation},'
            f'"{desk.session(one.session)}","",{_booked(one)},"{_STATUS[one.status]}",{kind},"true","Practice","","",'
            f'{kind},"false","","General Practice","","","false",{desk.end}'
        )
        losses = page.losses
        losses["emis_cancelled_appointment"] += cancelled
        losses["emis_clinic_of_several"] += not cancelled and one.session in shared
        losses["emis_appointment_reason"] += bool(one.reason or one.text)
        losses["emis_arrival_time"] += one.arrived is not None and one.seen is None


def _clock(at: datetime | None) -> str:
    return at.isoformat()[11:19] if at else ""


def _booked(one: Appointment) -> str:
    stamp = one.booked.isoformat() if one.booked else ""
    return f'"{stamp[:10]}","{stamp[11:19]}"'


def _waits(one: Appointment) -> str:
    """Minutes the patient waited, minutes the slot began late, minutes it took."""
    return (
        f"{_minutes(one.arrived, one.seen)},{_minutes(one.when.at, one.seen)},{_minutes(one.seen, one.left)}"
    )


def _minutes(since: datetime | None, until: datetime | None) -> str:
    return f'"{max(0, int((until - since).total_seconds() // 60))}"' if since and until else _NONE


def audit(desk: Desk, page: Page) -> None:
    """Who first wrote an entry, and when. One entry in four has its row: the trail begins later than the records."""
    out, item, who, staff = page.rows["Audit_PatientAudit"], desk.item, page.who, desk.staff
    for name, kind in _AUDITED.items():
        entries: list[Item] = getattr(page.patient, name)
        tail = f'"{kind}","Insert",{desk.end}'
        for one in entries:
            if one.id % _AUDITED_ONE_IN:
                continue
            stamp = one.entered.isoformat()
            out.append(f'"{item(one.id)}",{who},"{stamp[:10]}","{stamp[11:19]}",{staff[one.recorder]},{tail}')
