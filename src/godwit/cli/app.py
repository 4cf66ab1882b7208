"""The commands. Each does one thing: read arguments, call the data half, show what came of it."""

from __future__ import annotations

import getpass
import json
import signal
import sys
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from godwit import __version__
from godwit.cli.demo import demo_folders, demo_practice
from godwit.cli.demo_plan import plan_demo
from godwit.cli.exits import Exit, guarded
from godwit.cli.guide import guide_app
from godwit.cli.plan import Day, plan_app, today_or
from godwit.cli.plan_weighing import weighing_app
from godwit.cli.portfolio import portfolio_app
from godwit.cli.progress import Bars
from godwit.cli.show import print_json, show_inspection, show_summary
from godwit.definitions.comparison.severities import ORDER
from godwit.records.comparing import Watch
from godwit.records.evidence.run_folder import Keeper, run_compare
from godwit.records.evidence.seal import verify
from godwit.records.inspecting import inspect

KEEP_DAYS = 90
"""How long the private part of a run is kept unless said otherwise: a sign-off and its questions take weeks."""

app = typer.Typer(
    name="godwit",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Moves a GP practice from one clinical system to another and proves that every record arrived.",
    epilog="Example: godwit demo",
)
run_app = typer.Typer(
    no_args_is_help=True,
    help="Read a sealed run; prove that nothing in it was changed.",
    epilog="Example: godwit run verify run-1",
)
extract_app = typer.Typer(
    no_args_is_help=True,
    help="Look at what a supplier delivered.",
    epilog="Example: godwit extract inspect delivery.zip",
)
plan_app.add_typer(weighing_app)
app.add_typer(plan_app, name="plan")
app.add_typer(portfolio_app, name="portfolio")
app.add_typer(guide_app, name="guide")
app.add_typer(run_app, name="run")
app.add_typer(extract_app, name="extract")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
System = Annotated[
    str | None, typer.Option(help="The system, when its content does not show it: gp2gp or gpconnect.")
]


class FailOn(StrEnum):
    """From which clinical risk on findings make the exit code 1."""

    never = "never"
    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"


@app.command(epilog="Example: godwit compare before.xml after.json --out run-1")
def compare(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    source: Annotated[Path, typer.Argument(help="What the old system sent: a folder, a zip or one file.")],
    target: Annotated[Path, typer.Argument(help="What the new system shows: a folder, a zip or one file.")],
    out: Annotated[Path, typer.Option(help="The run folder to make. It must not hold anything yet.")],
    system: Annotated[
        str | None, typer.Option(help="The system of both sides, when content does not show it.")
    ] = None,
    source_system: Annotated[str | None, typer.Option(help="The system of the source alone.")] = None,
    target_system: Annotated[str | None, typer.Option(help="The system of the target alone.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Leave with exit code 1 from this risk on.")] = FailOn.never,
    owner: Annotated[str, typer.Option(help="Who answers for the private part of the run.")] = "",
    keep_days: Annotated[int, typer.Option(min=1, help="Days the private part may be kept.")] = KEEP_DAYS,
    as_json: Json = False,
) -> None:
    """Compare every record of two deliveries and seal the evidence in a run folder."""

    def work() -> Exit:
        keeper = _keeper(owner, keep_days)
        systems = (source_system or system, target_system or system)
        summary = _compared((source, target), systems, out, keeper, quiet=as_json)
        if as_json:
            print_json(summary)
        else:
            show_summary(summary, str(out))
        return _verdict(summary, fail_on)

    guarded(work, as_json)


@app.command(epilog="Example: godwit demo --out godwit-demo")
def demo(
    out: Annotated[Path, typer.Option(help="Where to put the run folder; the plan goes beside it.")] = Path(
        "godwit-demo"
    ),
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Plan a made-up practice's move, then compare a made-up family in two formats, with planted differences."""

    def work() -> Exit:
        run = _next_free(out)
        folder = _next_free(run.with_name(f"{run.name}-plan"))
        planned = plan_demo(folder, demo_practice(), today_or(today), as_json)
        summary = _compared(demo_folders(), (None, None), run, _keeper("", KEEP_DAYS), quiet=as_json)
        if as_json:
            print_json({**summary, "plan": planned})
        else:
            show_summary(summary, str(run))
            typer.echo(
                f"\nNext: open {folder / 'plan.html'} and {run / 'report.html'} in a browser, then prove that"
            )
            typer.echo(f"nothing in the run was changed: godwit run verify {run}")
            typer.echo(f"(in a checkout: python3 dev.py run run verify {run})")
        return Exit.DONE

    guarded(work, as_json)


@run_app.command("show", epilog="Example: godwit run show run-1")
def run_show(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    as_json: Json = False,
) -> None:
    """Show the books and the causes of a run, once it is proved untouched."""

    def work() -> Exit:
        verify(run)
        summary = _summary_of(run)
        if as_json:
            print_json(summary)
        else:
            show_summary(summary, str(run))
        return Exit.DONE

    guarded(work, as_json)


@run_app.command("verify", epilog="Example: godwit run verify run-1")
def run_verify(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    as_json: Json = False,
) -> None:
    """Prove that no file of a run was changed, added or taken away since it was sealed."""

    def work() -> Exit:
        manifest = verify(run)
        files = len(manifest["outputs"])
        if as_json:
            print_json({"run": manifest["run"], "sealed": True, "files": files, "seal": manifest["seal"]})
        else:
            typer.echo(
                f"Untouched since it was sealed: {manifest['run']}, {files} files, seal {manifest['seal']}"
            )
        return Exit.DONE

    guarded(work, as_json)


@extract_app.command("inspect", epilog="Example: godwit extract inspect delivery.zip")
def extract_inspect(
    path: Annotated[Path, typer.Argument(help="A folder, a zip or one file.")],
    system: System = None,
    as_json: Json = False,
) -> None:
    """Say which system a delivery is from, what is in it and what is wrong with it."""

    def work() -> Exit:
        with Bars(quiet=as_json) as bars:
            facts = inspect(path, system, bars)
        if as_json:
            print_json(facts)
        else:
            show_inspection(facts)
        return Exit.DONE

    guarded(work, as_json)


@app.command(epilog="Example: godwit version")
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def _keeper(owner: str, keep_days: int) -> Keeper:
    """The person named, else whoever is at the keyboard."""
    keep_until = datetime.now(UTC).date() + timedelta(days=keep_days)
    return Keeper(owner or _user(), keep_until.isoformat())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user need not have a name
        return "not named"


def _compared(
    paths: tuple[Path, Path], systems: tuple[str | None, str | None], out: Path, keeper: Keeper, quiet: bool
) -> dict[str, Any]:
    with Bars(quiet=quiet) as bars:
        return run_compare(paths, systems, out, Watch(lambda: datetime.now(UTC), bars), keeper)


def _verdict(summary: dict[str, Any], fail_on: FailOn) -> Exit:
    if fail_on is FailOn.never:
        return Exit.DONE
    grave = ORDER[: [str(one) for one in ORDER].index(fail_on.value) + 1]
    return Exit.FINDINGS if any(cause["severity"] in grave for cause in summary["causes"]) else Exit.DONE


def _summary_of(run: Path) -> dict[str, Any]:
    return dict(json.loads((run / "summary.json").read_text(encoding="utf-8")))


def _next_free(out: Path) -> Path:
    """The folder itself when it is free, else the first free numbered neighbour, so that a demo runs twice."""
    if not out.exists():
        return out
    return next(
        one for number in range(2, 1000) if not (one := out.with_name(f"{out.name}-{number}")).exists()
    )


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
