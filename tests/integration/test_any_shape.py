"""Whatever shape a record has been knocked into: every record is counted once, or the file is refused. No crash."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from godwit.records.errors import InputRefused
from godwit.records.formats import FORMATS

FAMILY = Path(__file__).resolve().parents[2] / "examples" / "family"
ROUNDS = 8
ODD: tuple[Any, ...] = (
    None, True, 0, "", "x", [], {}, [None], [[]], ["x"], {"resourceType": "Flag"}, {"resourceType": None},
    [{"resourceType": "Observation", "id": "n"}], {"reference": "#x"}, {"reference": 5}, {"coding": [5]}, {"value": []},
    "9" * 6000, "2026-02-31", "\x00", {"extension": {"extension": {}}},
)  # fmt: skip


def spots(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree, as the branch and the key in it."""
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield node, key
        yield from spots(node[key])


def counted(system: str, data: bytes) -> bool:
    """Whether a file is read with every record counted; a refusal is as good."""
    try:
        reading = FORMATS[system].read(data, 1)
    except InputRefused:
        return True
    fates = len(reading.rows) + len(reading.set_aside) + len(reading.rejects)
    return reading.witnessed == reading.read == fates


@pytest.mark.parametrize("seed", range(4))
def test_a_bundle_knocked_about(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up damage, not a secret
    whole = json.loads((FAMILY / "target" / f"patient-{seed + 1}.json").read_bytes())
    for _ in range(ROUNDS):
        tree = copy.deepcopy(whole)
        for branch, key in chance.sample(list(spots(tree)), chance.choice((1, 1, 3, 20))):
            if isinstance(branch, dict) and chance.random() < 0.2:
                branch[
                    chance.choice(("resourceType", "contained", "component", "+statement", "_parent", "id"))
                ] = chance.choice(ODD)
            elif isinstance(branch, dict) or key < len(branch):
                branch[key] = chance.choice(ODD)
        assert counted("gpconnect", json.dumps(tree).encode())


@pytest.mark.parametrize("seed", range(4))
def test_a_message_knocked_about(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up damage, not a secret
    whole = etree.fromstring((FAMILY / "source" / f"patient-{seed + 1}.xml").read_bytes())
    for _ in range(ROUNDS):
        tree = copy.deepcopy(whole)
        elements = list(tree.iter("{urn:hl7-org:v3}*"))
        for element in chance.sample(elements, chance.choice((1, 1, 3, 20))):
            knock(element, elements, chance)
        assert counted("gp2gp", etree.tostring(tree))


def knock(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    """Rename, empty, remove, repeat or move one element."""
    parent = element.getparent()
    match chance.randrange(6):
        case 0:
            element.tag = chance.choice([str(other.tag) for other in others])
        case 1:
            element.attrib.clear()
        case 2:
            for name in element.attrib:
                element.set(name, chance.choice(("", "x", "2.16.840.1.113883.2.1.6.2", "9" * 6000)))
        case 3:
            element.append(copy.deepcopy(chance.choice(others)))
        case 4:
            element.clear()
        case _ if parent is not None:
            parent.remove(element)
