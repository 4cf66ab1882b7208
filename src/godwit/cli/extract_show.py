"""An inspected bulk extract as people read it on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table


def show_bulk(facts: Mapping[str, Any]) -> None:
    """What a bulk extract is and what is wrong with it."""
    console = Console(highlight=False)
    snapshot = facts["snapshot"]
    taken = f"{snapshot['earliest']} to {snapshot['latest']}" if snapshot else "not said"
    console.print(f"[bold]{facts['format']}[/bold] {', '.join(facts['versions'])}")
    console.print(
        f"{facts['files']:,} files, {facts['bytes']:,} bytes, {facts['patients']:,} patients, "
        f"{facts['records']:,} records; taken: {taken}"
    )
    for one in facts["practices"]:
        console.print(f"Practice: {one['ods'] or 'no code'} {one['name'] or ''}".rstrip(), markup=False)
    for warning in facts["warnings"]:
        console.print(f"Warning: {warning}", style="yellow", markup=False)
    console.print(_tables(facts))
    if facts["unknown_files"]:
        console.print(f"Of no table: {', '.join(facts['unknown_files'])}", markup=False)
    for row in facts["wrong"]:
        console.print(f"{row['count']:,} × {row['title']} ({row['table']}) [{row['rule']}]", markup=False)
    if not facts["wrong"]:
        console.print("Nothing wrong was found in what Godwit checks.", style="green")


def _tables(facts: Mapping[str, Any]) -> Table:
    table = Table(header_style="bold underline", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Table")
    table.add_column("Version")
    for name in ("Files", "Records", "Rejected", "Odd cells"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in facts["tables"]:
        numbers = (one["files"], one["records"], one["rejected"], sum(one["odd"].values()))
        table.add_row(
            one["title"],
            ", ".join(one["versions"]),
            *(f"{number:,}" if number else "·" for number in numbers),
        )
    return table
