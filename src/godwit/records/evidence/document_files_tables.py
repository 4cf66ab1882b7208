"""The part of the report about the files of documents: whose they are, byte by byte, and whether they open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from godwit.records.evidence.cells import Cell, Listed, Noted, Table, Tag, rows
from godwit.records.evidence.document_files_sheets import BEHIND
from godwit.records.evidence.reconcile_tables import STATES
from godwit.records.evidence.wording import SEVERITIES, count, number, size

Facts = Mapping[str, Any]

_SIDES = ("source", "target")
_BEHIND = {"unexplained": "files", "inherited": "inherited", "by_finding": "finding", "agreed": "agreed"}


def open_files(summary: Facts) -> tuple[int, int]:
    """How much about the files nothing else explains: of critical or high risk, and in all."""
    checks = summary.get("documents", {}).get("checks", ())
    grave = sum(one["unexplained"] for one in checks if one["severity"] in ("critical", "high"))
    return grave, sum(one["unexplained"] for one in checks)


def document_files_section(summary: Facts) -> Facts | None:
    """What the template reads; None where no folders of documents were given."""
    found = summary.get("documents")
    if not found:
        return None
    there = [one for one in found["checks"] if one["source"] or one["target"]]
    return {
        "answer": _answer(found),
        "unexplained": found["unexplained"],
        "notes": list(_notes(found)),
        "checks": _checks(there),
        "quiet": [one["title"].lower() for one in found["checks"] if one not in there],
        "kinds": _kinds(found["kinds"]),
    }


def _answer(found: Facts) -> str:
    if not found["compared"]:
        return "No document of the source could be laid beside the target."
    same = f"{number(found['same'])} of {count(found['compared'], 'document')} of the source"
    return f"{same} are in the target under the same patient, byte by byte the same."


def _notes(found: Facts) -> Iterator[str]:
    for name in _SIDES:
        one = found["sides"][name]
        opened = "all opened" if one["opened"] == one["files"] else f"{number(one['opened'])} of them opened"
        lines = count(one["index_rows"], "line")
        files = f"{count(one['files'], 'file')}, {size(one['bytes'])}, {opened}"
        yield f"{name.capitalize()}: {files}; {lines} in the index."
        lacks = [title for title in one["index_lacks"] if title in ("size in bytes", "SHA-256")]
        if lacks:
            what = " and the ".join(lacks)
            yield f"The index of the {name} does not state the {what}, so no file could be held against it."


def _checks(found: list[Facts]) -> Table:
    """What was found, the worst first."""
    states, risks = list(STATES), list(SEVERITIES)
    ranked = sorted(found, key=lambda one: (states.index(one["state"]), risks.index(one["severity"])))
    return Table(
        "What was found about the files",
        ("Result", "Risk", "What", "Source", "Target", "Patients", "Behind it", "What to do"),
        rows(map(_check, ranked)),
        heading=2,
        wide=True,
    )


def _check(one: Facts) -> tuple[Cell, ...]:
    behind = tuple(f"{number(one[key])}: {BEHIND[kind]}" for key, kind in _BEHIND.items() if one[key])
    risk = Tag(one["severity"].capitalize(), one["severity"])
    what = Noted(one["title"], one["why"])
    return (
        STATES[one["state"]],
        risk,
        what,
        one["source"],
        one["target"],
        one["patients"],
        Listed(behind),
        one["action"],
    )


def _kinds(found: list[Facts]) -> Table:
    return Table(
        "Files by kind, as their content tells it",
        ("Kind", "Source", "Target", "Bytes, source", "Bytes, target", "Pages, source", "Pages, target"),
        rows(
            (
                one["kind"],
                one["source_files"],
                one["target_files"],
                *(size(one[f"{side}_bytes"]) for side in _SIDES),
                one["source_pages"],
                one["target_pages"],
            )
            for one in found
        ),
        shown=12,
    )
