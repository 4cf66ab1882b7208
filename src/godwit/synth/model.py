"""The made-up practice before any supplier has shaped it: people, what happened to them, and who wrote it down.

Everything a writer needs stands here in plain values; nothing here knows a file format. Dates and times are English
civil time. Identifiers are whole numbers, unique in the practice across all kinds of item, from which each writer makes
its own supplier's keys. All people, places and numbers are made up; NHS numbers come from the test range.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from godwit.synth.entries import (
    Alert,
    Allergy,
    Appointment,
    Authorisation,
    Consultation,
    Document,
    Immunisation,
    Issue,
    Item,
    Observation,
    Precision,
    Problem,
    Recall,
    Referral,
    When,
)

__all__ = [
    "Address",
    "Alert",
    "Allergy",
    "Appointment",
    "Authorisation",
    "Code",
    "CodeKind",
    "Consultation",
    "Contact",
    "Document",
    "Drug",
    "Immunisation",
    "Issue",
    "Item",
    "Observation",
    "Organisation",
    "Patient",
    "Practice",
    "Precision",
    "Problem",
    "Recall",
    "Referral",
    "Registration",
    "Relation",
    "Session",
    "Site",
    "Staff",
    "When",
]

CodeKind = Literal[
    "finding", "value", "procedure", "immunisation", "allergy", "family_history", "referral", "document",
    "recall", "administration", "test", "battery", "ethnicity", "consultation", "social",
]  # fmt: skip
"""What a code is for; suppliers that sort entries by the category of the code sort by this."""


@dataclass(frozen=True, slots=True)
class Code:
    """One clinical idea. `snomed` is None for a local code; `local` then holds the practice's own code.

    `snomed` and `description` have valid check digits in a made-up namespace; `read2` and `ctv3` are five characters.
    """

    id: int
    term: str
    kind: CodeKind
    snomed: str | None
    description: str | None
    read2: str | None
    ctv3: str | None
    local: str | None = None
    sibling: int | None = None  # the id of a near neighbour, for the fault "mapped to a sibling"
    degree: Literal["drug", "other"] | None = None  # of an allergy: to a drug or to something else
    agent: str | None = None  # of an allergy: the substance, in words
    multilex: int | None = None  # of a drug allergy: the product family's number


@dataclass(frozen=True, slots=True)
class Drug:
    """A product a prescriber chooses. `dmd` is None for the few that the national drug dictionary does not hold."""

    id: int
    name: str
    dmd: str | None
    multilex: int
    bnf: str
    unit: str  # tablet, capsule, ml, dose, gram …
    form: str
    strength: str
    high_risk: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """The practice itself, or a body it refers to or gets letters from."""

    id: int
    ods: str
    name: str
    kind: str
    address: tuple[str, str, str, str]  # number and street, town, county, postcode
    phone: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the practice: the main surgery or a branch."""

    id: int
    name: str
    kind: str
    main: bool
    address: tuple[str, str, str, str]
    phone: str


@dataclass(frozen=True, slots=True)
class Staff:
    """One person in one role. `person` is shared by the roles of one human being."""

    id: int
    person: int
    title: str
    given: str
    family: str
    role: str
    role_code: str
    gmc: str | None
    gmp: str | None
    starts: date
    ends: date | None
    username: str


@dataclass(frozen=True, slots=True)
class Session:
    """A clinic of one day: who, where, when. Made by rule for every clinician and working day."""

    id: int
    starts: datetime
    ends: datetime
    site: int
    clinicians: tuple[int, ...]
    name: str


@dataclass(slots=True)
class Registration:
    """One period on the list. `kind`: regular, temporary, private, immediately_necessary."""

    id: int
    kind: str
    starts: date
    ends: date | None
    reason: str | None = None


@dataclass(slots=True)
class Address:
    """An address and since when; the last of a patient's is the current one."""

    id: int
    lines: tuple[str, str, str, str]
    starts: date
    ends: date | None
    kind: Literal["home", "temporary"] = "home"


@dataclass(slots=True)
class Contact:
    """A telephone number or e-mail address."""

    id: int
    kind: Literal["home", "mobile", "work", "email"]
    value: str
    verified: bool = True


@dataclass(slots=True)
class Relation:
    """Next of kin, carer or guardian."""

    id: int
    relation: str
    name: str
    phone: str | None
    next_of_kin: bool
    carer: bool


@dataclass(slots=True)
class Patient:
    """A person and everything in the record. `id` orders patients; items carry ids of their own."""

    id: int
    nhs_number: str | None
    title: str
    given: str
    middle: str
    family: str
    previous_family: str | None
    birth: date
    death: date | None
    sex: Literal["M", "F", "I", "U"]
    usual_gp: int
    ethnicity: int | None = None  # Code.id
    language: str | None = None
    interpreter: bool = False
    test_patient: bool = False
    sensitive: bool = False
    confidential: bool = False
    scr_consent: str | None = None
    registrations: list[Registration] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    allergies: list[Allergy] = field(default_factory=list)
    immunisations: list[Immunisation] = field(default_factory=list)
    authorisations: list[Authorisation] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    recalls: list[Recall] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Practice:
    """What all patients share. `snapshot` is when the extract was taken."""

    seed: int
    snapshot: datetime
    organisation: Organisation
    others: tuple[Organisation, ...]
    sites: tuple[Site, ...]
    staff: tuple[Staff, ...]
    codes: tuple[Code, ...]
    drugs: tuple[Drug, ...]
    sessions: tuple[Session, ...]
    patients: int = 0  # how many patients the list has; they are numbered from 1
    density: float = 1.0  # how full the histories are: 1 is about 1,300 records a patient

    def code(self, id: int) -> Code:  # noqa: A002 - it is the model's word
        """The code with this id (ids are positions from 1)."""
        return self.codes[id - 1]

    def drug(self, id: int) -> Drug:  # noqa: A002 - it is the model's word
        """The drug with this id (ids are positions from 1)."""
        return self.drugs[id - 1]
