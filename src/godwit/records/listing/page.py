"""`report.html` of a registration list: one offline page of counts and what to do. Zone A: no patient is on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import ChoiceLoader, PackageLoader, Template

from godwit.records.evidence import pages
from godwit.records.evidence.advice import Figure
from godwit.records.evidence.cells import Table, rows
from godwit.records.evidence.tables import definitions, inputs, timings
from godwit.records.evidence.wording import count, moment, number, sentence, size
from godwit.records.listing.page_charts import outcome_chart, region_chart, size_chart
from godwit.records.listing.page_tables import (
    list_tables,
    region_table,
    size_table,
    system_tables,
    told_day,
    why_table,
)

Facts = Mapping[str, Any]

GLOSSARY = (
    (
        "Registration list",
        "The patients that the registration authority (PCSE, from PDS) has for the practice.",
    ),
    ("Report A", "Registered in the system, not on the list."),
    ("Report B", "On the list, not registered in the system."),
    ("Report C", "On both, and at least one thing is told otherwise."),
    ("Registered", "A regular patient now: neither left, dead, temporary, private nor a test patient."),
    ("Only the form", "The same words in other letters, blanks, punctuation or short forms."),
    ("To be decided", "Rows that may be one patient and may be two. A person decides; Godwit never guesses."),
    (
        "FP69",
        "A note that a patient may have moved away. Left open, it ends in removal; it does not migrate.",
    ),
    ("Seal", "One fingerprint over the whole run. It no longer fits if anything in the run is changed."),
)


def render_list(summary: Facts, manifest: Facts) -> str:
    """The whole page as HTML, from the contents of `summary.json` and `manifest.json`. Pure."""
    return _template().render(
        run=summary["run"],
        version=manifest["godwit_version"],
        when=moment(manifest["ended_at"]),
        summary=summary,
        sections=tuple(_sections(summary)),
        headline=headline(summary),
        tone="look" if to_look_at(summary) else "clear",
        figures=tuple(_figures(summary)),
        delivered=_delivered(summary),
        systems=[
            {**one, "table_of": system_tables(one), "chart": outcome_chart(one), "told": _told(one)}
            for one in summary["systems"]
        ],
        regions={"table": region_table(summary), "chart": region_chart(summary)},
        sizes={"table": size_table(summary), "chart": size_chart(summary)},
        matters=tuple(what_matters(summary)),
        next=tuple(what_next(summary)),
        table_of={**list_tables(summary), **_run(summary, manifest)},
        glossary=GLOSSARY,
    )


def to_look_at(summary: Facts) -> int:
    """How many lines of reports A, B and C and of the review somebody has to look at, over all systems."""
    return sum(
        _sum(one["only_system"]) + _sum(one["only_list"]) + one["different"] + one["review"]["list"]
        for one in summary["systems"]
    )


def headline(summary: Facts) -> str:
    """What the list and the source make of each other, in one sentence."""
    one = summary["systems"][0]
    found = [
        (_sum(one["only_system"]), "only in the system"),
        (_sum(one["only_list"]), "only on the list"),
        (one["different"], "told differently"),
        (max(one["review"]["list"], one["review"]["system"]), "to be decided"),
    ]
    parts = [f"{number(much)} {what}" for much, what in found if much]
    if not parts:
        return f"The list and the {one['where']} system have the same patients and say the same of them."
    whole = f"{', '.join(parts[:-1])}{' and ' * (len(parts) > 1)}{parts[-1]}"
    return f"The list against the {one['where']} system: {whole}."


MOST_MATTERS = 3
"""Regions that are named on the first screen."""


def what_matters(summary: Facts) -> Iterator[tuple[str, str]]:
    """How many patients are not everywhere, largest region first, and what differs most; each with its meaning."""
    everywhere = len(summary["systems"]) + 1
    apart = [one for one in summary["regions"] if one["patients"] and len(one["in"]) < everywhere]
    for one in sorted(apart, key=lambda each: -each["patients"])[:MOST_MATTERS]:
        yield f"{count(one['patients'], 'patient')}: {one['title']}", one["meaning"]
    source = summary["systems"][0]
    if source["different"]:
        fields = sorted(source["fields"], key=lambda each: -each["different"])[:MOST_MATTERS]
        most = ", ".join(
            f"{each['title']} ({number(each['different'])})" for each in fields if each["different"]
        )
        yield f"{count(source['different'], 'patient')}: told differently", f"Most often: {most}."
    if summary["waiting"]:
        yield f"{count(summary['waiting'], 'row')}: to be decided", "They may be one patient and may be two."


def what_next(summary: Facts) -> Iterator[str]:
    """What to do, in order; each only where there is something to do (guide: DR-030 to DR-036, DK-06)."""
    systems = summary["systems"]
    if any(one["review"]["list"] for one in systems):
        yield "Decide the review list in list.xlsx first: nothing is sure before it."
    if any(one["only_system"] or one["only_list"] for one in systems):
        yield "Work through reports A and B with the registration authority; finish every pending registration."
    if any(one["different"] for one in systems):
        yield "Correct what differs, names and dates of birth first. Godwit has changed nothing."
    if summary["list"]["fp69"]:
        yield f"Process {count(summary['list']['fp69'], 'open FP69 flag')}: they do not migrate."
    if not summary["list"]["tells_fp69"]:
        yield "The list does not tell open FP69 flags: look them up in the system and process them."
    yield "List rejected and unacknowledged registration messages; the last must be acknowledged before links pause."
    yield "Run this again before the final extract and after go-live, with a new list."


def _template() -> Template:
    loader = ChoiceLoader(
        [PackageLoader(__package__ or "", "templates"), PackageLoader(pages.__package__ or "", "templates")]
    )
    return (
        pages.template("parts.html.jinja").environment.overlay(loader=loader).get_template("list.html.jinja")
    )


def _sum(found: list[Facts]) -> int:
    return sum(one["patients"] for one in found)


def _sections(summary: Facts) -> Iterator[tuple[str, str]]:
    yield "where", "Who is where"
    yield from (
        (f"system-{one['where']}", f"The list and the {one['where']} system") for one in summary["systems"]
    )
    yield from (
        ("why", "Why differences matter"),
        ("sizes", "Age and sex"),
        ("lines", "The list itself"),
        ("files", "Files and rules used"),
    )
    yield from (("seal", "How to check the seal"), ("words", "Words on this page"))


def _figures(summary: Facts) -> Iterator[Figure]:
    listed = summary["list"]
    yield Figure("On the list", number(listed["patients"]), f"of {count(listed['lines'], 'line')}")
    for one in summary["systems"]:
        yield Figure(
            f"In the {one['where']}", number(one["registered"]), f"registered, of {number(one['patients'])}"
        )
    one = summary["systems"][0]
    yield Figure("Report A", number(_sum(one["only_system"])), "in the source system only")
    yield Figure("Report B", number(_sum(one["only_list"])), "on the list only")
    yield Figure(
        "Report C", number(one["different"]), f"differ; {number(one['form_only'])} more in form alone"
    )
    yield Figure("To be decided", number(one["review"]["list"]), "rows of the list")


def _delivered(summary: Facts) -> list[str]:
    listed = summary["list"]
    day = f", of {told_day(summary['list_day'])}" if summary["list_day"] else "; its day was not told"
    told = [f"The list: {count(listed['lines'], 'line')}, {size(listed['bytes'])}{day}."]
    for one in summary["systems"]:
        taken = f"taken {moment(one['taken_at'])}" if one["taken_at"] else "its day is not told"
        told.append(
            f"{one['title'].capitalize()}: {one['format']}, {taken}; {count(one['files'], 'file')} read, "
            f"{count(one['left_unread'], 'file')} left unread because they tell nothing of registrations."
        )
    return told


def _told(one: Facts) -> str:
    waiting = one["review"]
    return (
        f"{number(one['both'])} patients are on the list and in the {one['where']} system: {number(one['same'])} are "
        f"told the same, {number(one['form_only'])} differ in form alone or say less, "
        f"{number(one['different'])} differ. Waiting for a person: {count(waiting['list'], 'row')} of the list and "
        f"{count(waiting['system'], 'patient')} of the system."
    )


def _run(summary: Facts, manifest: Facts) -> dict[str, Table]:
    rules = [one for one in manifest["definitions"] if not str(one["name"]).endswith(".sql")]
    return {
        "inputs": inputs(manifest),
        "definitions": definitions({"definitions": rules}),
        "why": why_table(summary),
        "timings": timings(summary),
        "columns": Table(
            "Where the list keeps what",
            ("What", "Column"),
            rows(
                (sentence(one["title"]).rstrip("."), ", ".join(one["at"]))
                for one in summary["list"]["columns"]
            ),
            folded=not summary["list"]["guessed"],
        ),
    }
