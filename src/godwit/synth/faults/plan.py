"""Reads which faults are wanted: `{faults: {record_lost: 3}}`, or `{faults: {all: 2}}` for some of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, line_of, parse_text
from godwit.synth.faults.classes import FAULT_CLASSES
from godwit.synth.refusal import SynthRefused

ALL = "all"


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """How many faults of each kind are wanted."""

    wanted: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many faults in all."""
        return sum(self.wanted.values())


class _File(Definition):
    faults: dict[str, int]


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
        if count < 0:
            raise SynthRefused("faults.count", f"{name}: the number of faults cannot be below nought", place)
    of_each = said.get(ALL, 0)
    wanted = {name: said.get(name, of_each) for name in FAULT_CLASSES}
    return FaultPlan({name: count for name, count in wanted.items() if count})
