"""Small made-up GP Connect bundles, and what the reader makes of them."""

import json
from collections.abc import Callable
from typing import Any

from godwit.records.formats import FORMATS
from godwit.records.formats.reading import Reading
from godwit.records.model import Row

SNOMED = "http://snomed.info/sct"
LEVELS = {"consultation": "325851000000107", "topic": "25851000000105", "heading": "24781000000107"}

Resource = dict[str, Any]


def bundle(*entries: Any, **others: Any) -> bytes:
    """A bundle whose entries are given as they are."""
    return json.dumps({"resourceType": "Bundle", **others, "entry": list(entries)}).encode()


def read_bundle(*resources: Any, **others: Any) -> Reading:
    """The reading of a bundle of these resources, in which every record is accounted for."""
    reading = read_entries(*({"resource": resource} for resource in resources), **others)
    assert reading.witnessed == reading.read, "the two counts of the file disagree"
    return reading


def read_entries(*entries: Any, **others: Any) -> Reading:
    """The reading of a bundle of these entries."""
    return FORMATS["gpconnect"].read(bundle(*entries, **others), 1)


def resource(kind: str, number: int | str, **fields: Any) -> Resource:
    """A resource with an id."""
    return {"resourceType": kind, "id": str(number), **fields}


def ref(target: str) -> dict[str, str]:
    """A reference to a resource of the bundle."""
    return {"reference": target}


def concept(code: str, **others: Any) -> dict[str, Any]:
    """A SNOMED CT concept."""
    return {"coding": [{"system": SNOMED, "code": code}], **others}


def listed(number: int | str, level: str, *items: str, **fields: Any) -> Resource:
    """A List of a level (consultation, topic, heading, or any other code) with its items."""
    code = concept(LEVELS.get(level, level))
    return resource("List", number, code=code, entry=[{"item": ref(item)} for item in items], **fields)


def only(reading: Reading, wanted: Callable[[Row], bool] | str) -> Row:
    """The one row with this key, or for which this holds."""
    found = [row for row in reading.rows if (row.key == wanted if isinstance(wanted, str) else wanted(row))]
    assert len(found) == 1, [row.key for row in reading.rows]
    return found[0]


def links_of(row: Row) -> list[tuple[str, str | None]]:
    """The links of a row as (role, key or words)."""
    return [(link.role, link.target or link.display) for link in row.links]


def set_aside(reading: Reading) -> list[tuple[str, str, str]]:
    """What was set aside as (kind, entity, reason)."""
    return [(one.place.kind, one.entity, one.reason) for one in reading.set_aside]
