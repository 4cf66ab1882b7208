"""The two spreadsheets of a profile, as plain lists: the clean-up list for everyone, and the private list of patients.
Whoever runs the profile brings the writer that turns lists into a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import NAME_LENGTH, Cell, ListColumn, ListSheet, numbered
from godwit.records.evidence.run_folder import Keeper
from godwit.records.profile.looking import sql

Facts = Mapping[str, Any]

MOST_LINES = 2_000
"""Patients listed of one check; `records.parquet` holds all."""

_CLEANUP = (
    ListColumn("No.", 6, "number"),
    ListColumn("What to put right", 34),
    ListColumn("Harm", 10, looks={"Critical": "bad", "High": "bad", "Medium": "watch", "Low": "quiet"}),
    ListColumn("Patients", 10, "number"),
    ListColumn("Registered now", 12, "number"),
    ListColumn("Records", 10, "number"),
    ListColumn("What to do", 44),
    ListColumn("If it is left", 34),
    ListColumn("Tasks of the guide", 16),
    ListColumn("Who", 20),
    ListColumn("Owner", 18),
    ListColumn("Due", 16, "date"),
    ListColumn("Left to do", 11, "number"),
    ListColumn("Notes", 30),
)
_PATIENTS = (
    ListColumn("NHS number", 14),
    ListColumn("Family name", 20),
    ListColumn("Given names", 20),
    ListColumn("Date of birth", 13),
    ListColumn("Status", 10),
    ListColumn("Records", 10, "number"),
    ListColumn("About", 50),
    ListColumn("Table", 28),
    ListColumn("First record", 13, "number"),
)


def cleanup_sheets(summary: Facts) -> list[ListSheet]:
    """The clean-up list: everything, then a sheet for every role that has something to do. No patient's value."""
    rows = [(one["role_name"], _cleanup_row(one)) for one in summary["checks"]]
    note = f"From the {summary['format']} of {summary['day']}. Gravest first. The last columns are yours."
    sheets = [ListSheet("Everything", note, _CLEANUP, tuple(row for _, row in rows))]
    for role in sorted({name for name, _ in rows}):
        mine = tuple(row for name, row in rows if name == role)
        sheets.append(ListSheet(role[:NAME_LENGTH], f"What falls to: {role}. {note}", _CLEANUP, mine))
    return sheets


def _cleanup_row(one: Facts) -> tuple[Cell, ...]:
    what = f"{one['title']} (to plan for)" if one["expected"] else one["title"]
    return (
        one["rank"], what, one["harm"].capitalize(), one["patients"], one["registered"], one["records"], one["do"],
        one["if_left"], ", ".join(task["task"] for task in one["tasks"]), one["role_name"], None, None, None, None,
    )  # fmt: skip


def patient_sheets(duck: Duck, summary: Facts, keeper: Keeper) -> list[ListSheet]:
    """The private list: which patients, check by check, and the worklists of local codes and of products. Zone B."""
    found = {one["check"]: one for one in summary["checks"]}
    lists = {
        check: tuple(tuple(row[1:]) for row in rows)
        for check, rows in groupby(
            duck.run("list patients", sql("list_patients")), key=lambda row: str(row[0])
        )
    }
    names = dict(zip(found, numbered(one["title"] for one in found.values()), strict=True))
    index = tuple(
        (one["rank"], one["title"], one["patients"], one["records"], len(lists.get(check, ())), names[check])
        for check, one in found.items()
    )
    columns = (
        ListColumn("No.", 6, "number"), ListColumn("What to put right", 60), ListColumn("Patients", 10, "number"),
        ListColumn("Records", 10, "number"), ListColumn("Lines here", 10, "number"), ListColumn("Sheet", 34),
    )  # fmt: skip
    note = f"{keeper.note} At most {MOST_LINES:,} lines a sheet; records.parquet holds all."
    sheets = [ListSheet("Contents", note, columns, index), *_worklists(duck, keeper.note)]
    for check, one in found.items():
        note = f"{one['title']}. {keeper.note}"
        sheets.append(ListSheet(names[check], note, _PATIENTS, lists.get(check, ())))
    return sheets


def _worklists(duck: Duck, private: str) -> Iterator[ListSheet]:
    counts = (ListColumn("Records", 10, "number"), ListColumn("Patients", 10, "number"))
    codes = (
        ListColumn("Code", 34), ListColumn("Words", 50), *counts, ListColumn("Last used", 12),
        ListColumn("Map to", 30),
    )  # fmt: skip
    drugs = (
        ListColumn("Product", 60),
        ListColumn("Code", 24),
        *counts,
        ListColumn("dm+d product to use", 34),
    )
    for name, title, what, columns in (
        ("Local codes", "list_local_codes", "Codes of the practice or the supplier in use", codes),
        ("Products without dm+d", "list_drugs", "Current products without a dm+d code", drugs),
    ):
        rows = tuple((*row, None) for row in duck.run(title, sql(title)))
        if rows:
            yield ListSheet(name, f"{what}. {private}", columns, rows)
