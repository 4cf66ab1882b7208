"""`godwit list`: the registration authority's list against the old system and the new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from godwit.cli.everywhere import Json
from godwit.cli.exits import Exit, guarded
from godwit.cli.options import (
    KEEP_DAYS,
    KeepFor,
    KeyFile,
    Out,
    Owner,
    PracticeCode,
    System,
    keeper,
    opening,
)
from godwit.cli.progress import Bars
from godwit.cli.sheets import write_sheets
from godwit.cli.show import print_json
from godwit.records.evidence.run_folder import Keeper
from godwit.records.listing.list_run import Order, run_list
from godwit.records.listing.page import headline
from godwit.records.watch import Watch

ListFile = Annotated[
    Path,
    typer.Argument(metavar="LIST", help="The registration authority's list: a file with one patient a line."),
]
Source = Annotated[Path, typer.Argument(help="A bulk extract of the old system: a folder or a zip.")]
Target = Annotated[
    Path | None, typer.Option(help="A bulk extract of the new system, for the three-way report.")
]
Columns = Annotated[
    Path | None,
    typer.Option(help="A column map (YAML): which column of the list holds what. Else headers are read."),
]
ListDay = Annotated[
    datetime | None,
    typer.Option("--list-date", formats=["%Y-%m-%d"], help="The day that the list speaks of."),
]
Today = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], help="The day on which ages count, where neither list nor extract tells one."
    ),
]


def list_command(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    list_file: ListFile,
    source: Source,
    out: Out,
    target: Target = None,
    columns: Columns = None,
    list_date: ListDay = None,
    system: System = None,
    practice: PracticeCode = None,
    key: KeyFile = None,
    today: Today = None,
    owner: Owner = "",
    keep_days: KeepFor = KEEP_DAYS,
    as_json: Json = False,
) -> None:
    """Hold the registration authority's list against the patients of one system or two; a sealed run folder."""

    def work() -> Exit:
        day, now = list_date.date() if list_date else None, today.date() if today else None
        order = Order(list_file, source, target, columns, system, day, now, opening(practice, key))
        summary = make_list(order, out, keeper(owner, keep_days), as_json)
        if as_json:
            print_json(summary)
        else:
            show_list(summary, str(out))
        return Exit.DONE

    guarded(work, as_json)


def make_list(
    order: Order,
    out: Path,
    keeper: Keeper,
    quiet: bool,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dict[str, Any]:
    """Run it with progress on standard error; returns its summary."""
    with Bars(quiet=quiet) as bars:
        return run_list(order, out, Watch(now, bars), keeper, write_sheets)


def show_list(summary: Mapping[str, Any], folder: str) -> None:
    """Reports A, B and C in figures, and where the lists are."""
    console = Console(highlight=False)
    listed = summary["list"]
    console.print()
    console.print(f"[bold]{listed['patients']:,} patients on the list[/bold], of {listed['lines']:,} lines")
    if listed["guessed"]:
        told = "; ".join(f"{one['title']}: {', '.join(one['at'])}" for one in listed["columns"])
        console.print(f"Columns read by their headers: {told}", markup=False)
    for one in (*listed["rejected"], *listed["odd"]):
        console.print(f"List: {one['title']} ({one['count']:,})", style="yellow", markup=False)
    for one in summary["systems"]:
        for warning in one["warnings"]:
            console.print(f"{one['where'].capitalize()}: {warning}", style="yellow", markup=False)
    console.print(_reports(summary))
    if len(summary["systems"]) > 1:
        console.print(_regions(summary))
    console.print(headline(summary), style="bold")
    console.print("The books balance: every line and every patient is counted once.", style="bold green")
    console.print(f"Report: {folder}/report.html", soft_wrap=True, markup=False)
    console.print(f"Lists:  {folder}/list.xlsx (private: patient data)", soft_wrap=True, markup=False)


_FIGURES = (
    ("On both, told the same", "same"),
    ("On both, form alone differs", "form_only"),
    ("On both, told differently (C)", "different"),
    ("In the system only (A)", "only_system"),
    ("On the list only (B)", "only_list"),
    ("To be decided: rows of the list", "review"),
)


def _reports(summary: Mapping[str, Any]) -> Table:
    """A line for each report, a column for each system."""
    table = Table(header_style="bold underline", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Patients")
    for one in summary["systems"]:
        table.add_column(one["where"].capitalize(), justify="right", no_wrap=True)
    table.add_row("Registered", *(f"{one['registered']:,}" for one in summary["systems"]))
    for title, name in _FIGURES:
        table.add_row(title, *(f"{_figure(one[name]):,}" for one in summary["systems"]))
    return table


def _figure(found: Any) -> int:
    if isinstance(found, list):
        return sum(one["patients"] for one in found)
    return int(found["list"] if isinstance(found, dict) else found)


def _regions(summary: Mapping[str, Any]) -> Table:
    table = Table(header_style="bold underline", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Who is where")
    table.add_column("Patients", justify="right", no_wrap=True)
    for one in summary["regions"]:
        table.add_row(one["title"], f"{one['patients']:,}")
    table.add_row("Waiting for a person to decide", f"{summary['waiting']:,}")
    return table
