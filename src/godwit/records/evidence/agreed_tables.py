"""The part of the report about agreed differences: what holds, what a run goes beyond, and who decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from godwit.definitions.comparison.harm import read_harm
from godwit.records.evidence.cells import Cell, Noted, Table, Tag, rows
from godwit.records.evidence.wording import count, moment, number, place, reason

Facts = Mapping[str, Any]

_USES = {
    "outside": Tag("More than approved", "high"),
    "expired": Tag("Ended", "medium"),
    "holds": Tag("Holds", "low"),
    "proposed": Tag("Only proposed", "low"),
    "not_met": Tag("Nothing left of it", "low"),
    "withdrawn": Tag("Withdrawn", "low"),
    "other_systems": Tag("For other systems", "low"),
}
"""What became of an agreement, what needs somebody first."""

_OUTCOMES = {"missing": "missing in the target", "unexpected": "only in the target"}


def agreed_section(summary: Facts) -> Facts | None:
    """What the template reads, from `summary.json`; None where nothing was ever proposed."""
    found: Sequence[Facts] = summary.get("agreed") or ()
    if not found:
        return None
    holding = [one for one in found if one["use"] == "holds"]
    beyond = [
        one for one in found if one["use"] == "outside" or (one["use"] == "expired" and one["findings"])
    ]
    return {
        "holding": len(holding),
        "findings": sum(one["findings"] for one in holding),
        "beyond": [_beyond(one) for one in beyond],
        "table": _table(found),
    }


def _table(found: Sequence[Facts]) -> Table:
    order = list(_USES)
    ordered = sorted(
        found, key=lambda one: (order.index(one["use"]), -one["harm"], int(one["agreement"][1:]))
    )
    return Table(
        "Agreed differences",
        ("Agreement", "What", "Where it stands", "In this run", "Approved", "Harm", "Decided by", "Last day"),
        rows(_row(one) for one in ordered),
        wide=True,
    )


def _row(one: Facts) -> tuple[Cell, ...]:
    return (
        one["agreement"],
        what_agreed(one),
        _USES[one["use"]],
        Noted(count(one["findings"], "finding"), count(one["patients"], "patient")),
        Noted(count(one["approved_findings"], "finding"), _allowed(one)),
        Noted(f"{one['harm']} of 5", ", ".join(one["hazards"])),
        _deciders(one),
        day(one["expires"]),
    )


def what_agreed(one: Facts) -> Noted:
    """What an agreement is about, and what became of it there."""
    what = place(one["entity"], one["field"])
    said = _OUTCOMES.get(one["outcome"]) or reason(one["reason"])
    with_it = f", and {count(one['further'], 'change')} with it" if one["further"] else ""
    return Noted(f"{what}{with_it}", said)


def _allowed(one: Facts) -> str:
    patients = count(one["approved_patients"], "patient")
    return f"{patients}, and {one['tolerance']}% more" if one["tolerance"] else patients


def _deciders(one: Facts) -> Noted:
    roles = read_harm().roles
    proposed, approved, withdrawn = (one[name] for name in ("proposed", "approved", "withdrawn"))
    first = f"{roles[proposed['role']]} proposed on {day(proposed['on'])}"
    then = (
        f"{roles[approved['role']]} approved on {day(approved['on'])}"
        if approved
        else "nobody has approved it"
    )
    if withdrawn:
        then += f"; {roles[withdrawn['role']]} withdrew it on {day(withdrawn['on'])}"
    return Noted(first, then)


def _beyond(one: Facts) -> str:
    there = f"{count(one['findings'], 'finding')} on {count(one['patients'], 'patient')}"
    if one["use"] == "expired":
        return f"{one['agreement']} ended on {day(one['expires'])}, and {there} are still there."
    approved = f"{number(one['approved_findings'])} on {number(one['approved_patients'])}"
    return f"{one['agreement']}: {there}, and {approved} were approved. So it holds for none of them."


def day(iso: str) -> str:
    """An ISO day as people write it."""
    return moment(iso).partition(",")[0]
