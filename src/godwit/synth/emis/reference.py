"""The files of an EMIS extract that are not about one patient: organisations, places, staff, clinics and code lists."""

from __future__ import annotations

from datetime import timedelta

from godwit.synth.cells import guids, row
from godwit.synth.emis.columns import COLUMNS
from godwit.synth.emis.desk import Desk, code_id, drug_id
from godwit.synth.model import Code, Organisation, Practice

_CATEGORIES = {
    "value": "Biological values",
    "procedure": "Conditions operations and procedures",
    "immunisation": "Immunisations",
    "family_history": "Family history",
    "referral": "Referral",
    "test": "Investigation requests",
    "battery": "Investigation requests",
    "ethnicity": "Ethnicity",
    "document": "Administration documents and attachments",
    "administration": "Administration documents and attachments",
    "recall": "Administration documents and attachments",
    "consultation": "Administration documents and attachments",
    "social": "Symptoms and Findings",
    "finding": "Conditions operations and procedures",
}
_OPENED = "1974-04-01"  # the model does not know when an organisation opened, and the column may not be empty


def reference_files(desk: Desk, processing: int) -> dict[str, str]:
    """Every file with its header and, where it is not about patients, its rows."""
    practice = desk.practice
    number = str(processing)
    rows = {
        "Admin_Organisation": [
            _organisation(practice, one, number) for one in (practice.organisation, *practice.others)
        ],
        "Admin_Location": _locations(practice, number),
        "Admin_OrganisationLocation": _sites(practice, number),
        "Admin_UserInRole": _staff(practice, number),
        "Agreements_SharingOrganisation": [
            row(
                [
                    _guid(practice, "organisation", practice.organisation.id),
                    "true",
                    "2026-09-01 08:00:00",
                    "false",
                    "false",
                ]
            )
        ],
        "Appointment_Session": _sessions(desk),
        "Appointment_SessionUser": _session_users(desk),
        "Appointment_Slot": _free_slots(desk),
        "Coding_ClinicalCode": [_code(one, number) for one in practice.codes],
        "Coding_DrugCode": [row([str(drug_id(d.id)), d.name, d.dmd, None, number]) for d in practice.drugs],
    }
    return {name: row(columns) + "".join(rows.get(name, ())) for name, columns in COLUMNS.items()}


def _guid(practice: Practice, kind: str, number: int) -> str:
    """A GUID in braces, as the Admin files write it."""
    return "{" + guids(practice.seed, kind)(number) + "}"


def _organisation(practice: Practice, body: Organisation, number: str) -> str:
    own = body is practice.organisation
    main = next((site.id for site in practice.sites if site.main), None) if own else None
    place = _guid(practice, "site", main) if main is not None else None
    key = _guid(practice, "organisation", body.id)
    cdb = str(20_000 + body.id % 10_000) if own else None
    return row([key, cdb, body.name, body.ods, None, None, body.kind, _OPENED, None, place, number])


def _locations(practice: Practice, number: str) -> list[str]:
    lines = []
    for site in practice.sites:
        street, town, county, postcode = site.address
        key = _guid(practice, "site", site.id)
        about = [key, site.name, site.kind, None, _OPENED, None, None, None, None, site.phone]
        lines.append(row([*about, None, street, None, town, county, postcode, "false", number]))
    return lines


def _sites(practice: Practice, number: str) -> list[str]:
    owner = _guid(practice, "organisation", practice.organisation.id)
    return [
        row([owner, _guid(practice, "site", site.id), "true" if site.main else "false", "false", number])
        for site in practice.sites
    ]


def _staff(practice: Practice, number: str) -> list[str]:
    owner = _guid(practice, "organisation", practice.organisation.id)
    lines = []
    for one in practice.staff:
        name = [one.title, one.given, one.family, one.role_code, one.role]
        ends = one.ends.isoformat() if one.ends else None
        key = _guid(practice, "staff", one.id)
        lines.append(row([key, owner, *name, one.starts.isoformat(), ends, one.gmc, number]))
    return lines


def _sessions(desk: Desk) -> list[str]:
    lines = []
    for one in desk.practice.sessions:
        starts, ends = one.starts.isoformat(), one.ends.isoformat()
        lines.append(
            f'"{desk.session(one.id)}","{one.name}",{desk.sites[one.site]},"Timed","General Practice","{starts[:10]}",'
            f'"{starts[11:19]}","{ends[:10]}","{ends[11:19]}","false",{desk.organisation},"false",{desk.end}'
        )
    return lines


def _session_users(desk: Desk) -> list[str]:
    return [
        f'"{desk.session(one.id)}",{desk.staff[clinician]},"false",{desk.end}'
        for one in desk.practice.sessions
        for clinician in one.clinicians
    ]


def _free_slots(desk: Desk) -> list[str]:
    """A free slot at the end of one clinic in nine."""
    lines = []
    for one in desk.practice.sessions[::9]:
        starts = (one.ends - timedelta(minutes=10)).isoformat()
        lines.append(
            f'"{desk.slot(one.id)}","{starts[:10]}","{starts[11:19]}","10","","","","false","","","",'
            f'{desk.organisation},"{desk.session(one.id)}","","","","Available","Face to face","true","","","","",'
            f'"false","","","","","false",{desk.end}'
        )
    return lines


def _code(code: Code, number: str) -> str:
    """A code of the dictionary. A Read term id now and then carries the suffix of a synonym."""
    read = code.read2 and (code.read2 + "-1" if code.id % 7 == 3 else code.read2)
    category = _CATEGORIES.get(code.kind, "Unset")
    if code.kind == "allergy":
        drug = code.degree == "drug"
        category = "Allergy and adverse drug reactions" if drug else "Allergy and adverse reactions"
    term_id = f"EMISNQ{code.local}" if code.local else read
    ids = [str(code_id(code)), code.term, term_id, code.snomed, code.description]
    return row([*ids, None, None, None, category, None, number])
