"""The files of a Vision extract about people and places: patient, practice and staff."""

from __future__ import annotations

from godwit.synth.model import Address, Patient, Practice, Registration
from godwit.synth.vision.desk import Desk, Page, cell, day, hcp_type

_ACTIVE = {"regular": "R", "temporary": "T", "private": "P"}


def practice_row(practice: Practice) -> str:
    """The one row of the practice."""
    own = practice.organisation
    cells = [
        str(own.id),
        own.name,
        own.ods,
        "",
        *_address_cells(own.address),
        own.address[3],
        own.phone,
        "",
        "",
    ]
    return line(cells)


def staff_rows(desk: Desk) -> str:
    """A row for everybody in a role. The role itself is only a letter."""
    return "".join(
        line([str(one.id), hcp_type(one), one.gmp or "", one.family, one.given, one.title, "", desk.service])
        for one in desk.practice.staff
    )


def line(cells: list[str]) -> str:
    """A line with quotes where they are needed."""
    return ",".join(map(cell, cells)) + "\r\n"


def _address_cells(lines: tuple[str, str, str, str]) -> list[str]:
    """The address twice: joined by pipes, and in five lines."""
    street, town, county, _ = lines
    kept = [part for part in (street, town, county) if part]
    return ["|".join(kept), *kept, *[""] * (5 - len(kept))]


def patient_row(page: Page) -> None:
    """The row of the patient: latest registration, current home, one number of each kind."""
    one, desk = page.patient, page.desk
    current = one.registrations[-1] if one.registrations else None
    home = next((a for a in reversed(one.addresses) if a.kind == "home" and a.ends is None), None)
    contacts: dict[str, str] = {contact.kind: contact.value for contact in one.contacts}
    usual = str(one.usual_gp) if one.usual_gp in desk.staff else ""
    ethnic = desk.practice.code(one.ethnicity).read2 if one.ethnicity else None
    page.rows["patient"].append(
        line(
            [
                str(one.id), str(one.id), day(one.birth), one.sex, home.lines[3] if home else "", "", usual, usual,
                _active(one, current), day(current.starts if current else None), day(current.ends if current else None),
                "", "", "", "", "", ethnic or "", day(one.death), desk.practice.organisation.ods,
                one.family, f"{one.given} {one.middle}".strip(), one.title, one.nhs_number or "",
                *(_address_cells(home.lines) if home else [""] * 6),
                contacts.get("home", ""), contacts.get("mobile", ""), contacts.get("email", ""),
                desk.practice.organisation.ods, desk.service, "A",
            ]
        )
    )  # fmt: skip
    _count(page, home, set(contacts) - {"work"})


def _active(patient: Patient, current: Registration | None) -> str:
    if patient.death:
        return "D"
    if current is None or current.ends:
        return "L"
    return _ACTIVE.get(current.kind, "S")


def _count(page: Page, home: Address | None, told: set[str]) -> None:
    one, losses = page.patient, page.losses
    losses["vision_confidential"] += one.confidential or one.sensitive
    losses["vision_test_patient"] += one.test_patient
    losses["vision_previous_name"] += bool(one.previous_family)
    losses["vision_language"] += bool(one.language) or one.interpreter
    losses["vision_relation"] += len(one.relations)
    losses["vision_alert"] += len(one.alerts)
    losses["vision_appointment"] += len(one.appointments)
    losses["vision_other_address"] += len(one.addresses) - (home is not None)
    losses["vision_other_contact"] += len(one.contacts) - len(told)
    losses["vision_earlier_registration"] += max(0, len(one.registrations) - 1)
    losses["vision_registration_reason"] += sum(bool(r.reason) for r in one.registrations)
