"""The patient's own rows of an EMIS extract: one row for the person here, and the changes of registration."""

from __future__ import annotations

from datetime import date

from godwit.synth.cells import row
from godwit.synth.emis.desk import Desk, Page
from godwit.synth.model import Address, Patient, Registration

_POSTCODE = 7  # the width of the column; the longest postcodes fit without their blank only
_TYPES = {
    "regular": "Regular",
    "temporary": "Temporary",
    "private": "Private",
    "immediately_necessary": "Immediately Necessary",
}


def patient_row(desk: Desk, page: Page) -> None:
    """The row of Admin_Patient: the latest registration, the current home, one carer, one number of each kind."""
    one = page.patient
    current = one.registrations[-1] if one.registrations else None
    home = home_of(one)
    street, town, county, postcode = home.lines if home else ("", "", "", "")
    if len(postcode) > _POSTCODE:
        postcode = postcode.replace(" ", "")
    carer = next((r for r in reversed(one.relations) if r.carer), None)
    contacts: dict[str, str] = {contact.kind: contact.value for contact in one.contacts}
    cells: list[str | None] = [
        "{" + page.guid + "}", braced(desk.organisation), braced(desk.staff[one.usual_gp]), one.sex,
        one.birth.isoformat(), _iso(one.death), one.title, one.given, one.middle, one.family,
        _iso(current.starts if current else None), one.nhs_number, str(one.id),
        _TYPES.get(current.kind, "Other") if current else None, _truth(one.test_patient),
        None, street, None, town, county, postcode, None, None,
        *((carer.name, carer.relation) if carer else (None, None)), "{" + desk.person(one.id) + "}",
        _iso(current.ends if current else None), "false", _truth(one.sensitive), _truth(one.confidential),
        contacts.get("email"), contacts.get("home"), contacts.get("mobile"), None, None, None, None,
    ]  # fmt: skip
    page.rows["Admin_Patient"].append(row(cells)[:-2] + "," + desk.end)
    _count(page, home is not None, set(contacts) - {"work"}, carer is not None)


def home_of(patient: Patient) -> Address | None:
    """The current home: the last home address without an end, else none."""
    return next((a for a in reversed(patient.addresses) if a.kind == "home" and a.ends is None), None)


def _count(page: Page, home: bool, told: set[str], carer: bool) -> None:
    one, losses = page.patient, page.losses
    losses["emis_other_address"] += len(one.addresses) - home
    losses["emis_other_contact"] += len(one.contacts) - len(told)
    losses["emis_contact_unverified"] += sum(not contact.verified for contact in one.contacts)
    losses["emis_relation"] += len(one.relations) - carer
    losses["emis_carer_phone"] += sum(bool(r.phone) for r in one.relations if r.carer)
    losses["emis_previous_name"] += bool(one.previous_family)
    losses["emis_language"] += bool(one.language) or one.interpreter
    losses["emis_earlier_registration"] += max(0, len(one.registrations) - 1)
    losses["emis_registration_reason"] += sum(bool(r.reason) for r in one.registrations)
    losses["emis_alert"] += len(one.alerts)


def history(desk: Desk, page: Page) -> None:
    """Registration status changes, and who registered the patient."""
    changes = [change for one in page.patient.registrations for change in _changes(one)]
    page.rows["Admin_PatientHistory"] += [
        f'"{{{page.guid}}}","{braced(desk.organisation)}","{day.isoformat()}","00:00:00","{status}",{desk.end}'
        for day, status in changes
    ]
    if changes:
        day = changes[0][0].isoformat()
        page.rows["Audit_RegistrationAudit"].append(f'{page.who},"{day}","09:00:00","","Insert",{desk.end}')


def _changes(one: Registration) -> list[tuple[date, str]]:
    began = (one.starts, "Registered")
    return [began, (one.ends, "Deducted")] if one.ends else [began]


def braced(cell: str) -> str | None:
    """The GUID of a finished cell in braces, without the quotes."""
    return "{" + cell[1:-1] + "}" if len(cell) > 2 else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _truth(true: bool) -> str:
    return "true" if true else "false"
