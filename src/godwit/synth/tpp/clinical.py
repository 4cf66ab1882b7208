"""The coded half of a SystmOne record: contacts, entries of every kind, referrals, recalls and documents."""

from __future__ import annotations

from godwit.synth.model import Allergy, Consultation, Item, Observation, Problem
from godwit.synth.tpp.desk import NONE, Desk, Page, day, moment, stamp, truth

_EPISODES = {None: '""', "first": '"First"', "new": '"New"', "review": '"Ongoing"', "end": '"End"'}
_NO_VALUE = '"","FALSE","0","",""'  # no comparator; not numeric, and the nought that fills the value


def head(desk: Desk, page: Page, item: Item) -> str:
    """The eight cells of who and when, as one piece."""
    when = item.when
    if when.precision in {"Y", "YM"} or item.confidential or item.problem is not None:
        page.count(item)
    return (
        f'"{item.id}",{desk.ods},"{stamp(item.entered)}","{moment(when)}",{desk.profiles[item.recorder]},'
        f'{desk.people[item.clinician]},"",{desk.ods}'
    )


def contacts(desk: Desk, page: Page) -> None:
    """Contacts and what they came from. The extract knows neither their length nor their headings."""
    out, losses = page.rows["SREvent"], page.losses
    places = {site.id: site.name for site in desk.practice.sites}
    for one in page.patient.consultations:
        out.append(
            f'"{one.id}",{desk.ods},"{stamp(one.entered)}","{moment(one.when)}",{desk.profiles[one.recorder]},'
            f'{desk.people[one.clinician]},"-1","",{desk.ods},"-1","-1",{page.option(places.get(one.site))},'
            f'{page.listed("Contact method", one.type)},"FALSE","TRUE","-1","{page.patient.id}",{desk.ods},"-1",'
            f'{desk.sites.get(one.site, NONE)},{desk.ods},"0"\r\n'
        )
        page.count(one)
        page.words("SREvent", one)
        losses["tpp_consultation_length"] += one.minutes > 0
        losses["tpp_heading"] += bool(one.heading)
        if one.slot:
            _link(desk, page, one)


def _link(desk: Desk, page: Page, one: Consultation) -> None:
    visits = {a.id for a in page.patient.appointments if is_visit(a.type)}
    appointment, visit = (-1, one.slot) if one.slot in visits else (one.slot, -1)
    page.rows["SREventLink"].append(
        f'{",".join(page.audit(one).values())},"{one.id}","{page.patient.id}","-1",{desk.ods},"{appointment}","{visit}",'
        f'{desk.ods},"0"\r\n'
    )


def is_visit(kind: str) -> bool:
    """Whether an appointment is a home visit, which has a file of its own."""
    return "visit" in kind.lower()


def code_row(desk: Desk, page: Page, item: Item, code: int, value: str) -> None:
    """One line of SRCode; `value` is the five cells from the comparator to the episode."""
    page.rows["SRCode"].append(
        f'{head(desk, page, item)},{desk.codes[code]},{value},"-1","-1",{page.events.get(item.consultation, NONE)},'
        f'"{page.patient.id}","-1","-1","-1",{desk.ods},{desk.ods},"0"\r\n'
    )
    if item.text:
        page.words("SRCode", item)


def codes(desk: Desk, page: Page) -> None:
    """Coded entries, flat: a panel and its members stand side by side."""
    for one in page.patient.observations:
        if one.value:
            value = f'{page.text(one.comparator)},"TRUE","{one.value}",{page.text(one.unit)},{_EPISODES[one.episode]}'
        else:
            value = f'"","FALSE","0","",{_EPISODES[one.episode]}'
        code_row(desk, page, one, one.code, value)
        _count_code(page, one)


def _count_code(page: Page, one: Observation) -> None:
    losses = page.losses
    if one.low or one.high:
        losses["tpp_range"] += 1
    if one.abnormal:
        losses["tpp_abnormal"] += 1
    if one.parent is not None:
        losses["tpp_parent"] += 1
    if one.laterality or one.certainty:
        losses["tpp_qualifier"] += 1
    if one.negated:
        losses["tpp_negation"] += 1
    if one.relative:
        losses["tpp_relative"] += 1


def problems(desk: Desk, page: Page) -> None:
    """Problem headers, which point at the entry that names them; no row of this file can ever be removed."""
    written = {one.id for one in page.patient.observations}
    for one in page.patient.problems:
        entry = one.entry or one.id
        if entry not in written:
            code_row(desk, page, _entry(one, entry), one.code, _NO_VALUE)
        page.rows["SRProblem"].append(
            f'{head(desk, page, one)},{desk.read[one.code][0]},"{moment(one.ends)}",'
            f'"{"Major" if one.major else "Minor"}","{entry}",{page.events.get(one.consultation, NONE)},'
            f'"{page.patient.id}","-1",{desk.ods},{desk.ods}\r\n'
        )
        page.words("SRProblem", one)
        losses = page.losses
        losses["tpp_problem_parent"] += one.parent is not None
        losses["tpp_problem_review"] += one.last_review is not None
        losses["tpp_problem_end"] += not one.active and not moment(one.ends)
        losses["tpp_precision"] += one.ends is not None and one.ends.precision in {"Y", "YM"}


def _entry(one: Problem, number: int) -> Item:
    return Item(number, one.when, one.entered, one.clinician, one.recorder, one.consultation)


def allergies(desk: Desk, page: Page) -> None:
    """Drug allergies have a file of their own, and only the product's number there; all others are codes."""
    losses = page.losses
    for one in page.patient.allergies:
        multilex = desk.practice.code(one.code).multilex
        if multilex is None:
            code_row(desk, page, one, one.code, _NO_VALUE)
            losses["tpp_allergy_end"] += one.ends is not None
        else:
            _sensitivity(page, one, multilex)
            losses["tpp_drug_allergy_code"] += 1
        losses["tpp_allergy_details"] += bool(one.severity or one.reaction or one.certainty)


def _sensitivity(page: Page, one: Allergy, multilex: int) -> None:
    cells = {
        "DateStarted": f'"{moment(one.when)}"', "DateEnded": f'"{moment(one.ends)}"',
        "FormulationSpecific": truth(False), "IDDrugCode": f'"{multilex}"', "IDMultiLexAction": NONE,
    }  # fmt: skip
    page.add("SRDrugSensitivity", one, cells)
    page.words("SRDrugSensitivity", one)


def immunisations(desk: Desk, page: Page) -> None:
    """Vaccinations, given or refused. The product and what it protects against are a row of the contents file."""
    losses = page.losses
    for one in page.patient.immunisations:
        content = desk.vaccines.get((one.product, one.content), -1)
        ctv3, snomed, _ = desk.read[one.code]
        cells = {
            "IDVaccination": f'"{one.code}"', "IDImmunisationContent": f'"{content}"',
            "Location": page.listed("Vaccination location", one.site),
            "Method": page.listed("Vaccination method", one.method),
            "DateExpiry": f'"{day(one.expires)}"', "ImmsReadCode": ctv3, "ImmsSNOMEDCode": snomed,
            "VaccPart": page.listed("Vaccination part", str(one.dose) if one.dose else None),
            "VaccBatchNumber": page.text(one.batch), "VaccinationStatus": '"Given"' if one.given else '"Refused"',
        }  # fmt: skip
        page.add("SRImmunisation", one, cells)
        page.words("SRImmunisation", one)
        losses["tpp_vaccine_product"] += content == -1 and bool(one.product or one.content)
        losses["tpp_vaccine_maker"] += bool(one.maker)
        losses["tpp_vaccine_reason"] += bool(one.reason)


def referrals(desk: Desk, page: Page) -> None:
    """Referrals out, and one step of their status where there is an outcome."""
    losses = page.losses
    for one in page.patient.referrals:
        ctv3, snomed, term = desk.read[one.code]
        cells = {
            "TypeOfReferral": '"Outpatient"', "Reason": term, "IDProfileReferrer": desk.profiles[one.clinician],
            "ServiceOffered": page.text(one.specialty), "ReReferral": truth(False), "Urgency": f'"{one.urgency}"',
            "PrimaryDiagnosis": ctv3, "SNOMEDPrimaryDiagnosis": snomed,
            "RecipientID": desk.bodies.get(one.to, '""'), "RecipientIDType": '"Organisation"',
        }  # fmt: skip
        page.add("SRReferralOut", one, cells)
        page.words("SRReferralOut", one)
        if one.outcome:
            status = {"StatusOfReferralOut": page.text(one.outcome), "IDReferralOut": f'"{one.id}"'}
            page.add("SRReferralOutStatusDetails", None, page.audit(one) | status)
        losses["tpp_ubrn"] += bool(one.ubrn)
        losses["tpp_referral_mode"] += bool(one.mode)


def recalls(desk: Desk, page: Page) -> None:
    """Recalls: the type is a word of the practice's own list; the code itself is not in the file."""
    for one in page.patient.recalls:
        state = "Complete" if one.complete else "Active" if one.active else "Cancelled"
        cells = {
            "DateEvent": f'"{stamp(one.entered)}"', "DateRecall": f'"{moment(one.when)}"',
            "RecallType": page.option(desk.practice.code(one.code).term),
            "RecallInitialStatus": page.listed("Recall status", "Active"),
            "RecallStatus": page.listed("Recall status", state),
        }  # fmt: skip
        page.add("SRRecall", one, cells)
        page.words("SRRecall", one)
        page.losses["tpp_recall_code"] += 1


def documents(desk: Desk, page: Page) -> None:
    """Letters and images by reference; the type is a word, and the file's name is its title."""
    senders = {one.id: one.name for one in desk.practice.others}
    for one in page.patient.documents:
        ending = one.file_name.rpartition(".")[2] if "." in one.file_name else one.mime.rpartition("/")[2]
        sender, direction = (
            ("SenderOrganisation", "Incoming") if one.incoming else ("RecipientOrganisation", "Outgoing")
        )
        cells = {
            "DocumentUID": page.text(one.uid), "FileName": page.text(f"{one.title}.{ending}"),
            "FileSize": f'"{one.size}"', sender: page.text(senders.get(one.sender or 0)),
            "Direction": f'"{direction}"', "CommunicationType": desk.read[one.code][2],
        }  # fmt: skip
        page.add("SRMedia", one, cells)
        page.words("SRMedia", one)
        page.losses["tpp_document_code"] += 1
        page.losses["tpp_document_hash"] += bool(one.sha256)
