"""Clinical risk in context: what raises or lowers the usual severity of a difference, and which hazards it touches.

The table of severities says what a difference in a field can do at worst. A rule here looks at the record itself: a
repeat that is still running, a medicine whose wrong dose kills, a problem that ended long ago. The first rule that
fits gives the severity; where none does, the table's stands.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import Field, model_validator

from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.definitions.comparison.high_risk_drugs import read_high_risk_drugs
from godwit.definitions.comparison.severities import Severity
from godwit.definitions.read import Definition, parse, resource

Outcome = Literal["missing", "unexpected", "different"]

ANY = "*"
"""Every entity."""

DRUG_NAME = "concat_ws(' ', {row}.drug_term, {row}.drug_text)"
"""Everything that a record of medication says of its product."""


class Risk(Definition):
    """One rule. It fits a finding of one of `entities` whose outcome, field and reason are listed (an empty list: any).

    `when` is SQL about the record. With `{row}` it is asked of the source's and of the target's record, and one of
    them is enough; with `{source}` and `{target}` it is asked once, of both. `{high_risk}` stands for "this medicine
    is one of high risk". `words` are whole words, one of which the record's terms or text must have. `title` is empty
    where the kind of record and the field say all there is.
    """

    id: str
    title: str = ""
    why: str
    hazards: tuple[str, ...]
    entities: tuple[str, ...]
    outcomes: tuple[Outcome, ...] = ()
    fields: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    when: str = ""
    words: tuple[str, ...] = ()
    severity: Severity

    @model_validator(mode="after")
    def _holds_together(self) -> Risk:
        if not self.entities or not self.hazards:
            raise ValueError("a rule names at least one kind of record and one hazard")
        if self.fields and self.outcomes != ("different",):
            raise ValueError("only a rule about records that differ names fields")
        if any(not re.fullmatch(r"[a-z][a-z -]*", word) for word in self.words):
            raise ValueError("write words in small letters")
        unknown = set(self.hazards) - {one.id for one in read_comparison_hazards()}
        if unknown:
            raise ValueError(f"unknown hazard {min(unknown)}")
        return self

    def reaches(self, entity: str) -> bool:
        """Whether the rule can fit a finding of this kind of record."""
        return ANY in self.entities or entity in self.entities

    def sql(self, source: str, target: str, told: str) -> str:
        """SQL that says whether the rule fits a finding `f` with these two records; `told` is an expression with
        `{row}` for a record's words."""
        parts = [
            _among("f.outcome", self.outcomes),
            _among("f.field", self.fields),
            _among("f.reason", self.reasons),
            _asked(self.when.replace("{high_risk}", _high_risk()), source, target),
            _asked(_worded(self.words, told), source, target),
        ]
        return " AND ".join(part for part in parts if part) or "true"


class _File(Definition):
    edition: str
    usual: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rules: tuple[Risk, ...]


class Risks(_File):
    """All rules in the order in which they are tried, and the hazards of a kind of record where no rule fits."""

    @cached_property
    def by_id(self) -> dict[str, Risk]:
        """Every rule by its id."""
        return {rule.id: rule for rule in self.rules}

    def hazards_of(self, risk: str) -> tuple[str, ...]:
        """Hazards of a rule, or of the kind of record that stands where no rule fits."""
        rule = self.by_id.get(risk)
        return rule.hazards if rule else self.usual.get(risk, ())


FILE = "risks.yaml"


@lru_cache(maxsize=1)
def read_risks() -> Risks:
    """The shipped rules. Raises `DefinitionError`."""
    return parse(Risks, resource(__package__, FILE))


def _among(expression: str, values: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{expression} IN ({listed})" if values else ""


def _asked(condition: str, source: str, target: str) -> str:
    """A condition asked of either record, or of both at once. A question that cannot be answered is not met."""
    if not condition:
        return ""
    if "{row}" not in condition:
        both = condition.replace("{source}", source).replace("{target}", target)
        return f"coalesce(({both}), false)"
    either = (
        f"coalesce({row}.row IS NOT NULL AND ({condition.replace('{row}', row)}), false)"
        for row in (source, target)
    )
    return f"({' OR '.join(either)})"


def _high_risk() -> str:
    return f"({' OR '.join(group.sql(DRUG_NAME) for group in read_high_risk_drugs())})"


def _worded(words: tuple[str, ...], told: str) -> str:
    if not words:
        return ""
    return f"regexp_matches(lower({told}), '(^|[^a-z])({'|'.join(words)})([^a-z]|$)')"
