"""Copies of a made-up practice that went wrong: changed, lost, doubled, moved, mixed up; and formats with less room."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from godwit.records.canonical import ENTITIES, Kind
from godwit.records.model import Place, Row
from tests.property.generated_records import (
    ENTERED,
    FULL,
    changed,
    keys_of,
    linked,
    patients,
    practices,
    rows,
)
from tests.property.plain_comparator import Fills

MISHAPS = [*["none"] * 8, *["changed"] * 4, *["habit"] * 4, "lost", "lost", "doubled", "moved"]
MISHAPS += ["links", "links", "ids", "ids", "other kind", "other kind", "other kind", "moved", "rewritten"]


@dataclass(frozen=True, repr=False)
class Case:
    """Everything a comparison is given."""

    source: list[Row]
    target: list[Row]
    fills: tuple[Fills, Fills] = (FULL, FULL)
    same_format: bool = True

    def __repr__(self) -> str:
        """Short enough to read: texts are cut, and formats shown by what they lack."""
        lacking = [
            {name: sorted(FULL[name] - held[name]) for name in FULL if FULL[name] != held[name]}
            for held in self.fills
        ]
        lines = [f"same_format={self.same_format}", f"lacking={lacking}"]
        for side, those in (("source", self.source), ("target", self.target)):
            lines += [f"{side}: {_short(row)}" for row in those]
        return "Case(\n  " + "\n  ".join(lines) + "\n)"


def _short(row: Row) -> str:
    values = {name: value[:40] for name, value in row.fields.items()}
    links = [(link.role, link.target or link.display) for link in row.links]
    parts = (row.place.file, row.entity, row.key, row.source_id, row.patient, values, links)
    return f"{parts}{' + extras' if row.extras else ''}"


# ------------------------------------------------------------------------------------------------ whole copies


def renumbered(copy: Sequence[Row]) -> list[Row]:
    """The same rows with their places counted again, file by file, in the order given."""
    counts: dict[int, int] = {}
    found = []
    for row in sorted(copy, key=lambda row: row.place.file):
        counts[row.place.file] = counts.get(row.place.file, 0) + 1
        found.append(replace(row, place=Place(row.place.file, counts[row.place.file], row.place.kind)))
    return found


def as_it_is(copy: Sequence[Row]) -> list[Row]:
    """The same rows."""
    return list(copy)


def with_other_keys(copy: Sequence[Row]) -> list[Row]:
    """Every key replaced by another, and every link with it, as if another system had numbered the records."""
    named = sorted({row.key for row in copy if row.key})
    other = {key: f"Other/n{number}" for number, key in enumerate(named)}

    def renamed(key: str | None) -> str | None:
        return other.get(key, key) if key else key

    return [
        replace(
            row,
            key=renamed(row.key),
            patient=renamed(row.patient),
            links=tuple(replace(link, target=renamed(link.target)) for link in row.links),
        )
        for row in copy
    ]


def without_ids(copy: Sequence[Row]) -> list[Row]:
    """No lasting identifier at all, and keys that mean nothing to the other side."""
    return [replace(row, source_id=None) for row in with_other_keys(copy)]


# ------------------------------------------------------------------------------------------------ single rows


def as_receivers_write(row: Row) -> Row:
    """The row as another system likes to write it, so that equivalence rules have something to explain."""
    values = dict(row.fields)
    for field in ENTITIES[row.entity].fields:
        value = values.get(field.name, "")
        if field.kind is Kind.MOMENT and len(value) == len("2020-02-01T08:30Z"):
            values[field.name] = f"{value[:16]}:00{value[16:]}"
        elif field.kind is Kind.TERMS and value:
            terms = json.loads(value)
            values[field.name] = json.dumps(sorted({*terms, "Preferred"}), separators=(",", ":"))
            values.setdefault(field.name.removesuffix("_term") + "_text", terms[0] or "x")
        elif field.name == "unit" and value:
            values[field.name] = {"kg": "kilogram", "mL": "milliliter"}.get(value, value)
        elif field.name == "text" and value:
            values[field.name] = f"{value} "
    return replace(row, fields=values, links=row.links[::-1])


@st.composite
def of_another_kind(draw: st.DrawFn, row: Row) -> Row:
    """The same code and time under another kind of record."""
    kinds = ("observation", "problem", "allergy", "immunisation", "recall")
    if row.entity not in kinds:
        return row
    other = draw(st.sampled_from(kinds))
    values: dict[str, str] = {}
    for kind in (Kind.CODES, Kind.MOMENT):
        old, new = (
            next(field.name for field in ENTITIES[entity].fields if field.kind is kind)
            for entity in (row.entity, other)
        )
        if old in row.fields:
            values[new] = row.fields[old]
    return replace(row, entity=other, source_id=None, fields=values, links=())


@st.composite
def rewritten(draw: st.DrawFn, row: Row) -> Row:
    """Another code and other words, of the same day and minute of entry."""
    if row.entity not in ENTERED:
        return row
    code, day, minute = ENTERED[row.entity]
    values = {name: row.fields[name] for name in (day, minute) if name in row.fields}
    values[code] = json.dumps([draw(st.sampled_from(["snomed|73211009", "ctv3|X40J4"]))])
    return replace(row, fields={**values, "text": draw(st.sampled_from(["a", "b"]))})


@st.composite
def moved(draw: st.DrawFn, row: Row, everything: Sequence[Row]) -> Row:
    """The row under another patient, or in another patient's file."""
    whose = draw(st.sampled_from([one.key for one in everything if one.entity == "patient"] or [None]))
    file = draw(st.sampled_from([one.place.file for one in everything]))
    return replace(row, patient=whose, place=replace(row.place, file=file))


@st.composite
def mishap(draw: st.DrawFn, row: Row, everything: Sequence[Row]) -> list[Row]:
    """What became of one row: none, one or two rows."""
    kind = draw(st.sampled_from(MISHAPS))
    if row.entity == "patient" and kind in ("lost", "doubled", "moved", "other kind"):
        kind = draw(st.sampled_from(["none", "none", "none", kind]))
    if kind in ("lost", "doubled"):
        return [row, row] if kind == "doubled" else []
    match kind:
        case "changed":
            row = draw(changed(draw(changed(row))))
        case "habit":
            row = as_receivers_write(row)
        case "other kind":
            row = draw(of_another_kind(row))
        case "rewritten":
            row = draw(rewritten(row))
        case "moved":
            row = draw(moved(row, everything))
        case "links":
            row = draw(linked(row, [one.key for one in everything if one.key]))
        case "ids":
            row = replace(
                row, source_id=draw(st.sampled_from([None, *(one.source_id for one in everything)]))
            )
    return [row]


@st.composite
def copies(draw: st.DrawFn, practice: Sequence[Row]) -> list[Row]:
    """A copy of the practice with mishaps, newcomers, other identifiers and another order; or with none of them."""
    copy = list(practice)
    if draw(st.integers(0, 9)):
        copy = [one for row in practice for one in draw(mishap(row, practice))]
    files = sorted({row.place.file for row in practice}) or [1]
    for _ in range(draw(st.integers(0, 3))):
        file = draw(st.sampled_from(files))
        copy.append(draw(linked(draw(rows(list(practice), file, None)), keys_of(copy, file))))
    if draw(st.integers(0, 9)) == 0:
        copy.append(draw(patients(3, draw(st.sampled_from([*files, 9])), 1)))
    if draw(st.booleans()):
        copy = draw(st.permutations(copy))
    return renumbered(draw(st.sampled_from([as_it_is, with_other_keys, without_ids]))(copy))


# ------------------------------------------------------------------------------------------------ formats


@st.composite
def formats(draw: st.DrawFn) -> Fills:
    """A format that lacks a place for some fields, some links and now and then for a whole kind of record."""
    fills = dict(FULL)
    for name in draw(st.lists(st.sampled_from(list(ENTITIES)), max_size=4, unique=True)):
        lacking = draw(st.lists(st.sampled_from(sorted(FULL[name]) or [""]), max_size=6))
        fills[name] = frozenset() if draw(st.integers(0, 2)) == 0 else FULL[name] - set(lacking)
    return fills


@st.composite
def cases(draw: st.DrawFn, same_format: bool) -> Case:
    """A practice and its copy, within one format or between two."""
    source = draw(practices())
    fills = draw(formats())
    return Case(source, draw(copies(source)), (fills, fills if same_format else draw(formats())), same_format)
