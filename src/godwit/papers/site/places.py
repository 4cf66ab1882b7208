"""Where every row of the guide stands on the site: one list from which links, the search and its tests are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.rule import Rule
from godwit.definitions.read import Definition

_WORD = re.compile(r"[a-z0-9]+(?:[-'’][a-z0-9]+)*")

_NOT_WORDS = frozenset({"source", "example"})
_FORMULAS = _NOT_WORDS | {"check", "when", "pass_says", "fail_says"}
"""What a search should not look into: codes of sources, and what only the plan can work out."""


@dataclass(frozen=True)
class Entry:
    """One row: the `key` it is known by, what people call it, and where it stands. `words` are for the search."""

    key: str
    title: str
    kind: str
    href: str
    words: str

    @property
    def anchor(self) -> str:
        """The id of its place on the page; empty where the whole page is about it."""
        return self.href.partition("#")[2]


def page_of(kind: str, slug: str) -> str:
    """The file of a page that is about one row, such as ``role-lead-gp.html``."""
    return f"{kind}-{anchor_of(slug)}.html"


def anchor_of(text: str) -> str:
    """A name as part of an address: ``GP2GP link`` becomes ``gp2gp-link``."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def place_of(key: str) -> str:
    """The id under which a row stands on its page: its own, or ``word-asid`` for ``word:ASID``."""
    family, colon, name = key.partition(":")
    return f"{family}-{anchor_of(name)}" if colon else key


def entries(guide: Guide) -> tuple[Entry, ...]:
    """Every row of every table, in the order of the site."""
    return (*_with_pages(guide), *_of_the_plan(guide), *_of_the_data(guide), *_of_words(guide))


def _with_pages(guide: Guide) -> Iterator[Entry]:
    for phase in guide.phases:
        yield _entry(phase.id, phase.name, "Phase", page_of("phase", phase.id), phase)
    for role in guide.roles.roles:
        yield _entry(f"role:{role.slug}", role.name, "Role", page_of("role", role.slug), role)
    for party in guide.third_parties:
        yield _entry(party.id, party.name, "Third party", page_of("third-party", party.slug), party)
    for document in guide.artefacts:
        yield _entry(document.id, document.name, "Document", page_of("document", document.slug), document)


def _of_the_plan(guide: Guide) -> Iterator[Entry]:
    for task in guide.tasks:
        yield _entry(task.id, task.name, "Task", f"{page_of('phase', task.phase)}#{task.id}", task)
    stops = "milestones-and-gates.html"
    yield from _listed("Milestone", stops, ((one.id, one.name, one) for one in guide.milestones))
    yield from _listed("Gate", stops, ((one.id, one.name, one) for one in guide.gates))
    yield from _listed("Point in time", stops, ((one.id, one.name, one) for one in guide.anchors))
    yield from _listed(
        "Readiness question", stops, ((one.id, one.questions[0].ask, one) for one in guide.readiness.rows)
    )
    yield from _listed("Rule", "rules.html", ((one.id, one.name, one) for one in guide.rules))
    yield from _listed(
        "Service level", "service-levels.html", ((one.id, one.name, one) for one in guide.slas.slas)
    )
    times = ((one.id, one.figure, one) for one in guide.lead_times.lead_times)
    yield from _listed("Lead time", "lead-times.html", times)
    links = ((f"state:{one.id}", one.name, one) for one in guide.link_life.states)
    yield from _listed("State of a link", "third-parties.html", links)
    local = ((f"area:{one.slug}", one.name, one) for one in guide.regional.regional)
    yield from _listed("Differs by area", "roles.html", local)
    conditions = ((f"condition:{one.slug}", one.question, one) for one in guide.conditions.conditions)
    yield from _listed("What applies to you", "questions.html", conditions)
    facts = ((f"fact:{one.name}", one.question, one) for one in guide.facts)
    yield from _listed("Fact to state", "questions.html", facts)


def _of_the_data(guide: Guide) -> Iterator[Entry]:
    asked = ((one.id, one.told, one) for one in guide.dmi.requirements)
    yield from _listed("Data Migration Standard", "data-migration-standard.html", asked)
    headings = ((f"heading:{one.number}", one.heading, one) for one in guide.dmi.dde_headings)
    yield from _listed("Heading of the extract's document", "data-migration-standard.html", headings)
    yield from _listed(
        "Kind of data", "data-kinds.html", ((one.id, one.name, one) for one in guide.data_kinds)
    )
    yield from _listed("Hazard", "hazards.html", ((one.id, one.hazard, one) for one in guide.hazards))
    needs, checks, checking = guide.data_requirements, guide.checks, guide.checking_rules
    for rows in (needs.extracts, needs.reconciliation, needs.mapping):
        yield from _listed("Need of the data", "data-needs.html", ((one.id, one.text, one) for one in rows))
    for checked in (checks.cleaning, checks.post_go_live):
        yield from _listed("Check", "checks.html", ((one.id, one.check, one) for one in checked))
    yield from _listed("Check", "checks.html", ((one.id, one.compare, one) for one in checks.comparison))
    yield from _listed("Measure", "checks.html", ((one.id, one.measure, one) for one in checks.measures))
    for manners in (checks.comparison_manner, checks.comparison_outcomes):
        yield from _listed(
            "How to compare", "checks.html", ((f"manner:{one.id}", one.text, one) for one in manners)
        )
    for ruled in (checking.test_patients, checking.issue_log):
        yield from _listed("How checking is run", "checking.html", ((one.id, one.text, one) for one in ruled))
    traits = ((f"trait:{one.id}", one.name, one) for one in checking.criteria)
    yield from _listed("Trait of a test patient", "checking.html", traits)
    yield from _listed("Signature", "checking.html", ((one.id, one.name, one) for one in checking.sign_offs))
    page = "cutover-on-paper.html"
    yield from _listed(
        "Kept by hand", page, ((one.id, one.name, one) for one in guide.capture_streams.streams)
    )
    steps = ((f"place:{one.place}", one.item, one) for one in guide.reentry_order.steps)
    yield from _listed("Entered again", page, steps)
    asks = ((one.id, one.text, one) for one in guide.reentry_order.requirements)
    yield from _listed("Entered again", page, asks)


def _of_words(guide: Guide) -> Iterator[Entry]:
    yield from _listed("Word", "words.html", ((f"word:{one.term}", one.term, one) for one in guide.words))
    settings = ((f"setting:{one.name}", one.title, one) for one in guide.settings)
    yield from _listed("Figure or choice", "editions.html", settings)
    names = ((f"name:{one.word}", one.word, one) for one in guide.edition_words.words)
    yield from _listed("Name in each edition", "editions.html", names)
    sources = ((f"source:{one.code}", one.name, one) for one in guide.sources.sources)
    yield from _listed("Source", "sources.html", sources)
    yield from _listed("Gap", "gaps.html", ((one.id, one.gap, one) for one in guide.gaps.marked))
    yield from _listed("Gap", "gaps.html", ((one.id, one.gap, one) for one in guide.gaps.noticed))
    follows = ((f"consequence:{one.number}", one.consequence, one) for one in guide.design_consequences)
    yield from _listed("What follows", "gaps.html", follows)


def _listed(kind: str, page: str, rows: Iterable[tuple[str, str, Definition]]) -> Iterator[Entry]:
    for key, title, row in rows:
        yield _entry(key, title, kind, f"{page}#{place_of(key)}", row)


def _entry(key: str, title: str, kind: str, href: str, row: Definition) -> Entry:
    return Entry(key, title, kind, href, words_of(key, kind, row))


def words_of(*things: object) -> str:
    """Every word in some values, each once, in small letters."""
    text = " ".join(part for thing in things for part in _texts(thing)).casefold().replace("_", " ")
    return " ".join(dict.fromkeys(_WORD.findall(text)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Definition):
        hidden = _FORMULAS if isinstance(value, Rule) else _NOT_WORDS
        shown = (name for name in type(value).model_fields if name not in hidden)
        yield from (text for name in shown for text in _texts(getattr(value, name)))
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, tuple | list):
        yield from (text for one in value for text in _texts(one))
