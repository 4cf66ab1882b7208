"""Checks on the whole: reconciliations, registers, the registration list, the sample, the positive control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from godwit.papers.pack.told import Facts, Told, figures, limited, part
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Bullets, Heading, Note, Text
from godwit.records.evidence.wording import count, number

MOST_ROWS: Final = 40

ANNEX: Final = "annex E"
"""Where the counts stand that differ and have not failed."""

_COUNTS: Final = ("source", "target", "leaves", "joins")
_TITLES: Final = ("Source", "Target", "Only source", "Only target", "No cause known")


def reconciliations(told: Told) -> Iterator[Block]:
    """Counts that must be alike on both sides: what did not simply pass by name, the others counted."""
    found = part(told.summary, "reconciliations")
    if found is None:
        return
    yield Heading("Reconciliations")
    measures = found["measures"]
    states = Counter(one["state"] for one in measures)
    passed = states["passed"] + states["allowed"]
    silent = states["information"] + states["nothing"] + states["not_told"]
    yield Text(
        f"Of {count(len(measures), 'measure')}, **{passed} passed, {states['explained']} differ with a cause "
        f"behind every difference, {states['failed']} did not pass**; {silent} have no gate, nobody to "
        "count, or cannot be told. “No cause known” must be 0."
    )
    if silent_named := [one["title"] for one in measures if one["state"] == "not_told"]:
        yield Text(f"Cannot be told from these files: {'; '.join(silent_named)}.")
    if failed := [one for one in measures if one["state"] == "failed"]:
        yield from _listed("Did not pass", failed)
    if states["explained"]:
        yield Text(f"Those that differ with a cause behind every difference stand in {ANNEX}.")


def registers(told: Told) -> Iterator[Block]:
    """Who joins and who leaves each disease register."""
    found = part(told.summary, "registers")
    if found is None:
        return
    yield Heading("Registers", 2)
    changed = [one for one in found if one["leaves"] or one["joins"]]
    lists = Counter(row["state"] for one in found for row in one.get("clusters", ()))
    poor = [count(lists[name], words) for name, words in _LISTS.items() if lists[name]]
    told_poor = f" Behind them are {' and '.join(poor)}, not official ones." if poor else ""
    yield Text(
        f"{count(len(found), 'register')}, {len(changed)} of them with patients who join or leave.{told_poor}"
    )
    if failed := [one for one in changed if one["state"] == "failed"]:
        yield from _listed("Did not pass", failed)
    if others := len(changed) - len(failed):
        yield Text(f"{number(others)} of them, with a cause behind every difference, stand in {ANNEX}.")


def differing(told: Told) -> Iterator[Block]:
    """The counts that differ with a cause behind every difference, register by register."""
    measures = (part(told.summary, "reconciliations") or {}).get("measures", ())
    explained = [one for one in measures if one["state"] == "explained"]
    changed = [one for one in part(told.summary, "registers") or () if one["leaves"] or one["joins"]]
    changed = [one for one in changed if one["state"] != "failed"]
    if not explained and not changed:
        return
    yield Heading("Annex E: counts that differ with a cause")
    yield Text(
        "Behind every difference stands a finding, a named loss or a rule. The private part names the patients."
    )
    for title, found in (("Measure", explained), ("Register", changed)):
        if found:
            yield from _listed(title, found)


def _listed(title: str, found: list[Facts]) -> Iterator[Block]:
    yield from limited(fitted((title, *_TITLES), map(_measure, found)), MOST_ROWS, "report.html")


_LISTS: Final[Mapping[str, str]] = {"starter": "starter code list", "absent": "empty code list"}
"""Code lists whose figures say less than they seem to."""


def _measure(one: Facts) -> tuple[str, ...]:
    unexplained = sum(row["leaves"] + row["joins"] for row in one["behind"] if row["kind"] == "unexplained")
    return one["title"], *(number(one[name]) for name in _COUNTS), number(unexplained)


def registration_list(told: Told) -> Iterator[Block]:
    """The list of the registration authority against the systems, where a list run is in the pack."""
    if not told.listing or not told.index.listing:
        return
    yield Heading("Registration list", 2)
    yield Text(f"Run {told.index.listing.run}; its summary and report are in this pack under list/.")
    yield Bullets(tuple(map(_against, told.listing.summary.get("systems", ()))))


def _against(system: Facts) -> str:
    only_system, only_list = (
        sum(one["patients"] for one in system.get(name, ())) for name in ("only_system", "only_list")
    )
    return (
        f"{system.get('title', 'System')}: report A, {count(only_system, 'patient')} in the system, not on the list; "
        f"B, {number(only_list)} on the list, not in the system; C, {number(system.get('different', 0))} on both with "
        "other details."
    )


def sample(told: Told) -> Iterator[Block]:
    """The patients that people look at, and what such a sample can and cannot see."""
    found = part(told.summary, "sample")
    if found is None:
        return
    yield Heading("Sample for the check by eye")
    power, patients = found["power"], found["patients"]
    yield Text(
        f"{count(len(patients), 'patient')} drawn for people to compare on two screens, {number(power['sample'])} of "
        f"them at random (seed {found['seed']}). That somebody has looked is shown by a signature, not by this page."
    )
    chances = tuple(map(_chance, power["chances"]))
    if chances:
        yield fitted(("A fault that touches", "of all patients", "is seen with probability"), chances)


def _chance(one: Any) -> tuple[str, ...]:
    return f"{one['rate']:.1%}", count(one["touched"], "patient"), f"{one['seen']:.1%}"


def control(told: Told) -> Iterator[Block]:
    """Whether the comparison found what was planted for it to find."""
    found = part(told.summary, "control")
    if found is None:
        return
    yield Heading("Positive control")
    planted, seen = found["planted"], found["found"]
    yield Text(
        f"{count(planted, 'known fault')} {'was' if planted == 1 else 'were'} planted in a copy of the records of "
        f"{count(found['patients'], 'patient')} of this very run; the comparison found **{number(seen)}**, and put "
        f"{number(found.get('at_field', seen))} of them to the right field."
    )
    if seen != planted or found.get("missed"):
        yield Note("warning", "Planted faults were not found. This run cannot show that nothing differs.")
    if hidden := found.get("beyond"):
        yield Text(
            f"{count(len(hidden), 'more fault')} could not be planted so that both formats show it: see report.html."
        )
    rows = [(str(one["kind"]).capitalize(), [one[name] for name in _KINDS]) for one in found.get("kinds", ())]
    if rows:
        yield from figures("Kind of fault", ("Planted", "Found", "At the right field"), rows)


_KINDS: Final = ("planted", "found", "at_field")
