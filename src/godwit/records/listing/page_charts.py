"""The bars of a list's report. Each bar has its name and figure beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from godwit.records.evidence.cells import Table, rows
from godwit.records.evidence.charts import Bar, Chart, parts
from godwit.records.evidence.wording import count, number

Facts = Mapping[str, Any]
_MOST = 8
"""Bands that are drawn; all are in the table."""


def outcome_chart(one: Facts) -> Chart:
    """What became of the patients of the list and of one system."""
    waiting = one["review"]
    found = [
        ("Told the same", one["same"], "identical"),
        ("Form alone, or less", one["form_only"], "equivalent"),
        ("Report C: differs", one["different"], "different"),
        ("Report A: system only", sum(each["patients"] for each in one["only_system"]), "missing"),
        ("Report B: list only", sum(each["patients"] for each in one["only_list"]), "unexpected"),
        ("To be decided", max(waiting["list"], waiting["system"]), "agreed"),
    ]
    about = "Each bar is a number of patients; the longest is the largest of them."
    return _chart(f"The list and the {one['where']} system", about, found)


def region_chart(summary: Facts) -> Chart:
    """The regions of the circles."""
    looks = {1: "missing", 2: "different", 3: "identical"}
    whole = len(summary["systems"]) + 1
    found = [
        (one["title"], one["patients"], "identical" if len(one["in"]) == whole else looks[len(one["in"])])
        for one in summary["regions"]
        if one["patients"]
    ]
    about = "Each bar is the patients of one region; regions without any are in the table."
    return _chart("Patients by region", about, found)


def size_chart(summary: Facts) -> Chart:
    """Bands whose size differs most between the list and the source."""
    name = summary["systems"][0]["where"]
    gaps = [(one, abs(one[name] - one["list"])) for one in summary["bands"]]
    first = sorted(((one, gap) for one, gap in gaps if gap), key=lambda each: -each[1])[:_MOST]
    bars = tuple(_gap(one, gap, name, max(each for _, each in first)) for one, gap in first)
    table = Table("Differences in size", ("Age and sex", "What"), rows((bar.name, bar.note) for bar in bars))
    about = (
        f"Bands in which the list and the {name} system differ in size: the {_MOST} largest at most, the others in "
        "the table."
    )
    return Chart("Where payment may change", about, (), bars, table)


def _gap(one: Facts, gap: int, name: str, most: int) -> Bar:
    more, look = ("on the list", "missing") if one["list"] > one[name] else (f"in the {name}", "unexpected")
    note = f"{number(gap)} more {more}"
    return Bar(f"{one['band']}, {one['sex']}", note, note, parts({look: gap}, most))


def _chart(title: str, about: str, found: Iterable[tuple[str, int, str]]) -> Chart:
    every = list(found)
    most = max((much for _, much, _ in every), default=0)
    bars = tuple(
        Bar(name, note := count(much, "patient"), note, parts({look: much}, most))
        for name, much, look in every
    )
    table = Table(f"{title}, in figures", ("What", "Patients"), rows((name, much) for name, much, _ in every))
    return Chart(title, about, (), bars if most else (), table)
