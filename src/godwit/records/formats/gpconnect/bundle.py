"""Open the bytes of a FHIR bundle safely: numbers keep their delivered text, and nothing hostile gets through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

from godwit.records.errors import InputRefused
from godwit.records.formats.tree import Tree, delivered_key

RESOURCE_TYPES = frozenset(
    resources.files(__package__).joinpath("resource_types.txt").read_text("utf-8").split()
)
"""Every type of resource in FHIR STU3; no other word is repeated outside the private files."""

MAX_DEPTH = 200
"""Levels of objects and lists in one record of JSON; real ones have about a dozen."""

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
"""An escape that is half of a character; with the other half behind it all is well."""


def open_bundle(data: bytes, place: str) -> dict[str, Tree]:
    """The bundle as a tree. Raises `InputRefused` naming the rule; the message never quotes the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            "json.encoding", f"the file is not UTF-8 text (byte {error.start + 1})", place
        ) from None
    try:
        tree = json.loads(
            text, parse_float=str, parse_int=str, parse_constant=_not_a_number, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        because = f"the JSON breaks off or is malformed (line {error.lineno}, column {error.colno})"
        raise InputRefused("json.syntax", because, place) from None
    except RecursionError:
        raise too_deep(place) from None
    if _HALF_CHARACTER.search(text):
        _refuse_half_characters(tree, place)
    return _checked(tree, place)


def too_deep(place: str) -> InputRefused:
    """The refusal of JSON whose nesting no record has."""
    return InputRefused("json.depth", "the JSON is nested too deeply to be a record", place)


def _refuse_half_characters(tree: Tree, place: str) -> None:
    """An escape may name half of a character, which is no text and could be written to no table."""
    try:
        json.dumps(tree, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise InputRefused("json.encoding", "a text of the file has half of a character", place) from None


def _checked(tree: Tree, place: str) -> dict[str, Tree]:
    around = {key: item for key, item in tree.items() if key != "entry"} if isinstance(tree, dict) else tree
    rule = tree.rule if isinstance(tree, Broken) else broken_rule(around)
    if rule:
        raise InputRefused(rule, _BECAUSE[rule], place)
    if not isinstance(tree, dict) or tree.get("resourceType") != "Bundle":
        raise InputRefused("root.not_a_bundle", "the file is JSON but not a FHIR Bundle", place)
    if not isinstance(tree.get("entry"), list):
        raise InputRefused("bundle.no_entries", "the bundle has no list of entries", place)
    return tree


class Broken(dict[str, Any]):
    """Stands where the JSON says something that JSON may not say; the record around it is quarantined.

    Keeps every pair, so that what stands inside can be counted: a key that comes again is numbered.
    """

    def __init__(self, rule: str, pairs: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__()
        for number, (key, item) in enumerate(pairs):
            self[f"{key}#{number}" if key in self else key] = item
        self.rule = rule


_BECAUSE = {
    "json.not_a_number": "the JSON holds NaN or Infinity, which are not JSON",
    "json.key_twice": "an object of the JSON has the same key twice: which one counts is unclear",
    "json.depth": "the JSON is nested too deeply to be a record",
}


def _not_a_number(_: str) -> Broken:
    return Broken("json.not_a_number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = {delivered_key(key): item for key, item in pairs}
    return made if len(made) == len(pairs) else Broken("json.key_twice", pairs)


def broken_rule(tree: Tree) -> str | None:
    """The rule that a part of the bundle breaks as JSON, or None where it is sound. Walks without recursion."""
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Broken):
            return node.rule
        if depth > MAX_DEPTH:
            return "json.depth"
        if isinstance(node, dict | list):
            inside = node.values() if isinstance(node, dict) else node
            waiting += [(item, depth + 1) for item in inside if isinstance(item, dict | list)]
    return None


def count_resources(data: bytes) -> int:
    """Second witness: objects that say what resource they are, counted while parsing, without looking at structure."""
    found = 0

    def count(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found += any(key == "resourceType" for key, _ in pairs)

    json.loads(data.decode("utf-8-sig"), object_pairs_hook=count, parse_int=str, parse_float=str)
    return found - 1
