"""What most findings of a cluster share and other records seldom have: the code, the unit, the user, the site, the day.

The decisions are pure; the counts they stand on are made in SQL, for each trait once over the findings and, for the
few values that may explain something, once over the records of that side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

LEAST_FINDINGS = 3
"""Fewer findings share something by chance."""

LEAST_SHARE = 0.2
"""Share of a cluster that one value must cover to be looked at."""

LEAST_COVER = 0.5
"""Share of a cluster that the values of a trait must cover together to divide it."""

LEAST_LIFT = 3.0
"""How many times as often as elsewhere."""

LEAST_EVIDENCE = 8.0
"""Findings times the logarithm of their lift: three of one patient are no chance, three of a busy colleague may be."""

RAREST = 0.001
"""Below this share elsewhere, rarer counts no more."""

MOST_VALUES = 3
"""Values of one trait that get a line of their own."""

DIVIDE_FROM = 30
"""Clusters smaller than this are never divided, only described."""

PATIENTS = 5
"""A code or unit is named in the open only where so many patients have it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that findings of a cluster share. `elsewhere` is its share among the records that did not fail."""

    trait: str
    value: str
    findings: int
    patients: int
    elsewhere: float

    def lift(self, size: int) -> float:
        """How many times as often as elsewhere it is found in a cluster of `size`."""
        return (self.findings / size) / max(self.elsewhere, RAREST)

    def score(self, size: int) -> float:
        """Share of the cluster, weighed by how seldom the value is elsewhere."""
        return self.findings / size * log(self.lift(size))


@dataclass(frozen=True, slots=True)
class Explained:
    """What a cluster is divided by (each value a line of its own), and what all of its findings share."""

    lines: tuple[Shared, ...] = ()
    whole: tuple[Shared, ...] = ()


def explain(size: int, found: Iterable[Shared], order: Sequence[str]) -> Explained:
    """The best explanation of a cluster of `size` findings. `order` breaks ties between traits."""
    telling = [
        one for one in found
        if one.findings >= LEAST_FINDINGS and one.findings >= LEAST_SHARE * size and one.lift(size) >= LEAST_LIFT
        and size * one.score(size) >= LEAST_EVIDENCE
    ]  # fmt: skip
    whole = sorted(
        (one for one in telling if one.findings == size),
        key=lambda one: (-one.score(size), order.index(one.trait), one.value),
    )
    if whole or size < DIVIDE_FROM:
        return Explained(whole=tuple(whole[:MOST_VALUES]))
    by_trait: dict[str, list[Shared]] = {}
    for one in sorted(telling, key=lambda one: (-one.findings, one.value)):
        by_trait.setdefault(one.trait, []).append(one)
    best = max(by_trait.items(), key=lambda item: _worth(size, item, order), default=None)
    if best is None or sum(one.findings for one in best[1][:MOST_VALUES]) < LEAST_COVER * size:
        return Explained()
    return Explained(lines=tuple(best[1][:MOST_VALUES]))


def _worth(size: int, item: tuple[str, list[Shared]], order: Sequence[str]) -> tuple[float, int]:
    trait, values = item
    return sum(one.score(size) for one in values[:MOST_VALUES]), -order.index(trait)


def elsewhere(findings: int, size: int, records: int, total: int) -> float:
    """Share of a value among records that did not fail: `records` of `total` have it, `findings` of `size` failed. Half
    a record more than there are keeps few records from proving much."""
    return (max(records - findings, 0) + 0.5) / (max(total - size, 0) + 1)


def openly(shared: Shared, patients_with: Mapping[tuple[str, str], int]) -> bool:
    """Whether a code or unit may be named where no patient data may be."""
    return max(shared.patients, patients_with.get((shared.trait, shared.value), 0)) >= PATIENTS
