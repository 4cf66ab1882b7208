"""`report.html` of a profile: one offline page that says what to put right first, and by whom. Zone A."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import ChoiceLoader, PackageLoader, Template

from godwit.records.evidence import pages
from godwit.records.evidence.advice import Figure
from godwit.records.evidence.cells import Listed, Noted, Table, Tag, rows
from godwit.records.evidence.charts import Bar, Chart, parts
from godwit.records.evidence.tables import definitions, inputs, severity_tag, timings
from godwit.records.evidence.wording import MONTHS, SEVERITIES, count, moment, number, percent, size

Facts = Mapping[str, Any]

GLOSSARY = (
    (
        "Harm",
        "What can happen to patients if it is left: critical, high, medium or low. Fixed for each check.",
    ),
    (
        "Rank",
        "The weight of the harm times the number of patients. Critical weighs 30, high 10, medium 3, low 1.",
    ),
    ("Registered now", "Patients who neither left nor died before the extract was taken."),
    ("Local code", "A code that the practice or its supplier made and no other system knows."),
    ("dm+d", "The NHS dictionary of medicines and devices; systems exchange prescriptions in its codes."),
    (
        "First extract",
        "The first full set of files from the old system; the new one is filled with it for checking.",
    ),
    ("Seal", "One fingerprint over the whole run. It no longer fits if anything in the run is changed."),
)
_MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Band:
    """A line of the age chart: its name, widths in per cent of half the chart, and the figures in words."""

    name: str
    female: float
    male: float
    note: str


def render_profile(summary: Facts, manifest: Facts) -> str:
    """The whole page as HTML, from the contents of `summary.json` and `manifest.json`. Pure."""
    wrong = [one for one in summary["checks"] if not one["expected"]]
    return _template().render(
        summary=summary,
        run=summary["run"],
        version=manifest["godwit_version"],
        when=moment(manifest["ended_at"]),
        taken=moment(summary["taken_at"]) if summary["taken_at"] else "not said",
        headline=headline(wrong),
        tone="act" if any(one["harm"] in SEVERITIES[:2] for one in wrong) else "look" if wrong else "clear",
        first=wrong[:3],
        figures=_figures(summary, wrong),
        chart=_chart(wrong),
        wrong=[{**one, "told": told(one)} for one in wrong],
        expected=[one for one in summary["checks"] if one["expected"]],
        bands=_bands(summary["ages"]),
        table_of={**_ranked(summary, wrong), **_here(summary), **_run(summary, manifest)},
        steps=sum(map(_is_step, manifest["definitions"])),
        glossary=GLOSSARY,
    )


def headline(wrong: Sequence[Facts]) -> str:
    """How much there is to put right, in one sentence."""
    if not wrong:
        return "Nothing to put right was found in what this extract tells."
    grave = sum(one["harm"] in SEVERITIES[:2] for one in wrong)
    told = f"{count(len(wrong), 'thing')} to put right before the first extract"
    return (
        f"{told}, {number(grave)} of them of critical or high harm."
        if grave
        else f"{told}, none of grave harm."
    )


def told(one: Facts) -> str:
    """How much a check found, as a sentence."""
    found = count(one["records"], "record")
    if not one["patients"]:
        return f"{found}."
    now = one["registered"]
    still = "all" if now == one["patients"] else "none" if not now else f"{number(now)} of them"
    return f"{found} of {count(one['patients'], 'patient')}, {still} registered now."


def _template() -> Template:
    loader = ChoiceLoader(
        [PackageLoader(__package__ or "", "templates"), PackageLoader(pages.__package__ or "", "templates")]
    )
    return (
        pages.template("parts.html.jinja")
        .environment.overlay(loader=loader)
        .get_template("profile.html.jinja")
    )


def _figures(summary: Facts, wrong: Sequence[Facts]) -> tuple[Figure, ...]:
    patients = summary["patients"]
    made = len(summary["checks"]) + len(summary["clean"])
    local = summary["codes"]
    delivered = f"in {count(summary['files'], 'file')}, {size(summary['bytes'])}"
    return (
        Figure(
            "Registered patients", number(patients["active"]), f"of {number(patients['all'])} in the extract"
        ),
        Figure("Records", number(summary["records"]), delivered),
        Figure("To put right", number(len(wrong)), f"by {number(made)} checks"),
        Figure("Local codes", number(local["codes"]), f"in {count(local['records'], 'entry', 'entries')}"),
    )


def _chart(wrong: Sequence[Facts]) -> Chart:
    """How many patients each of the first findings is about."""
    shown = [one for one in wrong if one["patients"]][:_MOST_BARS]
    most = max((one["patients"] for one in shown), default=0)
    bars = tuple(
        Bar(
            one["title"],
            note := count(one["patients"], "patient"),
            note,
            parts({one["harm"]: one["patients"]}, most),
        )
        for one in shown
    )
    key = tuple(name for name in SEVERITIES if any(one["harm"] == name for one in shown))
    table = Table(
        "Patients by finding", ("Finding", "Patients"), rows((one["title"], one["patients"]) for one in shown)
    )
    about = "The first findings of the list by the number of patients. The pattern is the harm if it is left."
    return Chart("How many patients each is about", about, key, bars, table)


def _ranked(summary: Facts, wrong: Sequence[Facts]) -> dict[str, Table]:
    columns = ("No.", "What to put right", "Harm", "Patients", "Registered now", "Records", "Who", "Tasks")
    expected = [one for one in summary["checks"] if one["expected"]]
    return {
        "list": Table(
            "What to put right, by harm and number of patients",
            columns,
            rows(map(_line, wrong)),
            heading=1,
            wide=True,
        ),
        "expected": Table(
            "No fault, but to be planned for", columns, rows(map(_line, expected)), heading=1, wide=True
        ),
        "roles": Table(
            "Who has how much to do",
            ("Who", *(one.capitalize() for one in SEVERITIES), "In all"),
            rows(_roles(wrong)),
        ),
        "not_told": Table(
            "What to look up in the old system",
            ("What", "How", "Tasks"),
            rows((one["title"], one["instead"], _tasks(one)) for one in summary["not_told"]),
        ),
        "links": Table(
            "How the files hang together",
            ("What was noticed", "Table", "Where", "Times"),
            rows((_noticed(one), one["table"], one["about"], one["count"]) for one in summary["links"]),
            shown=20,
        ),
    }


def _line(one: Facts) -> tuple[int | str | Tag | Noted | Listed, ...]:
    shown = Noted(one["title"], one["group"])
    return (
        one["rank"], shown, severity_tag(one["harm"]), one["patients"], one["registered"], one["records"],
        one["role_name"], _tasks(one),
    )  # fmt: skip


def _tasks(one: Facts) -> Listed:
    return Listed(tuple(task["task"] for task in one["tasks"]))


def _noticed(one: Facts) -> str | Noted:
    return Noted(one["title"], one["expected"]) if one["expected"] else str(one["title"])


def _roles(wrong: Iterable[Facts]) -> list[tuple[str | int, ...]]:
    counts: dict[str, Counter[str]] = {}
    for one in wrong:
        counts.setdefault(one["role_name"], Counter())[one["harm"]] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return [(name, *(harms[one] for one in SEVERITIES), harms.total()) for name, harms in ordered]


def _here(summary: Facts) -> dict[str, Table]:
    everybody = summary["patients"]["all"]
    return {
        "kinds": Table(
            "Records by kind, with the first and the last month",
            ("Kind of record", "Records", "Patients", "First", "Last"),
            rows((one["title"], one["records"], one["patients"], _month(one["first"]), _month(one["last"]))
                 for one in summary["kinds"]),
        ),
        "registrations": Table(
            "Patients by kind of registration",
            ("Kind", "Status", "Patients", "Share"),
            rows((_words(one["kind"]), _STATUS[one["status"]], one["patients"], percent(one["patients"], everybody))
                 for one in summary["registrations"]),
        ),
        "ages": Table(
            "Registered patients by age and sex",
            ("Age", "Female", "Male", "Other or not said", "In all"),
            rows((one["band"], one["female"], one["male"], one["other"], one["female"] + one["male"] + one["other"])
                 for one in summary["ages"]),
        ),
        "codes": Table(
            "National codes most used",
            ("Code", "Words", "Entries", "Patients"),
            rows((one["code"].replace("|", " "), one["term"], one["records"], one["patients"])
                 for one in summary["codes"]["top"]),
            heading=1,
        ),
        "tables": Table(
            "Tables of the supplier",
            ("Table", "Files", "Rows", "Unreadable", "Set aside", "Taken up"),
            rows((Noted(one["title"], one["table"]), one["files"], one["rows"], one["rejected"], one["set_aside"],
                  one["converted"]) for one in summary["tables"]),
        ),
    }  # fmt: skip


_STATUS = {"active": "Registered", "left": "Left", "dead": "Died"}


def _words(word: str) -> str:
    return word.replace("_", " ").capitalize()


def _month(iso: str | None) -> str:
    """A month of a year, or the year where only that is known."""
    year, _, month = (iso or "–").partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def _bands(ages: Sequence[Facts]) -> tuple[Band, ...]:
    most = max((max(one["female"], one["male"]) for one in ages), default=0) or 1
    return tuple(
        Band(
            one["band"],
            round(100 * one["female"] / most, 2),
            round(100 * one["male"] / most, 2),
            f"{number(one['female'])} female, {number(one['male'])} male"
            + (f", {number(one['other'])} other" if one["other"] else ""),
        )
        for one in reversed(ages)
    )


def _is_step(definition: Facts) -> bool:
    return str(definition["name"]).endswith(".sql")


def _run(summary: Facts, manifest: Facts) -> dict[str, Table]:
    return {
        "inputs": inputs({"inputs": [{**one, "side": "the extract"} for one in manifest["inputs"]]}),
        "definitions": definitions(
            {"definitions": [one for one in manifest["definitions"] if not _is_step(one)]}
        ),
        "timings": timings(summary),
    }
