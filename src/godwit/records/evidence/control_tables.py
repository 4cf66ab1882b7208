"""The part of the report about the control: the faults this run planted in a copy of its own input, and found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from godwit.records.evidence.cells import Table, rows
from godwit.records.evidence.wording import count, number, place

Facts = Mapping[str, Any]

KINDS = {
    "missing": "A record taken away",
    "duplicate": "A record put there twice",
    "moved": "A record put under another patient",
    "changed": "A field changed",
    "lost": "A field emptied",
}
"""What was planted, in words."""


def missed(summary: Facts) -> int:
    """How many planted faults the run did not find; any at all, and nothing it says can be relied on."""
    found = summary.get("control")
    return found["planted"] - found["found"] if found else 0


def controlled(summary: Facts) -> str:
    """What the control showed in one sentence; empty where the run had none or planted nothing."""
    found = summary.get("control")
    if not found or not found["planted"]:
        return ""
    what = count(found["planted"], "fault")
    of_them = "all of them" if not missed(summary) else f"{number(found['found'])} of them"
    return f"This run planted {what} in a copy of its own records and found {of_them}."


def control_section(summary: Facts) -> Facts | None:
    """What the template reads; None where the run had no control."""
    found = summary.get("control")
    if not found:
        return None
    return {
        "answer": _answer(found, missed(summary)),
        "failed": bool(missed(summary)),
        "where": f"{count(found['records'], 'record')} of {count(found['patients'], 'patient')}",
        "others": found["others"],
        "table": Table(
            "Planted faults",
            ("What was done", "Planted", "Found", "At the very field"),
            rows(
                (KINDS[one["kind"]], one["planted"], one["found"], one["at_field"]) for one in found["kinds"]
            ),
            heading=0,
        ),
        "missed": [_named(one) for one in found["missed"]],
        "beyond": [f"{_named(one)} ({', '.join(one['losses'])})" for one in found["beyond"]],
    }


def _answer(found: Facts, lost: int) -> str:
    if not found["planted"]:
        return "Nothing could be planted: the sample holds no record in which both sides agree."
    if lost:
        return f"No: {number(lost)} of {count(found['planted'], 'planted fault')} were not found."
    return f"Yes: all {count(found['planted'], 'planted fault')} were found."


def _named(one: Facts) -> str:
    return f"{place(one['entity'], one['field'])}: {KINDS[one['kind']].lower()}"
