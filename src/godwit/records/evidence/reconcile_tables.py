"""The part of the report about counts: measures by family with their gates, registers, ages, codes, values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from godwit.records.evidence.cells import Cell, Listed, Noted, Table, Tag, rows
from godwit.records.evidence.reconcile_pyramid import Level, pyramid
from godwit.records.evidence.wording import count, number, percent, sentence

Facts = Mapping[str, Any]

STATES = {
    "failed": Tag("Failed", "critical"),
    "explained": Tag("Differs, explained", "medium"),
    "not_told": Tag("Cannot be told", "medium"),
    "allowed": Tag("Passed, known loss", "low"),
    "passed": Tag("Passed", "low"),
    "information": Tag("For information", "low"),
    "nothing": Tag("Nobody counted", "low"),
}
"""The word for the state of a gate, worst first. "Nobody counted" is no pass: neither side has a member."""

_FEW, _SOME = 3, 8
"""Lines that stand open at least, and at most of those that differ and have not failed."""

_SHEETS = "reconciliations.xlsx"
"""Where the counts stand that are not printed."""

_GATES = {"exact": "must be the same", "explained": "must be explained", "information": "no gate"}

_FATES = {
    "national": "has a national code beside it in the target",
    "local": "is a local code in the target too",
    "text": "has no code in the target",
    "lost": "did not arrive",
}


@dataclass(frozen=True, slots=True)
class ReconcileSection:
    """What the template draws. `open_questions` is how much nothing is behind: must be 0."""

    answer: str
    notes: tuple[str, ...]
    open_questions: int
    measures: Table
    registers: Table
    levels: tuple[Level, ...]
    ages: Table
    codes: Table
    values: Table
    local_codes: Table


def reconcile_section(summary: Facts) -> ReconcileSection | None:
    """The section, from the contents of `summary.json`; None where nothing was reconciled."""
    found = summary.get("reconciliations")
    if not found:
        return None
    every = [*found["measures"], *summary["registers"]]
    return ReconcileSection(
        _answer(every),
        tuple(_notes(found, summary["registers"])),
        found["unexplained"],
        _measures(found["families"], every),
        _registers(summary["registers"]),
        pyramid(found["ages"]),
        _ages(found["ages"]),
        _codes(found),
        _values(found),
        _local_codes(found["local_codes"]),
    )


def _answer(every: Sequence[Facts]) -> str:
    counted = [one for one in every if one["state"] not in ("nothing", "not_told", "information")]
    failed = sum(one["state"] == "failed" for one in counted)
    explained = sum(one["state"] == "explained" for one in counted)
    passed = len(counted) - failed - explained
    return (
        f"{count(len(counted), 'count')} could be made on both sides: {number(passed)} the same, "
        f"{number(explained)} different with every difference explained, {number(failed)} failed."
    )


def _notes(found: Facts, registers: Sequence[Facts]) -> list[str]:
    """What a reader must know before relying on the figures."""
    notes = [f"Counted as of {found['on']}, in what both formats can hold."]
    traces = found["traces"]
    share = percent(traces["identical"], traces["patients"])
    notes.append(
        f"{number(traces['identical'])} of {count(traces['patients'], 'patient')} of both sides ({share}) have as many "
        "records of every kind, from the same first to the same last day. Expect 99.9% or more."
    )
    if not found["on_list"]:
        notes.append("The files do not say who is registered now, so registers count every patient.")
    clusters = {one["cluster"]: one["state"] for register in registers for one in register["clusters"]}
    starter = sum(state == "starter" for state in clusters.values())
    absent = sum(state == "absent" for state in clusters.values())
    if starter:
        notes.append(
            f"{count(starter, 'code list')} of registers are starter lists for made-up practices, not the official "
            "reference sets. For a real practice, load the official lists with --clusters."
        )
    if absent:
        notes.append(f"{count(absent, 'code list')} of registers are empty: nobody has loaded them.")
    return notes


def _measures(titles: Mapping[str, str], every: Sequence[Facts]) -> Table:
    """All counts but the registers, which have a table of their own; those that did not pass first."""
    ours = [one for one in every if one["family"] in titles and one["family"] != "registers"]
    return Table(
        "Counts of both sides",
        ("Result", "Count", "Source", "Target", "Only source", "Only target", "Behind it"),
        rows(_line(one, titles[one["family"]]) for one in _worst_first(ours)),
        heading=1,
        shown=_open(ours),
        wide=True,
        on_paper=_open(ours),
        elsewhere=_SHEETS,
    )


def _worst_first(found: Iterable[Facts]) -> list[Facts]:
    return sorted(found, key=lambda one: list(STATES).index(one["state"]))


def _open(found: Iterable[Facts]) -> int:
    """How many lines stand open and are printed: all that failed, some that differ, a few to see what was counted."""
    states = [one["state"] for one in found]
    return max(_FEW, states.count("failed"), min(_SOME, states.count("failed") + states.count("explained")))


def _line(one: Facts, family: str) -> tuple[Cell, ...]:
    about = f"{family}; {one['counted']}, {_GATES[one['gate']]}"
    figures = (one["source"], one["target"], one["leaves"], one["joins"])
    return STATES[one["state"]], Noted(one["title"], about), *figures, _behind(one)


def _behind(one: Facts) -> Cell:
    if one["lacking"]:
        return f"not both formats tell: {', '.join(one['lacking'])}"
    return Listed(tuple(f"{count(part['patients'], 'patient')}: {part['because']}" for part in one["behind"]))


def _registers(found: Sequence[Facts]) -> Table:
    """Registers of conditions: who joins and who leaves, and by what."""
    ours = [one for one in found if one["family"] == "registers"]
    return Table(
        "Registers, patient by patient",
        ("Result", "Register", "Source", "Target", "Leave", "Join", "Because"),
        rows(
            (
                STATES[one["state"]],
                Noted(one["title"], f"{one['rule']}{_lists(one['clusters'])}"),
                one["source"],
                one["target"],
                one["leaves"],
                one["joins"],
                _behind(one),
            )
            for one in _worst_first(ours)
        ),
        heading=1,
        shown=_open(ours),
        wide=True,
        on_paper=_open(ours),
        elsewhere=_SHEETS,
    )


def _lists(clusters: Sequence[Facts]) -> str:
    states = {one["state"] for one in clusters}
    said = [words for state, words in (("starter", "starter"), ("absent", "empty")) if state in states]
    return f" (code lists: {', '.join(said)})" if said else ""


def _ages(found: Sequence[Facts]) -> Table:
    return Table(
        "Registered patients by age and sex",
        ("Age", "Sex", "Source", "Target", "Difference"),
        rows(
            (one["band"], one["sex"], one["source"], one["target"], one["target"] - one["source"])
            for one in found
        ),
        folded=True,
        printed=False,
    )


def _codes(found: Facts) -> Table:
    differ = (
        f"{number(found['codes_not_the_same'])} of {count(found['codes_in_all'], 'code')} differ in number"
    )
    return Table(
        f"Most frequent codes of entries ({differ})",
        ("Code", "Source", "Target", "Difference"),
        rows(
            (_code(one["code"]), one["source"], one["target"], one["target"] - one["source"])
            for one in found["codes"]
        ),
        folded=True,
        printed=False,
    )


def _code(listed: str) -> str:
    """`["snomed|123"]` as a person reads it: snomed 123."""
    return ", ".join(" ".join(one.split("|", 1)) for one in json.loads(listed))


def _values(found: Facts) -> Table:
    differ = f"{number(found['values_not_the_same'])} of {count(found['values_in_all'], 'group')} differ"
    worst = sum(bool(one["unit_changed"]) for one in found["values"])
    return Table(
        f"Values by code and unit ({differ})",
        (
            "Result",
            "Code",
            "Unit",
            "Source",
            "Target",
            "Mean, source",
            "Mean, target",
            "Least and most",
            "Findings",
        ),
        rows(map(_value, sorted(found["values"], key=_unlike_first))),
        heading=1,
        shown=max(_FEW, worst, min(_SOME, sum(not one["same"] for one in found["values"]))),
        wide=True,
        on_paper=max(_FEW, worst),
    )


def _unlike_first(one: Facts) -> int:
    return 0 if one["unit_changed"] else 1 + bool(one["same"])


def _value(one: Facts) -> tuple[Cell, ...]:
    result = Tag("Same", "low") if one["same"] else Tag("Differs", "medium")
    if one["unit_changed"]:
        result = Tag("Unit changed", "critical")
    means = ("" if one[key] is None else number(one[key]) for key in ("source_mean", "target_mean"))
    return (
        result,
        _code(one["code"]),
        one["unit"] or "none",
        one["source"],
        one["target"],
        *means,
        "same" if one["same_range"] else "different",
        one["findings"],
    )


def _local_codes(found: Sequence[Facts]) -> Table:
    return Table(
        "What became of the source's local codes",
        ("Kind of record", "The entry", "Codes", "Records"),
        rows((one["title"], sentence(_FATES[one["fate"]]), one["codes"], one["records"]) for one in found),
    )
