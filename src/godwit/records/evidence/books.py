"""The books of a run: totals, and both equations worked out again for every kind of record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from godwit.records.canonical import ENTITIES
from godwit.records.evidence.wording import OUTCOMES, SEVERITIES, kind_of_record, number
from godwit.records.evidence.wording import side as side_name

SIDES = ("source", "target")
READING = ("rejected", "set_aside", "converted")
COMPARING = {
    "source": ("identical", "equivalent", "agreed", "different", "missing"),
    "target": ("identical", "equivalent", "agreed", "different", "unexpected"),
}
"""Outcomes that add up to what was converted, for each side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One equation: `total` should be the sum of `parts`."""

    entity: str
    total: int
    parts: tuple[int, ...]

    @property
    def adds_up(self) -> bool:
        """Whether it is."""
        return self.total == sum(self.parts)

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing in it at all."""
        return not self.total and not any(self.parts)


def in_order(entities: Mapping[str, Any]) -> list[str]:
    """Names of the entities in the order of the canonical model; unknown ones last."""
    known = [name for name in ENTITIES if name in entities]
    return known + sorted(set(entities) - set(known))


def reading(summary: Mapping[str, Any], side: str) -> tuple[Line, ...]:
    """read = rejected + set aside + converted, one line a kind of record."""
    entities = summary["entities"]
    found = ((name, entities[name][side]) for name in in_order(entities))
    return tuple(Line(name, one["read"], tuple(one[part] for part in READING)) for name, one in found)


def comparing(summary: Mapping[str, Any], side: str) -> tuple[Line, ...]:
    """converted = the outcomes of that side, one line a kind of record."""
    entities = summary["entities"]
    found = ((name, entities[name]) for name in in_order(entities))
    return tuple(
        Line(name, one[side]["converted"], tuple(one[part] for part in COMPARING[side]))
        for name, one in found
    )


def faults(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Everything that does not add up, in words; empty where the books balance.

    The run's own verdict is not taken on trust: each sum is worked out again, with those of the files and reasons.
    """
    found = tuple(_faults(summary))
    if not found and not summary["balanced"]:
        return ("The run itself reports that its books do not balance.",)
    return found


def _faults(summary: Mapping[str, Any]) -> Iterator[str]:
    for side in SIDES:
        for line in reading(summary, side):
            yield from _fault(f"{side_name(side)}, {kind_of_record(line.entity)}, read", line)
        for line in comparing(summary, side):
            yield from _fault(f"{side_name(side)}, {kind_of_record(line.entity)}, converted", line)
        for bucket, words in (("set_aside", "set aside"), ("rejected", "unreadable")):
            reasons = tuple(one["records"] for one in summary[bucket] if one["side"] == side)
            yield from _fault(
                f"{side_name(side)}, {words}", Line(side, on_side(summary, side, bucket), reasons)
            )
    for one in summary["files"]:
        line = Line(one["side"], one["read"], tuple(one[part] for part in READING))
        yield from _fault(f"File {one['name']}, read", line)


def _fault(what: str, line: Line) -> Iterator[str]:
    if not line.adds_up:
        yield f"{what}: {number(line.total)}, but its parts add up to {number(sum(line.parts))}."


def nothing_delivered(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Kinds of clinical or administrative record of which neither side delivered a single one."""
    entities = summary["entities"]
    named = (name for name in in_order(entities) if name != "unclassified")
    return tuple(name for name in named if not any(entities[name][side]["read"] for side in SIDES))


def on_side(summary: Mapping[str, Any], side: str, bucket: str) -> int:
    """Records of one side in one of read, rejected, set_aside, converted."""
    return sum(one[side][bucket] for one in summary["entities"].values())


def outcomes(summary: Mapping[str, Any]) -> dict[str, int]:
    """Records of all kinds by outcome."""
    return {name: sum(one[name] for one in summary["entities"].values()) for name in OUTCOMES}


def agree(summary: Mapping[str, Any]) -> int:
    """Records that say the same on both sides, or whose difference named people accepted."""
    total = outcomes(summary)
    return total["identical"] + total["equivalent"] + total["agreed"]


def ranked_causes(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Causes, most severe first, then by number of findings."""
    rank = {name: place for place, name in enumerate(SEVERITIES)}
    return sorted(
        summary["causes"], key=lambda one: (rank[one["severity"]], -one["findings"], str(one["cause"]))
    )


def urgent_causes(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Causes of critical or high risk, most severe first."""
    return [one for one in ranked_causes(summary) if one["severity"] in ("critical", "high")]
