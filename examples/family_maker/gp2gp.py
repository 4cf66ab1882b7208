"""Writes a patient as a GP2GP message, RCMR_IN030000UK06, the way an EMIS system lays one out.

Here is the envelope: who sends what to whom, and the directory of people and organisations. The record itself is
written by `gp2gp_record`.
"""

from __future__ import annotations

from xml.etree import ElementTree

from examples.family_maker.family import HOSPITAL, PRACTICE, RECEIVER, STAFF, WRITTEN
from examples.family_maker.gp2gp_context import Context
from examples.family_maker.gp2gp_record import composition
from examples.family_maker.hl7 import Element, act, coded, component, element
from examples.family_maker.model import Composition, Organisation, Patient, Staff, all_entries, concept, dated
from examples.family_maker.writing import identifier, source_id

NHS_NUMBER, ODS_CODE, GMP_NUMBER = (
    "2.16.840.1.113883.2.1.4.1",
    "1.2.826.0.1285.0.1.10",
    "2.16.840.1.113883.2.1.4.2",
)
DEVICE, INTERACTION = "1.2.826.0.1285.0.2.0.107", "2.16.840.1.113883.2.1.3.2.4.12"


def message(patient: Patient) -> str:
    """The whole message as text."""
    root = element(
        "RCMR_IN030000UK06",
        element("id", root=source_id(patient, "message")),
        element("creationTime", value=WRITTEN),
        element("versionCode", code="V3NPfIT3.1.10"),
        element("interactionId", root=INTERACTION, extension="RCMR_IN030000UK06"),
        element("processingCode", code="P"),
        element("processingModeCode", code="T"),
        element("acceptAckCode", code="NE"),
        element("communicationFunctionRcv", device("device", "999000000002"), typeCode="RCV"),
        element("communicationFunctionSnd", device("device", "999000000001"), typeCode="SND"),
        element("ControlActEvent", sender(), subject(patient), classCode="CACT", moodCode="EVN"),
    )
    root.set("xmlns", "urn:hl7-org:v3")
    root.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def device(tag: str, number: str) -> Element:
    """A system that sends or receives."""
    return element(
        tag, element("id", root=DEVICE, extension=number), classCode="DEV", determinerCode="INSTANCE"
    )


def sender() -> Element:
    """The system that wrote the message."""
    return element(
        "author1",
        element("AgentSystemSDS", device("agentSystemSDS", "999000000001"), classCode="AGNT"),
        typeCode="AUT",
    )


def subject(patient: Patient) -> Element:
    """The extract."""
    request = act("priorEhrRequest", "EXTRACT", "RQO", element("id", root=source_id(patient, "request")))
    scope = act(
        "limitingEhrExtractSpecification",
        "OBS",
        "DEF",
        element("id", root=source_id(patient, "scope")),
        coded("code", concept("Entire record available to originator", "715751000000105")),
    )
    number = element("id", root=NHS_NUMBER, extension=patient.nhs_number)
    extract = act(
        "EhrExtract",
        "EXTRACT",
        "EVN",
        element("id", root=source_id(patient, "extract")),
        element("statusCode", code="COMPLETE"),
        element("availabilityTime", value=WRITTEN),
        element("recordTarget", element("patient", number, classCode="PAT"), typeCode="RCT"),
        practice_author(),
        element("destination", known_organisation(RECEIVER), typeCode="DST"),
        component(folder(patient)),
        element("inFulfillmentOf", request, typeCode="FLFS"),
        element("limitation", scope, typeCode="LIMIT", inversionInd="true"),
    )
    return element("subject", extract, typeCode="SUBJ", contextConductionInd="false")


def practice_author() -> Element:
    """The sending practice as the author of the extract."""
    return element("author", element("time", value=WRITTEN), known_organisation(PRACTICE), typeCode="AUT")


def known_organisation(organisation: Organisation) -> Element:
    """An organisation named by its code only."""
    number = element("id", root=ODS_CODE, extension=organisation.ods_code)
    inner = element("agentOrganizationSDS", number, classCode="ORG", determinerCode="INSTANCE")
    return element("AgentOrgSDS", inner, classCode="AGNT")


def folder(patient: Patient) -> Element:
    """The folder: who is who, then the consultations."""
    record = dated(patient.record)
    entries = {entry.key: entry for entry in all_entries(record)}
    held = [composition(Context(patient, entries, one)) for one in record if isinstance(one, Composition)]
    parts = [person(one) for one in STAFF] + [organisation(one) for one in (PRACTICE, HOSPITAL)]
    directory = element(
        "agentDirectory", *(element("part", one, typeCode="PART") for one in parts), classCode="AGNT"
    )
    return act(
        "ehrFolder",
        "FOLDER",
        "EVN",
        element("id", root=source_id(patient, "folder")),
        element("statusCode", code="COMPLETE"),
        element("effectiveTime", element("low", value=patient.registered), element("high", value=WRITTEN)),
        element("availabilityTime", value=WRITTEN),
        practice_author(),
        element("responsibleParty", directory, typeCode="RESP"),
        *(component(one) for one in held),
    )


def person(staff: Staff) -> Element:
    """Someone in the directory."""
    number = element("id", root=GMP_NUMBER, extension=staff.gmp) if staff.gmp else None
    name = element(
        "name", element("prefix", staff.title), element("given", staff.given), element("family", staff.family)
    )
    inner = element("agentPerson", name, classCode="PSN", determinerCode="INSTANCE")
    return element("Agent", element("id", root=identifier(staff.key)), number, inner, classCode="AGNT")


def organisation(one: Organisation) -> Element:
    """An organisation in the directory."""
    number = element("id", root=ODS_CODE, extension=one.ods_code)
    inner = element(
        "agentOrganization", number, element("name", one.name), classCode="ORG", determinerCode="INSTANCE"
    )
    return element("Agent", element("id", root=identifier(one.key)), inner, classCode="AGNT")
