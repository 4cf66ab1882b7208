"""The rules of the guide: what to check, how much it matters, and what to say and do about it."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Row, Rows, Status
from godwit.definitions.read import Definition, parse

RuleSeverity = Literal["B", "W", "I"]
"""B: keeps a gate shut · W: warns · I: informs."""

RuleKind = Literal["L", "R", "K", "S", "X"]
"""L: lesson learnt · R: recommendation · K: risk · S: from a service level or standard · X: from outside the guide."""


class Rule(Row):
    """One rule. `check` holds when all is well; it and `when` are written in the language of `godwit.plan.rules`.

    A rule does not apply, and passes, where none of its `conditions` holds or its `when` is false; then `not_here`
    says why. `pass_says` and `fail_says` are sentences in which ``{…}`` holds an expression, such as ``{GL - 2d}``.
    `advice` says what to do. `gate` is the one that a rule of severity B keeps shut.
    """

    id: str = Field(pattern=r"^R-\d\d$")
    name: str
    advice: str
    check: str
    when: str = ""
    conditions: tuple[str, ...] = ()
    not_here: str = ""
    pass_says: str
    fail_says: str
    severity: RuleSeverity
    kind: RuleKind
    gate: Annotated[str, Field(pattern=r"^G[1-8]$")] | None = None
    source: tuple[str, ...] = Field(min_length=1)
    status: Status = "stated"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.severity == "B") != (self.gate is not None):
            raise ValueError(f"{self.id}: a rule of severity B, and only such a rule, keeps a gate shut")
        if bool(self.when or self.conditions) != bool(self.not_here):
            raise ValueError(f"{self.id}: 'not_here' goes with 'when' or 'conditions'")
        return self


class RuleFile(Definition):
    """The rules of one part of the guide."""

    part: str
    title: str
    rules: Rows[Rule]


@lru_cache(maxsize=1)
def read_rules() -> tuple[Rule, ...]:
    """All rules, in the guide's order. Raises `DefinitionError`."""
    folder = resources.files(__package__).joinpath("rules")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(rule for file in files for rule in parse(RuleFile, file).rules)
