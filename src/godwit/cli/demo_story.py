"""`godwit demo`: the whole story on a made-up practice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from godwit.cli.compare import compared
from godwit.cli.demo import demo_folders, demo_practice, public_pairs
from godwit.cli.demo_plan import plan_demo
from godwit.cli.demo_practice import answered, make_practice_files, show_answers
from godwit.cli.everywhere import Day, Json, today_or
from godwit.cli.exits import Exit, guarded
from godwit.cli.options import KEEP_DAYS, keeper
from godwit.cli.show import print_json, show_summary
from godwit.records.asked import Asked


def demo(
    out: Annotated[
        Path, typer.Option(help="Where to put the run; the rest of the demo goes beside it.")
    ] = Path("godwit-demo"),
    patients: Annotated[int, typer.Option(min=30, help="Patients of the made-up practice.")] = 500,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Plan a made-up practice's move from EMIS to SystmOne, then compare every record, with planted faults."""

    def work() -> Exit:
        day = today_or(today)
        run = _next_free(out)
        beside = {
            name: _next_free(run.with_name(f"{run.name}-{name}")) for name in ("plan", "practice", "family")
        }
        planned = plan_demo(beside["plan"], demo_practice(), day, as_json)
        make_practice_files(beside["practice"], patients, quiet=as_json)
        sides = (beside["practice"] / "source", beside["practice"] / "target")
        summary = _demo_run(sides, run, day, as_json)
        answers = answered(beside["practice"], run)
        family = _demo_run(demo_folders(), beside["family"], day, quiet=True)
        if as_json:
            found = sum(one.found for one in answers)
            faults = {"planted": len(answers), "found": found}
            print_json({**summary, "plan": planned, "faults": faults, "family": family["entities"]})
        else:
            show_summary(summary, str(run))
            show_answers(answers)
            _show_other_pairs(beside["family"], family, day)
            _say_what_next(beside["plan"], run)
        return Exit.DONE

    guarded(work, as_json)


def _demo_run(sides: tuple[Path, Path], run: Path, day: date, quiet: bool) -> dict[str, Any]:
    return compared(sides, Asked(day), run, keeper("", KEEP_DAYS), quiet=quiet)


def _show_other_pairs(run: Path, family: dict[str, Any], day: date) -> None:
    """The family in two message formats, and the public test records where they are at hand."""
    typer.echo("\nThe same, message against message (GP2GP and GP Connect):")
    typer.echo(f"  made-up family: {_kinds(family)}; see {run / 'report.html'}")
    for name, source, target in public_pairs():
        with TemporaryDirectory() as folder:
            summary = _demo_run((source, target), Path(folder) / "run", day, quiet=True)
        typer.echo(f"  public test record {name}: {_kinds(summary)}")


def _kinds(summary: dict[str, Any]) -> str:
    found = sum(cause["findings"] for cause in summary["causes"])
    records = sum(entity["source"]["read"] for entity in summary["entities"].values())
    return (
        f"{records:,} records sent, {found:,} differences of {len(summary['causes'])} kinds, books balanced"
    )


def _say_what_next(plan: Path, run: Path) -> None:
    typer.echo(f"\nNext: open {plan / 'plan.html'} and {run / 'report.html'} in a browser, then prove that")
    typer.echo(f"nothing in the run was changed: godwit run verify {run}")
    typer.echo(f"(in a checkout: python3 dev.py run run verify {run})")


def _next_free(out: Path) -> Path:
    """The folder itself when it is free, else the first free numbered neighbour, so that a demo runs twice."""
    if not out.exists():
        return out
    return next(
        one for number in range(2, 1000) if not (one := out.with_name(f"{out.name}-{number}")).exists()
    )
