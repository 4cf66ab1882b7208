"""The words that the rules of the guide may use: points in time, settings, facts, `today`, and the functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, cast

from godwit.definitions.guide.anchors import Anchor
from godwit.definitions.guide.facts import Column, Fact
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.settings import Setting
from godwit.plan.rules.expression import Function
from godwit.plan.rules.functions import FUNCTIONS, WINDOW_KINDS
from godwit.plan.rules.truth import Base, Kind, Look, Run, Term, Unknown, Value

_BASES: Final[Mapping[str, Base]] = {
    "yes_no": "yes_no",
    "date": "date",
    "count": "count",
    "share": "count",
    "text": "text",
    "list": "list",
    "duration": "duration",
    "choice": "text",
    "day_of_year_range": "text",
}


class PlanLanguage:
    """The language over one edition of the guide: its anchors, settings, facts, tasks and conditions.

    `tasks` and `conditions` are the ids and slugs that may be named. Raises `ValueError` where one word would mean
    two things.
    """

    functions: Mapping[str, Function] = FUNCTIONS

    def __init__(
        self,
        anchors: Iterable[Anchor],
        settings: Iterable[Setting],
        facts: Iterable[Fact],
        tasks: Iterable[str],
        conditions: Iterable[str],
    ) -> None:
        self.words: Mapping[str, frozenset[str]] = {
            "task": frozenset(tasks),
            "condition": frozenset(conditions),
            "window": WINDOW_KINDS,
        }
        self._terms: dict[str, Term] = {"today": Term(Kind("date"), lambda look: look.scene.today)}
        for anchor in anchors:
            self._add(anchor.id, Term(Kind("date"), _anchor(anchor)))
        for setting in settings:
            self._add(setting.name, Term(_setting_kind(setting), _setting(setting.name)))
        for fact in facts:
            self._add(fact.name, Term(_fact_kind(fact), _fact(fact)))
        columns = {name for one in self._terms.values() for name in one.kind.columns}
        if hidden := columns & set(self._terms):
            raise ValueError(f"a column has the name of something else: {', '.join(sorted(hidden))}")

    def name(self, name: str) -> Term | None:
        """What a bare name stands for, or None."""
        return self._terms.get(name)

    def column(self, name: str, kind: Kind) -> Term:
        """A column of the row that a test looks at."""

        def run(look: Look) -> Value:
            row = look.row or {}
            if name in row:
                return cast("Value", row[name])
            return Unknown((f"not known for {next(iter(row.values()), 'a row')}: {kind.about}",))

        return Term(kind, run)

    def _add(self, name: str, term: Term) -> None:
        if name in self._terms or name in self.functions:
            raise ValueError(f"{name} would mean two things")
        self._terms[name] = term


def language_of(guide: Guide) -> PlanLanguage:
    """The language of the guide's rules: its anchors, settings, facts, tasks and conditions."""
    return PlanLanguage(
        guide.anchors,
        guide.settings,
        guide.facts,
        (one.id for one in guide.tasks),
        (one.slug for one in guide.conditions.conditions),
    )


def _anchor(anchor: Anchor) -> Run:
    missing = Unknown((f"the plan has no day for {anchor.name}",))
    return lambda look: look.scene.dates.get(anchor.id, missing)


def _setting(name: str) -> Run:
    missing = Unknown((f"the plan has no value for the setting {name}",))
    return lambda look: look.scene.settings.get(name, missing)


def _setting_kind(setting: Setting) -> Kind:
    choices = tuple(one.value for one in setting.values) if setting.kind == "choice" else ()
    return Kind(_BASES[setting.kind], choices)


def _fact(fact: Fact) -> Run:
    missing = Unknown((f"not known: {fact.question} Ask: {fact.asked_of.replace('_', ' ')}",))
    return lambda look: cast("Value", look.scene.facts.get(fact.name, missing))


def _fact_kind(fact: Fact | Column) -> Kind:
    columns = {one.name: _fact_kind(one) for one in fact.columns} if isinstance(fact, Fact) else {}
    return Kind(_BASES[fact.type], fact.choices, columns, fact.about if isinstance(fact, Column) else "")
