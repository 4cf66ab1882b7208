"""Parts of the report about causes: their table, the hazards that they touch, and entries that lost their code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.records.evidence import books
from godwit.records.evidence.anchors import cause_href
from godwit.records.evidence.cells import Cell, Linked, Noted, Table, rows
from godwit.records.evidence.tables import severity_tag
from godwit.records.evidence.wording import count, place, sentence

Facts = Mapping[str, Any]

AGREEMENT = "agreed."
"""What the id of a line begins with that says what became of an agreement."""

MOST_LINES = 50
"""Causes that a comparison lists at most."""


def causes(summary: Facts) -> Table:
    """Causes by clinical risk, each leading to its records."""
    return Table(
        "Causes of difference, most severe first",
        ("Clinical risk", "Cause", "What it means", "Findings", "Patients", "What to do"),
        rows(
            (
                severity_tag(one["severity"]),
                Linked(one["title"], cause_href(one["cause"]), cause_notes(one), id_to_agree(one)),
                _meaning(one),
                one["findings"],
                one["patients"],
                sentence(one["action"]),
            )
            for one in books.ranked_causes(summary)
        ),
        heading=1,
        most=5_000,
        wide=True,
    )


def cause_notes(cause: Facts) -> tuple[str, ...]:
    """What changed with a cause, what its findings share, and what a line of several holds."""
    also, parts = cause.get("also", ()), cause.get("parts", ())
    notes = [f"With it on the same records: {_listed(also)}"] if also else _by_risk(cause)
    notes += [sentence(words) for words in cause.get("pattern", ())]
    notes += [f"{one['title']}: {count(one['findings'], 'finding')}" for one in parts[:3]]
    return (*notes, *([f"and {len(parts) - 3:,} more"] if len(parts) > 3 else []))


def id_to_agree(cause: Facts) -> str:
    """The id by which people agree to a cause; empty for a line of several, and for an agreement gone beyond."""
    return "" if cause.get("parts") or cause["cause"].startswith(AGREEMENT) else cause["cause"]


def _listed(names: Sequence[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _by_risk(cause: Facts) -> list[str]:
    """How many findings are of which risk, where they are not all of the same."""
    counts: Counter[str] = Counter()
    for one in cause.get("risks", ()):
        counts[one["severity"]] += one["findings"]
    return (
        [", ".join(f"{number:,} {severity}" for severity, number in counts.items())]
        if len(counts) > 1
        else []
    )


def cause_place(cause: Facts) -> str:
    """`Allergies, onset (different)`; for a line of several only the kind of record."""
    where = "Any kind of record" if cause["field"] == "patient" else place(cause["entity"], cause["field"])
    return where if cause["outcome"] == "various" else f"{where} ({cause['outcome']})"


def _meaning(cause: Facts) -> Cell:
    hazards = ", ".join(cause.get("hazards", ()))
    meaning = sentence(cause["meaning"])
    return Noted(meaning, f"Hazards: {hazards}") if hazards else meaning


def hazards(summary: Facts) -> Facts | None:
    """The hazards that causes name, in the order of their numbers; None where no cause names any."""
    touched: dict[str, list[Facts]] = {}
    for cause in books.ranked_causes(summary):
        for hazard in cause.get("hazards", ()):
            touched.setdefault(hazard, []).append(cause)
    known = [one for one in read_comparison_hazards() if one.id in touched]
    if not known:
        return None
    table = Table(
        "Hazards, with the causes that touch them",
        ("Hazard", "What it could do", "Gravest cause", "Causes", "Findings"),
        rows(
            (
                Noted(one.hazard, ", ".join((one.id, *one.guide))),
                one.harm,
                touched[one.id][0]["title"],
                len(touched[one.id]),
                sum(cause["findings"] for cause in touched[one.id]),
            )
            for one in known
        ),
        folded=True,
        printed=False,
    )
    return {"table": table}


def degradation(summary: Facts) -> Facts | None:
    """Entries that lost their code, by clinical class; None where the run did not look."""
    found = summary.get("degradation")
    if found is None:
        return None
    table = Table(
        "Entries without their code, by clinical class",
        (
            "Clinical class",
            "By this migration",
            "Per 1,000 in the target",
            "In the source already",
            "Per 1,000 in the source",
            "Not arrived",
            "Coded again",
            "Without a counterpart",
        ),
        rows(
            (
                one["title"],
                one["new"],
                _rate(one["new_per_1000"]),
                one["inherited"],
                _rate(one["inherited_per_1000"]),
                one["not_arrived"],
                one["recoded"],
                one["unpaired"],
            )
            for one in found
        ),
    )
    return {"table": table, "answer": _answer(found)}


def _rate(value: float) -> str:
    return f"{value:.2f}"


def _answer(found: list[Facts]) -> str:
    new = sum(one["new"] for one in found)
    inherited = sum(one["inherited"] + one["recoded"] + one["not_arrived"] for one in found)
    if not new and not inherited:
        return "No entry of either side is without its code."
    return (
        f"{count(new, 'entry', 'entries')} lost their code in this migration; "
        f"{count(inherited, 'entry', 'entries')} of the source had lost theirs before."
    )
