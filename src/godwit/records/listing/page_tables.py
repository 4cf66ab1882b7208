"""The tables of a list's report, each made from one part of its summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from godwit.records.evidence.cells import Table, rows
from godwit.records.evidence.wording import MONTHS, percent, sentence
from godwit.records.listing.differing import OUTCOMES

Facts = Mapping[str, Any]


def system_tables(one: Facts) -> dict[str, Table]:
    """Everything about the list and one system."""
    where, registered = one["where"], one["registered"]
    return {
        "only_system": _one_sided(f"Report A: registered in the {where} system, not on the list", one["only_system"]),
        "only_list": _one_sided(f"Report B: on the list, not registered in the {where} system", one["only_list"]),
        "fields": Table(
            f"Report C: what differs, field by field ({where})",
            ("Field", "Is about", "Differs", "Only the list", "Only the system", "One says less", "Form alone"),
            rows((sentence(one["title"]).rstrip("."), one["concern"], *(one[name] for name in OUTCOMES))
                 for one in one["fields"]),
            wide=True,
        ),
        "untold": Table(
            f"Not compared ({where})",
            ("Field", "Because"),
            rows((sentence(each["title"]).rstrip("."), f"the {each['by']} does not tell it") for each in one["untold"]),
            folded=True,
        ),
        "tiers": Table(
            f"How patients were recognised ({where})",
            ("By", "Patients", "Share"),
            rows((each["title"], each["patients"], percent(each["patients"], one["both"])) for each in one["tiers"]),
            folded=True,
            printed=False,
        ),
        "review": Table(
            f"Why a person must decide ({where})",
            ("Why", "Pairs of rows"),
            rows((each["title"], each["pairs"]) for each in one["review"]["why"] if each["pairs"]),
        ),
        "states": Table(
            f"Patients of the {where} system by kind of registration",
            ("Kind", "Patients", "Share"),
            rows((sentence(each["title"]).rstrip("."), each["patients"], percent(each["patients"], one["patients"]))
                 for each in one["states"]),
            folded=True,
            printed=False,
        ),
        "bridge": _bridge(one["bridge"], where, registered),
    }  # fmt: skip


def _one_sided(caption: str, found: list[Facts]) -> Table:
    return Table(
        caption,
        ("Why", "Patients", "What to do"),
        rows((sentence(one["title"]), one["patients"], one["do"]) for one in found),
    )


def _bridge(one: Facts, where: str, registered: int) -> Table:
    steps = [(each["title"], _signed(each["change"])) for each in one["steps"]]
    lines = [
        ("On the list", str(one["opening"])),
        *steps,
        (f"Registered in the {where} system", str(registered)),
    ]
    return Table(f"From the list to the {where} system", ("Step", "Patients"), rows(lines))


def _signed(change: int) -> str:
    return f"+{change:,}" if change > 0 else f"−{-change:,}" if change else "0"


def why_table(summary: Facts) -> Table:
    """Why it matters what differs."""
    found = {each["concern"]: each["why"] for one in summary["systems"] for each in one["fields"]}
    return Table(
        "Why it matters",
        ("What differs", "Because"),
        rows((sentence(what).rstrip("."), why) for what, why in found.items()),
    )


def told_day(iso: str) -> str:
    """A day as people write it: 5 November 2026."""
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def region_table(summary: Facts) -> Table:
    """The regions of the two or three circles."""
    lines = [(one["title"], one["patients"], one["meaning"]) for one in summary["regions"]]
    lines.append(
        (
            "Waiting for a person to decide",
            summary["waiting"],
            "Rows of the list and patients of the systems; counted nowhere else here.",
        )
    )
    return Table("Regions, and what each means", ("Where", "Patients", "What it means"), rows(lines))


def size_table(summary: Facts) -> Table:
    """Age bands and sexes: a column for each place, and the difference of each system from the list."""
    systems = [one["where"] for one in summary["systems"]]
    places = ["list", *systems]
    lines = [
        (f"{one['band']}, {one['sex']}", *_sized(one, places))
        for one in (*summary["bands"], {"band": "All", "sex": "everybody", **summary["sizes"]})
    ]
    columns = (
        "Age and sex",
        *(one.capitalize() for one in places),
        *(f"{one.capitalize()} less list" for one in systems),
    )
    caption = f"Patients by age and sex on {told_day(summary['day'])}"
    return Table(caption, columns, rows(lines), folded=True, printed=False)


def _sized(one: Facts, places: list[str]) -> list[str | int]:
    """The patients of each place, then how much each system differs from the list."""
    return [*(one[place] for place in places), *(_signed(one[each] - one["list"]) for each in places[1:])]


def list_tables(summary: Facts) -> dict[str, Table]:
    """What became of the lines of the list."""
    listed = summary["list"]
    books = [
        ("Patients on the list", listed["patients"]),
        ("On the list as removed", listed["closed"]),
        *((f"Set aside: {one['title']}", one["count"]) for one in listed["set_aside"]),
        *((f"Could not be read: {one['title']}", one["count"]) for one in listed["rejected"]),
        ("All lines", listed["lines"]),
    ]
    return {
        "lines": Table("Every line of the list", ("What became of it", "Lines"), rows(books)),
        "odd": Table(
            "Odd values, kept as written",
            ("What", "Lines"),
            rows((sentence(one["title"]), one["count"]) for one in listed["odd"]),
        ),
    }
