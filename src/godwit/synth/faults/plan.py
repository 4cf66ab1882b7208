"""Reads which faults are wanted: `{faults: {record_lost: 3}}`, or `{faults: {all: 2}}` for some of each kind.

`{faults: {unit_changed: {share: 0.5}}}` is a systematic fault: once in half the patients, and in entries that have as
much in common as can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Annotated

from pydantic import Field

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, line_of, parse_text
from godwit.synth.faults.classes import FAULT_CLASSES
from godwit.synth.refusal import SynthRefused

ALL = "all"


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """How many faults of each kind are wanted, and of which kinds one in that share of the patients."""

    wanted: Mapping[str, int]
    shares: Mapping[str, float] = field(default_factory=dict)

    def counts(self, patients: int) -> dict[str, int]:
        """How many of each kind in a practice of so many patients."""
        return {**self.wanted, **{name: round(share * patients) for name, share in self.shares.items()}}


class _Share(Definition):
    share: Annotated[float, Field(gt=0, le=1)]


class _File(Definition):
    faults: dict[str, int | _Share]


def read_plan(text: str) -> FaultPlan:
    """The plan in a YAML text. Raises `SynthRefused`, with the line, for an unknown kind or a count below nought."""
    try:
        said = parse_text(_File, "faults", text).faults
    except DefinitionError as error:
        raise SynthRefused("faults.shape", str(error)) from None
    for name, count in said.items():
        place = f"line {line_of(text, ('faults', name))}"
        if name != ALL and name not in FAULT_CLASSES:
            close = get_close_matches(name, FAULT_CLASSES, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise SynthRefused("faults.unknown", f"there is no fault “{name}”{hint}", place)
        if isinstance(count, int) and count < 0:
            raise SynthRefused("faults.count", f"{name}: the number of faults cannot be below nought", place)
    of_each = said.get(ALL, 0)
    plan = {name: said.get(name, of_each) for name in FAULT_CLASSES}
    wanted = {name: count for name, count in plan.items() if isinstance(count, int) and count}
    return FaultPlan(wanted, {name: one.share for name, one in plan.items() if isinstance(one, _Share)})
