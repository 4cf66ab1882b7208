"""Bars for the report: what became of each kind of record, and findings by clinical risk.

Only the geometry is worked out here, in per cent of the width; the template draws it. Every bar has words beside
it and every part a pattern of its own, so that colour never carries a meaning alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from godwit.records.evidence import books
from godwit.records.evidence.cells import Table, rows
from godwit.records.evidence.wording import OUTCOMES, SEVERITIES, count, kind_of_record, number

LEAST = 1.0
"""The narrowest that a part which is not zero is drawn, in per cent: one record in a million must be seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, in per cent of the width. `look` names its pattern."""

    look: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the name and words beside it, and the full figures for people who hear the page."""

    name: str
    note: str
    figures: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with a title, a key to the patterns (empty where each bar is named), and the same figures as a table."""

    title: str
    about: str
    key: tuple[str, ...]
    bars: tuple[Bar, ...]
    table: Table


def shares(counts: Sequence[int], whole: int) -> list[float]:
    """Widths in per cent of `whole`, with anything above zero at least `LEAST` wide and never above 100 in all."""
    exact = [100 * one / whole if whole else 0.0 for one in counts]
    small = {place for place, one in enumerate(exact) if 0 < one < LEAST}
    large = sum(one for place, one in enumerate(exact) if place not in small)
    room = min(large, 100 - LEAST * len(small))
    return [
        LEAST if place in small else (one * room / large if large else 0.0) for place, one in enumerate(exact)
    ]


def parts(counts: Mapping[str, int], whole: int) -> tuple[Part, ...]:
    """The pieces of a bar in order, leaving out what is zero."""
    start, found = 0.0, []
    for look, width in zip(counts, shares(list(counts.values()), whole), strict=True):
        if width:
            found.append(Part(look, round(start, 2), round(width, 2)))
            start += width
    return tuple(found)


def outcome_chart(summary: Mapping[str, Any]) -> Chart:
    """One bar for each kind of record that was compared: the share of each outcome."""
    found = {name: _counts(summary["entities"][name]) for name in books.in_order(summary["entities"])}
    compared = {name: one for name, one in found.items() if any(one.values())}
    table = Table(
        "What became of each kind of record, in figures",
        ("Kind of record", *(name.capitalize() for name in OUTCOMES)),
        rows((kind_of_record(name), *one.values()) for name, one in compared.items()),
        folded=True,
        printed=False,
    )
    return Chart(
        "What became of each kind of record",
        "Each bar is all records of one kind that were compared. A part that is not zero is drawn wide enough "
        "to be seen, so read the size of a small part from its number and not from its width.",
        tuple(name for name in OUTCOMES if any(one[name] for one in compared.values())),
        tuple(_outcome_bar(name, one) for name, one in compared.items()),
        table,
    )


def _counts(entity: Mapping[str, Any]) -> dict[str, int]:
    return {name: entity[name] for name in OUTCOMES}


def _outcome_bar(entity: str, counts: Mapping[str, int]) -> Bar:
    agree = counts["identical"] + counts["equivalent"] + counts["agreed"]
    rest = [f"{number(counts[name])} {name}" for name in OUTCOMES[3:] if counts[name]]
    figures = ", ".join(f"{number(one)} {name}" for name, one in counts.items())
    whole = sum(counts.values())
    return Bar(
        kind_of_record(entity), ", ".join([f"{number(agree)} agree", *rest]), figures, parts(counts, whole)
    )


def severity_chart(summary: Mapping[str, Any]) -> Chart:
    """One bar for each severity: how many findings it has."""
    found = {
        name: [one["findings"] for one in summary["causes"] if one["severity"] == name] for name in SEVERITIES
    }
    most = max(sum(one) for one in found.values())
    bars = tuple(_severity_bar(name, one, most) for name, one in found.items() if most)
    table = Table(
        "Findings by clinical risk, in figures",
        ("Clinical risk", "Causes", "Findings"),
        rows((name.capitalize(), len(one), sum(one)) for name, one in found.items()),
        folded=True,
        printed=False,
    )
    return Chart("Findings by clinical risk", "Each bar is all findings of one severity.", (), bars, table)


def _severity_bar(name: str, findings: Sequence[int], most: int) -> Bar:
    total = sum(findings)
    note = f"{count(total, 'finding')}, {count(len(findings), 'cause')}"
    return Bar(name.capitalize(), note, note, parts({name: total}, most))
