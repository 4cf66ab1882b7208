"""A round of checking: what a run is known by when the next one is held against it, and how many there may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from godwit.definitions.guide.slas import read_slas
from godwit.records.errors import InputRefused

Standing = Literal["within", "near", "last", "beyond"]

MEMORY = "rounds.parquet"
"""The file of a run that holds every finding of every round so far. It is private: patients can be told from it."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a run is known by: systems (source, target), when it began, its files as (side, sha256), and a fingerprint
    of the rules in force."""

    systems: tuple[str, str]
    started_at: datetime
    inputs: tuple[tuple[str, str], ...]
    rules: str

    def files(self, side: str) -> list[str]:
        """The fingerprints of one side's files, in an order of their own."""
        return sorted(sha256 for of, sha256 in self.inputs if of == side)


@dataclass(frozen=True, slots=True)
class Previous:
    """A sealed run that was proved untouched. `titles` and `history` are those of its summary."""

    folder: Path
    run: str
    seal: str
    round: int
    facts: RoundFacts
    titles: Mapping[str, str] = field(default_factory=dict)
    history: Sequence[Mapping[str, Any]] = ()


def require_comparable(previous: Previous, facts: RoundFacts) -> None:
    """Raises `InputRefused` where the run before cannot have been the round before this one."""
    if previous.facts.systems != facts.systems:
        because = "the earlier run compared other systems than this one"
        raise InputRefused("round.other_systems", because, previous.folder.name)
    if previous.facts.started_at >= facts.started_at:
        because = "the run given as the earlier one is later than this one"
        raise InputRefused("round.later", because, previous.folder.name)


def limit() -> int:
    """How many rounds of extract or transformation there may be before somebody is told (SLA-09, IS-06, DR-001)."""
    return next(one.limit_count for one in read_slas().slas if one.id == "SLA-09" and one.limit_count)


def standing(number: int) -> Standing:
    """Where a round stands against the limit: the last but one is near it, and beyond it somebody must be told."""
    if number > limit():
        return "beyond"
    if number == limit():
        return "last"
    return "near" if number == limit() - 1 else "within"
