"""How this room says no."""

from __future__ import annotations


class SynthRefused(Exception):
    """What was asked for cannot be made. `rule` is its id; `because` says why, in words for the person who asked."""

    def __init__(self, rule: str, because: str, place: str | None = None) -> None:
        super().__init__(because)
        self.rule, self.because, self.place = rule, because, place
