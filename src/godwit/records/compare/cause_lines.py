"""At most fifty lines stand before a clinician: the gravest each on its own, the rest together by kind and risk.

Nothing is dropped: a line of several lists its parts, and only parts of one severity stand together, so nothing
critical is hidden in a lesser line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from godwit.records.compare.cause_groups import RANK

MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """What ranks a cause: its severity, its patients and findings."""

    id: str
    entity: str
    severity: str
    findings: int
    patients: int

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Gravest first, then most patients, then most findings."""
        return RANK[self.severity], -self.patients, -self.findings, self.id


def folded(lines: Sequence[Line], most: int = MOST_LINES) -> dict[str, str]:
    """For every line that cannot stand on its own the id of the line that it stands in.

    The rest is told by severity and kind of record; where that leaves too little room for lines of their own, from the
    lowest severity up by severity alone.
    """
    ordered = sorted(lines, key=lambda one: one.rank)
    if len(ordered) <= most:
        return {}
    into: dict[str, str] = {}
    for coarse in range(len(RANK) + 1):
        by_severity = {name for name, rank in RANK.items() if rank >= len(RANK) - coarse}
        kept, into = _kept(ordered, by_severity, most)
        if kept >= most // 2:
            break
    members = Counter(into.values())
    return {one: other for one, other in into.items() if members[other] > 1}


def _kept(ordered: Sequence[Line], by_severity: set[str], most: int) -> tuple[int, dict[str, str]]:
    """How many lines can stand on their own if the rest is folded so, and where the rest goes."""
    others: set[str] = {_other(one, by_severity) for one in ordered[most:]}
    for kept in range(most, -1, -1):
        if kept + len(others) <= most:
            return kept, {one.id: _other(one, by_severity) for one in ordered[kept:]}
        others.add(_other(ordered[kept - 1], by_severity))
    return 0, {one.id: _other(one, by_severity) for one in ordered}


def _other(line: Line, by_severity: set[str]) -> str:
    return (
        f"other.{line.severity}" if line.severity in by_severity else f"other.{line.severity}.{line.entity}"
    )
