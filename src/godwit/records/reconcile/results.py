"""What a reconciliation tells: each measure with its counts, its gate, and what is behind every join and leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["passed", "allowed", "explained", "failed", "information", "nothing", "not_told"]
"""passed: nothing joins or leaves · allowed: only what a format cannot hold, a rule holds for equal, or people agreed ·
explained: everything has a finding behind it, which is what the gate asks · failed · information: no gate · nothing:
neither side has a member · not_told: not both formats say what the measure rests on."""

Kind = Literal["finding", "agreed", "loss", "rule", "unexplained"]
"""What can be behind a join or a leave."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind some joins and leaves: a cause of findings, open or agreed, a loss, a rule, or nothing.

    `because` says it in our words, from where the finding is.
    """

    kind: Kind
    cause: str | None
    because: str
    leaves: int = 0
    joins: int = 0
    patients: int = 0

    def and_more(self, leaves: int, joins: int, patients: int) -> Behind:
        """The same with more joins and leaves, of other patients."""
        return replace(
            self, leaves=self.leaves + leaves, joins=self.joins + joins, patients=self.patients + patients
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """Members of a measure: on each side, on both, and on one only; `patients` are those who join or leave."""

    source: int = 0
    target: int = 0
    both: int = 0
    leaves: int = 0
    joins: int = 0
    patients: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of one comparison. `lacking` is what not both formats tell, in words."""

    measure: str
    family: str
    title: str
    authority: str
    gate: str
    counted: str
    counts: Counts
    behind: tuple[Behind, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def unexplained(self) -> int:
        """Joins and leaves that no finding, loss or rule is behind: must be 0."""
        return sum(one.leaves + one.joins for one in self.behind if one.kind == "unexplained")

    @property
    def state(self) -> State:
        """What the gate says."""
        if self.lacking:
            return "not_told"
        if not self.counts.source and not self.counts.target:
            return "nothing"
        if self.gate == "information":
            return "information"
        return state_of(self.gate, (one.kind for one in self.behind))


@dataclass(frozen=True, slots=True)
class RegisterResult:
    """A register: the result, its rule in words, and where its code lists come from (cluster, state)."""

    result: Result
    rule: str
    clusters: tuple[tuple[str, str], ...]


def state_of(gate: str, kinds: Iterable[str]) -> State:
    """The state of a measure with members, from the kinds of what is behind its joins and leaves."""
    found = frozenset(kinds)
    if not found:
        return "passed"
    if found <= {"agreed", "loss", "rule"}:
        return "allowed"
    if "unexplained" in found or gate == "exact":
        return "failed"
    return "explained"
