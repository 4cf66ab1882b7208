"""The envelope of a GP2GP message: who sends what to whom, the directory of people, and the folder."""

from __future__ import annotations

from godwit.synth.gp2gp.context import Context
from godwit.synth.gp2gp.hl7 import cell, coded, component, day, second, snomed, stamp, timed, within, words
from godwit.synth.gp2gp.statements import compound, narrative, statements
from godwit.synth.messages.codes import FILED, Concept
from godwit.synth.messages.codes import consultation as consultation_code
from godwit.synth.messages.codes import snomed as national
from godwit.synth.messages.layout import Layout, end_of
from godwit.synth.model import Consultation, Organisation, Staff, When

NHS_NUMBER, ODS_CODE = "2.16.840.1.113883.2.1.4.1", "1.2.826.0.1285.0.1.10"
GMP_NUMBER, GMC_NUMBER = "2.16.840.1.113883.2.1.4.2", "2.16.840.1.113883.2.1.4.3"
INTERACTION = "RCMR_IN030000UK07"
"""The interaction whose schema has confidentiality marks."""

UNSPECIFIED = (("read2", "Z....00"),)
"""What EMIS gives to topics as a code; their title is in the words."""


def message(layout: Layout, compositions: list[str]) -> str:
    """The whole message, one consultation to a line."""
    whose, written = layout.patient, second(layout.practice.snapshot)
    number = f'extension="{whose.nhs_number}"' if whose.nhs_number else 'nullFlavor="UNK"'
    scope = snomed("code", ("715751000000105", "Entire record available to originator"))
    held = "\n".join(component(one) for one in compositions)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{INTERACTION} xmlns="urn:hl7-org:v3" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{_id(layout, "message")}'
        f'<creationTime value="{written}"/><versionCode code="V3NPfIT3.1.10"/>'
        f'<interactionId root="2.16.840.1.113883.2.1.3.2.4.12" extension="{INTERACTION}"/>'
        '<processingCode code="P"/><processingModeCode code="T"/><acceptAckCode code="NE"/>'
        f'<communicationFunctionRcv typeCode="RCV">{_device("device", "999000000002")}</communicationFunctionRcv>'
        f'<communicationFunctionSnd typeCode="SND">{_device("device", "999000000001")}</communicationFunctionSnd>'
        '<ControlActEvent classCode="CACT" moodCode="EVN"><author1 typeCode="AUT"><AgentSystemSDS classCode="AGNT">'
        f"{_device('agentSystemSDS', '999000000001')}</AgentSystemSDS></author1>"
        '<subject typeCode="SUBJ" contextConductionInd="false"><EhrExtract classCode="EXTRACT" moodCode="EVN">'
        f'{_id(layout, "extract")}<statusCode code="COMPLETE"/><availabilityTime value="{written}"/>'
        f'<recordTarget typeCode="RCT"><patient classCode="PAT"><id root="{NHS_NUMBER}" {number}/></patient>'
        f'</recordTarget>{_author(layout, written)}<destination typeCode="DST">{_known("Y99999")}</destination>'
        f'<component typeCode="COMP">{_folder(layout, written, held)}</component>'
        '<inFulfillmentOf typeCode="FLFS"><priorEhrRequest classCode="EXTRACT" moodCode="RQO">'
        f'{_id(layout, "request")}</priorEhrRequest></inFulfillmentOf><limitation typeCode="LIMIT" '
        'inversionInd="true"><limitingEhrExtractSpecification classCode="OBS" moodCode="DEF">'
        f"{_id(layout, 'scope')}{scope}</limitingEhrExtractSpecification></limitation></EhrExtract></subject>"
        f"</ControlActEvent></{INTERACTION}>\n"
    )


def composition(here: Context) -> str:
    """A consultation or an act of filing, with everything that stands in it."""
    filing = here.filing
    one = filing.consultation
    made = [made for item in filing.entries for made in statements(here, item)]
    links = [text for text in made if text.startswith("<LinkSet")]
    held = [text for text in made if not text.startswith("<LinkSet")]
    if one:
        if one.text:
            held.insert(0, narrative(here, one, one.text, "/note"))
        held = [_topic(here, one, held)] if held else []
    when = one.when if one else filing.entries[0].when
    people = (
        f'<Participant2 typeCode="PPRF" contextControlCode="OP">{here.staff(filing.clinician)}</Participant2>'
    )
    return (
        f'<ehrComposition classCode="COMPOSITION" moodCode="EVN"><id root="{filing.id}"/>'
        f"{coded('code', consultation_code(one.type) if one else national(FILED))}"
        f'<statusCode code="COMPLETE"/><effectiveTime>{_span(one)}</effectiveTime>'
        f"{timed('availabilityTime', stamp(when))}{here.mark(one) if one else ''}"
        f'<author typeCode="AUT" contextControlCode="OP"><time value="{second(filing.entered)}"/>'
        f"{here.staff(filing.recorder)}</author>{_place(here, one)}{people if filing.clinician else ''}"
        f"{''.join(component(text) for text in held + links)}</ehrComposition>"
    )


def _topic(here: Context, one: Consultation, held: list[str]) -> str:
    code = coded("code", Concept(UNSPECIFIED, "Unspecified conditions", one.heading))
    return compound(here, one, "TOPIC", code, "".join(map(within, held)), "/topic")


def _span(one: Consultation | None) -> str:
    end: When | None = end_of(one) if one else None
    if one is None or end is None:
        return '<center nullFlavor="NI"/>'
    return timed("low", stamp(one.when)) + timed("high", stamp(end))


def _place(here: Context, one: Consultation | None) -> str:
    site = next((site for site in here.practice.sites if one and site.id == one.site), None)
    if site is None:
        return ""
    return (
        '<location typeCode="LOC"><locatedEntity classCode="LOCE"><locatedPlace classCode="PLC" '
        f'determinerCode="INSTANCE"><name>{words(site.name)}</name></locatedPlace></locatedEntity></location>'
    )


def _folder(layout: Layout, written: str, held: str) -> str:
    starts = layout.patient.registrations[0].starts if layout.patient.registrations else layout.patient.birth
    staff = {one.id: one for one in layout.practice.staff}
    others = {one.id: one for one in layout.practice.others}
    agents = [_person(layout, staff[number]) for number in layout.people]
    agents.append(_organisation(layout, layout.practice.organisation))
    agents += [_organisation(layout, others[number]) for number in layout.organisations]
    directory = "".join(f'<part typeCode="PART">{one}</part>' for one in agents)
    return (
        f'<ehrFolder classCode="FOLDER" moodCode="EVN">{_id(layout, "folder")}<statusCode code="COMPLETE"/>'
        f'<effectiveTime><low value="{day(starts)}"/><high value="{written}"/></effectiveTime>'
        f'<availabilityTime value="{written}"/>{_author(layout, written)}<responsibleParty typeCode="RESP">'
        f'<agentDirectory classCode="AGNT">{directory}</agentDirectory></responsibleParty>\n{held}</ehrFolder>'
    )


def _person(layout: Layout, one: Staff) -> str:
    numbers = "".join(
        f'<id root="{root}" extension="{cell(number)}"/>'
        for root, number in ((GMP_NUMBER, one.gmp),)
        if number
    )
    parts = (("prefix", one.title), ("given", one.given), ("family", one.family))
    name = "".join(f"<{tag}>{words(text)}</{tag}>" for tag, text in parts if text)
    return (
        f'<Agent classCode="AGNT"><id root="{layout.id("staff", one.id)}"/>{numbers}<agentPerson classCode="PSN" '
        f'determinerCode="INSTANCE"><name>{name}</name></agentPerson></Agent>'
    )


def _organisation(layout: Layout, one: Organisation) -> str:
    return (
        f'<Agent classCode="AGNT"><id root="{layout.id("organisation", one.id)}"/><agentOrganization '
        f'classCode="ORG" determinerCode="INSTANCE"><id root="{ODS_CODE}" extension="{cell(one.ods)}"/>'
        f"<name>{words(one.name)}</name></agentOrganization></Agent>"
    )


def _id(layout: Layout, what: str) -> str:
    return f'<id root="{layout.id(what, layout.patient.id)}"/>'


def _device(tag: str, number: str) -> str:
    inner = f'<id root="1.2.826.0.1285.0.2.0.107" extension="{number}"/>'
    return f'<{tag} classCode="DEV" determinerCode="INSTANCE">{inner}</{tag}>'


def _author(layout: Layout, written: str) -> str:
    ods = layout.practice.organisation.ods
    return f'<author typeCode="AUT"><time value="{written}"/>{_known(ods)}</author>'


def _known(ods: str) -> str:
    number = f'<id root="{ODS_CODE}" extension="{cell(ods)}"/>'
    inner = f'<agentOrganizationSDS classCode="ORG" determinerCode="INSTANCE">{number}</agentOrganizationSDS>'
    return f'<AgentOrgSDS classCode="AGNT">{inner}</AgentOrgSDS>'
