"""A run and an inspection as people read them on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from godwit.cli.agreed_show import agreed_lines

STYLES = {"critical": "bold white on red", "high": "bold red", "medium": "yellow", "low": "dim"}
"""How a risk looks on a terminal."""

_TOP = 12
_SHORT = {"Identical": "Same", "Equivalent": "Equiv.", "Different": "Differ", "Unexpected": "Extra"}
_COLUMNS = (
    "Source",
    "Target",
    "Identical",
    "Equivalent",
    "Agreed",
    "Different",
    "Missing",
    "Unexpected",
    "Aside",
    "Reject",
)
_ALWAYS = ("Source", "Target", "Identical", "Different", "Missing")


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on standard output and nothing else."""
    sys.stdout.write(json.dumps(value, indent=2) + "\n")


def show_summary(summary: Mapping[str, Any], folder: str) -> None:
    """The books, the causes by clinical risk and where the report is."""
    console = Console(highlight=False)
    source, target, patients = summary["source"], summary["target"], summary["patients"]
    console.print()
    console.print(f"[bold]{source['format']}[/bold]  →  [bold]{target['format']}[/bold]")
    console.print(
        f"Patients: {patients['source']} in the source, {patients['target']} in the target, "
        f"{patients['paired']} recognised on both sides"
        + (f", {patients['assumed']} of them only because each side has one" if patients["assumed"] else "")
    )
    for side in ("source", "target"):
        for warning in summary[side]["warnings"]:
            console.print(f"{side.capitalize()}: {warning}", style="yellow", markup=False)
    console.print(_books(summary["entities"]))
    _show_causes(console, summary["causes"])
    console.print("The books balance: every record of both sides is accounted for.", style="bold green")
    for words, style in _proofs(summary):
        console.print(words, style=style, markup=False)
    for name, file in _PAGES.items():
        console.print(f"{name:8} {folder}/{file}", soft_wrap=True, markup=False)


_PAGES = {
    "Report:": "report.html",
    "Records:": "records.html (private: patient data)",
    "Sample:": "sample.html (private: patient data)",
}


def _proofs(summary: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the control, the counts and the round before say: each a line with its style."""
    control, counts, rounds = (summary.get(name) for name in ("control", "reconciliations", "rounds"))
    if control and control["found"] == control["planted"]:
        yield (
            f"All {control['planted']:,} faults planted in a copy of these records were found.",
            "bold green",
        )
    elif control:
        missed = control["planted"] - control["found"]
        yield (
            f"Do not rely on this run: {missed:,} of {control['planted']:,} planted faults not found.",
            "bold red",
        )
    if counts and counts["unexplained"]:
        yield (
            f"{counts['unexplained']:,} differences of lists and registers have no finding behind them.",
            "bold red",
        )
    if files := summary.get("documents"):
        words = (
            f"{files['same']:,} of {files['compared']:,} documents have the same file under the same patient"
        )
        yield (
            f"{words}; {files['unexplained']:,} questions about files.",
            "bold red" if files["unexplained"] else "bold",
        )
    if rounds and rounds["previous"]:
        told = {name: f"{count:,}" for name, count in rounds["counts"].items()}
        said = f"{told['fixed']} fixed, {told['still']} still there, {told['new']} new, {told['regressed']} back again"
        yield f"Round {rounds['round']} of {rounds['limit']}: {said}.", "bold"
    yield from agreed_lines(summary.get("agreed") or ())


def _books(entities: Mapping[str, Any]) -> Table:
    """One line for every entity that has records; columns in which nothing happened are left out."""
    lines = {
        name: _numbers(account)
        for name, account in entities.items()
        if account["source"]["read"] or account["target"]["read"]
    }
    shown = [name for name in _COLUMNS if name in _ALWAYS or any(line[name] for line in lines.values())]
    table = Table(
        title="The books, in records",
        title_justify="left",
        header_style="bold underline",
        box=None,
        padding=(0, 0, 0, 1),
        pad_edge=False,
    )
    table.add_column("Entity", no_wrap=True)
    for name in shown:
        table.add_column(_SHORT.get(name, name), justify="right", no_wrap=True)
    for entity, line in lines.items():
        table.add_row(entity.replace("_", " "), *(f"{line[name]:,}" if line[name] else "·" for name in shown))
    return table


def _numbers(account: Mapping[str, Any]) -> dict[str, int]:
    source, target = account["source"], account["target"]
    return {
        "Source": source["converted"],
        "Target": target["converted"],
        **{name: account[name.lower()] for name in _COLUMNS[2:8]},
        "Aside": source["set_aside"] + target["set_aside"],
        "Reject": source["rejected"] + target["rejected"],
    }


def _show_causes(console: Console, causes: list[Mapping[str, Any]]) -> None:
    if not causes:
        console.print("No unexplained difference in what was compared.", style="bold green")
        return
    table = Table(
        title="\nWhat differs, gravest first",
        title_justify="left",
        header_style="bold underline",
        box=None,
        padding=(0, 1, 0, 0),
    )
    for name, justify in (("Risk", "left"), ("What", "left"), ("Findings", "right"), ("Patients", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left")
    for cause in causes[:_TOP]:
        style = STYLES[cause["severity"]]
        table.add_row(
            f"[{style}]{cause['severity']}[/]",
            cause["title"],
            f"{cause['findings']:,}",
            f"{cause['patients']:,}",
        )
    console.print(table)
    if len(causes) > _TOP:
        console.print(f"… and {len(causes) - _TOP} more causes in the report.")


def show_inspection(facts: Mapping[str, Any]) -> None:
    """What a delivery is and what is wrong with it."""
    console = Console(highlight=False)
    console.print(f"[bold]{facts['format']}[/bold] {', '.join(facts['versions'])}")
    snapshot = facts["snapshot"]
    taken = f"{snapshot['earliest']} to {snapshot['latest']}" if snapshot else "not said"
    console.print(
        f"{facts['files']:,} files, {facts['bytes']:,} bytes, {facts['patients']:,} patients, "
        f"{facts['records']:,} records; taken: {taken}"
    )
    for warning in facts["warnings"]:
        console.print(f"Warning: {warning}", style="yellow", markup=False)
    table = Table(header_style="bold underline", box=None, padding=(0, 1, 0, 0))
    table.add_column("Kind of record")
    for name in ("Read", "Converted", "Set aside", "Rejected"):
        table.add_column(name, justify="right")
    for row in facts["kinds"]:
        numbers = (row["read"], row["converted"], row["set_aside"], row["rejected"])
        table.add_row(row["kind"], *(f"{number:,}" for number in numbers))
    console.print(table)
    for row in facts["wrong"]:
        console.print(
            f"{row['count']:,} × {row['title']} ({row['entity'].replace('_', ' ')}) [{row['rule']}]",
            markup=False,
        )
    if not facts["wrong"]:
        console.print("Nothing wrong was found in what Godwit checks.", style="green")
