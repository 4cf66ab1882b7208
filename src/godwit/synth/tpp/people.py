"""The patient's own rows of a SystmOne extract: person, registrations, addresses, contacts, relations and warnings."""

from __future__ import annotations

from datetime import date

from godwit.synth.model import Address, Alert, Registration, Relation
from godwit.synth.tpp.desk import NONE, Desk, Page, day, moment, stamp, truth
from godwit.synth.tpp.reference import house_and_road

_STATUS = {
    "regular": "GMS",
    "temporary": "Temporary",
    "private": "Private",
    "immediately_necessary": "Immediately Necessary",
}
_CONTACTS = {"home": "Home", "mobile": "Mobile", "work": "Work", "email": "Email"}


def person(desk: Desk, page: Page) -> None:
    """SRPatient. The usual GP and the marks of a sensitive or confidential record have no column."""
    one = page.patient
    email = next((contact.value for contact in reversed(one.contacts) if contact.kind == "email"), None)
    page.add(
        "SRPatient",
        None,
        {
            "RowIdentifier": f'"{one.id}"', "Title": page.text(one.title), "FirstName": page.text(one.given),
            "MiddleNames": page.text(one.middle), "Surname": page.text(one.family),
            "PreviousSurname": page.text(one.previous_family), "NHSNumber": page.text(one.nhs_number),
            "DateBirth": _day(one.birth), "DateDeath": _day(one.death), "Gender": f'"{one.sex}"',
            "SpeaksEnglish": truth(not one.interpreter), "EmailAddress": page.text(email),
            "TestPatient": truth(one.test_patient), "SpineMatched": truth(one.nhs_number is not None),
        },
    )  # fmt: skip
    losses = page.losses
    losses["tpp_usual_gp"] += desk.people[one.usual_gp] != NONE
    losses["tpp_confidential"] += one.confidential or one.sensitive
    losses["tpp_language"] += bool(one.language)
    losses["tpp_contact_unverified"] += sum(not contact.verified for contact in one.contacts)
    for step in (_registrations, _addresses, _contacts, _relations, _alerts):
        step(desk, page)


def _day(on: date | None) -> str:
    return f'"{day(on)}"'


def _dated(desk: Desk, number: int, starts: date) -> dict[str, str]:
    """The head of a row that nobody in particular wrote."""
    return {
        "RowIdentifier": f'"{number}"', "DateEventRecorded": _day(starts), "DateEvent": _day(starts),
        "IDProfileEnteredBy": NONE, "IDDoneBy": NONE, "IDOrganisationDoneAt": desk.ods, "IDEvent": NONE,
    }  # fmt: skip


def _registrations(desk: Desk, page: Page) -> None:
    for one in page.patient.registrations:
        status = _STATUS.get(one.kind, "Other")
        if page.patient.sex == "F" and page.patient.id % 50 == 9:
            status += ",Contraception"  # several states may stand in one cell
        dates = {"DateRegistration": _day(one.starts), "DateDeRegistration": _day(one.ends)}
        head = _dated(desk, one.id, one.starts)
        page.add("SRPatientRegistration", None, head | dates | {"RegistrationStatus": f'"{status}"'})
        page.add("SRRecordStatus", None, head | {"MedicalRecordStatus": _record_status(page, one)})
        page.losses["tpp_registration_reason"] += bool(one.reason)


def _record_status(page: Page, one: Registration) -> str:
    if one.ends is None:
        return '"Registered"'
    return '"Deceased"' if page.patient.death else '"Deducted"'


def _addresses(desk: Desk, page: Page) -> None:
    for one in page.patient.addresses:
        page.add("SRPatientAddressHistory", None, _dated(desk, one.id, one.starts) | _address(page, one))


def _address(page: Page, one: Address) -> dict[str, str]:
    street, town, county, postcode = one.lines
    number, road = house_and_road(street)
    return {
        "NumberOfBuilding": page.text(number), "NameOfRoad": page.text(road), "NameOfTown": page.text(town),
        "NameOfCounty": page.text(county), "FullPostCode": page.text(postcode), "DateTo": _day(one.ends),
        "AddressType": page.listed("Address type", one.kind.capitalize()),
    }  # fmt: skip


def _contacts(desk: Desk, page: Page) -> None:
    since = page.patient.registrations[0].starts if page.patient.registrations else page.patient.birth
    for one in page.patient.contacts:
        kind = page.listed("Contact type", _CONTACTS[one.kind])
        cells = {"ContactType": kind, "ContactNumber": page.text(one.value)}
        page.add("SRPatientContactDetails", None, _dated(desk, one.id, since) | cells)


def _relations(desk: Desk, page: Page) -> None:
    since = page.patient.registrations[0].starts if page.patient.registrations else page.patient.birth
    for one in page.patient.relations:
        page.add("SRPatientRelationship", None, _dated(desk, one.id, since) | _relation(page, one))


def _relation(page: Page, one: Relation) -> dict[str, str]:
    return {
        "RelationshipType": page.listed("Relationship", one.relation), "PersonalGuardianOrProxy": truth(False),
        "NextOfKin": truth(one.next_of_kin), "CaresForPatient": truth(one.carer),
        "PrincipalCarerForPatient": truth(one.carer), "KeyHolder": truth(False),
        "IDRelationshipWithPatient": NONE, "IDPatientRelationshipWith": NONE,
        "RelationshipWithName": page.text(one.name), "RelationshipWithTelephone": page.text(one.phone),
    }  # fmt: skip


def _alerts(desk: Desk, page: Page) -> None:
    """Warnings and safeguarding registers: the highest harm if they are lost."""
    for one in page.patient.alerts:
        page.count(one)
        page.losses["tpp_alert_author"] += one.clinician not in {None, one.recorder}
        if one.kind == "note":
            _note(desk, page, one)
        else:
            _register(desk, page, one)


def _note(desk: Desk, page: Page, one: Alert) -> None:
    cells = {
        "RowIdentifier": f'"{one.id}"', "DateEventRecorded": f'"{stamp(one.entered)}"',
        "IDProfileEnteredBy": desk.profiles[one.recorder], "DateStart": f'"{moment(one.when)}"',
        "Type": '"Note"', "Note": page.text(one.text), "DateExpired": _day(one.ends),
    }  # fmt: skip
    page.add("SRSpecialNotes", None, cells)


def _register(desk: Desk, page: Page, one: Alert) -> None:
    child = one.kind == "child_at_risk"
    table = "SRChildAtRisk" if child else "SRPersonAtRisk"
    plan = {"ChildProtectionPlan": truth(True)} if child else {"ProtectionPlan": truth(True)}
    cells = {
        "RowIdentifier": f'"{one.id}"', "DateAdded": f'"{moment(one.when)}"',
        "IDProfileEnteredBy": desk.profiles[one.recorder], "DateRemoved": _day(one.ends),
        "IDProfileRemovedBy": NONE, "ReasonForPlan": page.text(one.text),
    }  # fmt: skip
    page.add(table, None, plan | cells)
    page.losses["tpp_register_entered"] += 1
    if child:
        page.words(table, one)
