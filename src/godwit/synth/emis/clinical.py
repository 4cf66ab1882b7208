"""The coded half of an EMIS record: consultations, entries of every kind, problems, referrals and diary."""

from __future__ import annotations

from datetime import date

from godwit.synth.cells import quoted
from godwit.synth.emis.desk import Desk, Page, dated, entered, entry_of, flag, qualifiers
from godwit.synth.model import Allergy, Consultation, Document, Immunisation, Item, Observation, Problem

_OBSERVATION = "CareRecord_Observation"
_EPISODES = {None: '""', "first": '"First"', "new": '"New"', "review": '"Review"', "end": '"End"'}
_NONE = '""'
_PLAIN = '"false","",""'  # not abnormal, no reason, no episode

QUALIFIERS = (
    "Laterality", "Certainty", "Negation", "Relation", "Severity", "Reaction", "Status", "Reason", "Product",
    "Dose Number", "Batch Number", "Manufacturer", "Expiry Date", "Site", "Method",
)  # fmt: skip
"""The names that the XML of the Qualifiers column may hold."""


def entry(desk: Desk, page: Page, item: Item, code: int, cells: tuple[str, str, str]) -> str:
    """One Observation row; `cells` are the finished parent, text, and everything from Value to Episode.

    Returns:
        The GUID of the row.
    """
    guid = desk.item(item.id)
    parent, text, rest = cells
    page.rows[_OBSERVATION].append(
        f'"{guid}",{page.who},{dated(item.when)},{entered(desk, item)},{parent},{desk.codes[code]},'
        f"{page.problems.get(item.problem, _NONE)},{text},{page.consultations.get(item.consultation, _NONE)},{rest},"
        f'"false",{flag(item.confidential)},{desk.end}'
    )
    if item.when.precision == "YMDT":
        page.losses["emis_time_of_day"] += 1
    return guid


def consultations(desk: Desk, page: Page) -> None:
    """Contacts. The extract knows neither their length, place and headings nor a text of their own."""
    out, losses = page.rows["CareRecord_Consultation"], page.losses
    for one in page.patient.consultations:
        slot = f'"{desk.item(one.slot)}"' if one.slot else _NONE
        out.append(
            f'{page.consultations[one.id]},{page.who},{dated(one.when)},{entered(desk, one)},{slot},"{one.type}",'
            f'{desk.contacts.get(one.type, _NONE)},"true","Consultation","false",{flag(one.confidential)},{desk.end}'
        )
        losses["emis_time_of_day"] += one.when.precision == "YMDT"
        _count_consultation(page, one)


def _count_consultation(page: Page, one: Consultation) -> None:
    losses = page.losses
    losses["emis_consultation_length"] += one.minutes > 0
    losses["emis_consultation_place"] += bool(one.site)
    losses["emis_heading"] += bool(one.heading)
    losses["emis_consultation_text"] += bool(one.text)


def observations(desk: Desk, page: Page) -> None:
    """Findings, values, panels with their members, and family history."""
    guids = {one.id: f'"{desk.item(one.id)}"' for one in page.patient.observations}
    losses, types = page.losses, desk.types
    for one in page.patient.observations:
        more = _observation_qualifiers(one) if _is_qualified(one) else _NONE
        rest = (
            f'"{one.value or ""}",{quoted(one.unit)},"{types[one.code]}","{one.low or ""}","{one.high or ""}","",'
            f'{more},{flag(one.abnormal)},"",{_EPISODES[one.episode]}'
        )
        entry(desk, page, one, one.code, (guids.get(one.parent or 0, _NONE), quoted(one.text), rest))
        if one.comparator:
            losses["emis_comparator"] += 1


def _is_qualified(one: Observation) -> bool:
    return bool(one.laterality or one.certainty or one.negated or one.relative)


def _observation_qualifiers(one: Observation) -> str:
    return qualifiers(
        {
            "Laterality": one.laterality and one.laterality.capitalize(),
            "Certainty": one.certainty and one.certainty.capitalize(),
            "Negation": "Negated" if one.negated else None,
            "Relation": one.relative,
        }
    )


def problems(desk: Desk, page: Page) -> None:
    """Problem headings: a second row for the entry that names them, and the entry itself where nobody else wrote it."""
    written = {one.id: one for one in page.patient.observations}
    out = page.rows["CareRecord_Problem"]
    for one in page.patient.problems:
        named = written.get(one.entry)
        if named is None:
            _missing_entry(desk, page, one)
        elif (named.code, named.when) != (one.code, one.when):
            page.losses["emis_problem_own"] += 1
        parent = page.problems.get(one.parent, _NONE)
        ends = dated(one.ends) if one.ends else '"",""'
        review = f'"{one.last_review.isoformat()}","YMD"' if one.last_review else '"",""'
        reviewer = desk.staff[one.clinician] if one.last_review else _NONE
        out.append(
            f'{page.problems[one.id]},{page.who},{parent},"false",{quoted(one.text)},{ends},"0",{review},{reviewer},'
            f'"{"Grouped" if one.parent else ""}","{"Active" if one.active else "Past"}",'
            f'"{"Significant Problem" if one.major else "Minor Problem"}",{desk.end}'
        )


def _missing_entry(desk: Desk, page: Page, one: Problem) -> None:
    stand_in = Observation(
        entry_of(one.id, one.entry), one.when, one.entered, one.clinician, one.recorder, one.consultation,
        confidential=one.confidential,
    )  # fmt: skip
    entry(desk, page, stand_in, one.code, (_NONE, _NONE, f'"","","Observation","","","","",{_PLAIN}'))


def allergies(desk: Desk, page: Page) -> None:
    """Allergies: entries whose code is of an allergy category. Nothing says that one has ended."""
    for one in page.patient.allergies:
        more = qualifiers(
            {
                "Severity": one.severity and one.severity.capitalize(),
                "Certainty": one.certainty and one.certainty.capitalize(),
                "Reaction": desk.practice.code(one.reaction).term if one.reaction else None,
            }
        )
        entry(desk, page, one, one.code, _told(one, "Allergy", more))
        page.losses["emis_allergy_end"] += one.ends is not None


def _told(one: Allergy | Immunisation, kind: str, more: str) -> tuple[str, str, str]:
    return _NONE, quoted(one.text), f'"","","{kind}","","","",{more},{_PLAIN}'


def immunisations(desk: Desk, page: Page) -> None:
    """Vaccinations, given or refused; all about the vaccine stands in the qualifiers."""
    for one in page.patient.immunisations:
        more = qualifiers(
            {
                "Status": "Given" if one.given else "Refused",
                "Reason": one.reason,
                "Product": one.product,
                "Dose Number": str(one.dose) if one.dose else None,
                "Batch Number": one.batch,
                "Manufacturer": one.maker,
                "Expiry Date": _iso(one.expires),
                "Site": one.site,
                "Method": one.method,
            }
        )
        entry(desk, page, one, one.code, _told(one, "Immunisation", more))
        page.losses["emis_vaccine_content"] += bool(one.content)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def referrals(desk: Desk, page: Page) -> None:
    """Referrals: an entry, and a second row with the addressee. Eleven of its columns are never filled."""
    losses = page.losses
    for one in page.patient.referrals:
        rest = f'"","","Referral","","","","",{_PLAIN}'
        guid = entry(desk, page, one, one.code, (_NONE, quoted(one.text), rest))
        page.rows["CareRecord_ObservationReferral"].append(
            f'"{guid}",{page.who},{desk.bodies[one.to or None]},"{one.urgency}","Outpatient",{quoted(one.mode)},'
            f'"","","","","",{quoted(one.ubrn)},"","","","","","","false",{desk.end}'
        )
        losses["emis_specialty"] += bool(one.specialty)
        losses["emis_referral_outcome"] += bool(one.outcome)


def diary(desk: Desk, page: Page) -> None:
    """Recalls: the effective date is the day they are due."""
    for one in page.patient.recalls:
        term = desk.practice.code(one.code).term
        page.rows["CareRecord_Diary"].append(
            f'"{desk.item(one.id)}",{page.who},{dated(one.when)},{entered(desk, one)},{desk.codes[one.code]},'
            f'{quoted(term)},{quoted(one.text)},"","","false",{flag(one.confidential)},{flag(one.active)},'
            f"{flag(one.complete)},{page.consultations.get(one.consultation, _NONE)},{desk.end}"
        )
        page.losses["emis_time_of_day"] += one.when.precision == "YMDT"
        page.losses["emis_recall_problem"] += one.problem is not None


def documents(desk: Desk, page: Page) -> None:
    """Letters and images: an entry that names the document by its GUID; the title is its text."""
    for one in page.patient.documents:
        rest = f'"","","Document","","","{one.uid.upper()}","",{_PLAIN}'
        entry(desk, page, one, one.code, (_NONE, quoted(one.title), rest))
        _count_document(page, one)


def _count_document(page: Page, one: Document) -> None:
    losses = page.losses
    losses["emis_document_file"] += bool(one.file_name or one.size or one.sha256)
    losses["emis_document_sender"] += one.sender is not None
    losses["emis_document_text"] += bool(one.text)
