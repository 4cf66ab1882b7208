"""`godwit delta`: what changed between two extracts of one system, for the terminal and for programs."""

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
from godwit.cli.show import print_json
from godwit.records.bulk.loading import Opening
from godwit.records.evidence.delta_report import headline
from godwit.records.evidence.delta_run import run_delta
from godwit.records.evidence.run_folder import Keeper
from godwit.records.watch import Watch

Extract = Annotated[
    Path, typer.Argument(help="A folder or a zip: a bulk extract, and deltas after it if any.")
]
_COLUMNS = ("before", "after", "same", "changed", "added", "deleted")


def delta(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    before: Extract,
    after: Extract,
    out: Out,
    system: System = None,
    practice: PracticeCode = None,
    key: KeyFile = None,
    owner: Owner = "",
    keep_days: KeepFor = KEEP_DAYS,
    as_json: Json = False,
) -> None:
    """Say what was added, changed and deleted between two extracts of one system; a sealed run folder."""

    def work() -> Exit:
        how, kept = opening(practice, key), keeper(owner, keep_days)
        summary = make_delta((before, after), system, out, kept, how, as_json)
        if as_json:
            print_json(summary)
        else:
            show_delta(summary, str(out))
        return Exit.DONE

    guarded(work, as_json)


def make_delta(  # noqa: PLR0913, PLR0917 - what the command was given
    paths: tuple[Path, Path],
    system: str | None,
    out: Path,
    keeper: Keeper,
    opening: Opening,
    quiet: bool,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dict[str, Any]:
    """Run a delta with progress on standard error; returns its summary."""
    with Bars(quiet=quiet) as bars:
        return run_delta(paths, system, out, Watch(now, bars), keeper, opening)


def show_delta(summary: Mapping[str, Any], folder: str) -> None:
    """What changed, table by table, and where the report is."""
    console = Console(highlight=False)
    console.print()
    console.print(f"[bold]{summary['format']}[/bold], before and after", highlight=False)
    for side in ("before", "after"):
        for warning in summary[side]["warnings"]:
            console.print(f"{side.capitalize()}: {warning}", style="yellow", markup=False)
    console.print(_accounts(summary))
    console.print(headline(summary["totals"]), style="bold")
    console.print(f"Patients touched: {summary['patients']:,}")
    console.print("The books balance: every record of both extracts is counted once.", style="bold green")
    console.print(f"Report:  {folder}/report.html", soft_wrap=True, markup=False)
    console.print(f"Records: {folder}/delta.parquet (private: patient data)", soft_wrap=True, markup=False)


def _accounts(summary: Mapping[str, Any]) -> Table:
    table = Table(header_style="bold underline", box=None, padding=(0, 0, 0, 1), pad_edge=False)
    table.add_column("Table")
    for name in _COLUMNS:
        table.add_column(name.capitalize(), justify="right", no_wrap=True)
    for one in (*summary["tables"].values(), {**summary["totals"], "title": "All"}):
        table.add_row(one["title"], *(f"{one[name]:,}" if one[name] else "·" for name in _COLUMNS))
    return table
