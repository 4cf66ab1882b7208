"""The refusal that all refusals of a plan are: a rule that programs can count and a because for people."""

from __future__ import annotations


class PlanRefused(ValueError):
    """A plan, or a change to one, that cannot be. `rule` is short and stable; `because` says why, in words."""

    def __init__(self, rule: str, because: str) -> None:
        super().__init__(rule, because)
        self.rule = rule
        self.because = because

    def __str__(self) -> str:
        return self.because
