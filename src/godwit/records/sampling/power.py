"""What a random sample can see, worked out exactly (hypergeometric distribution, whole numbers until the last step).

The figures hold for a fault that strikes patients without regard to the groups the sample was drawn by, however the
sample is spread over them: it is then equally likely to touch any set of patients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, comb

RATES = (0.001, 0.01, 0.05, 0.10)
"""Shares of patients for which the power is stated."""

CONFIDENCE = 0.95
"""How sure "rules out" is."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A fault that touches `touched` patients (share `rate`), and the probability that the sample holds one of them."""

    rate: float
    touched: int
    seen: float


@dataclass(frozen=True, slots=True)
class Power:
    """What reading `sample` of `population` patients without finding anything says.

    `rules_out`: the smallest number of touched patients that is then ruled out at `CONFIDENCE`; None where the sample
    cannot rule out even that all are touched (an empty sample). `needed`: patients to read to rule out each rate.
    """

    population: int
    sample: int
    chances: tuple[Chance, ...]
    rules_out: int | None
    needed: tuple[tuple[float, int], ...]

    @property
    def rules_out_share(self) -> float | None:
        """`rules_out` as a share of the population."""
        return None if self.rules_out is None else self.rules_out / self.population


def seen(population: int, touched: int, sample: int) -> float:
    """Probability that `sample` of `population` patients, drawn at random, hold one or more of `touched`.

    Raises `ValueError` where more are touched or drawn than there are.
    """
    if not (0 <= touched <= population and 0 <= sample <= population):
        raise ValueError("more patients touched or drawn than there are")
    missed = comb(population - touched, sample)
    every = comb(population, sample)
    return (every - missed) / every


def power(population: int, sample: int, rates: Iterable[float] = RATES) -> Power:
    """The power of a sample. A rate touches at least one patient, and never a part of one."""
    wanted = [(rate, touched_at(rate, population)) for rate in rates] if population else []
    return Power(
        population,
        sample,
        tuple(Chance(rate, touched, seen(population, touched, sample)) for rate, touched in wanted),
        _first(population, lambda touched: seen(population, touched, sample) >= CONFIDENCE),
        tuple((rate, _needed(population, touched)) for rate, touched in wanted),
    )


def touched_at(rate: float, population: int) -> int:
    """How many patients a rate means: rounded up to whole patients, one at least."""
    return max(1, min(population, ceil(round(rate * population, 9))))


def _needed(population: int, touched: int) -> int:
    found = _first(population, lambda sample: seen(population, touched, sample) >= CONFIDENCE)
    return population if found is None else found


def _first(most: int, holds: Callable[[int], bool]) -> int | None:
    """The smallest whole number from 1 to `most` for which `holds`, which once true stays true."""
    if most < 1 or not holds(most):
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
