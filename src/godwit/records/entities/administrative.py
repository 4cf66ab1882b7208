"""Entities about people, contacts, what follows, and the practice: everything but the clinical entries."""

from __future__ import annotations

from godwit.records.entities import roles as to
from godwit.records.entity import DURING, Entity, Role, choice, concept, flag, moment, number, structure, text

PATIENT = Entity(
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
        text("address", "home address", 2),
        text("postcode", "postcode", 1),
        structure("contacts", "telephone and e-mail", 1),
        text("home_phone", "home telephone"),
        text("mobile_phone", "mobile telephone", 1),
        text("email", "e-mail"),
        structure("relations", "next of kin and emergency contacts"),
        text("carer", "carer"),
        flag("test_patient", "test patient"),
        *concept("language", "language"),
        *concept("ethnicity", "ethnicity"),
    ),
    (Role("usual_gp", "usual GP"), to.ORGANISATION, to.LOCATION),
    (("nhs_number",),),
)

REGISTRATION = Entity(
    "registration",
    "Registrations",
    (
        *concept("type", "type of registration", 4),
        choice("kind", "kind of registration", 3),
        choice("status", "status", 1),
        moment("start", "registered from", 3),
        moment("end_date", "registered until", 1),
    ),
    (to.ORGANISATION, to.LOCATION),
    (("type", "start"), ("kind", "start"), ("start",)),
)

CONSULTATION = Entity(
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
        to.PERFORMER,
        to.RECORDER,
        Role("participant", "others taking part"),
        to.LOCATION,
        to.ORGANISATION,
        Role("items", "sections and entries, in order", ordered=True),
    ),
    (("start", "type"), ("start", "type_text"), ("start",), ("type", "recorded"), ("recorded",)),
)

CONSULTATION_SECTION = Entity(
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
        to.CONSULTATION,
        Role("problem", "problem the topic is about"),
        Role("items", "entries, in order", ordered=True),
    ),
    (("level", "title", DURING), ("level", DURING)),
)

REFERRAL = Entity(
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
        to.PERFORMER,
        to.CONSULTATION,
        Role("recipient", "referred to"),
        Role("documents", "letters and attachments"),
    ),
    (("code", "authored"), ("ubrn",)),
)

RECALL = Entity(
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
    (to.PERFORMER, to.CONSULTATION, to.ORGANISATION),
    (("code", "due", "authored"), ("code", "due"), ("code", "authored")),
)

DOCUMENT = Entity(
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
    (to.PERFORMER, to.CONSULTATION, Role("author", "author"), to.ORGANISATION),
    (
        ("path",),
        ("content_hash",),
        ("title", "created", "content_type"),
        ("title", "recorded"),
        ("created", "content_type"),
    ),
)

APPOINTMENT = Entity(
    "appointment",
    "Appointments",
    (
        moment("start", "start", 4),
        number("duration", "planned minutes", 1),
        choice("status", "status", 1),
        moment("booked", "booked on"),
        text("type_text", "kind of appointment", 1),
        text("session", "clinic", 1),
        text("reason", "reason"),
    ),
    (to.PERFORMER, to.LOCATION, to.ORGANISATION),
    (("start",),),
)

PRACTITIONER = Entity(
    "practitioner",
    "Staff",
    (
        choice("kind", "person or role", 1),
        structure("identifiers", "professional numbers", 4),
        text("name", "name in full", 4),
        text("family", "family name", 4),
        text("given", "given names", 2),
        text("title", "title"),
        choice("sex", "sex"),
        *concept("role", "job role", 1),
        moment("start", "in this role from", 1),
        moment("end_date", "in this role until"),
        structure("contacts", "telephone and e-mail"),
    ),
    (Role("person", "person in the role"), to.ORGANISATION),
    (
        ("kind", "identifiers"),
        ("kind", "family", "given", "title"),
        ("kind", "family"),
        ("kind", "name", "role_text", "start"),
        ("kind", "name"),
    ),
)

ORGANISATION = Entity(
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
        text("address", "address in one line", 1),
        structure("contacts", "telephone and e-mail", 1),
    ),
    (Role("main_location", "main place"), to.ORGANISATION),
    (("kind", "ods_code"), ("kind", "name")),
)
