"""The canonical model: what a record is once it has left its supplier's shape.

One `Entity` per kind of clinical or administrative record, each with its fields (plain values), its roles (links to
other records) and the keys by which two copies of it may be recognised. Every format is checked against this file
when it is imported; every table, comparison and count is generated from it. Source: format notes, section 10.
"""

from __future__ import annotations

from godwit.records.entity import (
    DURING,
    EXTRAS,
    Entity,
    Field,
    Kind,
    Role,
    choice,
    concept,
    flag,
    moment,
    number,
    structure,
    text,
)

__all__ = ["DURING", "ENTITIES", "EXTRAS", "Entity", "Field", "Kind", "Role"]


CONFIDENTIALITY = text("confidentiality", "confidentiality mark")

_PERFORMER = Role("performer", "clinician responsible")
_RECORDER = Role("recorder", "entered by")
_CONSULTATION = Role("consultation", "consultation it belongs to")
_ORGANISATION = Role("organisation", "organisation")
_LOCATION = Role("location", "place")

_ALL = (
    Entity(
        "patient",
        "Patients",
        (
            text("nhs_number", "NHS number", 6),
            choice("nhs_number_status", "NHS number verification"),
            text("family", "family name", 3),
            text("given", "given names", 2),
            text("title", "title"),
            structure("other_names", "other names"),
            moment("birth_date", "date of birth", 4),
            moment("death_date", "date of death"),
            choice("sex", "sex", 1),
            flag("active", "active patient"),
            structure("addresses", "addresses", 2),
            structure("contacts", "telephone and e-mail", 1),
            structure("relations", "next of kin and emergency contacts"),
            *concept("language", "language"),
            *concept("ethnicity", "ethnicity"),
        ),
        (Role("usual_gp", "usual GP"), _ORGANISATION, _LOCATION),
        (("nhs_number",),),
    ),
    Entity(
        "registration",
        "Registrations",
        (
            *concept("type", "type of registration", 4),
            choice("status", "status", 1),
            moment("start", "registered from", 3),
            moment("end_date", "registered until", 1),
        ),
        (_ORGANISATION, _LOCATION),
        (("type", "start"),),
    ),
    Entity(
        "consultation",
        "Consultations",
        (
            *concept("type", "type of consultation", 4),
            moment("start", "start", 4),
            moment("end_date", "end", 1),
            number("duration", "length in minutes"),
            choice("status", "status"),
            moment("recorded", "entered at", 2),
        ),
        (
            _PERFORMER,
            _RECORDER,
            Role("participant", "others taking part"),
            _LOCATION,
            _ORGANISATION,
            Role("items", "sections and entries, in order", ordered=True),
        ),
        (("start", "type"), ("start", "type_text"), ("start",)),
    ),
    Entity(
        "consultation_section",
        "Consultation sections",
        (
            choice("level", "topic or heading", 1),
            text("title", "title", 4),
            *concept("code", "heading code", 2),
            moment("effective", "date", 2),
            moment("recorded", "entered at"),
        ),
        (
            _CONSULTATION,
            Role("problem", "problem the topic is about"),
            Role("items", "entries, in order", ordered=True),
        ),
        (("level", "title", DURING), ("level", DURING)),
    ),
    Entity(
        "observation",
        "Observations and results",
        (
            choice("kind", "kind of entry", 1),
            *concept("code", "code", 4),
            moment("effective", "date", 3),
            moment("recorded", "entered at", 2),
            choice("status", "status"),
            number("value", "value", 3),
            text("comparator", "comparator"),
            text("unit", "unit"),
            text("value_text", "value in words", 2),
            *concept("value_code", "coded value", 2),
            number("range_low", "reference range, low"),
            number("range_high", "reference range, high"),
            text("range_text", "reference range in words"),
            *concept("interpretation", "interpretation"),
            text("text", "free text", 3),
            *concept("category", "category"),
            *concept("relation", "relative it is about", 1),
            structure("qualifiers", "qualifiers", 1),
            *concept("body_site", "body site", 1),
            moment("received", "specimen received", 1),
        ),
        (
            _PERFORMER,
            _CONSULTATION,
            _ORGANISATION,
            Role("parent", "group it belongs to"),
            Role("members", "results in the group"),
            Role("specimen", "specimen"),
            Role("request", "request it answers"),
        ),
        (
            ("code", "effective", "value", "text"),
            ("code", "effective", "recorded"),
            ("code", "effective", DURING),
            ("code", "effective"),
            ("effective", "recorded", "text"),
        ),
    ),
    Entity(
        "problem",
        "Problems",
        (
            *concept("code", "code", 4),
            choice("status", "active or past", 1),
            text("status_text", "status in words"),
            choice("significance", "significance", 1),
            moment("onset", "onset", 3),
            moment("end_date", "end", 1),
            moment("recorded", "entered at", 2),
            text("text", "free text", 2),
        ),
        (
            _PERFORMER,
            _CONSULTATION,
            Role("entry", "entry that names the problem"),
            Role("linked", "entries linked to the problem"),
            Role("related", "related problems"),
        ),
        (("code", "onset"), ("code", "recorded")),
    ),
    Entity(
        "allergy",
        "Allergies",
        (
            *concept("code", "substance or reaction code", 4),
            choice("category", "drug or other", 1),
            choice("status", "status", 1),
            choice("verification", "verification"),
            moment("onset", "onset", 3),
            moment("end_date", "end"),
            text("end_reason", "reason for ending"),
            moment("recorded", "entered at", 2),
            moment("last_occurrence", "last occurrence"),
            *concept("reaction", "reaction", 1),
            choice("severity", "severity"),
            choice("criticality", "criticality"),
            structure("qualifiers", "qualifiers"),
            *concept("value_code", "coded agent", 1),
            text("text", "free text", 2),
        ),
        (_PERFORMER, _RECORDER, _CONSULTATION),
        (("code", "onset"), ("code",)),
    ),
    Entity(
        "immunisation",
        "Immunisations",
        (
            *concept("code", "vaccination given", 4),
            *concept("vaccine", "vaccine product", 2),
            moment("effective", "date given", 3),
            moment("recorded", "entered at", 2),
            choice("status", "status"),
            flag("not_given", "not given"),
            *concept("reason", "reason"),
            number("dose_number", "dose in the course"),
            number("dose_quantity", "dose"),
            text("dose_unit", "dose unit"),
            text("batch", "batch number", 2),
            moment("expiry", "expiry date"),
            *concept("site", "site"),
            *concept("route", "route"),
            structure("qualifiers", "qualifiers"),
            text("text", "free text", 2),
        ),
        (_PERFORMER, _CONSULTATION, _LOCATION, Role("manufacturer", "manufacturer")),
        (("code", "effective"), ("vaccine", "effective")),
    ),
    Entity(
        "medication_authorisation",
        "Medication authorised",
        (
            *concept("drug", "drug", 4),
            choice("type", "acute or repeat", 1),
            choice("status", "status", 1),
            text("dosage", "dosage", 2),
            text("patient_instruction", "instruction to the patient", 1),
            number("quantity", "quantity", 1),
            text("quantity_unit", "quantity unit"),
            number("duration", "days supplied"),
            moment("start", "start", 3),
            moment("end_date", "end", 1),
            moment("authored", "authorised", 2),
            moment("recorded", "entered at", 1),
            moment("review", "review date"),
            number("repeats_allowed", "issues allowed"),
            number("repeats_issued", "issues made"),
            moment("last_issue", "last issued"),
            moment("ended", "stopped on"),
            *concept("end_reason", "reason for stopping"),
            *concept("agency", "prescribing agency"),
            *concept("supply", "supply type"),
            text("text", "notes", 1),
        ),
        (
            _PERFORMER,
            _RECORDER,
            _CONSULTATION,
            _ORGANISATION,
            Role("prior", "authorisation it replaces"),
        ),
        (("drug", "start", "dosage", "quantity"), ("drug", "start"), ("drug", "authored")),
    ),
    Entity(
        "medication_issue",
        "Medication issued",
        (
            *concept("drug", "drug", 4),
            choice("type", "acute or repeat"),
            choice("status", "status"),
            text("dosage", "dosage", 2),
            text("patient_instruction", "instruction to the patient", 1),
            number("quantity", "quantity", 1),
            text("quantity_unit", "quantity unit"),
            number("duration", "days supplied"),
            moment("start", "issued", 3),
            moment("end_date", "supply ends", 1),
            moment("authored", "written", 2),
            moment("recorded", "entered at", 1),
            *concept("supply", "supply type"),
            text("text", "notes", 1),
        ),
        (
            _PERFORMER,
            _RECORDER,
            _CONSULTATION,
            _ORGANISATION,
            Role("authorisation", "authorisation it was issued under"),
            Role("prior", "issue it replaces"),
        ),
        (("drug", "start", "dosage", "quantity"), ("drug", "start")),
    ),
    Entity(
        "referral",
        "Referrals",
        (
            *concept("code", "reason or service", 4),
            moment("authored", "date", 3),
            choice("priority", "priority", 1),
            text("priority_text", "priority in words"),
            choice("status", "status"),
            text("ubrn", "e-referral booking reference", 4),
            text("description", "description", 2),
            structure("qualifiers", "qualifiers", 1),
            text("text", "free text", 2),
        ),
        (
            _PERFORMER,
            _CONSULTATION,
            Role("recipient", "referred to"),
            Role("documents", "letters and attachments"),
        ),
        (("code", "authored"),),
    ),
    Entity(
        "recall",
        "Recalls and diary entries",
        (
            *concept("code", "code", 4),
            moment("due", "due", 3),
            moment("authored", "entered at", 2),
            choice("status", "status"),
            choice("intent", "intent"),
            structure("qualifiers", "qualifiers"),
            text("text", "free text", 2),
        ),
        (_PERFORMER, _CONSULTATION, _ORGANISATION),
        (("code", "due", "authored"), ("code", "due")),
    ),
    Entity(
        "document",
        "Documents",
        (
            *concept("type", "type", 2),
            text("title", "title or description", 3),
            moment("created", "date", 3),
            moment("recorded", "filed at", 2),
            choice("status", "status"),
            text("content_type", "file type", 1),
            number("size", "size in bytes", 1),
            text("content_hash", "content fingerprint", 3),
            text("path", "file", 4),
            structure("qualifiers", "qualifiers"),
        ),
        (_PERFORMER, _CONSULTATION, Role("author", "author"), _ORGANISATION),
        (("path",), ("title", "created", "content_type"), ("created", "content_type")),
    ),
    Entity("appointment", "Appointments", (moment("start", "start", 4),), (), (("start",),)),
    Entity(
        "practitioner",
        "Staff",
        (
            choice("kind", "person or role", 1),
            structure("identifiers", "professional numbers", 4),
            text("family", "family name", 4),
            text("given", "given names", 2),
            text("title", "title"),
            choice("sex", "sex"),
            *concept("role", "job role", 1),
            structure("contacts", "telephone and e-mail"),
        ),
        (Role("person", "person in the role"), _ORGANISATION),
        (("kind", "identifiers"), ("kind", "family", "given", "title"), ("kind", "family")),
    ),
    Entity(
        "organisation",
        "Organisations and places",
        (
            choice("kind", "organisation, place or service", 1),
            text("ods_code", "ODS code", 4),
            text("name", "name", 4),
            *concept("type", "type"),
            flag("active", "active"),
            text("description", "description"),
            structure("addresses", "addresses", 2),
            structure("contacts", "telephone and e-mail", 1),
        ),
        (Role("main_location", "main place"), _ORGANISATION),
        (("kind", "ods_code"), ("kind", "name")),
    ),
    Entity("unclassified", "Index lists and unknown records", ()),
)

ENTITIES: dict[str, Entity] = {
    entity.name: Entity(
        entity.name,
        entity.title,
        (*entity.fields, *((CONFIDENTIALITY,) if entity.fields else ())),
        entity.roles,
        entity.keys,
    )
    for entity in _ALL
}
"""Every entity by name, in the order in which people read them. `unclassified` never holds converted records."""


def check() -> None:
    """Refuse a model whose keys name a field that does not exist (run when the module is imported)."""
    for entity in ENTITIES.values():
        for key in entity.keys:
            unknown = set(key) - {*entity.field_names, DURING}
            if unknown:
                raise LookupError(f"canonical model: {entity.name} has no field {sorted(unknown)}")


check()
