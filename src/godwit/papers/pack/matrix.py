"""Requirements and hazards, each with what this run shows of it. Nothing here says that a requirement is met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.definitions.evidence.showing import Showing, read_showings
from godwit.definitions.guide.dmi import read_dmi
from godwit.papers.pack.filed import said
from godwit.papers.pack.told import Facts, Told
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Heading, Text
from godwit.records.canonical import ENTITIES
from godwit.records.evidence.wording import count, kind_of_record, part_of_record

SHOWN: Final = "Shown here"
IN_PART: Final = "Shown in part"
PERSON: Final = "Needs a person"
NOT_SHOWN: Final = "Not shown here"
NOT_SEEN: Final = "Text not seen"
"""What stands in the column of statuses, of which none says that anything is met."""

Answer = tuple[str, str]
"""A status, and what there is to say with it."""


def hazards(told: Told) -> Iterator[Block]:
    """The starter hazards with what was found of each."""
    yield Heading("Annex C: hazards")
    yield Text(
        "A list to start a hazard log with, approved by nobody. “Shown here” means that this run compared the "
        "records in question, not that the hazard is controlled; a clinical safety officer judges that."
    )
    named = {one.id: one for one in read_comparison_hazards()}
    rows = (
        (one.id, named[one.id].hazard, *_told(status_of(told.summary, one), one.left))
        for one in read_showings().hazards
    )
    yield fitted(("Id", "What could happen", "Status", "Here"), rows)


def requirements(told: Told) -> Iterator[Block]:
    """The requirements of the Data Migration Standard as far as their wording was seen."""
    standard = read_dmi()
    yield Heading(f"Annex D: {standard.standard.name} Standard ({standard.standard.id})")
    unseen = [one.id for one in standard.requirements if one.text_status == "unseen"]
    yield Text(
        f"Of its numbered requirements, the wording of {len(unseen)} was not seen: they are not assessed. This table "
        "is no claim that any requirement is met."
    )
    texts = {one.id: one for one in standard.requirements}
    rows = []
    for one in read_showings().requirements:
        status = status_of(told.summary, one)
        if texts[one.id].text_status == "subject_only":
            status = (NOT_SEEN, "Only its subject is known.")
        rows.append((one.id.replace("-", " "), one.part, *_told(status, one.left)))
    if unseen:
        rows.append(
            (f"{len(unseen)} others", f"between {unseen[0]} and {unseen[-1]}", NOT_SEEN, "Not assessed.")
        )
    yield fitted(("Id", "Asks for", "Status", "Here"), rows)


def _told(status: Answer, left: str) -> tuple[str, str]:
    said, words = status
    return said.replace(" ", "\u00a0"), " ".join(
        part for part in (words, left and f"Still to do: {left}") if part
    )


def status_of(summary: Facts, one: Showing) -> Answer:
    """What the run shows of a requirement's part or of a hazard."""
    if one.reach == "person":
        return PERSON, ""
    if one.reach == "none":
        return NOT_SHOWN, "Godwit does not look at it."
    if one.reach == "read":
        return SHOWN, "Files, times, hashes and editions are in this pack."
    if one.reach == "part":
        absent = [name for name in one.parts if name not in summary]
        files = said(summary["documents"]) if "documents" in one.parts and not absent else ""
        return (NOT_SHOWN, "Not part of this run.") if absent else (SHOWN, files)
    return _compared(summary, one)


def _compared(summary: Facts, one: Showing) -> Answer:
    there = [name for name in one.entities if _delivered(summary, name)]
    if not there:
        return NOT_SHOWN, f"{_list(one.entities)}: nothing was compared."
    fields = _not_compared(summary, one, there)
    out = "; ".join(f"{field} of {', '.join(names)}" for field, names in fields.items())
    if out and sum(map(len, fields.values())) == len(list(_wanted(one, there))):
        return NOT_SHOWN, f"Not compared: {out}."
    found = _found(summary, one)
    if out:
        found += f" Not compared: {out}."
    if gone := [name for name in one.entities if name not in there]:
        found += f" Nothing to compare: {_list(gone).lower()}."
    return (IN_PART if out or gone else SHOWN), found


def _delivered(summary: Facts, entity: str) -> bool:
    found = summary["entities"].get(entity)
    return bool(found and (found["source"]["converted"] or found["target"]["converted"]))


def _wanted(one: Showing, entities: list[str]) -> Iterator[tuple[str, str]]:
    """The fields that count, of the kinds of record that have them."""
    for name in entities:
        known = {*ENTITIES[name].field_names, *ENTITIES[name].role_names}
        yield from ((name, field) for field in one.fields if field in known)


def _not_compared(summary: Facts, one: Showing, entities: list[str]) -> dict[str, list[str]]:
    """The fields that count and were not compared, each with the kinds of record that it was not compared in."""
    left_out = {(row["entity"], row["field"]) for row in summary["not_compared"]}
    found: dict[str, list[str]] = defaultdict(list)
    for name, field in _wanted(one, entities):
        if (name, field) in left_out:
            found[part_of_record(name, field)].append(kind_of_record(name).lower())
    return found


def _found(summary: Facts, one: Showing) -> str:
    """The findings that are about it: by the hazards that causes name, else by kind of record and field."""
    causes = [cause for cause in summary["causes"] if _is_about(cause, one)]
    if not causes:
        return "Compared; no finding."
    findings = sum(cause["findings"] for cause in causes)
    agreed = sum(cause.get("agreed") or 0 for cause in causes)
    said = f"{count(findings, 'finding')} of {count(len(causes), 'cause')}"
    return f"{said}, {agreed:,} of them agreed." if agreed else f"{said}, open."


def _is_about(cause: Facts, one: Showing) -> bool:
    if one.id.startswith("H") and "hazards" in cause:
        return one.id in cause["hazards"]
    alike = cause["entity"] in one.entities
    return alike and (not one.fields or cause["field"] is None or cause["field"] in one.fields)


def _list(entities: list[str] | tuple[str, ...]) -> str:
    return ", ".join(kind_of_record(name) for name in entities)
