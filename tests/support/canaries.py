"""Records in which every value is a token of its own: where a token shows, a value of a record has got out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.support.messages import Resource

TOKEN = re.compile(
    r"zq\d+qz|(?<!\d)[89]\d{3}-?07-?1\d(?!\d)|(?<!\d)1\d Jul [89]\d{3}(?!\d)|77077\d*|9990000\d{3}",
    re.IGNORECASE,
)
"""A word, a day far in the future, a number, an NHS number."""

_FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")
"""A hash may hold any digits by chance, and nobody can read a value out of it."""

NUMBERS = ("9990000018", "9990000026")


class Tokens:
    """Hands out tokens that look like what they stand for; each is given once."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def word(self) -> str:
        return f"zq{next(self._numbers)}qz"

    def day(self) -> str:
        number = next(self._numbers)
        return f"{8000 + number}-07-1{1 + number % 9}"

    def amount(self) -> float:
        return float(f"77077{next(self._numbers)}.5")


def inside(text: str) -> list[str]:
    """The tokens in a text."""
    return TOKEN.findall(_FINGERPRINT.sub("", text))


def bundle(tokens: Tokens, number: str) -> dict[str, Any]:
    """A bundle of many kinds of resource, all values tokens."""
    return {
        "resourceType": "Bundle",
        "id": tokens.word(),
        "meta": {"lastUpdated": tokens.word()},
        tokens.word(): tokens.word(),
        "entry": [{"fullUrl": tokens.word(), "resource": one} for one in _resources(tokens, number)],
    }


def _resources(tokens: Tokens, number: str) -> Iterator[Resource]:
    patient = {"reference": "Patient/p"}
    yield {
        "resourceType": "Patient",
        "id": "p",
        **_common(tokens),
        "active": True,
        "gender": tokens.word(),
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}],
        "name": [
            {
                "use": "official",
                "family": tokens.word(),
                "given": [tokens.word(), tokens.word()],
                "prefix": [tokens.word()],
            }
        ],
        "birthDate": tokens.day(),
        "_birthDate": {"extension": [{"url": tokens.word(), "valueString": tokens.word()}]},
        "address": [{"line": [tokens.word()], "postalCode": tokens.word()}],
        "telecom": [{"system": "phone", "value": tokens.word()}],
        "contact": [{"name": {"text": tokens.word()}}],
        "generalPractitioner": [{"reference": "Practitioner/d"}],
    }
    yield {
        "resourceType": "Practitioner",
        "id": "d",
        **_common(tokens),
        "name": [{"family": tokens.word(), "given": [tokens.word()]}],
    }
    yield {
        "resourceType": "Organization",
        "id": "g",
        **_common(tokens),
        "name": tokens.word(),
        "address": [{"text": tokens.word()}],
    }
    yield {
        "resourceType": "Encounter",
        "id": "e",
        **_common(tokens),
        "subject": patient,
        "type": [_concept(tokens)],
        "status": tokens.word(),
        "period": {"start": tokens.day(), "end": tokens.day()},
        "location": [{"location": {"display": tokens.word()}}],
    }
    for kind in (
        "Observation",
        "Condition",
        "AllergyIntolerance",
        "Immunization",
        "ReferralRequest",
        "DocumentReference",
    ):
        yield _entry(tokens, kind, patient)
    yield {
        "resourceType": "MedicationRequest",
        "id": "m",
        **_common(tokens),
        "intent": "plan",
        "status": tokens.word(),
        "subject": patient,
        "medicationReference": {"reference": "Medication/x", "display": tokens.word()},
        "authoredOn": tokens.day(),
        "dosageInstruction": [{"text": tokens.word(), "patientInstruction": tokens.word()}],
        "dispenseRequest": {"quantity": {"value": tokens.amount(), "unit": tokens.word()}},
    }
    yield {"resourceType": "Medication", "id": "x", "code": _concept(tokens)}
    yield {"resourceType": tokens.word(), "id": tokens.word(), tokens.word(): tokens.word()}
    yield {
        "resourceType": "Flag",
        "id": tokens.word(),
        "code": _concept(tokens),
        "contained": [{"resourceType": tokens.word()}, tokens.word()],
    }


def _common(tokens: Tokens) -> Resource:
    return {
        "meta": {"profile": [tokens.word()], "security": [{"code": tokens.word()}]},
        "identifier": [{"system": tokens.word(), "value": tokens.word()}],
        "extension": [{"url": tokens.word(), "valueCode": tokens.word(), tokens.word(): tokens.word()}],
    }


def _concept(tokens: Tokens) -> Resource:
    coding = {"system": tokens.word(), "code": tokens.word(), "display": tokens.word()}
    return {"coding": [coding], "text": tokens.word()}


def _entry(tokens: Tokens, kind: str, patient: Resource) -> Resource:
    """A resource with whatever fields an entry of a record may have; those its kind lacks go to the extras."""
    return {
        "resourceType": kind,
        "id": tokens.word(),
        **_common(tokens),
        "subject": patient,
        "patient": patient,
        "status": tokens.word(),
        "clinicalStatus": tokens.word(),
        "code": _concept(tokens),
        "vaccineCode": _concept(tokens),
        "category": [_concept(tokens)],
        "type": _concept(tokens),
        "effectiveDateTime": tokens.day(),
        "onsetDateTime": tokens.day(),
        "assertedDate": tokens.word(),
        "date": tokens.day(),
        "issued": tokens.word(),
        "description": tokens.word(),
        "comment": tokens.word(),
        "note": [{"text": tokens.word()}],
        "context": {"reference": f"Encounter/{tokens.word()}"},
        "performer": [{"reference": "Practitioner/d", "display": tokens.word()}, {"display": tokens.word()}],
        "valueQuantity": {"value": tokens.amount(), "unit": tokens.word(), "comparator": tokens.word()},
        "referenceRange": [{"text": tokens.word(), "low": {"value": tokens.word()}}],
        "component": [{"code": _concept(tokens), "valueString": tokens.word()}, tokens.word()],
        "content": [
            {"attachment": {"url": tokens.word(), "contentType": tokens.word(), "title": tokens.word()}}
        ],
    }


def message(tokens: Tokens, number: str) -> str:
    """A GP2GP message, all values tokens."""
    compositions = "".join(_composition(tokens) for _ in range(2))
    word = tokens.word
    return (
        f"<!-- {word()} --><?{word()} {word()}?>"
        '<RCMR_IN030000UK06 xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<id root="{word()}"/><EhrExtract><id root="{word()}"/><availabilityTime value="{word()}"/>'
        f'<recordTarget><patient><id root="2.16.840.1.113883.2.1.4.1" extension="{number}"/><patientPerson>'
        f"<name><prefix>{word()}</prefix><given>{word()}</given><family>{word()}</family></name>"
        f'<administrativeGenderCode code="{word()}"/><birthTime value="{tokens.day().replace("-", "")}"/>'
        f"</patientPerson></patient></recordTarget><component><ehrFolder>{_directory(tokens)}{compositions}"
        f"</ehrFolder></component></EhrExtract></RCMR_IN030000UK06>"
    )


def _directory(tokens: Tokens) -> str:
    word = tokens.word
    return (
        f'<agentDirectory><part><Agent><id root="{word()}"/><id root="{word()}" extension="{word()}"/>{_code(tokens)}'
        f"<agentPerson><name><given>{word()}</given><family>{word()}</family></name></agentPerson></Agent></part>"
        f'<part><Agent><id root="{word()}"/><agentOrganization><name>{word()}</name><telecom value="{word()}"/>'
        "</agentOrganization></Agent></part></agentDirectory>"
    )


def _code(tokens: Tokens, name: str = "code") -> str:
    word = tokens.word
    return (
        f'<{name} code="{word()}" codeSystem="{word()}" displayName="{word()}"><originalText>{word()}</originalText>'
        f'<translation code="{word()}" codeSystem="{word()}" displayName="{word()}"/>'
        f'<qualifier><name code="{word()}"/></qualifier></{name}>'
    )


def _statement(tokens: Tokens, kind: str) -> str:
    word, other = tokens.word, tokens.word()
    return (
        f'<component><{kind} classCode="{word()}"><id root="{word()}"/>{_code(tokens)}<statusCode code="{word()}"/>'
        f"<text>{word()}</text>"
        f'<effectiveTime><center value="{tokens.day().replace("-", "")}"/></effectiveTime>'
        f'<availabilityTime value="{word()}"/>'
        f'<value xsi:type="PQ" value="{tokens.amount()}" unit="{word()}"/>'
        f'<{other} {word()}="{word()}">{word()}</{other}>'
        f"<pertinentInformation><pertinentAnnotation><text>{word()}</text></pertinentAnnotation></pertinentInformation>"
        f'<Participant><agentRef><id root="{word()}"/></agentRef></Participant></{kind}></component>'
    )


def _composition(tokens: Tokens) -> str:
    kinds = (
        "ObservationStatement",
        "NarrativeStatement",
        "LinkSet",
        "PlanStatement",
        "RequestStatement",
        "EhrEmpty",
        tokens.word(),
    )
    inside_it = "".join(_statement(tokens, kind) for kind in kinds)
    return (
        f'<component><ehrComposition><id root="{tokens.word()}"/>{_code(tokens)}'
        f'<effectiveTime><center value="{tokens.day().replace("-", "")}"/></effectiveTime>'
        f'<author><time value="{tokens.word()}"/></author>{inside_it}</ehrComposition></component>'
    )


def family(data: bytes) -> str:
    """The surname of the patient of a file."""
    found = re.search(r'(?:"family": "|<family>)(zq\d+qz)', data.decode())
    return found[1] if found else ""


def as_bytes(tree: Any) -> bytes:
    """A tree as JSON."""
    return json.dumps(tree).encode("utf-8")
