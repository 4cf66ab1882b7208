"""The small pieces of a FHIR STU3 bundle: resources, references, codes, times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from examples.family_maker.model import Concept
from examples.family_maker.writing import ADDRESSES

Tree = dict[str, Any]

NHS = "https://fhir.nhs.uk/STU3"
HL7UK = "https://fhir.hl7.org.uk/STU3"
SNOMED = ADDRESSES["snomed"]
ENGLAND = ZoneInfo("Europe/London")


def resource(kind: str, identity: str, **content: object) -> Tree:
    """A resource with its profile."""
    profile = {"Condition": "ProblemHeader-Condition"}.get(kind, kind)
    meta = {"profile": [f"{NHS}/StructureDefinition/CareConnect-GPC-{profile}-1"]}
    return {"resourceType": kind, "id": identity, "meta": meta, **content}


def reference(kind: str, identity: str) -> Tree:
    """A pointer to another resource."""
    return {"reference": f"{kind}/{identity}"}


def coding(system: str, code: str, display: str) -> Tree:
    """A concept with one code."""
    return {"coding": [{"system": system, "code": code, "display": display}]}


def codeable(idea: Concept) -> Tree:
    """A concept with all its codes and the author's words."""
    codes = [{"system": ADDRESSES[system], "code": code, "display": idea.term} for system, code in idea.codes]
    return {"coding": codes, "text": idea.words}


def extension(name: str, *parts: Tree, base: str = NHS, **value: object) -> Tree:
    """An extension, with a value or with parts of its own."""
    return {"url": f"{base}/StructureDefinition/Extension-{name}", "extension": list(parts), **value}


def note(text: str) -> list[Tree]:
    """Free text, where there is any."""
    return [{"text": text}] if text else []


def moment(when: str, in_utc: bool = False) -> str:
    """A time as FHIR writes it: dates as precise as they are known, clock times with seconds and offset."""
    if len(when) <= 8:
        return "-".join(part for part in (when[:4], when[4:6], when[6:]) if part)
    local = datetime.strptime(when.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=ENGLAND)
    return (local.astimezone(UTC) if in_utc else local).isoformat()


def without_blanks(node: Any) -> Any:
    """The tree without what is empty; numbers and flags always stay."""
    if isinstance(node, dict):
        kept = {key: without_blanks(item) for key, item in node.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(node, list | tuple):
        return [without_blanks(item) for item in node]
    return node
