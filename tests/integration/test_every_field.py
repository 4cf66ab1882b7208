"""Change one value of one record in a real bundle: exactly one finding, on that record.

The cases are generated: every path of every kind of resource in the five whole-record bundles, each at the first value
found. Left out is what the mapping itself calls not content, each with its reason there, and what is named below.
"""

from __future__ import annotations

import copy
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from godwit.records.formats import FORMATS
from tests.needs import find_fixtures
from tests.support.comparing import Finding, findings_of

FOLDER = (find_fixtures() or Path("no-public-records")) / "gpconnect-structured-practice-migrator"
BUNDLES = ("example", "9465699012", "9465698490", "9692136701", "9465693839")
"""Smallest first, so that most paths are tried on a small one."""

NOT_FIELDS = {
    "url": "names an extension: another name makes another extension, a field lost and one gained",
    "reference": "links have a test of their own",
    "intent": "says what kind of record a request is; another word makes another record",
}
NOT_PATHS = {
    "Patient.name.use": "says which of the names is the one in use; another word makes the first name a second one",
    "Observation.related.type": "says which way a link goes; another word makes another link",
}
NOT_KINDS = {
    "Medication": "one drug entry serves many requests; a change in it is a change of each of them (a test of its own)",
    "List": "most only repeat which records there are; those that are sections have a test of their own",
}

FOLDED = ("MedicationStatement", "PractitionerRole")
"""Kinds whose content is compared in the record they are folded into."""

EVERY_BUNDLE = os.environ.get("GODWIT_EVERY_BUNDLE") == "1"
"""Try every path in each bundle that has it (over 900 comparisons, some minutes), not once in the smallest."""

pytestmark = pytest.mark.usefixtures("fixtures_root")

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """One value: the bundle, the number of the entry (from 0), and the keys that lead to it in the resource."""

    bundle: str
    entry: int
    kind: str
    keys: Keys

    @property
    def path(self) -> str:
        """The keys without list positions, after the kind."""
        return ".".join([self.kind, *(key for key in self.keys if isinstance(key, str))])


def leaves(node: Any, keys: Keys = ()) -> Iterator[Keys]:
    """The keys to every value below a node."""
    if isinstance(node, dict):
        for key, item in node.items():
            yield from leaves(item, (*keys, key))
    elif isinstance(node, list):
        for position, item in enumerate(node):
            yield from leaves(item, (*keys, position))
    else:
        yield keys


def other(value: Any) -> Any:
    """Another value of the same kind: the opposite, one more, four years earlier, a letter more."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if value[:4].isdigit() and value[4:5] in ("-", ""):
        return f"{int(value[:4]) - 4}{value[4:]}"
    return value + "x"


def is_tried(leaf: Leaf) -> bool:
    """Whether a change of this value must be found."""
    kind, _, path = leaf.path.partition(".")
    mapping = FORMATS["gpconnect"].mapping
    ignored = {*mapping.ignore, *(mapping.kinds[kind].ignore if kind in mapping.kinds else ())}
    return (
        kind not in NOT_KINDS
        and leaf.path not in NOT_PATHS
        and leaf.keys[-1] not in NOT_FIELDS
        and path not in ignored
        and leaf.keys[0] != "contained"
    )


def read(bundle: str) -> dict[str, Any]:
    """A bundle as Python's own JSON reader gives it."""
    return dict(json.loads((FOLDER / f"{bundle}.json").read_text(encoding="utf-8")))


def cases() -> list[Leaf]:
    """The first value of every path of every kind of resource, a plan and an order being two kinds."""
    found: dict[tuple[str, str, str], Leaf] = {}
    for bundle in BUNDLES if FOLDER.is_dir() else ():
        for entry, one in enumerate(read(bundle)["entry"]):
            resource = one["resource"]
            for keys in leaves(resource):
                leaf = Leaf(bundle, entry, resource["resourceType"], keys)
                if is_tried(leaf):
                    each = bundle if EVERY_BUNDLE else ""
                    found.setdefault((leaf.path, resource.get("intent", ""), each), leaf)
    return list(found.values())


def node_at(bundle: dict[str, Any], leaf: Leaf) -> Any:
    """What holds the value."""
    node = bundle["entry"][leaf.entry]["resource"]
    for key in leaf.keys[:-1]:
        node = node[key]
    return node


def found_between(bundle: str, changed: dict[str, Any], folder: Path) -> list[Finding]:
    """Findings between a bundle and its changed copy, both written by one hand so that numbers look alike."""
    paths = folder / "as-it-was.json", folder / "changed.json"
    for path, content in zip(paths, (read(bundle), changed), strict=True):
        path.write_text(json.dumps(content), encoding="utf-8")
    return findings_of(*paths, folder / "work")


CASES = cases()


def test_there_are_cases_for_every_entity_these_bundles_hold() -> None:
    kinds = {leaf.kind for leaf in CASES}
    resources = {one["resource"]["resourceType"] for bundle in BUNDLES for one in read(bundle)["entry"]}
    assert resources - kinds == set(NOT_KINDS)


def batches() -> list[list[Leaf]]:
    """The cases by bundle, in each batch no record twice, so that one comparison tries many; folded kinds apart."""
    found: dict[tuple[str, int, str], list[Leaf]] = {}
    times: Counter[tuple[str, int]] = Counter()
    for leaf in CASES:
        apart = leaf.kind if leaf.kind in FOLDED else ""
        found.setdefault((leaf.bundle, times[leaf.bundle, leaf.entry], apart), []).append(leaf)
        times[leaf.bundle, leaf.entry] += 1
    return list(found.values())


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"{batch[0].bundle}:{batch[0].path}")
def test_one_changed_value_is_one_finding(batch: list[Leaf], tmp_path: Path) -> None:
    bundle = read(batch[0].bundle)
    for leaf in batch:
        node = node_at(bundle, leaf)
        node[leaf.keys[-1]] = other(node[leaf.keys[-1]])
    found = found_between(batch[0].bundle, bundle, tmp_path)
    paths = [leaf.path for leaf in batch]
    assert [one.outcome for one in found] == ["different"] * len(batch), (paths, found)
    assert all(one.source_record == one.target_record for one in found), (paths, found)
    if batch[0].kind not in FOLDED:
        entries = sorted(leaf.entry + 1 for leaf in batch)
        assert sorted(one.source_record or 0 for one in found) == entries, (paths, found)


def links() -> list[Leaf]:
    """The first reference of every path that the mapping follows to a record."""
    found: dict[str, Leaf] = {}
    for bundle in BUNDLES if FOLDER.is_dir() else ():
        for entry, one in enumerate(read(bundle)["entry"]):
            resource = one["resource"]
            for keys in leaves(resource):
                leaf = Leaf(bundle, entry, resource["resourceType"], keys)
                if keys[-1] == "reference" and leaf.kind != "List" and not is_owner(leaf):
                    found.setdefault(leaf.path, leaf)
    return list(found.values())


def is_owner(leaf: Leaf) -> bool:
    """Links that say whose record it is, or that fold one record into another; they are no fields."""
    return leaf.keys[0] in ("subject", "patient", "medicationReference") or leaf.path in (
        "MedicationStatement.basedOn.reference",
        "PractitionerRole.practitioner.reference",
    )


@pytest.mark.parametrize("leaf", links(), ids=lambda leaf: f"{leaf.bundle}:{leaf.path}")
def test_one_link_led_elsewhere_is_one_finding(leaf: Leaf, tmp_path: Path) -> None:
    bundle = read(leaf.bundle)
    node = node_at(bundle, leaf)
    node["reference"] = another_of_its_kind(bundle, node["reference"])
    found = found_between(leaf.bundle, bundle, tmp_path)
    assert len(found) == 1, found
    assert found[0].outcome == "different"


def another_of_its_kind(bundle: dict[str, Any], reference: str) -> str:
    """A reference to another record of the same type, or to none at all where there is no other."""
    kind = reference.partition("/")[0]
    others = (
        f"{kind}/{one['resource']['id']}"
        for one in bundle["entry"]
        if one["resource"]["resourceType"] == kind and "id" in one["resource"]
    )
    return next((one for one in others if one != reference), f"{kind}/nowhere")


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_changed_drug_is_a_finding_in_every_request_that_uses_it(bundle: str, tmp_path: Path) -> None:
    changed = copy.deepcopy(read(bundle))
    drug = next(
        one["resource"] for one in changed["entry"] if one["resource"]["resourceType"] == "Medication"
    )
    users = sum(
        one["resource"].get("medicationReference", {}).get("reference") == f"Medication/{drug['id']}"
        for one in changed["entry"]
        if one["resource"]["resourceType"] == "MedicationRequest"
    )
    drug["code"]["coding"][0]["code"] += "1"
    found = found_between(bundle, changed, tmp_path)
    assert users > 0
    assert len(found) == users
    assert {one.field for one in found} == {"drug"}


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_renamed_section_is_one_finding(bundle: str, tmp_path: Path) -> None:
    changed = copy.deepcopy(read(bundle))
    levels = FORMATS["gpconnect"].mapping.lists["levels"]
    section = next(
        one["resource"]
        for one in changed["entry"]
        if one["resource"]["resourceType"] == "List"
        and levels.get(one["resource"]["code"]["coding"][0]["code"]) in ("topic", "heading")
    )
    section["title"] = section.get("title", "") + "x"
    found = found_between(bundle, changed, tmp_path)
    assert [(one.entity, one.field) for one in found] == [("consultation_section", "title")]
