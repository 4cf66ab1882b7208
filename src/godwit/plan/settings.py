"""The values a plan uses: the guide's defaults, what a pace asks for, and what an area or practice has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.timing import Amount, Lasts

Pace = Literal["fastest", "usual", "comfortable"]
PACES: tuple[Pace, ...] = ("comfortable", "usual", "fastest")
"""From the most patient to the quickest: the plan takes the first that fits."""


@dataclass(frozen=True, slots=True)
class Values:
    """The settings in force at one pace, by name."""

    pace: Pace
    durations: Mapping[str, Duration]

    def of(self, amount: Amount) -> Duration:
        """The length an amount stands for. Raises `KeyError` for a setting that the guide's checker would refuse."""
        if amount.duration is not None:
            return amount.duration
        return self.durations[amount.setting or ""]

    def lasting(self, lasts: Lasts) -> Duration:
        """How long a task takes at this pace: the least there is, or what is likely."""
        return self.of(self.length(lasts))

    def length(self, lasts: Lasts) -> Amount:
        """`lasting`, not yet looked up. A comfortable plan has its ease in its settings, such as longer notice."""
        return lasts.least if self.pace == "fastest" else lasts.likely
