"""The records' part of the demo: a made-up practice moves from one system to another, and not all of it arrives."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from godwit.cli.demo import demo_faults
from godwit.cli.progress import Bars
from godwit.records.duck import read_parquet
from godwit.synth.faults import FAULT_CLASSES, read_plan
from godwit.synth.making import Order, make

SOURCE, TARGET = "emis", "tpp"
DENSITY: Final = 0.2
"""How full the histories are in the demo: enough of everything, and done within a minute."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One planted fault and whether the run shows it."""

    fault: str
    entity: str
    outcome: str
    found: bool


def make_practice_files(folder: Path, patients: int, quiet: bool) -> dict[str, Any]:
    """Write the practice as EMIS holds it and as SystmOne received it, with a few faults. Returns what was made."""
    plan = read_plan(demo_faults().read_text(encoding="utf-8"))
    order = Order(SOURCE, patients, 1, folder, TARGET, plan, DENSITY, workers=min(os.cpu_count() or 1, 4))
    with Bars(quiet=quiet) as bars:
        return make(order, bars)


def answered(practice: Path, run: Path) -> list[Answered]:
    """Every planted fault held against the findings: the right patient, kind of record and outcome."""
    answers = json.loads((practice / "answers.json").read_text(encoding="utf-8"))["answers"]
    found = set(
        read_parquet(run / "findings.parquet", "SELECT DISTINCT nhs_number, entity, outcome FROM this")
    )
    return [
        Answered(
            one["fault"],
            one["entity"],
            one["outcome"],
            (one["nhs_number"], one["entity"], one["outcome"]) in found,
        )
        for one in answers
        if {SOURCE, TARGET} <= set(one["visible_in"])
    ]


def show_answers(answers: list[Answered]) -> None:
    """The faults that were planted, and whether each was found."""
    console = Console(highlight=False)
    found = sum(one.found for one in answers)
    console.print(f"\n[bold]Planted on purpose: {len(answers)} differences; found: {found}[/bold]")
    table = Table(box=None, padding=(0, 0, 0, 1), pad_edge=False, header_style="bold underline")
    for title in ("Fault", "Where", "Found"):
        table.add_column(title)
    for one in sorted(answers, key=lambda each: (each.fault, each.entity)):
        table.add_row(
            FAULT_CLASSES[one.fault].title, one.entity.replace("_", " "), "yes" if one.found else "NO"
        )
    console.print(table)
