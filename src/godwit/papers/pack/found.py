"""What was found and what was decided about it: causes by clinical risk, agreed differences, degradation, rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from godwit.definitions.guide.roles import read_roles
from godwit.papers.pack.told import Facts, Told, aligned, limited, part
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Heading, Note, Text
from godwit.records.evidence import books
from godwit.records.evidence.wording import count, number, place

MOST_CAUSES: Final = 60
"""A run puts at most 50 lines before a clinician; what an agreement no longer covers comes on top."""


def causes(told: Told) -> Iterator[Block]:
    """Every cause with its risk and what was decided; those of low risk as one line."""
    yield Heading("What differs, by clinical risk")
    every = books.ranked_causes(told.summary)
    if not every:
        yield Text("Nothing differs that no rule explains, in what was compared.")
        return
    yield Text(
        "Each line is one cause: findings that probably have one explanation and need one decision. “Open” means that "
        "nobody has accepted it. The records behind each are in the private part."
    )
    found = [one for one in every if one["severity"] != "low"]
    findings, patients = (aligned([one[name] for one in found]) for name in ("findings", "patients"))
    rows = (
        (one["severity"].capitalize(), one["title"], *counts, decision(one))
        for one, *counts in zip(found, findings, patients, strict=True)
    )
    titles = ("Risk", "Cause", "Findings", "Patients", "Decision")
    if found:
        yield from limited(fitted(titles, rows), MOST_CAUSES, "report.html")
    if low := [one for one in every if one["severity"] == "low"]:
        findings_of_low = sum(one["findings"] for one in low)
        yield Text(
            f"And {count(len(low), 'cause')} of low risk, with {count(findings_of_low, 'finding')}: see report.html."
        )


def decision(cause: Facts) -> str:
    """Open, unless findings of the cause are covered by an agreement."""
    agreed_to = cause.get("agreed") or 0
    if not agreed_to:
        return "Open"
    return "Agreed" if agreed_to >= cause["findings"] else f"{number(agreed_to)} agreed, the rest open"


USES: Final[Mapping[str, str]] = {
    "holds": "in force",
    "not_met": "in force; nothing of the kind in this run",
    "outside": "more than was approved: not in force",
    "expired": "expired: not in force",
    "proposed": "only proposed: without effect",
    "withdrawn": "withdrawn",
    "other_systems": "about other systems",
}


def agreed(told: Told) -> Iterator[Block]:
    """Differences that named people accepted, and whether this run is within what they approved."""
    found = part(told.summary, "agreed")
    if found is None and not told.index.agreed:
        return
    yield Heading("Agreed differences")
    if told.index.agreed:
        yield Text(f"Kept by the practice in {told.index.agreed.name}, SHA-256 {told.index.agreed.sha256}.")
    if not found:
        yield Text("No difference counts as agreed in this run.")
        return
    titles = ("Id", "About", "Here", "Approved for", "Harm, 1 to 5", "Approved by", "Until", "State")
    yield fitted(titles, map(_agreement, found))


def _agreement(one: Facts) -> tuple[str, ...]:
    about = place(one.get("entity"), one.get("field"))
    return (
        str(one.get("agreement", "")),
        f"{about}: {one.get('outcome', '')}",
        _how_many(one, "findings", "patients"),
        _how_many(one, "approved_findings", "approved_patients"),
        str(one.get("harm", "")),
        " and ".join(_decided(one.get(step)) for step in ("proposed", "approved") if one.get(step)),
        str(one.get("expires", "")),
        USES.get(str(one.get("use")), str(one.get("use"))),
    )


def _how_many(one: Facts, findings: str, patients: str) -> str:
    return f"{number(one.get(findings, 0))} on {count(one.get(patients, 0), 'patient')}"


def _decided(step: Any) -> str:
    """A role of the guide by its name; other roles, such as a clinical safety officer's, by their words."""
    names = {one.slug: one.name for one in read_roles().roles}
    slug = str(step["role"])
    return names.get(slug, slug.replace("_", " ").capitalize())


def degradation(told: Told) -> Iterator[Block]:
    """What the transfer made plain text of, told apart from what was so before."""
    found = part(told.summary, "degradation")
    if found is None:
        return
    yield Heading("Entries that lost their code")
    if not found:
        yield Text("No entry without a code was found, old or new.")
        return
    titles = (
        "Clinical class",
        "New in this migration",
        "In the source already",
        "Not arrived",
        "Coded again",
    )
    names = ("new", "inherited", "not_arrived", "recoded")
    yield fitted(titles, ((one["title"], *(number(one[name]) for name in names)) for one in found))


ROUND_STATES: Final = (
    ("fixed", "put right"),
    ("still", "still there"),
    ("new", "new"),
    ("regressed", "back again"),
)


def rounds(told: Told) -> Iterator[Block]:
    """Which round of checking this is, and what became of the findings of the one before."""
    found = part(told.summary, "rounds")
    if found is None:
        return
    yield Heading("Rounds of checking")
    yield Text(f"Round {found['round']} of {found['limit']}. {_since(found)}".strip())
    if found["round"] >= found["limit"]:
        yield Note("warning", "This is the last round there should be; what is still open is for escalation.")


def _since(found: Facts) -> str:
    if not found.get("previous"):
        return "It is the first."
    counts = found.get("counts", {})
    told = ", ".join(f"{number(counts[name])} {words}" for name, words in ROUND_STATES if name in counts)
    return f"Findings since {found['previous']}: {told}."
