"""Small GP2GP messages and GP Connect bundles of made-up people, for tests. Plain text and dicts; no reader is used.

NHS numbers are of the range 999, which is never given to a person.
"""

from __future__ import annotations

import json
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NUMBERS = ("9990000018", "9990000026", "9990000034", "9990000042")
"""NHS numbers with good check digits."""

_NHS = "https://fhir.nhs.uk/Id/nhs-number"
_SNOMED = ("http://snomed.info/sct", "2.16.840.1.113883.2.1.3.2.4.15")
_PEOPLE = uuid.UUID("6f1c1f0a-31d0-5c4b-9c53-000000000999")

Resource = dict[str, Any]


def identifier(name: str) -> str:
    """The same UUID for the same name."""
    return str(uuid.uuid5(_PEOPLE, name)).upper()


# GP Connect -------------------------------------------------------------------------------------------------


def patient(
    number: str = NUMBERS[0], family: str = "Sandpiper", given: str = "Wilma", **more: Any
) -> Resource:
    """A patient; `more` adds or replaces elements."""
    return {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": _NHS, "value": number}],
        "name": [{"use": "official", "family": family, "given": [given]}],
        "birthDate": "1961-05-04",
        "gender": "female",
        **more,
    }


def observation(name: str = "o1", when: str = "2024-03-02", value: Any = 72.5, **more: Any) -> Resource:
    """A body weight of the patient `p1`."""
    code = {"system": _SNOMED[0], "code": "27113001", "display": "Body weight"}
    return {
        "resourceType": "Observation",
        "id": name,
        "identifier": [{"system": "https://example.org/id", "value": identifier(name)}],
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "code": {"coding": [code]},
        "effectiveDateTime": when,
        "valueQuantity": {"value": value, "unit": "kg"},
        **more,
    }


def bundle(*resources: Any, **more: Any) -> dict[str, Any]:
    """A bundle with these resources; with none, a patient and one observation."""
    entries = [{"resource": one} for one in (resources or (patient(), observation()))]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}


def as_json(tree: Any) -> bytes:
    """A tree as the bytes of a JSON file."""
    return json.dumps(tree, ensure_ascii=False, indent=1).encode("utf-8")


def good_bundle(*extra: Any, number: str = NUMBERS[0]) -> bytes:
    """A bundle of a patient, an observation and `extra`."""
    return as_json(bundle(patient(number), observation(), *extra))


# GP2GP ------------------------------------------------------------------------------------------------------


def statement(name: str = "o1", when: str = "20240302", value: str = "72.5", inside: str = "") -> str:
    """A body weight; `inside` is XML put at its end."""
    return (
        f'<component typeCode="COMP"><ObservationStatement classCode="OBS" moodCode="EVN">'
        f'<id root="{identifier(name)}"/>'
        f'<code code="27113001" codeSystem="{_SNOMED[1]}" displayName="Body weight"/>'
        f'<statusCode code="COMPLETE"/><effectiveTime><center value="{when}"/></effectiveTime>'
        f'<availabilityTime value="{when}"/><value xsi:type="PQ" value="{value}" unit="kg"/>{inside}'
        f"</ObservationStatement></component>"
    )


def narrative(text: str, name: str = "n1") -> str:
    """A remark; `text` is XML."""
    return (
        f'<component typeCode="COMP"><NarrativeStatement classCode="OBS" moodCode="EVN">'
        f'<id root="{identifier(name)}"/><text>{text}</text><statusCode code="COMPLETE"/>'
        f'<availabilityTime value="20240302"/></NarrativeStatement></component>'
    )


def composition(*statements: str, name: str = "c1", code: str = "24561000000109") -> str:
    """A consultation that holds these statements."""
    return (
        f'<component typeCode="COMP"><ehrComposition classCode="COMPOSITION" moodCode="EVN">'
        f'<id root="{identifier(name)}"/>'
        f'<code code="{code}" codeSystem="{_SNOMED[1]}" displayName="Telephone consultation"/>'
        f'<statusCode code="COMPLETE"/><effectiveTime><center value="20240302"/></effectiveTime>'
        f'<availabilityTime value="20240302"/>{"".join(statements)}</ehrComposition></component>'
    )


def person(number: str = NUMBERS[0], family: str = "Sandpiper", given: str = "Wilma") -> str:
    """The patient a message is about."""
    return (
        f'<recordTarget typeCode="RCT"><patient classCode="PAT">'
        f'<id root="2.16.840.1.113883.2.1.4.1" extension="{number}"/>'
        f"<patientPerson><name><given>{given}</given><family>{family}</family></name>"
        f'<administrativeGenderCode code="2"/><birthTime value="19610504"/></patientPerson>'
        f"</patient></recordTarget>"
    )


def extract(*compositions: str, who: str | None = None, when: str = "20240401") -> str:
    """The extract itself; with no composition, one consultation with one body weight."""
    inside = "".join(compositions or (composition(statement()),))
    return (
        f'<EhrExtract classCode="EXTRACT" moodCode="EVN"><id root="{identifier("extract")}"/>'
        f'<statusCode code="COMPLETE"/><availabilityTime value="{when}"/>{person() if who is None else who}'
        f'<component typeCode="COMP"><ehrFolder classCode="FOLDER" moodCode="EVN">{inside}</ehrFolder></component>'
        f"</EhrExtract>"
    )


def message(
    *compositions: str, who: str | None = None, before: str = "", root: str = "RCMR_IN030000UK06"
) -> str:
    """A whole message without its XML declaration; `before` stands before the root element."""
    return envelope(extract(*compositions, who=who), before=before, root=root)


def envelope(content: str, before: str = "", root: str = "RCMR_IN030000UK06") -> str:
    """What a message has around the extract."""
    return (
        f'{before}<{root} xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<ControlActEvent><subject typeCode="SUBJ">{content}</subject></ControlActEvent></{root}>'
    )


def as_xml(text: str, encoding: str = "utf-8", declared: str | None = None) -> bytes:
    """A message as the bytes of an XML file that names its encoding truly, unless told to name another."""
    return f'<?xml version="1.0" encoding="{declared or encoding}"?>\n{text}'.encode(encoding)


def good_message(*extra: str, number: str = NUMBERS[0]) -> bytes:
    """A message of a patient, a consultation with one body weight, and `extra` statements."""
    return as_xml(message(composition(statement(), *extra), who=person(number)))


# Deliveries -------------------------------------------------------------------------------------------------


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def write_zip(path: Path, files: Sequence[tuple[str, bytes]], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip with these files, in this order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path
