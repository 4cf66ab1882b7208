"""The sections of the report, in order. To add one: a template, a maker of what it needs, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from godwit.records.evidence import cause_sections
from godwit.records.evidence.agreed_tables import agreed_section
from godwit.records.evidence.control_tables import control_section
from godwit.records.evidence.document_files_tables import document_files_section
from godwit.records.evidence.reconcile_tables import reconcile_section
from godwit.records.evidence.rounds_tables import rounds_section
from godwit.records.evidence.sample.tables import sample_part

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: its anchor, its title in the list of contents, its template.

    `make` gives from the summary what the template reads as `part`; where it gives None, the section is left out. A
    section without it reads what the page gives to all.
    """

    id: str
    title: str
    template: str
    make: Callable[[Facts], object] | None = None


SECTIONS = (
    Section("causes", "Causes by clinical risk", "sections/causes.html.jinja"),
    Section(
        "hazards", "Hazards that the causes touch", "sections/hazards.html.jinja", cause_sections.hazards
    ),
    Section(
        "degradation",
        "Entries without their code",
        "sections/degradation.html.jinja",
        cause_sections.degradation,
    ),
    Section("control", "Could this run have seen a fault?", "sections/control.html.jinja", control_section),
    Section("agreed", "Agreed differences", "agreed.html.jinja", agreed_section),
    Section("rounds", "Rounds", "rounds.html.jinja", rounds_section),
    Section("counts", "Do the counts agree?", "reconcile.html.jinja", reconcile_section),
    Section(
        "documents",
        "Are the documents there, and do they open?",
        "sections/document_files.html.jinja",
        document_files_section,
    ),
    Section("sample", "Patients for people to read", "sections/sample.html.jinja", sample_part),
    Section("charts", "The picture", "sections/charts.html.jinja"),
    Section("books", "The books", "sections/books.html.jinja"),
    Section("set-aside", "Set aside", "sections/set_aside.html.jinja"),
    Section("unreadable", "Could not be read", "sections/unreadable.html.jinja"),
    Section("rules", "Differences explained as harmless", "sections/rules.html.jinja"),
    Section("not-compared", "Not compared", "sections/not_compared.html.jinja"),
    Section("pairing", "How records were recognised", "sections/pairing.html.jinja"),
    Section("files", "Files and rules used", "sections/files.html.jinja"),
    Section("seal", "How to check the seal", "sections/seal.html.jinja"),
    Section("words", "Words on this page", "sections/words.html.jinja"),
)
"""All sections, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with what its template reads."""

    section: Section
    part: object


def filled(summary: Facts, sections: tuple[Section, ...] = SECTIONS) -> tuple[Filled, ...]:
    """The sections that this run has something for."""
    found = ((one, one.make(summary) if one.make else {}) for one in sections)
    return tuple(Filled(one, part) for one, part in found if part is not None)
