"""Entries that lost their code in transfer: those that came degraded are told from those this migration degraded.

A source that took patients over from other systems has such entries already. They need a clinician too, but they are
no fault of this migration, and a supplier is not asked about them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from godwit.definitions.comparison.degradation import read_degraded_classes
from godwit.records.canonical import ENTITIES, Entity, Kind
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

ORIGINS = ("inherited", "new", "recoded", "not_arrived", "unpaired")
"""Ways an entry can be degraded; see `degradation.sql`."""

TEXT_ONLY = "text_only"
"""Class of entries whose code is gone in the target without any code in its place."""

LOCAL_ONLY = "local_only"
"""Class of entries whose standard code became a code of the target's own, which no search outside it knows."""

STANDARD = "coalesce(regexp_matches({}, '\"(snomed|read2|ctv3)[|]'), false)"
"""SQL that says whether a list of codes has a code of a national terminology."""

_BARE = {
    TEXT_ONLY: "Entries that lost their code and kept only words",
    LOCAL_ONLY: "Entries with only a local code in the target",
}

_NOT_ENTRIES = ("patient", "registration", "consultation", "consultation_section", "document")
"""Kinds with a code that no transfer degrades."""


def degradation(duck: Duck) -> list[dict[str, Any]]:
    """One row a clinical class with its count by origin, and the rate per 1,000 entries of inherited ones in the
    source and of new ones in the target. Needs `canonical`, `paired` and `finding.finding`; classes without an entry
    are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    entries: Counter[str] = Counter()
    for entity in ENTITIES.values():
        concept = _concept(entity)
        if concept:
            for side, rows in duck.run(
                "entries", f"SELECT side, count(*) FROM canonical.{entity.name} GROUP BY side"
            ):
                entries[side] += rows
            sql = sql_text(
                SQL, "degradation.sql", entity=entity.name, concept=concept, **{"class": _class(concept)}
            )
            for name, origin, rows in duck.run("degradation", sql):
                counts[name, origin] += rows
    for name, rows in _bare(duck).items():
        counts[name, "new"] = rows
    titles = {one.id: one.title for one in read_degraded_classes()} | _BARE
    return [
        _row(name, title, {origin: counts[name, origin] for origin in ORIGINS}, entries)
        for name, title in titles.items()
        if any(counts[name, origin] for origin in ORIGINS)
    ]


def _row(name: str, title: str, counts: dict[str, int], entries: Counter[str]) -> dict[str, Any]:
    return {
        "class": name,
        "title": title,
        **counts,
        "inherited_per_1000": _rate(
            counts["inherited"] + counts["recoded"] + counts["not_arrived"], entries["source"]
        ),
        "new_per_1000": _rate(counts["new"], entries["target"]),
    }


def _rate(part: int, whole: int) -> float:
    return round(1000 * part / whole, 2) if whole else 0.0


def _concept(entity: Entity) -> str | None:
    if entity.name in _NOT_ENTRIES:
        return None
    names = [field.name for field in entity.fields if field.kind is Kind.CODES]
    return next((name for name in ("code", "drug") if name in names), None)


def _class(concept: str) -> str:
    """SQL for the first class whose marker is among the codes."""
    tried = []
    for one in read_degraded_classes():
        found = " OR ".join(f"contains({concept}, '\"{code}\"')" for code in one.codes)
        tried.append(f"WHEN {found} THEN '{one.id}'")
    return f"CASE {' '.join(tried)} END"


def _bare(duck: Duck) -> dict[str, int]:
    """Pairs whose code is gone while the words stayed, and pairs whose code became one of the target's own."""
    where = " OR ".join(
        f"(entity = '{entity.name}' AND field = '{concept}')"
        for entity in ENTITIES.values()
        if (concept := _concept(entity))
    )
    rows = duck.run(
        "lost codes",
        f"""SELECT count(*) FILTER (WHERE reason = 'lost'),
                   count(*) FILTER (WHERE reason = 'changed' AND {STANDARD.format("source_value")}
                                    AND NOT {STANDARD.format("target_value")})
            FROM finding.finding WHERE {where}""",
    )
    return {TEXT_ONLY: int(rows[0][0]), LOCAL_ONLY: int(rows[0][1])}
