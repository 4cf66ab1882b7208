"""How long work goes on, and who is told: a clock that was handed in, and a progress that somebody shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Progress(Protocol):
    """Shows how far long work has come. `begin` names a step and how many parts it has (None: unknown)."""

    def begin(self, title: str, parts: int | None = None) -> None:
        """A step starts."""

    def advance(self) -> None:
        """One part of the step is done."""


@dataclass(slots=True)
class Watch:
    """Measures steps with the clock it was given and tells `progress` about them."""

    now: Callable[[], datetime]
    progress: Progress
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, title: str, parts: int | None = None) -> Iterator[None]:
        """Time one step under its title."""
        self.progress.begin(title, parts)
        started = self.now()
        yield
        self.timings[title] = round((self.now() - started).total_seconds(), 3)
