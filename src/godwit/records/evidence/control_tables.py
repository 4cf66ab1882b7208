"""The part of the report about the control: the faults this run planted in a copy of its own input, and found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from godwit.records.control.reading import IN_FILES
from godwit.records.evidence.cells import Table, rows
from godwit.records.evidence.wording import count, number, place

Facts = Mapping[str, Any]

KINDS = {
    "missing": "A record taken away",
    "duplicate": "A record put there twice",
    "alike": "A record put there twice, the second time with another value",
    "moved": "A record put under another patient",
    "swapped": "Records of two patients changed places",
    "changed": "A field changed",
    "lost": "A field emptied",
    "widespread": "The same field changed for every second patient",
    "cut": "The end of a text cut off",
    "garbled": "A letter of a text garbled",
    "capital": "A small letter of a unit made a capital: mg to Mg",
    "times": "A dosage made to say another number of times",
    "figure": "The last figure of a number changed",
    "hour": "A time moved by an hour",
    "flipped": "Day and month of a date changed places",
    "exact": "A vague date made an exact one",
    "degraded": "A code made one that says it could not be carried over",
    "row_lost": "A row taken out of a file",
    "row_elsewhere": "A row of a file given another patient's number",
    "cell": "Another text in a cell of a file",
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
        "beside": found.get("beside", 0),
        "table": Table(
            "Planted faults",
            ("What was done", "Planted", "Found", "Told as just that"),
            rows(
                (KINDS[one["kind"]], one["planted"], one["found"], one["at_field"]) for one in found["kinds"]
            ),
            heading=0,
        ),
        "elsewhere": any(
            one["at_field"] < one["found"] for one in found["kinds"] if one["kind"] in {"moved", "swapped"}
        ),
        "files": any(one["kind"] in IN_FILES for one in found["kinds"]),
        "bare": [place(one["entity"], one["field"]) for one in found.get("bare", ())],
        "missed": [_named(one) for one in found["missed"]],
        "beyond": [f"{_named(one)} ({'; '.join(one['losses'])})" for one in found["beyond"]],
    }


def _answer(found: Facts, lost: int) -> str:
    if not found["planted"]:
        return "Nothing could be planted: the sample holds no record in which both sides agree."
    if lost:
        return f"No: {number(lost)} of {count(found['planted'], 'planted fault')} were not found."
    return f"Yes: all {count(found['planted'], 'planted fault')} were found."


def _named(one: Facts) -> str:
    if "table" in one:
        where = ", ".join(part for part in (one["table"], one["column"]) if part)
        return f"{where}: {KINDS[one['kind']].lower()}"
    return f"{place(one['entity'], one['field'])}: {KINDS[one['kind']].lower()}"
