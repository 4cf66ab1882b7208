"""`sample.html`: every record of the patients of a sample, source and target side by side, for people to read.

Zone B. Written patient by patient, so that its size is bounded by the disk alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from godwit.records.evidence.pages import template
from godwit.records.evidence.sample.cells import moment
from godwit.records.evidence.sample.gathering import Gathered, Pair, Row
from godwit.records.evidence.sample.lines import SECTIONS, Section, State, counted, sections
from godwit.records.evidence.sample.telling import why
from godwit.records.evidence.wording import nhs_number
from godwit.records.sampling.drawing import Chosen, Sample

CHUNK = 64
"""Pieces of the page put together into one chunk."""

MOST_LOOK = 8
"""Hints of what to look at; those of the criteria that fewest patients meet come first."""

STATES: Mapping[State, tuple[str, str, str]] = {
    "same": (
        "=",
        "Same",
        "what both systems can hold is the same; what only one of them holds stands in small print",
    ),
    "alike": (
        "\N{ALMOST EQUAL TO}",
        "Nearly the same",
        "written otherwise, or one system has no place for a part of it; explained, so no finding",
    ),
    "agreed": (
        "\N{CHECK MARK}",
        "Agreed",
        "both sides say something else, and two people have accepted that",
    ),
    "different": ("\N{NOT EQUAL TO}", "Different", "both sides have it and say something else"),
    "missing": ("\N{MINUS SIGN}", "Not in the target", "only the source has it"),
    "unexpected": ("+", "Not in the source", "only the target has it"),
}
"""How a line is marked: sign, word, meaning. Never by colour alone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A patient ready to be drawn."""

    chosen: Chosen
    name: str
    born: str
    nhs_number: str
    why: tuple[str, ...]
    look: tuple[str, ...]
    sensitive: bool
    sections: tuple[Section, ...]
    counts: Counter[State]

    @property
    def findings(self) -> int:
        """Records that differ or stand on one side only."""
        return sum(self.counts[one] for one in ("different", "missing", "unexpected"))


def render_sample(
    gathered: Gathered,
    facts: Mapping[str, Any],
    rules: Mapping[str, str],
    *,
    owner: str = "",
    keep_until: str = "",
) -> Iterator[str]:
    """The page in chunks of HTML. `facts`: run, sides (two titles); `rules`: words of equivalence rules by id."""
    page = template("sample.html.jinja").stream(
        run=facts["run"],
        sides=facts["sides"],
        sample=gathered.sample,
        index=list(_index(gathered)),
        patients=_patients(gathered, rules),
        states=STATES,
        titles=SECTIONS,
        owner=owner,
        keep_until=keep_until,
    )
    page.enable_buffering(CHUNK)
    yield from page


def _index(gathered: Gathered) -> Iterator[tuple[Chosen, str, tuple[str, ...], int]]:
    for one, family, given, findings in gathered.index():
        yield one, full_name({"family": family, "given": given}), why(one), findings


def _patients(gathered: Gathered, rules: Mapping[str, str]) -> Iterator[Shown]:
    for chosen, pairs in gathered.patients():
        yield _shown(gathered.sample, chosen, pairs, rules)


def _shown(sample: Sample, chosen: Chosen, pairs: list[Pair], rules: Mapping[str, str]) -> Shown:
    person = _person(pairs)
    found = sections(pairs, rules)
    met = [one for one in sample.criteria if chosen.pseudonym in one.patients]
    look = [one.criterion.look for one in sorted(met, key=lambda one: one.eligible or 0)]
    return Shown(
        chosen,
        full_name(person),
        moment(person.get("birth_date")),
        nhs_number(person.get("nhs_number", "")),
        why(chosen),
        tuple(dict.fromkeys(look))[:MOST_LOOK],
        "confidentiality" in person,
        tuple(found),
        counted(found),
    )


def _person(pairs: Iterable[Pair]) -> Row:
    return next((one.source or one.target or {} for one in pairs if one.entity == "patient"), {})


def full_name(person: Row) -> str:
    """Surname in capitals, then given names, as lists of patients have it."""
    parts = (person.get("family", "").upper(), person.get("given", ""))
    return ", ".join(one for one in parts if one) or "no name"
