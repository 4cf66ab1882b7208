"""One tree for JSON and XML records, and a small path language to pick values out of it and know what was left.

A tree is dicts, lists and texts (numbers stay the text that was delivered). XML elements become dicts: attributes
under `@name`, text under `#text`, children under their local name, always as lists. Names that start with `_` are
context added by a reader: they can be picked but are not content of the record. Names that start with `+` are other
records folded into this one: they are content.

Path: steps joined by dots; a step may filter a list, `extension[url~Significance].valueCode`, where `key~part` means
the value contains the part, `key=value` that it equals it, `key!=value` that it is there and differs; `!key` means the
key is absent. Lists are entered
silently. ` | ` between paths takes the first that finds anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

Tree = Any
"""dict[str, Tree] | list[Tree] | str: recursive, so left open to the type checker."""

Address = tuple[str | int, ...]
"""Keys and list positions from the root of the record to a value."""

_STEP = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<filter>[^\]]+)\])?")
_SPLIT = re.compile(r"\.(?![^\[]*\])")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a key, and a filter as (key, operator, wanted); operators are `=`, `!=`, `~` and `!`."""

    name: str
    filter: tuple[str, str, str] | None = None

    def admits(self, node: Tree) -> bool:
        """Whether a node found under `name` passes the filter."""
        if self.filter is None:
            return True
        key, operator, wanted = self.filter
        if not isinstance(node, dict):
            return False
        found = [text for _, text in leaves(node.get(key))]
        if operator == "!":
            return not found
        if operator == "!=":
            return bool(found) and wanted not in found
        return any(wanted == text if operator == "=" else wanted in text for text in found)


@cache
def parse(path: str) -> tuple[tuple[Step, ...], ...]:
    """Read a path into its alternatives. Raises `ValueError` for a path that is not one (a defect of a mapping)."""
    return tuple(tuple(_step(text) for text in _SPLIT.split(one.strip())) for one in path.split(" | "))


def _step(text: str) -> Step:
    match = _STEP.fullmatch(text)
    if match is None:
        raise ValueError(f"not a path step: {text}")
    condition = match["filter"]
    if condition is None:
        return Step(match["name"])
    if condition.startswith("!"):
        return Step(match["name"], (condition[1:], "!", ""))
    key, operator, wanted = re.split(r"(!=|=|~)", condition, maxsplit=1)
    return Step(match["name"], (key, operator, wanted))


def select(tree: Tree, path: str) -> list[tuple[Address, Tree]]:
    """All nodes the path leads to, each with its address, from the first alternative that finds any."""
    for steps in parse(path):
        if isinstance(tree, dict) and steps[0].name not in tree:
            continue
        found = list(_follow(tree, steps, ()))
        if found:
            return found
    return []


def _follow(node: Tree, steps: tuple[Step, ...], at: Address) -> Iterator[tuple[Address, Tree]]:
    if isinstance(node, list):
        for position, item in enumerate(node):
            yield from _follow(item, steps, (*at, position))
    elif not steps:
        yield at, node
    elif isinstance(node, dict) and steps[0].name in node:
        step, rest = steps[0], steps[1:]
        child = node[step.name]
        for address, item in _items(child, (*at, step.name)):
            if step.admits(item):
                yield from _follow(item, rest, address)


def _items(node: Tree, at: Address) -> Iterator[tuple[Address, Tree]]:
    if isinstance(node, list):
        for position, item in enumerate(node):
            yield from _items(item, (*at, position))
    else:
        yield at, node


def leaves(node: Tree, at: Address = ()) -> Iterator[tuple[Address, str]]:
    """Every text in the tree with its address, context (`_…`) left out."""
    if isinstance(node, dict):
        for key, item in node.items():
            if not key.startswith("_"):
                yield from leaves(item, (*at, key))
    elif isinstance(node, list):
        for position, item in enumerate(node):
            yield from leaves(item, (*at, position))
    elif node is not None:
        yield at, leaf_text(node)


def leaf_text(node: Tree) -> str:
    """A leaf in the words of its file: JSON writes `true`, not `True`."""
    return str(node).lower() if isinstance(node, bool) else str(node)


def spell(address: Address) -> str:
    """An address as a path without list positions: `code.coding.display`."""
    return ".".join(part for part in address if isinstance(part, str))


def opening(head: bytes) -> bytes:
    """The first byte of a text that is no blank, whether it is written in UTF-8 or in UTF-16 with its mark."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def delivered_key(key: str) -> str:
    """A delivered name as a key of a tree: `:` before one that would be taken for context or a folded record, so that
    it stays content (FHIR calls what it says about a plain value `_birthDate`)."""
    return f":{key}" if key[:1] in ("_", "+", ":") else key


def first_text(tree: Mapping[str, Tree], path: str) -> str | None:
    """The first text the path leads to, or None."""
    return next((node for _, node in select(tree, path) if isinstance(node, str)), None)
