"""Which pages the site has: where each lies, what it is called, which template draws it, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from godwit.definitions.guide.guide import Guide
from godwit.papers.site.names import Names
from godwit.papers.site.places import page_of

HOME: Final = "index.html"


@dataclass(frozen=True)
class Page:
    """One page. `above` is the page that leads to it; `about` the row it is about, under the template's name for it."""

    path: str
    title: str
    template: str
    above: str = ""
    blurb: str = ""
    about: Mapping[str, object] = field(default_factory=dict)


_SECTIONS: Final = (
    Page(HOME, "Moving a GP practice to another clinical system", "index"),
    Page("roles.html", "Who does what", "roles", HOME, "Everyone who takes part, each with a checklist."),
    Page("third-parties.html", "Other parties and links", "third_parties", HOME,
         "Who must be told, what is switched off and on again, and when."),
    Page("documents.html", "Documents", "documents", HOME,
         "Plans, lists, forms and proofs: what each holds and who makes it."),
    Page("milestones-and-gates.html", "Milestones and gates", "stops", HOME,
         "What is reached on the way, and where the move stops until something is true."),
    Page("rules.html", "Rules and advice", "rules", HOME, "Lessons, advice and risks to keep in mind."),
    Page("service-levels.html", "Service levels", "slas", HOME,
         "Who had to do what by when, and whether it still holds."),
    Page("lead-times.html", "Lead times", "lead_times", HOME, "Every other figure that has a clock."),
    Page("data-kinds.html", "Kinds of data", "data_kinds", HOME,
         "What a record is made of, what to compare, and what to do if it stays behind."),
    Page("data-needs.html", "Extracts, lists and codes", "data_needs", HOME,
         "What extracts must hold, how the list is reconciled and how codes are mapped."),
    Page("checks.html", "Checks", "checks", HOME, "What to clean, what to compare and what to look at after go-live."),
    Page("checking.html", "How checking is run", "checking", HOME,
         "Whom to look at, how issues are kept, and who signs."),
    Page("cutover-on-paper.html", "Working on paper and entering again", "cutover", HOME,
         "What is kept by hand during cutover, and in which order it goes into the new system."),
    Page("hazards.html", "Hazards", "hazards", HOME, "What has gone wrong elsewhere, and the check that finds it."),
    Page("data-migration-standard.html", "Data Migration Standard", "dmi", HOME,
         "What is known of its requirements, and what nobody here has seen."),
    Page("questions.html", "Questions for the practice", "questions", HOME,
         "What decides which tasks apply to you, and what only people can say."),
    Page("editions.html", "Where editions differ", "editions", HOME,
         "Every figure and choice with all the values found, side by side."),
    Page("words.html", "Words", "words", HOME, "The words of a migration in plain English."),
    Page("sources.html", "Sources", "sources", HOME, "Where every line comes from, and what could not be read."),
    Page("gaps.html", "Open questions", "gaps", HOME, "What the guide leaves open, and what of Godwit answers it."),
    Page("search.html", "Search", "search", HOME, "Look for a word, and a list of all pages."),
)  # fmt: skip


def all_pages(guide: Guide, names: Names) -> Iterator[Page]:
    """Every page, each section followed by the pages below it."""
    for section in _SECTIONS:
        yield section
        yield from (one for one in _below(guide, names) if one.above == section.path)


def _below(guide: Guide, names: Names) -> Iterator[Page]:
    for number, phase in enumerate(guide.phases, start=1):
        title = f"Phase {number}: {phase.name}"
        yield Page(page_of("phase", phase.id), title, "phase", HOME, about={"phase": phase, "number": number})
    for role in guide.roles.roles:
        about = {"role": role}
        yield Page(page_of("role", role.slug), names.role(role), "role", "roles.html", about=about)
    for party in guide.third_parties:
        path = page_of("third-party", party.slug)
        yield Page(path, party.name, "third_party", "third-parties.html", about={"party": party})
    for document in guide.artefacts:
        path = page_of("document", document.slug)
        yield Page(path, document.name, "document", "documents.html", about={"document": document})
