"""`godwit synth`: a made-up practice in the shape of a supplier's extract, with a twin and planted faults if wanted."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from godwit.cli.everywhere import Json
from godwit.cli.exits import Exit, guarded
from godwit.cli.file_refused import FileRefused
from godwit.cli.progress import Bars
from godwit.cli.show import print_json
from godwit.records.errors import MachineRefused, WrongUse
from godwit.synth.faults import FAULT_CLASSES, FaultPlan, read_plan
from godwit.synth.making import Order, make
from godwit.synth.places import MOST_PATIENTS
from godwit.synth.refusal import SynthRefused
from godwit.synth.writers import SYSTEMS

_LOSSES_SHOWN = 8


def _list_faults(wanted: bool) -> None:
    """Print every kind of fault and leave."""
    if wanted:
        for one in FAULT_CLASSES.values():
            typer.echo(f"{one.id:<28} {one.title}")
        raise typer.Exit(int(Exit.DONE))


Documents = Annotated[
    bool,
    typer.Option("--documents", help="The files of documents too, in a folder with an index for each side."),
]
FileFaults = Annotated[
    int, typer.Option(min=0, max=1000, help="So many faults of each kind in the twin's files of documents.")
]


def synth(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    system: Annotated[str, typer.Option(help=f"The shape of the files: {', '.join(SYSTEMS)}.")],
    patients: Annotated[int, typer.Option(min=1, max=MOST_PATIENTS, help="How many patients.")],
    out: Annotated[Path, typer.Option(help="The folder to make. It must not hold anything yet.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed always gives the same practice.")] = 1,
    twin: Annotated[str | None, typer.Option(help="A second shape: OUT/source and OUT/target.")] = None,
    faults: Annotated[
        Path | None,
        typer.Option(
            help="Faults to plant in the twin, as YAML: {faults: {record_lost: 3}} or {faults: {all: 1}}."
        ),
    ] = None,
    documents: Documents = False,
    file_faults: FileFaults = 0,
    density: Annotated[
        float, typer.Option(help="How full the histories are: 1 as in a real list, 0.05 for a quick test.")
    ] = 1.0,
    deltas: Annotated[
        int, typer.Option(min=0, max=60, help="A series instead: a bulk, so many deltas, and a later bulk.")
    ] = 0,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes that make patients; one for each processor if not given."),
    ] = None,
    list_faults: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option(
            "--list-faults", is_eager=True, callback=_list_faults, help="Show every fault and leave."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a practice of made-up patients, to try things on. Nothing in it is about a real person."""

    def work() -> Exit:
        plan = _read_faults(faults)
        count = workers or os.cpu_count() or 1
        order = Order(system, patients, seed, out, twin, plan, density, count, documents, file_faults, deltas)
        with Bars(quiet=as_json) as bars:
            made = _made(order, bars)
        if as_json:
            print_json(made)
        else:
            _show(made, out)
        return Exit.DONE

    guarded(work, as_json)


def _made(order: Order, bars: Bars) -> dict[str, Any]:
    try:
        return make(order, bars)
    except SynthRefused as refused:
        raise WrongUse(refused.rule, refused.because, refused.place) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            because = "the disk is full; nothing of the practice was kept"
            raise MachineRefused("machine.disk_full", because) from None
        because = f"the practice could not be written ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.write", because) from None


def _read_faults(file: Path | None) -> FaultPlan | None:
    """The plan in a file. Raises `FileRefused` with the file and what is wrong."""
    if file is None:
        return None
    try:
        return read_plan(file.read_text(encoding="utf-8"))
    except SynthRefused as refused:
        where = f"{file.name}, {refused.place}" if refused.place else file.name
        raise FileRefused(where, refused.rule, refused.because) from None
    except UnicodeDecodeError:
        raise FileRefused(file.name, "faults.encoding", "the file is not UTF-8 text") from None
    except OSError as error:
        because = f"the file could not be read ({error.strerror or 'unknown reason'})"
        raise FileRefused(file.name, "faults.file", because) from None


def _show(made: Mapping[str, Any], out: Path) -> None:
    """What was made, what the shapes could not hold, which faults found no place, and what to do next."""
    console = Console(highlight=False, soft_wrap=True)
    items = made["items"]
    console.print(
        f"\n[bold]{made['patients']:,} patients[/bold], {sum(items.values()):,} items, seed {made['seed']}"
    )
    console.print(", ".join(f"{count:,} {kind}" for kind, count in items.items()))
    _show_losses(console, made.get("losses", ()))
    if "faults" in made:
        _show_faults(console, made["faults"])
    console.print(f"\nIn {out}", markup=False)
    if made["twin"]:
        next_step = f"godwit compare {out / 'source'} {out / 'target'} --out run"
        if "files" in made:
            next_step += f" --documents {out / 'source-documents'} {out / 'target-documents'}"
    else:
        next_step = f"godwit extract inspect {out / 'bulk' if made.get('deltas') else out}"
    console.print(f"Next: {next_step}", markup=False)


def _show_losses(console: Console, losses: list[dict[str, Any]]) -> None:
    if losses:
        console.print("\nWhat the files cannot hold, most often first:")
    for one in losses[:_LOSSES_SHOWN]:
        console.print(f"  {one['records']:>11,}  {one['title']} ({one['side']})", markup=False)
    if len(losses) > _LOSSES_SHOWN:
        console.print(
            f"  … and {len(losses) - _LOSSES_SHOWN} more kinds: see --json, or losses.json beside a twin"
        )


def _show_faults(console: Console, faults: Mapping[str, Any]) -> None:
    count = sum(faults["planted"].values())
    console.print(f"\n{count} faults planted in the twin; answers.json says what should be found.")
    for name, short in faults["not_planted"].items():
        console.print(f"[yellow]  {name}: {short} found no place in this practice[/yellow]")
