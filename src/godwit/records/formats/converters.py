"""Turn picked nodes into canonical text, one small function per way of saying a thing.

A converter never guesses and never drops: what it cannot read stays as the delivered text behind `UNREADABLE`, with
an issue, so that two sides that hold the same unreadable text still agree and two that differ still differ.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from godwit.definitions.comparison import CodeSystems
from godwit.records.errors import ValueUnreadable
from godwit.records.formats.tree import Address, Tree, leaf_text, select, spell
from godwit.records.model import UNREADABLE
from godwit.values import PartialDate, Precision, ValueRefused

ENGLAND = ZoneInfo("Europe/London")
"""Times without a zone are English civil time (format notes, section 6.2); instants are shown in it too."""

_MOST_DIGITS = 30
"""A number with more digits than this is a slip or an attack (1e999999 would fill the memory)."""

_FLAGS = {"true": "true", "false": "false"}

Nodes = list[tuple[Address, Tree]]


@dataclass(slots=True)
class Converted:
    """What a converter made: canonical texts by field, originals where they differ, addresses used, issues."""

    values: dict[str, str] = field(default_factory=dict)
    original: dict[str, str] = field(default_factory=dict)
    used: list[Address] = field(default_factory=list)
    issues: list[tuple[str, str]] = field(default_factory=list)

    def put(self, name: str, value: str, delivered: str) -> None:
        """Store a canonical text, and beside it the delivered one when it is not the same."""
        if value:
            self.values[name] = value
        if value != delivered:
            self.original[name] = delivered


@dataclass(frozen=True, slots=True)
class Setting:
    """What a converter may know besides its nodes: how the format writes times, and the names of code systems."""

    parse_moment: Callable[[str], PartialDate]
    systems: CodeSystems


@dataclass(frozen=True, slots=True)
class Picked:
    """What a converter is given: the field's name, the nodes its path found, its value map, and the setting."""

    name: str
    nodes: Nodes
    values: Mapping[str, str]
    setting: Setting


Converter = Callable[[Picked], Converted]
"""Picked nodes -> canonical texts."""


def as_text(address: Address, node: Tree) -> str:
    """A leaf's text. Raises `ValueUnreadable` where a branch stands in a leaf's place: the record is quarantined."""
    if isinstance(node, dict | list):
        raise ValueUnreadable("value.shape", spell(address))
    return "" if node is None else leaf_text(node)


def text(picked: Picked) -> Converted:
    """All picked texts, as delivered, joined by line ends."""
    return _joined(picked, "\n")


def words(picked: Picked) -> Converted:
    """Several short texts as one, with spaces: given names, prefixes."""
    return _joined(picked, " ")


def _joined(picked: Picked, between: str) -> Converted:
    made = Converted(used=[address for address, _ in picked.nodes])
    delivered = [as_text(address, node) for address, node in picked.nodes]
    made.put(picked.name, between.join(part for part in delivered if part.strip()), between.join(delivered))
    return made


def _first(picked: Picked, read: Callable[[str], str], rule: str) -> Converted:
    """Read the first node with `read`; further nodes are left for the extras."""
    made = Converted()
    for address, node in picked.nodes[:1]:
        delivered = as_text(address, node)
        made.used = [address]
        try:
            made.put(picked.name, read(delivered), delivered)
        except (ValueRefused, InvalidOperation, LookupError):
            made.put(picked.name, UNREADABLE + delivered, delivered)
            made.issues.append((rule, spell(address)))
    return made


def moment(picked: Picked) -> Converted:
    """A date or time at its own precision; times in English civil time with their offset."""
    parse = picked.setting.parse_moment
    return _first(picked, lambda delivered: civil(parse(delivered)), "moment.unreadable")


def civil(value: PartialDate) -> str:
    """Canonical text of a moment: never more precise than delivered; an unsure clock time keeps no zone.

    A local time that the clocks showed twice (or never) cannot be given an offset without guessing, so it stays
    without one.
    """
    if value.precision < Precision.HOUR:
        return value.without_zone().iso()
    if value.offset is not None:
        return value.seen_in(ENGLAND).normal().iso()
    try:
        return value.in_zone(ENGLAND).normal().iso()
    except ValueRefused:
        return value.normal().iso()


def number(picked: Picked) -> Converted:
    """A decimal number without needless noughts; 1,234.5 or <5 are not numbers and say so."""
    return _first(picked, plain_number, "number.unreadable")


def plain_number(delivered: str) -> str:
    """`072.50` -> `72.5`. Raises `InvalidOperation` for what is not a finite decimal number."""
    value = Decimal(delivered.strip())
    if not value.is_finite() or "_" in delivered or abs(value.adjusted()) > _MOST_DIGITS:
        raise InvalidOperation
    plain = format(value, "f")  # unlike normalize, this never rounds
    if "." in plain:
        plain = plain.rstrip("0").removesuffix(".")
    return "0" if plain == "-0" else plain


def choice(picked: Picked) -> Converted:
    """A word of a value map; a word the map does not know is kept and reported. Without a map any word will do."""
    known = picked.values
    return _first(picked, lambda word: known[word] if known else word, "choice.unknown")


def flag(picked: Picked) -> Converted:
    """true or false."""
    return _first(picked, lambda word: _FLAGS[word], "choice.unknown")


def structure(picked: Picked) -> Converted:
    """Small subtrees as canonical JSON (sorted keys); every leaf of them counts as used."""
    made = Converted(used=[address for address, _ in picked.nodes])
    if picked.nodes:
        made.values[picked.name] = canonical_json([_plain(node) for _, node in picked.nodes])
    return made


def _plain(node: Tree) -> Tree:
    if isinstance(node, dict):
        return {key: _plain(item) for key, item in node.items() if not key.startswith("_")}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return None if node is None else leaf_text(node)


def identifiers(picked: Picked) -> Converted:
    """Professional and organisation numbers as a sorted list of `system|value`.

    Reads FHIR identifiers (`system`, `value`) and HL7 instance identifiers with an extension (`@root`, `@extension`).
    """
    made = Converted()
    found = set()
    for address, node in picked.nodes:
        for system_key, value_key in (("system", "value"), ("@root", "@extension")):
            if isinstance(node, dict) and value_key in node:
                system = as_text((*address, system_key), node.get(system_key, ""))
                value = as_text((*address, value_key), node[value_key])
                found.add(f"{picked.setting.systems.short(system)}|{value}")
                made.used += [(*address, system_key), (*address, value_key)]
    if found:
        made.values[picked.name] = canonical_json(sorted(found))
    return made


def concept_fhir(picked: Picked) -> Converted:
    """A CodeableConcept: codes, their terms (display and description), and the text the author saw."""
    made = Converted()
    codings = _below(picked.nodes, "coding")
    _codes(made, picked, codings, ("system", "code"))
    terms = _below(codings, "display") + _below(
        codings, "extension.extension[url~escriptionDisplay].valueString"
    )
    _terms(made, picked.name, terms)
    _author_words(made, picked.name, _below(picked.nodes, "text"))
    return made


def concept_hl7(picked: Picked) -> Converted:
    """An HL7 v3 coded value: the main code and its translations; the words are `originalText`."""
    made = Converted()
    codings = [
        pair for pair in picked.nodes + _below(picked.nodes, "translation") if isinstance(pair[1], dict)
    ]
    _codes(made, picked, codings, ("@codeSystem", "@code"))
    _terms(made, picked.name, _below(codings, "@displayName"))
    _author_words(made, picked.name, _below(picked.nodes, "originalText.#text"))
    return made


def _below(nodes: Nodes, path: str) -> Nodes:
    return [((*address, *below), node) for address, branch in nodes for below, node in select(branch, path)]


def _codes(made: Converted, picked: Picked, codings: Nodes, keys: tuple[str, str]) -> None:
    found = set()
    for address, coding in codings:
        if not isinstance(coding, dict):
            raise ValueUnreadable("value.shape", spell(address))
        if keys[1] not in coding:
            continue
        system, code = (as_text((*address, key), coding.get(key, "")) for key in keys)
        found.add(f"{picked.setting.systems.short(system)}|{code}")
        made.used += [(*address, key) for key in keys]
    if found:
        made.values[picked.name] = canonical_json(sorted(found))


def _terms(made: Converted, name: str, terms: Nodes) -> None:
    found = {as_text(address, node) for address, node in terms}
    made.used += [address for address, _ in terms]
    if found:
        made.values[f"{name}_term"] = canonical_json(sorted(found))


def _author_words(made: Converted, name: str, nodes: Nodes) -> None:
    found = [as_text(address, node) for address, node in nodes]
    made.used += [address for address, _ in nodes]
    if any(found):
        made.values[f"{name}_text"] = "\n".join(found)


def canonical_json(value: Tree) -> str:
    """JSON with sorted keys and no spaces, so that equal content is equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def remaining(tree: Tree, used: Iterable[Address], labels: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """What no converter used: path -> texts in order. A used branch covers its leaves; a label whose neighbours were
    used is covered too."""
    covered = set(used)
    branches = {address[:length] for address in covered for length in range(1, len(address))}
    extras: dict[str, list[str]] = {}
    for address, leaf in _uncovered(tree, (), covered):
        if not (address[-1] in labels and address[:-1] in branches):
            extras.setdefault(spell(address), []).append(leaf)
    return {path: tuple(texts) for path, texts in sorted(extras.items())}


def _uncovered(node: Tree, at: Address, covered: set[Address]) -> Iterator[tuple[Address, str]]:
    """The leaves of a tree that neither they themselves nor a branch above them were used."""
    if at in covered:
        return
    if isinstance(node, dict):
        for key, item in node.items():
            if not key.startswith("_"):
                yield from _uncovered(item, (*at, key), covered)
    elif isinstance(node, list):
        for position, item in enumerate(node):
            yield from _uncovered(item, (*at, position), covered)
    elif node is not None:
        yield at, leaf_text(node)


COMMON: dict[str, Converter] = {
    "text": text,
    "words": words,
    "moment": moment,
    "number": number,
    "choice": choice,
    "flag": flag,
    "structure": structure,
    "identifiers": identifiers,
}
"""Converters that every format shares; a format adds its own `concept`."""
