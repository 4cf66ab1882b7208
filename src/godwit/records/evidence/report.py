"""`report.html`: one offline page about a comparison, for a practice manager and a lead GP.

Zone A. It shows only what stands in `summary.json` and `manifest.json`, neither of which holds patient data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from godwit.records.evidence import advice, books, cause_sections, charts, tables
from godwit.records.evidence.anchors import cause_href, finding_href
from godwit.records.evidence.cells import Table
from godwit.records.evidence.control_tables import controlled
from godwit.records.evidence.pages import template
from godwit.records.evidence.report_parts import filled
from godwit.records.evidence.wording import GLOSSARY, count, kind_of_record, moment, sentence, size, system


def render_report(summary: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """The whole page as HTML, from the contents of `summary.json` and `manifest.json`.

    Pure: the same mappings give the same text. The manifest may lack `seal`, `outputs` and `ended_at`, because
    the report is finished before the run is sealed. Raises `KeyError` where a part of the summary is missing.
    """
    return template("report.html.jinja").render(
        run=summary["run"],
        version=manifest["godwit_version"],
        when=_when(manifest),
        sides=[_side(summary, name) for name in books.SIDES],
        faults=books.faults(summary),
        empty=advice.empty_sides(summary),
        verdict=advice.verdict(summary),
        touched=advice.touched(summary),
        controlled=controlled(summary),
        figures=advice.figures(summary),
        steps=advice.next_steps(summary),
        urgent=_urgent(summary),
        most_lines=cause_sections.MOST_LINES,
        filled=filled(summary),
        charts=(charts.outcome_chart(summary), charts.severity_chart(summary)),
        equations=tables.equations(summary),
        not_compared=tables.not_compared(summary),
        nothing_delivered=[kind_of_record(name) for name in books.nothing_delivered(summary)],
        registers=len(summary["registers"]),
        table_of=_tables(summary, manifest),
        glossary=GLOSSARY,
    )


def _tables(summary: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, Table]:
    of_summary = {
        "causes": cause_sections.causes,
        "set_aside": tables.set_aside,
        "rejected": tables.rejected,
        "issues": tables.issues,
        "equivalences": tables.equivalences,
        "losses": tables.losses,
        "pairing": tables.pairing,
        "files": tables.files,
        "timings": tables.timings,
    }
    of_manifest = {"inputs": tables.inputs, "definitions": tables.definitions}
    return {name: make(summary) for name, make in of_summary.items()} | {
        name: make(manifest) for name, make in of_manifest.items()
    }


MOST_URGENT = 4
"""How many causes are named on the first screen."""


MOST_LESSER = 2
"""How many are named where none is of critical or high risk."""


def _urgent(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The causes of the first screen: those of critical or high risk, else the first of the others."""
    found = books.urgent_causes(summary)
    named = [_named(one) for one in found[:MOST_URGENT] or books.ranked_causes(summary)[:MOST_LESSER]]
    for place, one in enumerate(named):  # what is to be done is said once
        if any(before["action"] == one["action"] for before in named[:place]):
            one["again"] = True
    return {"none": not found, "causes": named, "more": max(0, len(found) - MOST_URGENT)}


def _named(cause: Mapping[str, Any]) -> dict[str, Any]:
    """A cause on the first screen: where its records are, one example in words of form, and what to do."""
    example = cause.get("example")
    return {
        "tag": tables.severity_tag(cause["severity"]),
        "title": cause["title"],
        "patients": cause["patients"],
        "findings": cause["findings"],
        "href": cause_href(cause["cause"]),
        "example": advice.example(cause),
        "example_href": None if example is None else finding_href(example),
        "action": sentence(cause["action"]),
        "again": False,
    }


def _side(summary: Mapping[str, Any], name: str) -> dict[str, Any]:
    one = summary[name]
    return {
        "name": name.capitalize(),
        "system": system(one),
        "delivery": f"{count(one['files'], 'file')}, {size(one['bytes'])}, {count(one['patients'], 'patient')}",
        "warnings": one["warnings"],
    }


def _when(manifest: Mapping[str, Any]) -> str:
    return moment(manifest.get("ended_at") or manifest["started_at"])
