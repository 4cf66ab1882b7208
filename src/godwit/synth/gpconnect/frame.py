"""The frame of a bundle: the patient, the staff and places, and the lists by which a receiver finds its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from godwit.synth.gpconnect.context import Context
from godwit.synth.gpconnect.fhir import (
    NHS,
    SNOMED,
    Tree,
    codeable,
    coding,
    day,
    extension,
    instant,
    reference,
    resource,
)
from godwit.synth.messages.codes import concept
from godwit.synth.model import Organisation, Patient, Site, Staff

GENDERS = {"M": "male", "F": "female", "I": "other", "U": "unknown"}
TELECOM = {
    "home": ("phone", "home"),
    "mobile": ("phone", "mobile"),
    "work": ("phone", "work"),
    "email": ("email", "home"),
}
REGISTRATIONS = {
    "regular": ("R", "Regular"),
    "temporary": ("T", "Temporary"),
    "private": ("P", "Private"),
    "immediately_necessary": ("I", "Immediately necessary"),
}
INDEXES = {
    "AllergyIntolerance": ("886921000000105", "Allergies and adverse reactions"),
    "Condition": ("717711000000103", "Problems"),
    "Immunization": ("1102181000000102", "Immunisations"),
    "MedicationStatement": ("933361000000108", "Medications and medical devices"),
    "ProcedureRequest": ("714311000000108", "Patient recall administration"),
    "ReferralRequest": ("792931000000107", "Outbound referral"),
}
"""Lists that only repeat which records there are, by the kind of record."""


def demographics(here: Context) -> Tree:
    """The patient and the current registration."""
    patient = here.patient
    number = {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": patient.nhs_number}
    home = next((one for one in reversed(patient.addresses) if one.kind == "home" and one.ends is None), None)
    return resource(
        "Patient",
        here.layout.id("patient", patient.id),
        patient.confidential,
        extension=list(_extensions(here)),
        identifier=[number] if patient.nhs_number else [],
        active=patient.registrations[-1].ends is None if patient.registrations else False,
        name=_names(patient),
        telecom=[
            {"system": TELECOM[one.kind][0], "value": one.value, "use": TELECOM[one.kind][1]}
            for one in patient.contacts
        ],
        gender=GENDERS[patient.sex],
        birthDate=patient.birth.isoformat(),
        deceasedDateTime=day(patient.death),
        address=[_address(home.lines, "home")] if home else [],
        contact=[_relation(one) for one in patient.relations],
        generalPractitioner=[here.person(patient.usual_gp)] if patient.usual_gp else [],
        managingOrganization=here.organisation,
    )


def _extensions(here: Context) -> Iterator[Tree]:
    patient = here.patient
    if patient.ethnicity:
        idea = codeable(concept(here.practice.code(patient.ethnicity)))
        yield extension("CareConnect-GPC-EthnicCategory-1", valueCodeableConcept=idea)
    for one in patient.registrations[-1:]:
        period = {"start": day(one.starts), "end": day(one.ends)}
        kind = coding(f"{NHS}/CodeSystem/CareConnect-RegistrationType-1", *REGISTRATIONS[one.kind])
        yield extension(
            "CareConnect-GPC-RegistrationDetails-1",
            {
                "url": "registrationPeriod",
                "valuePeriod": {key: value for key, value in period.items() if value},
            },
            {"url": "registrationType", "valueCodeableConcept": kind},
        )


def _names(patient: Patient) -> list[Tree]:
    given = [name for name in (patient.given, patient.middle) if name]
    official: Tree = {"use": "official", "family": patient.family, "given": given}
    if patient.title:
        official["prefix"] = [patient.title]
    old = [{"use": "old", "family": patient.previous_family}] if patient.previous_family else []
    return [official, *old]


def _address(lines: tuple[str, str, str, str], use: str) -> Tree:
    street, town, county, postcode = lines
    made = {"use": use, "line": [street], "city": town, "district": county, "postalCode": postcode}
    return {key: value for key, value in made.items() if value}


def _relation(one: Any) -> Tree:
    roles = [word for word, is_it in (("Next of kin", one.next_of_kin), ("Carer", one.carer)) if is_it]
    made: Tree = {
        "relationship": [{"text": word} for word in (one.relation, *roles)],
        "name": {"text": one.name},
    }
    if one.phone:
        made["telecom"] = [{"system": "phone", "value": one.phone}]
    return made


def people_and_places(here: Context) -> Iterator[Tree]:
    """Everybody the record names, the practice, other organisations and places."""
    practice, layout = here.practice, here.layout
    staff = {one.id: one for one in practice.staff}
    for number in layout.people:
        yield _practitioner(here, staff[number])
        yield _role(here, staff[number])
    yield _organisation(here, practice.organisation)
    others = {one.id: one for one in practice.others}
    yield from (_organisation(here, others[number]) for number in layout.organisations)
    sites = {one.id: one for one in practice.sites}
    yield from (_location(here, sites[number]) for number in layout.sites)


def _practitioner(here: Context, staff: Staff) -> Tree:
    numbers = (("gmp", staff.gmp), ("gmc", staff.gmc))
    name = {"use": "official", "family": staff.family, "given": [staff.given], "prefix": [staff.title]}
    return resource(
        "Practitioner",
        here.layout.id("staff", staff.id),
        identifier=[
            {"system": f"https://fhir.hl7.org.uk/Id/{kind}-number", "value": number}
            for kind, number in numbers
            if number
        ],
        name=[{key: value for key, value in name.items() if value not in ("", [""])}],
    )


def _role(here: Context, staff: Staff) -> Tree:
    job = coding(f"{NHS}/CodeSystem/CareConnect-SDSJobRoleName-1", staff.role_code, staff.role)
    return resource(
        "PractitionerRole",
        here.layout.id("role", staff.id),
        practitioner=here.person(staff.id),
        organization=here.organisation,
        code=[job],
    )


def _organisation(here: Context, one: Organisation) -> Tree:
    return resource(
        "Organization",
        here.layout.id("organisation", one.id),
        identifier=[{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": one.ods}],
        name=one.name,
        telecom=[{"system": "phone", "value": one.phone, "use": "work"}] if one.phone else [],
        address=[_address(one.address, "work")],
    )


def _location(here: Context, site: Site) -> Tree:
    return resource(
        "Location",
        here.layout.id("site", site.id),
        status="active",
        name=site.name,
        telecom=[{"system": "phone", "value": site.phone, "use": "work"}] if site.phone else [],
        address=_address(site.address, "work"),
        managingOrganization=here.organisation,
    )


def indexes(here: Context, entries: list[Tree]) -> Iterator[Tree]:
    """A list for every kind of record there is."""
    for kind, (code, title) in INDEXES.items():
        items = [{"item": reference(kind, one["id"])} for one in entries if one["resourceType"] == kind]
        if items:
            yield resource(
                "List",
                here.layout.id("index", f"{here.patient.id}/{kind}"),
                status="current",
                mode="snapshot",
                title=title,
                code=coding(SNOMED, code, title),
                subject=here.subject,
                date=instant(here.practice.snapshot),
                entry=items,
            )
