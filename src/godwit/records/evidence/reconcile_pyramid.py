"""The age-sex pyramid: women to the left, men to the right, source above target in each age band.

Only the geometry is worked out here, in per cent of the width; the template draws it, and a table has the figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from godwit.records.evidence.wording import number

_HALF = 50.0
_LEAST = 0.4
"""The narrowest bar that is not zero, in per cent: one patient must be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in per cent of the width. `look` is source or target, `line` 0 above and 1 below."""

    look: str
    line: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Level:
    """One age band with its bars, its figures in few words, and the same in full for people who hear the page."""

    band: str
    note: str
    figures: str
    bars: tuple[Bar, ...]


def pyramid(ages: Sequence[Mapping[str, Any]]) -> tuple[Level, ...]:
    """The levels from the oldest band down, from the rows of `summary["reconciliations"]["ages"]`."""
    counts: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for one in ages:
        if one["sex"] in ("female", "male"):
            counts[one["band"]] |= {(one["sex"], side): one[side] for side in ("source", "target")}
    most = max((value for one in counts.values() for value in one.values()), default=0)
    return tuple(_level(band, one, most) for band, one in reversed(counts.items()) if most)


def _level(band: str, counts: Mapping[tuple[str, str], int], most: int) -> Level:
    bars = tuple(
        _bar(sex, side, line, value / most)
        for line, side in enumerate(("source", "target"))
        for sex in ("female", "male")
        if (value := counts.get((sex, side), 0))
    )
    found = [
        (name, counts.get((sex, "source"), 0), counts.get((sex, "target"), 0))
        for sex, name in (("female", "women"), ("male", "men"))
    ]
    note = ", ".join(f"{name} {_both(source, target)}" for name, source, target in found)
    words = "; ".join(
        f"{name} {source} in the source, {target} in the target" for name, source, target in found
    )
    return Level(band, note, words, bars)


def _both(source: int, target: int) -> str:
    """The number of both sides, or that of each where they are not the same."""
    return number(source) if source == target else f"{number(source)} and {number(target)}"


def _bar(sex: str, side: str, line: int, share: float) -> Bar:
    width = max(_LEAST, round(_HALF * share, 2))
    return Bar(side, line, round(_HALF - width, 2) if sex == "female" else _HALF, width)
