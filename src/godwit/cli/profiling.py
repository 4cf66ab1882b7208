"""`godwit extract profile` without its options: run it, show what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from godwit.cli.progress import Bars
from godwit.cli.sheets import write_sheets
from godwit.cli.show import STYLES
from godwit.records.evidence.run_folder import Keeper
from godwit.records.profile.page import headline
from godwit.records.profile.profile_run import Delivery, run_profile
from godwit.records.watch import Watch

_TOP = 20


def make_profile(
    delivery: Delivery,
    out: Path,
    keeper: Keeper,
    quiet: bool,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dict[str, Any]:
    """Run a profile with progress on standard error; returns its summary."""
    with Bars(quiet=quiet) as bars:
        return run_profile(delivery, out, Watch(now, bars), keeper, write_sheets)


def show_profile(summary: Mapping[str, Any], folder: str) -> None:
    """What to put right, gravest first, and where the lists are."""
    console = Console(highlight=False)
    patients = summary["patients"]
    console.print()
    console.print(
        f"[bold]{summary['format']}[/bold], taken {summary['taken_at'] or 'on a day it does not say'}"
    )
    console.print(
        f"{patients['active']:,} registered patients of {patients['all']:,}; {summary['records']:,} records"
    )
    for warning in summary["warnings"]:
        console.print(f"Warning: {warning}", style="yellow", markup=False)
    wrong = [one for one in summary["checks"] if not one["expected"]]
    console.print(headline(wrong), style="bold")
    console.print(_list(wrong))
    if len(wrong) > _TOP:
        console.print(f"… and {len(wrong) - _TOP} more in the report.")
    for name, what in (
        ("report.html", "Report: "),
        ("cleanup.xlsx", "List:   "),
        ("patients.xlsx", "Who:    "),
    ):
        private = " (private: patient data)" if name == "patients.xlsx" else ""
        console.print(f"{what} {folder}/{name}{private}", soft_wrap=True, markup=False)


def _list(wrong: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(header_style="bold underline", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Harm")
    table.add_column("What to put right")
    for name in ("Patients", "Records"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Who")
    for one in wrong[:_TOP]:
        style = STYLES[one["harm"]]
        table.add_row(
            f"[{style}]{one['harm']}[/]",
            one["title"],
            f"{one['patients']:,}",
            f"{one['records']:,}",
            one["role_name"],
        )
    return table
