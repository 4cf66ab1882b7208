"""Writes a patient as a GP Connect Access Record Structured bundle (FHIR STU3).

Here is the frame: the patient, the staff and places, and the lists by which a receiver finds its way. The record
itself is written by `gpconnect_record`.
"""

from __future__ import annotations

import json

from examples.family_maker.family import HOSPITAL, PLACES, PRACTICE, RECEIVER, STAFF, WRITTEN
from examples.family_maker.fhir import (
    NHS,
    SNOMED,
    Tree,
    coding,
    extension,
    moment,
    reference,
    resource,
    without_blanks,
)
from examples.family_maker.gpconnect_record import record
from examples.family_maker.model import Composition, Organisation, Patient, Staff
from examples.family_maker.writing import identifier

INDEXES = {
    "AllergyIntolerance": ("886921000000105", "Allergies and adverse reactions"),
    "Condition": ("717711000000103", "Problems"),
    "Immunization": ("1102181000000102", "Immunisations"),
    "MedicationStatement": ("933361000000108", "Medications and medical devices"),
    "ProcedureRequest": ("714311000000108", "Patient recall administration"),
    "ReferralRequest": ("792931000000107", "Outbound referral"),
}
"""Lists that only repeat which records there are, by the kind of record."""


def bundle(patient: Patient) -> str:
    """The whole bundle as text."""
    entries = record(patient)
    used = {one.place for one in patient.record if isinstance(one, Composition)}
    people = [practitioner(staff) for staff in STAFF]
    places = [organisation(one) for one in (PRACTICE, HOSPITAL)] + [
        location(key) for key in PLACES if key in used
    ]
    everything = [demographics(patient), *people, *places, *entries, *indexes(patient, entries)]
    made = {
        "resourceType": "Bundle",
        "id": identifier("bundle", patient.number),
        "meta": {
            "lastUpdated": moment(WRITTEN),
            "profile": [f"{NHS}/StructureDefinition/GPConnect-StructuredRecord-Bundle-1"],
        },
        "type": "collection",
        "entry": [{"resource": one} for one in everything],
    }
    return json.dumps(without_blanks(made), ensure_ascii=False, indent=2) + "\n"


def demographics(patient: Patient) -> Tree:
    """The patient and the registration."""
    registration = extension(
        "CareConnect-GPC-RegistrationDetails-1",
        {"url": "registrationPeriod", "valuePeriod": {"start": moment(patient.registered)}},
        {
            "url": "registrationType",
            "valueCodeableConcept": coding(
                f"{NHS}/CodeSystem/CareConnect-RegistrationType-1", "R", "Regular"
            ),
        },
    )
    return resource(
        "Patient",
        str(patient.number),
        extension=[registration],
        identifier=[{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": patient.nhs_number}],
        active=True,
        name=[
            {"use": "official", "family": patient.family, "given": patient.given, "prefix": [patient.title]}
        ],
        telecom=[{"system": "phone", "value": f"01632 96000{patient.number}", "use": "home"}],
        gender=patient.gender,
        birthDate=moment(patient.born),
        address=[{"use": "home", "line": ["7 Sandpiper Row"], "city": "Wrackline", "postalCode": "ZZ99 9ZZ"}],
        generalPractitioner=[reference("Practitioner", identifier("doctor"))],
        managingOrganization={"display": RECEIVER.name},
    )


def practitioner(staff: Staff) -> Tree:
    """Someone who works at the practice."""
    return resource(
        "Practitioner",
        identifier(staff.key),
        identifier=[{"system": "https://fhir.hl7.org.uk/Id/gmp-number", "value": staff.gmp}]
        if staff.gmp
        else [],
        name=[{"use": "official", "family": staff.family, "given": [staff.given], "prefix": [staff.title]}],
    )


def organisation(one: Organisation) -> Tree:
    """A practice or hospital."""
    number = {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": one.ods_code}
    return resource("Organization", identifier(one.key), identifier=[number], name=one.name)


def location(key: str) -> Tree:
    """A place where patients are seen."""
    return resource("Location", identifier("place", key), status="active", name=PLACES[key])


def indexes(patient: Patient, entries: list[Tree]) -> list[Tree]:
    """A list for every kind of record there is."""
    made = []
    for kind, (code, title) in INDEXES.items():
        items = [{"item": reference(kind, one["id"])} for one in entries if one["resourceType"] == kind]
        if items:
            one = resource(
                "List",
                identifier("index", patient.number, kind),
                status="current",
                mode="snapshot",
                title=title,
                code=coding(SNOMED, code, title),
                subject=reference("Patient", str(patient.number)),
                date=moment(WRITTEN),
                entry=items,
            )
            made.append(one)
    return made
