"""What can stand in a patient's record: contacts, entries, problems, medicines, letters, bookings.

Part of the model; see `model` for what all of it has in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Precision = Literal["U", "Y", "YM", "YMD", "YMDT"]
"""How much of a moment is known: nothing, the year, the month, the day, the minute."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment as far as it is known. `at` carries the day (padded to the first) and, for YMDT, the minute."""

    precision: Precision
    at: datetime | None


@dataclass(slots=True)
class Item:
    """What all entries of a record have in common."""

    id: int
    when: When
    entered: datetime
    clinician: int | None  # Staff.id
    recorder: int | None  # Staff.id
    consultation: int | None = None  # Consultation.id
    problem: int | None = None  # Problem.id
    text: str | None = None
    confidential: bool = False


@dataclass(slots=True)
class Consultation(Item):
    """A contact. `type` is one of the contact types of the catalogue; `slot` the appointment it came from."""

    type: str = "Surgery consultation"
    minutes: int = 10
    site: int = 0
    slot: int | None = None
    heading: str = "Consultation"


@dataclass(slots=True)
class Observation(Item):
    """A coded entry: finding, value, procedure, family history, battery and its members.

    A battery (a panel, a blood pressure) is a row of its own; its members name it in `parent`. `value` is the decimal
    text as it was typed.
    """

    code: int = 0
    value: str | None = None
    comparator: str | None = None
    unit: str | None = None
    low: str | None = None
    high: str | None = None
    abnormal: bool = False
    parent: int | None = None
    laterality: Literal["left", "right", "bilateral"] | None = None
    certainty: Literal["confirmed", "suspected"] | None = None
    negated: bool = False
    relative: str | None = None  # of family history
    episode: Literal["first", "new", "review", "end"] | None = None


@dataclass(slots=True)
class Problem(Item):
    """A problem heading; `entry` is the observation that names it and carries its code."""

    code: int = 0
    entry: int = 0
    active: bool = True
    major: bool = True
    ends: When | None = None
    parent: int | None = None
    last_review: date | None = None


@dataclass(slots=True)
class Allergy(Item):
    """An allergy or intolerance; the substance is that of the code."""

    code: int = 0
    severity: Literal["mild", "moderate", "severe"] | None = None
    reaction: int | None = None  # Code.id
    ends: When | None = None
    certainty: Literal["certain", "likely", "possible"] | None = None


@dataclass(slots=True)
class Immunisation(Item):
    """A vaccination given, or refused (`given` false)."""

    code: int = 0
    given: bool = True
    product: str = ""
    content: str = ""
    dose: int | None = None
    batch: str | None = None
    maker: str | None = None
    expires: date | None = None
    site: str | None = None
    method: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Authorisation(Item):
    """What may be issued: an acute course or a repeat template. Quantity and dose are texts as typed."""

    drug: int = 0
    kind: Literal["acute", "repeat", "repeat_dispensing"] = "acute"
    dosage: str = ""
    quantity: str = ""
    unit: str = ""
    active: bool = True
    ends: date | None = None
    end_reason: str | None = None
    review: date | None = None
    issues_allowed: int | None = None
    days: int = 28
    private: bool = False


@dataclass(slots=True)
class Issue(Item):
    """One issue under an authorisation. An acute authorisation has exactly one."""

    authorisation: int = 0
    drug: int = 0
    dosage: str = ""
    quantity: str = ""
    unit: str = ""
    days: int = 28
    method: str = "EPS"


@dataclass(slots=True)
class Referral(Item):
    """A referral out."""

    code: int = 0
    to: int = 0  # Organisation.id
    specialty: str = ""
    urgency: Literal["Routine", "Urgent", "2 Week Wait", "Soon"] = "Routine"
    mode: str = "NHS e-Referral"
    ubrn: str | None = None
    outcome: str | None = None


@dataclass(slots=True)
class Recall(Item):
    """A diary entry; `when` is the day it is due."""

    code: int = 0
    active: bool = True
    complete: bool = False


@dataclass(slots=True)
class Document(Item):
    """A letter or image by reference: the file itself is not in a bulk extract."""

    code: int = 0
    title: str = ""
    file_name: str = ""
    mime: str = "application/pdf"
    size: int = 0
    sha256: str = ""
    uid: str = ""
    sender: int | None = None  # Organisation.id
    incoming: bool = True


@dataclass(slots=True)
class Alert(Item):
    """A warning on the record: a note everybody must see, or a safeguarding register entry."""

    kind: Literal["note", "child_at_risk", "adult_at_risk"] = "note"
    ends: date | None = None


@dataclass(slots=True)
class Appointment(Item):
    """A booked slot; `when` is its start to the minute."""

    session: int = 0
    status: Literal["booked", "arrived", "seen", "dna", "cancelled"] = "booked"
    booked: datetime | None = None
    minutes: int = 10
    arrived: datetime | None = None
    seen: datetime | None = None
    left: datetime | None = None
    type: str = "Face to face"
    reason: str | None = None
