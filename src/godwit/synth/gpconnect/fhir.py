"""The small pieces of a FHIR STU3 bundle: resources, references, concepts, times."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from godwit.synth.messages.codes import Concept
from godwit.synth.model import When

Tree = dict[str, Any]

NHS = "https://fhir.nhs.uk/STU3"
HL7UK = "https://fhir.hl7.org.uk/STU3"
SNOMED = "http://snomed.info/sct"
SYSTEMS = {"snomed": SNOMED, "read2": "http://read.info/readv2"}
CONFIDENTIAL = {
    "system": "http://hl7.org/fhir/v3/ActCode",
    "code": "NOPAT",
    "display": "no disclosure to patient, family or caregivers without attending provider's authorization",
}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ENGLAND = ZoneInfo("Europe/London")


def resource(kind: str, identity: str, confidential: bool = False, **content: Any) -> Tree:
    """A resource with its profile, without whatever is empty; numbers and flags always stay."""
    profile = "ProblemHeader-Condition" if kind == "Condition" else kind
    meta: Tree = {"profile": [f"{NHS}/StructureDefinition/CareConnect-GPC-{profile}-1"]}
    if confidential:
        meta["security"] = [CONFIDENTIAL]
    made: Tree = {"resourceType": kind, "id": identity, "meta": meta}
    made.update((key, value) for key, value in content.items() if value not in (None, "", [], {}))
    return made


def reference(kind: str, identity: str) -> Tree:
    """A pointer to another resource."""
    return {"reference": f"{kind}/{identity}"}


def coding(system: str, code: str, display: str) -> Tree:
    """A concept with one code."""
    return {"coding": [{"system": system, "code": code, "display": display}]}


def codeable(idea: Concept) -> Tree:
    """A concept with all its codes and the author's words."""
    made: Tree = {
        "coding": [
            {"system": SYSTEMS[system], "code": code, "display": idea.term} for system, code in idea.codes
        ]
    }
    if idea.words:
        made["text"] = idea.words
    return made


def extension(name: str, *parts: Tree, base: str = NHS, **value: Any) -> Tree:
    """An extension, with a value or with parts of its own."""
    made: Tree = {"url": f"{base}/StructureDefinition/Extension-{name}", **value}
    if parts:
        made["extension"] = list(parts)
    return made


def note(text: str | None) -> list[Tree]:
    """Free text, where there is any."""
    return [{"text": text}] if text else []


def moment(when: When | None) -> str | None:
    """A moment as precise as it is known; a clock time with the offset England had then."""
    if when is None or when.at is None or when.precision == "U":
        return None
    if when.precision == "YMDT":
        return instant(when.at)
    return when.at.date().isoformat()[: {"Y": 4, "YM": 7, "YMD": 10}[when.precision]]


def instant(at: datetime) -> str:
    """English clock time with its offset."""
    return at.replace(tzinfo=_ENGLAND).isoformat(timespec="seconds")


def day(at: date | None) -> str | None:
    """A day."""
    return at.isoformat() if at else None


def number(text: str) -> float | int | None:
    """A decimal text as a JSON number; None where it is no number."""
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)
