"""What is expected of a comparison for each planted fault, and what two formats cannot show: reads `detection.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from godwit.definitions.read import Definition, parse_text
from tests.support.faults_found import SEVERITIES

FILE = Path(__file__).with_name("detection.yaml")

Severity = Literal["low", "medium", "high", "critical"]


class Class(Definition):
    """Of one kind of fault: the least severity it deserves, and whether it can lead to wrong treatment by itself."""

    least: Severity
    safety: bool

    def is_enough(self, severity: str | None) -> bool:
        """Whether a severity that was given is at least that."""
        return severity is not None and SEVERITIES.index(severity) >= SEVERITIES.index(self.least)


class Blind(Definition):
    """A fault that each of two shapes can show and the two together cannot."""

    fault: str
    between: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]
    because: str


class Expected(Definition):
    """The whole file."""

    classes: Mapping[str, Class]
    hidden: Mapping[str, Mapping[str, str]]
    blind: tuple[Blind, ...]

    def why_hidden(self, fault: str, entity: str, shape: str) -> str | None:
        """Why a shape cannot show a fault of that kind of record: the name of a loss, or words."""
        keys = (f"{fault}.{entity}", fault, f"*.{entity}")
        found = (self.hidden[key][shape] for key in keys if shape in self.hidden.get(key, {}))
        return next(found, self.why_blind(fault, shape.split(" with ")))

    def why_blind(self, fault: str, pair: Sequence[str]) -> str | None:
        """Why two shapes together cannot show a fault that each can show."""
        found = (one.because for one in self.blind if one.fault == fault and set(one.between) == set(pair))
        return next(found, None)


@cache
def read_expected() -> Expected:
    """The file beside this module."""
    return parse_text(Expected, "detection", FILE.read_text(encoding="utf-8"))
