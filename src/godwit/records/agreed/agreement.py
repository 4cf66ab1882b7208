"""What people decide about a difference: one proposes to accept it, another approves, either may withdraw it.

The file of a practice is a list of such decisions in the order in which they were taken. Nothing in it is ever
rewritten: where an agreement stands is worked out from its entries.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from godwit.definitions.comparison.harm import read_harm
from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.definitions.comparison.severities import Severity
from godwit.definitions.read import Definition
from godwit.records.agreed.pattern import MOST_MARKS, TRAITS
from godwit.records.canonical import ENTITIES
from godwit.values import NhsNumber

State = Literal["proposed", "approved", "expired", "withdrawn"]
"""Only what is approved has any effect."""

MOST_TOLERANCE = 25
"""How many per cent beyond the approved count an agreement may allow for at most."""

_TEN_DIGITS = re.compile(r"\d(?:[ -]?\d){9}")


def _no_patient(text: str) -> str:
    if any(NhsNumber.is_one(re.sub(r"[ -]", "", found)) for found in _TEN_DIGITS.findall(text)):
        raise ValueError("this holds an NHS number; say what differs, never whose it is")
    return text


def _role(slug: str) -> str:
    if slug not in read_harm().roles:
        raise ValueError(f"no such role; one of {', '.join(read_harm().roles)}")
    return slug


def _hazard(cited: str) -> str:
    known = [one.id for one in read_comparison_hazards()]
    if cited not in known:
        raise ValueError(f"no such hazard; write {known[0]} to {known[-1]}")
    return cited


def _trait(name: str) -> str:
    if name not in TRAITS:
        raise ValueError(f"no such trait; one of {', '.join(TRAITS)}")
    return name


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000),
    AfterValidator(_no_patient),
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_no_patient)
]
Role = Annotated[str, AfterValidator(_role)]
Hazard = Annotated[str, AfterValidator(_hazard)]
Id = Annotated[str, Field(pattern=r"^A[1-9]\d{0,3}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Change(Definition):
    """One kind of finding: kind of record, outcome, the field that differs (none for a whole record), and reason.

    `how` is the way in which the value changed, where that can be told, and `severity` the risk of these findings. They
    are `alike` in the traits named; `marks` are those of the values that they had.
    """

    entity: str
    outcome: Literal["different", "missing", "unexpected"]
    field: Slug | None = None
    reason: Slug
    how: str = Field(pattern=r"^[a-z_]*$")
    severity: Severity
    alike: tuple[Annotated[str, AfterValidator(_trait)], ...] = ()
    marks: tuple[Mark, ...] = Field(default=(), max_length=MOST_MARKS)

    @field_validator("entity")
    @classmethod
    def _known(cls, entity: str) -> str:
        if entity not in ENTITIES:
            raise ValueError(f"no such kind of record; one of {', '.join(ENTITIES)}")
        return entity

    @model_validator(mode="after")
    def _field_only_if_different(self) -> Self:
        if (self.field is not None) != (self.outcome == "different"):
            raise ValueError("a field belongs to what is different, and to nothing else")
        return self

    @model_validator(mode="after")
    def _marks_of_what_is_alike(self) -> Self:
        if bool(self.alike) != bool(self.marks):
            raise ValueError("marks belong to what is alike, and to nothing else")
        return self


class Scope(Definition):
    """Which findings are meant, between which systems (source, target): all of these kinds, the telling one first.

    There are several kinds where they go together, as a code and its term do. `cause` is the id that they had in the
    report of their run; in another run they may stand in another line, so it is for people only.
    """

    systems: tuple[Slug, Slug]
    changes: tuple[Change, ...] = Field(min_length=1, max_length=200)
    cause: str = Field(pattern=r"^\S{1,200}$")

    @property
    def first(self) -> Change:
        """The change that names the whole."""
        return self.changes[0]


class Assessment(Definition):
    """The harm that the difference could do: severity and likelihood, their figure in the matrix, hazards cited."""

    severity: str
    likelihood: str
    hazards: tuple[Hazard, ...] = Field(min_length=1)
    result: int

    @model_validator(mode="after")
    def _as_the_matrix_says(self) -> Self:
        harm = read_harm()
        if self.severity not in harm.severities:
            raise ValueError(f"the severity is one of {', '.join(harm.severities)}")
        if self.likelihood not in harm.likelihoods:
            raise ValueError(f"the likelihood is one of {', '.join(harm.likelihoods)}")
        if self.result != harm.result(self.severity, self.likelihood):
            raise ValueError("the result is not the one of the matrix for this severity and likelihood")
        return self


class Counted(Definition):
    """How much was there when it was agreed: taken from a sealed run. `risk` is how that run ranked the cause."""

    run: str = Field(pattern=r"^[\w-]{1,100}$")
    seal: Hash
    findings: int = Field(ge=1)
    patients: int = Field(ge=0)
    risk: Severity


class Proposed(Definition):
    """Somebody proposes to accept a difference until a day. `tolerance`: per cent beyond the count that still hold."""

    did: Literal["proposed"]
    id: Id
    by: Name
    role: Role
    day: date
    scope: Scope
    why: Words
    harm: Assessment
    counted: Counted
    tolerance: int = Field(default=0, ge=0, le=MOST_TOLERANCE)
    expires: date

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all that is proposed, so that an approval holds for exactly this."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def allows(self, findings: int, patients: int) -> bool:
        """Whether so many are still within what was agreed."""
        share = 100 + self.tolerance
        return (
            findings * 100 <= self.counted.findings * share
            and patients * 100 <= self.counted.patients * share
        )


class Approved(Definition):
    """Another person in another role accepts it. `proposal` is the fingerprint of what was read and accepted."""

    did: Literal["approved"]
    id: Id
    by: Name
    role: Role
    day: date
    comment: Annotated[str, StringConstraints(max_length=2_000), AfterValidator(_no_patient)] = ""
    proposal: Hash


class Withdrawn(Definition):
    """It holds no more."""

    did: Literal["withdrawn"]
    id: Id
    by: Name
    role: Role
    day: date
    why: Words


Entry = Annotated[Proposed | Approved | Withdrawn, Field(discriminator="did")]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One difference and what has been decided about it so far."""

    proposed: Proposed
    approved: Approved | None = None
    withdrawn: Withdrawn | None = None

    @property
    def id(self) -> str:
        """The id people call it by: A1, A2 …"""
        return self.proposed.id

    def state(self, today: date) -> State:
        """Where it stands on a day. The day of expiry is the last one on which it holds."""
        if self.withdrawn and self.withdrawn.day <= today:
            return "withdrawn"
        if not self.approved or today < self.approved.day:
            return "proposed"
        return "expired" if today > self.proposed.expires else "approved"
