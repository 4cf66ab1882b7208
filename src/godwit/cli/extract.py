"""`godwit extract`: look at what a supplier delivered, and hold it against the supplier's own description of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from godwit.cli.everywhere import Json
from godwit.cli.exits import Exit, guarded
from godwit.cli.extract_show import show_bulk
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
from godwit.cli.profiling import make_profile, show_profile
from godwit.cli.progress import Bars
from godwit.cli.show import print_json, show_inspection
from godwit.records.bulk.document_work import describe_delivery, lint_delivery
from godwit.records.errors import MachineRefused, WrongUse
from godwit.records.inspecting import inspect
from godwit.records.profile.inspection import inspect_bulk
from godwit.records.profile.profile_run import Delivery as Profiled

extract_app = typer.Typer(
    no_args_is_help=True,
    help="Look at what a supplier delivered.",
    epilog="Example: godwit extract lint delivery.zip --document extract.yaml",
)

_MOST_SHOWN = 60
Delivery = Annotated[Path, typer.Argument(help="What was delivered: a folder, a zip or one file.")]


@extract_app.command("inspect", epilog="Example: godwit extract inspect delivery.zip")
def extract_inspect(
    path: Delivery,
    system: System = None,
    key: KeyFile = None,
    as_json: Json = False,
) -> None:
    """Say which system a delivery is from, what is in it and what is wrong with it."""

    def work() -> Exit:
        with Bars(quiet=as_json) as bars:
            bulk = inspect_bulk(path, system, opening(None, key), bars)
            facts = bulk or inspect(path, system, bars)
        if as_json:
            print_json(facts)
        elif bulk:
            show_bulk(bulk)
        else:
            show_inspection(facts)
        return Exit.DONE

    guarded(work, as_json)


@extract_app.command("profile", epilog="Example: godwit extract profile delivery.zip --out profile-1")
def extract_profile(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    path: Delivery,
    out: Out,
    system: System = None,
    practice: PracticeCode = None,
    key: KeyFile = None,
    owner: Owner = "",
    keep_days: KeepFor = KEEP_DAYS,
    as_json: Json = False,
) -> None:
    """List what to put right before the first extract, gravest first, with who can do it, in a sealed run folder."""

    def work() -> Exit:
        profiled = Profiled(path, system, opening(practice, key))
        summary = make_profile(profiled, out, keeper(owner, keep_days), quiet=as_json)
        if as_json:
            print_json(summary)
        else:
            show_profile(summary, str(out))
        return Exit.DONE

    guarded(work, as_json)


@extract_app.command("lint", epilog="Example: godwit extract lint delivery.zip --document extract.yaml")
def extract_lint(
    path: Delivery,
    document: Annotated[Path, typer.Option(help="The description: YAML, or a TPP Specification (.csv).")],
    key: KeyFile = None,
    as_json: Json = False,
) -> None:
    """Say where an extract and its documentation part. Exit code 1 when a promise is broken or a duty unmet."""

    def work() -> Exit:
        with Bars(quiet=as_json) as bars:
            told = lint_delivery(path, document, bars, opening(None, key).keys)
        if as_json:
            print_json(told)
        else:
            _show(told)
        return Exit.FINDINGS if told["broken"] else Exit.DONE

    guarded(work, as_json)


@extract_app.command("describe", epilog="Example: godwit extract describe delivery.zip --out extract.yaml")
def extract_describe(
    path: Delivery,
    out: Annotated[Path, typer.Option(help="The file to write.")],
    key: KeyFile = None,
    as_json: Json = False,
) -> None:
    """Write a draft of the documentation from the files themselves, for the supplier to complete."""

    def work() -> Exit:
        if out.exists():
            raise WrongUse("document.exists", "there is a file of this name already", str(out))
        with Bars(quiet=as_json) as bars:
            text = describe_delivery(path, bars, opening(None, key).keys)
        try:
            out.write_text(text, encoding="utf-8")
        except OSError:
            raise MachineRefused("machine.write", "the file cannot be written", str(out)) from None
        if as_json:
            print_json({"document": str(out)})
        else:
            typer.echo(f"A draft is in {out}. Complete it, then: godwit extract lint {path} --document {out}")
        return Exit.DONE

    guarded(work, as_json)


def _show(told: dict[str, Any]) -> None:
    """Broken promises first, then what is left unsaid."""
    console = Console(highlight=False)
    ordered = sorted(told["findings"], key=lambda one: not one["breaks"])
    table = Table("", "Table", "What", "About", "Count", box=None, pad_edge=False)
    for one in ordered[:_MOST_SHOWN]:
        mark = "[bold red]broken[/bold red]" if one["breaks"] else "[yellow]unsaid[/yellow]"
        table.add_row(
            mark, one["table"] or "", one["words"], one["about"], f"{one['count']:,}" if one["count"] else ""
        )
    if ordered:
        console.print(table)
    if len(ordered) > _MOST_SHOWN:
        console.print(f"and {len(ordered) - _MOST_SHOWN} more; --json shows all")
    console.print(f"{told['broken']} broken, {told['unsaid']} left unsaid.", style="bold")
    console.print(told["says"])
