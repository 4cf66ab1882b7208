"""One canonical row as a clinician reads it: when, what, value or dose, and everything else that is filled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from godwit.records.canonical import ENTITIES, Field, Kind
from godwit.records.evidence.readable import lines
from godwit.records.evidence.sample.gathering import Row
from godwit.records.evidence.wording import MONTHS, nhs_number
from godwit.records.sampling.criteria import concept_of

SYSTEMS = {"snomed": "SNOMED CT", "read2": "Read v2", "ctv3": "CTV3", "emis": "EMIS", "emis_local": "EMIS local",
          "tpp_local": "SystmOne local", "emis_drug": "EMIS drug", "multilex": "Multilex"}  # fmt: skip
"""Code systems as people call them."""

_WHEN = {"recall": "due", "medication_issue": "start", "medication_authorisation": "start"}
"""The date a record is told by, where it is not its first one."""

_WORDS = {
    "recorded": "entered",
    "authored": "written",
    "performer": "by",
    "recorder": "entered by",
    "problem": "problem",
    "consultation": "in the consultation of",
    "type": "kind",
}
"""Short words for what stands on nearly every line."""

_TOLD_BEFORE = frozenset({
    "comparator", "value", "unit", "value_text", "range_low", "range_high", "range_text", "text",
    "dosage", "quantity", "quantity_unit",
})  # fmt: skip
_USUAL = frozenset({"active", "past", "current", "final", "completed", "ended", "entry", "false"})
"""States, kinds and flags that go without saying."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One more thing a record says; `raw` is its canonical text."""

    label: str
    text: str
    raw: str
    kind: Kind | None

    def agrees(self, other: Fact) -> bool:
        """Whether both say the same as far as both go: a date with or without its time, lists with a code in common."""
        if self.kind is Kind.MOMENT:
            return self.raw.startswith(other.raw) or other.raw.startswith(self.raw)
        if self.kind is Kind.CODES:
            return self.raw == other.raw or not set(json.loads(self.raw)).isdisjoint(json.loads(other.raw))
        return self.text == other.text

    def beyond(self, told: Fact | None) -> Fact | None:
        """What is left of this when `told` was told already; None if that is nothing."""
        if told is None or not self.agrees(told):
            return self
        if self.kind is not Kind.CODES:
            return None
        more = [one for one in json.loads(self.raw) if one not in json.loads(told.raw)]
        return replace(self, text=", ".join(_spelt(more))) if more else None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says of a record; `text` is its free text. `masked`: it is marked confidential."""

    when: str
    what: str
    value: str
    text: str
    facts: Mapping[str, Fact]
    masked: bool = False

    @property
    def told(self) -> str:
        """All facts in one line of small print."""
        return "; ".join(f"{one.label} {one.text}" for one in self.facts.values())


def cell(entity: str, row: Row, shown: frozenset[str] = frozenset(), home: str | None = None) -> Cell:
    """A row as a cell. `shown` are fields told elsewhere on the line; `home` is the organisation that goes unsaid."""
    first = when_field(entity)
    return Cell(
        moment(row.get(first)),
        what_of(entity, row),
        value_of(row),
        row.get("text", ""),
        {name: fact for name, fact in _facts(entity, row, first, home) if name not in shown and fact.text},
        "confidentiality" in row,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A field or role that may be told as a fact."""

    name: str
    label: str
    part: Field | None


@cache
def _places(entity: str) -> tuple[_Place, ...]:
    """What of a kind of record is told as facts, in order: neither its head nor what stands in places of its own."""
    model, concept = ENTITIES[entity], concept_of(entity) or ""
    skipped = {
        when_field(entity),
        concept,
        f"{concept}_term",
        f"{concept}_text",
        "confidentiality",
        *_TOLD_BEFORE,
    }
    skipped |= {"title"} if entity == "document" else set()
    fields = (
        _Place(one.name, _WORDS.get(one.name, one.title), one)
        for one in model.fields
        if one.name not in skipped
    )
    roles = (_Place(one.name, _WORDS.get(one.name, one.title), None) for one in model.roles)
    return (*fields, *roles)


def _facts(entity: str, row: Row, first: str, home: str | None) -> Iterator[tuple[str, Fact]]:
    concept = concept_of(entity) or ""
    if _says_more(row, concept):
        words = row[f"{concept}_text"]
        yield f"{concept}_text", Fact("as recorded:", words, words, None)
    if ranges := range_of(row):
        yield "range_low", Fact("range", ranges, ranges, None)
    for place in _places(entity):
        raw = row.get(place.name)
        if raw is None:
            continue
        if place.part is None:
            if not _goes_without_saying(place.name, row, first, home):
                yield place.name, Fact(place.label, _link(place.name, raw), raw, _kind(place.name))
        elif raw not in _USUAL:
            yield place.name, Fact(place.label, text_of(entity, place.part, raw), raw, place.part.kind)
    if concept in row:
        yield concept, Fact("code", codes_of(row[concept]), row[concept], Kind.CODES)


def _goes_without_saying(role: str, row: Row, first: str, home: str | None) -> bool:
    """Who entered it if it is who is responsible; the consultation of the same day; the practice itself."""
    if role == "recorder":
        return row[role] == row.get("performer")
    if role == "consultation":
        return row[role][:10] == row.get(first, "")[:10]
    return role == "organisation" and row[role] == home


def _kind(role: str) -> Kind | None:
    return Kind.MOMENT if role == "consultation" else None


def _link(role: str, raw: str) -> str:
    return moment(raw) if role == "consultation" else raw


@cache
def when_field(entity: str) -> str:
    """The field of the date that a record is told by; empty where it has none."""
    if entity in _WHEN:
        return _WHEN[entity]
    return next((one.name for one in ENTITIES[entity].fields if one.kind is Kind.MOMENT), "")


def what_of(entity: str, row: Row) -> str:
    """What a record is about, in a few words."""
    concept = concept_of(entity) or ""
    words = _terms(row.get(f"{concept}_term")) or row.get(f"{concept}_text", "")
    if entity == "document" and "title" in row:
        return f"{words}: {row['title']}" if words else row["title"]
    others = ("agent", "title", "type_text", "session", "kind", "category_text")
    return words or next((row[one] for one in others if one in row), "no words")


def value_of(row: Row) -> str:
    """The measured value with its unit, or the dose with its quantity."""
    value = " ".join(row[name] for name in ("comparator", "value", "unit") if name in row)
    quantity = " ".join(row[name] for name in ("quantity", "quantity_unit") if name in row)
    return ", ".join(one for one in (value, row.get("value_text"), row.get("dosage"), quantity) if one)


def range_of(row: Row) -> str:
    """The reference range of a value."""
    return " to ".join(row[name] for name in ("range_low", "range_high") if name in row) or row.get(
        "range_text", ""
    )


def text_of(entity: str, field: Field, value: str) -> str:
    """One field as a person reads it."""
    match field.kind:
        case Kind.MOMENT:
            return moment(value)
        case Kind.FLAG:
            return {"true": "yes", "false": "no"}.get(value, value)
        case Kind.CODES:
            return codes_of(value)
        case Kind.CHOICE:
            return value.replace("_", " ")
    if field.name == "nhs_number":
        return nhs_number(value)
    told = lines(entity, field.name, value)
    return value if told is None else "; ".join(one for one in told if not one.endswith(": None"))


@lru_cache(maxsize=4096)
def codes_of(value: str) -> str:
    """Codes with the names of their systems."""
    return ", ".join(_spelt(json.loads(value)))


@lru_cache(maxsize=4096)
def moment(iso: str | None) -> str:
    """A canonical moment as far as it is known: 12 Mar 2019, 09:30; Mar 2019; 2019. What is none stays as it is."""
    day, _, clock = (iso or "").partition("T")
    parts = day.split("-")
    if (
        not all(one.isdigit() for one in parts)
        or len(parts) > 3
        or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12)
    ):
        return iso or ""
    named = [MONTHS[int(parts[1]) - 1][:3]] if len(parts) > 1 else []
    told = " ".join([*(str(int(one)) for one in parts[2:]), *named, parts[0]])
    return f"{told}, {clock[:5]}" if clock else told


def _spelt(codes: list[str]) -> Iterator[str]:
    for one in codes:
        system, _, code = one.partition("|")
        yield f"{SYSTEMS.get(system, system)} {code}"


@lru_cache(maxsize=4096)
def _terms(value: str | None) -> str:
    return "; ".join(json.loads(value)) if value else ""


def _says_more(row: Row, concept: str) -> bool:
    words = row.get(f"{concept}_text")
    return bool(words) and f"{concept}_term" in row and words != _terms(row[f"{concept}_term"])
