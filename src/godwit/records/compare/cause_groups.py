"""Which findings belong together before their records are looked at: pure decisions over counts.

A fault often leaves several findings on one record: the code and its terms, the end of a repeat and the issues it
allows. The gravest of them leads and the others follow it. What is left is divided by how the value changed and by
clinical risk, so that one running repeat is not hidden among five hundred past ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from godwit.definitions.comparison.severities import ORDER

RANK: dict[str, int] = {severity: rank for rank, severity in enumerate(ORDER)}
"""0 is the gravest."""

OWN_SHARE = 0.05
"""A kind of change that is at least this share of a group is told apart from the rest of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Findings of one group that changed the same way and carry the same risk."""

    base: str
    change: str
    severity: str
    findings: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cells that stay together; `tier` names the severity where the group was divided by risk, else it is empty."""

    base: str
    change: str
    tier: str
    severity: str
    cells: tuple[Cell, ...]

    @property
    def findings(self) -> int:
        """Findings of all cells."""
        return sum(cell.findings for cell in self.cells)

    @property
    def id(self) -> str:
        """Words that stay the same from run to run."""
        return ".".join(part for part in (self.base, self.change, self.tier) if part)


def leaders(
    totals: Mapping[str, tuple[str, int]],
    together: Iterable[tuple[Sequence[str], int]],
    position: Callable[[str], int] = lambda _: 0,
) -> dict[str, str]:
    """Groups that follow another: every one of their findings is on a record that has one of the leader's too, and
    they are at least half as many. `totals` gives each group's gravest severity and size, `together` the sets of
    groups found on one record with how many records have just these; of equals the first by `position` leads. A group
    with anything critical in it follows none: it must be read by its own name."""
    shared: Counter[tuple[str, str]] = Counter()
    for bases, records in together:
        for one in bases:
            for other in bases:
                if one != other:
                    shared[one, other] += records
    order = sorted(totals, key=lambda base: (RANK[totals[base][0]], -totals[base][1], position(base), base))
    led: dict[str, str] = {}
    for place, base in enumerate(order):
        severity, size = totals[base]
        found = [
            one for one in order[:place]
            if one not in led and shared[base, one] == size and 2 * size >= totals[one][1]
        ]  # fmt: skip
        if found and severity != ORDER[0]:
            led[base] = found[0]
    return led


def clusters(cells: Iterable[Cell]) -> list[Cluster]:
    """Groups divided by kind of change and, where the graver findings are the fewer, by risk."""
    by_base: dict[str, list[Cell]] = {}
    for cell in cells:
        by_base.setdefault(cell.base, []).append(cell)
    return [cluster for base in sorted(by_base) for cluster in _divided(base, by_base[base])]


def _divided(base: str, cells: list[Cell]) -> list[Cluster]:
    size = sum(cell.findings for cell in cells)
    sizes: Counter[str] = Counter()
    for cell in cells:
        sizes[cell.change] += cell.findings
    by_change: dict[str, list[Cell]] = {}
    for cell in cells:
        own = cell.change and sizes[cell.change] >= OWN_SHARE * size
        by_change.setdefault(cell.change if own else "", []).append(cell)
    return [one for change in sorted(by_change) for one in _tiers(base, change, by_change[change])]


def _tiers(base: str, change: str, cells: list[Cell]) -> list[Cluster]:
    """Findings of lesser risk stand under the graver ones as long as they are not more than these."""
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[cell.severity] += cell.findings
    tiers: list[list[str]] = []
    for severity in sorted(counts, key=lambda one: RANK[one]):
        if tiers and sum(counts[one] for one in tiers[-1]) >= counts[severity]:
            tiers[-1].append(severity)
        else:
            tiers.append([severity])
    several = len(tiers) > 1
    return [
        Cluster(
            base,
            change,
            tier[0] if several else "",
            tier[0],
            tuple(cell for cell in cells if cell.severity in tier),
        )
        for tier in tiers
    ]
