"""`report.html` of a delta: one offline page about what changed between two extracts. Zone A, like its summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from godwit.records.evidence.advice import Figure
from godwit.records.evidence.cells import Listed, Noted, Table, rows
from godwit.records.evidence.pages import template
from godwit.records.evidence.tables import definitions, inputs, timings
from godwit.records.evidence.wording import count, moment, number, percent, size

Facts = Mapping[str, Any]

GLOSSARY = (
    ("Before, after", "The earlier and the later extract, each brought to its current state first."),
    ("Same", "In both extracts, and every column that was compared is the same."),
    ("Changed", "In both extracts under one key, and at least one column says something else."),
    ("Added", "Only in the later extract."),
    ("Deleted", "Only in the earlier extract."),
    ("Current state", "What a bulk extract says once the deltas after it have been applied."),
    ("Set aside", "A row of an extract that is not part of its current state, with the reason."),
    ("Seal", "One fingerprint over the whole run. It no longer fits if anything in the run is changed."),
)


def render_delta(summary: Facts, manifest: Facts) -> str:
    """The whole page as HTML, from the contents of `summary.json` and `manifest.json`. Pure."""
    totals = summary["totals"]
    return template("delta.html.jinja").render(
        run=summary["run"],
        version=manifest["godwit_version"],
        when=moment(manifest["ended_at"]),
        format=summary["format"],
        sides=[_side(summary, name) for name in ("before", "after")],
        headline=headline(totals),
        touched=summary["patients"],
        figures=_figures(summary),
        table_of={
            "tables": _tables(summary),
            "columns": _columns(summary),
            "set_aside": _reasons("Rows that are not of the current state, by reason", summary["set_aside"]),
            "rejected": _reasons("Records that could not be read, by reason", summary["rejected"]),
            "odd": _odd_keys(summary),
            "only": _only(summary),
            "inputs": inputs(manifest),
            "definitions": definitions(manifest),
            "timings": timings(summary),
        },
        glossary=GLOSSARY,
    )


def headline(totals: Facts) -> str:
    """What changed, in one sentence."""
    parts = [f"{number(totals[name])} {name}" for name in ("added", "changed", "deleted") if totals[name]]
    if not parts:
        return "Nothing changed between the two extracts."
    return f"{', '.join(parts[:-1])}{' and ' * (len(parts) > 1)}{parts[-1]} since the earlier extract."


def _side(summary: Facts, name: str) -> Facts:
    one = summary[name]
    deltas = len(one["extracts"]) - 1
    return {
        "name": name.capitalize(),
        "delivery": f"{count(one['files'], 'file')}, {size(one['bytes'])}, {count(one['records'], 'record')}"
        + (f"; a bulk extract and {count(deltas, 'later extract')}" if deltas > 0 else ""),
        "taken": moment(one["taken_at"]) if one["taken_at"] else "not said",
        "warnings": one["warnings"],
    }


def _figures(summary: Facts) -> tuple[Figure, ...]:
    totals = summary["totals"]
    kept = f"{percent(totals['same'], totals['before'])} of the records before"
    return (
        Figure("Records before", number(totals["before"]), "current in the earlier extract"),
        Figure("Records after", number(totals["after"]), "current in the later extract"),
        Figure("Same", number(totals["same"]), kept),
        Figure("Changed", number(totals["changed"]), "under the same key"),
        Figure("Added", number(totals["added"]), "only in the later extract"),
        Figure("Deleted", number(totals["deleted"]), "only in the earlier extract"),
        Figure("Patients touched", number(summary["patients"]), "with at least one of these records"),
    )


def _tables(summary: Facts) -> Table:
    return Table(
        "What changed, table by table",
        ("Table", "Before", "= Same", "+ Changed", "+ Deleted", "After", "= Same", "+ Changed", "+ Added"),
        rows(
            (
                Noted(one["title"], name),
                *(one[part] for part in ("before", "same", "changed", "deleted")),
                *(one[part] for part in ("after", "same", "changed", "added")),
            )
            for name, one in summary["tables"].items()
        ),
        wide=True,
    )


_OWN = {"odd": "cells that could not be read", "more": "additional columns"}


def _columns(summary: Facts) -> Table:
    return Table(
        "Columns that changed, in changed records",
        ("Table", "Column", "Records"),
        rows(
            (one["title"], _OWN.get(column, column), records)
            for one in summary["tables"].values()
            for column, records in one["columns"].items()
        ),
    )


def _reasons(caption: str, found: list[Facts]) -> Table:
    return Table(
        caption,
        ("Reason", "Table", "Extract", "Records"),
        rows((one["title"], one["table"], one["side"].capitalize(), one["records"]) for one in found),
    )


def _odd_keys(summary: Facts) -> Table:
    return Table(
        "Records told apart by their number, because their key is empty or not their own",
        ("Table", "Empty before", "Empty after", "Repeated before", "Repeated after"),
        rows(
            (one["title"], *one["empty_keys"].values(), *one["repeated_keys"].values())
            for one in summary["tables"].values()
            if any((*one["empty_keys"].values(), *one["repeated_keys"].values()))
        ),
    )


def _only(summary: Facts) -> Table:
    return Table(
        "Columns that only one extract has",
        ("Table", "Only before", "Only after"),
        rows(_only_rows(summary)),
    )


def _only_rows(summary: Facts) -> Iterator[tuple[str, Listed, Listed]]:
    for one in summary["tables"].values():
        before, after = (tuple(columns) for columns in one["columns_only"].values())
        if before or after:
            yield one["title"], Listed(before), Listed(after)
