"""The commands by name. Each lives in a module of its own, which is imported when the command is asked for."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from godwit import __version__

PLACES: Final[Mapping[str, tuple[str, str, str]]] = {
    "synth": ("synth", "synth", "godwit synth --system emis --twin tpp --patients 500 --out practice"),
    "compare": ("compare", "compare", "godwit compare before.zip after --out run-1"),
    "delta": ("delta", "delta", "godwit delta initial final --out delta-1"),
    "pack": ("pack", "pack", "godwit pack run-1 --out evidence.zip --key lead-gp.pem"),
    "sign": ("pack", "sign", "godwit sign evidence.zip --key lead-gp.pem --name 'A Example' --role lead_gp"),
    "list": (
        "listing", "list_command", "godwit list list.csv old-extract --target new-extract --out list-1"
    ),
    "demo": ("demo_story", "demo", "godwit demo --out godwit-demo"),
    "version": ("app", "version", "godwit version"),
    "plan": ("plan", "plan_app", ""),
    "portfolio": ("portfolio", "portfolio_app", ""),
    "guide": ("guide", "guide_app", ""),
    "run": ("runs", "run_app", ""),
    "extract": ("extract", "extract_app", ""),
    "key": ("pack", "key_app", ""),
    "agreed": ("agreed", "agreed_app", ""),
}  # fmt: skip
"""Where each command is: its module, its name there, and the example of its help. A group has its own."""


class Commands(Mapping[str, Any]):
    """The commands as Typer looks them up. `godwit plan` waits for no database, `godwit compare` for no letters."""

    def __getitem__(self, name: str) -> Any:
        return _brought(name)

    def __iter__(self) -> Iterator[str]:
        return iter(PLACES)

    def __len__(self) -> int:
        return len(PLACES)


@cache
def _brought(name: str) -> Any:
    module, attribute, example = PLACES[name]
    found = getattr(import_module(f"godwit.cli.{module}"), attribute)
    if isinstance(found, typer.Typer):
        command: Any = get_group(found)
    else:
        alone = typer.Typer(add_completion=False)
        alone.command(name, epilog=f"Example: {example}")(found)
        command = get_command(alone)
    command.name = name
    return command


class _Desk(TyperGroup):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = Commands()


app = typer.Typer(
    name="godwit",
    cls=_Desk,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Moves a GP practice from one clinical system to another and proves that every record arrived.",
    epilog="Example: godwit demo",
)


@app.callback()
def _nothing_beside() -> None:
    """Typer makes a group only of what has a callback or commands of its own."""


def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Entry point of the `godwit` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a terminal or pipe that cannot show a sign shows a question mark
            stream.reconfigure(errors="replace")
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # asked to stop: leave nothing behind, as for Ctrl-C
    app()
