"""`godwit plan` before a date is chosen: which days suit, how sure one is, what each pace costs, is the guide sound."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.everywhere import Day, Json, today_or
from godwit.cli.exits import Exit, guarded
from godwit.cli.file_refused import FileRefused
from godwit.cli.plan_folder import read_inputs
from godwit.cli.plan_weighing_show import show_days, show_forecast, show_guide_check, show_paces
from godwit.cli.planning import made_plan, placed_refusals, plan_maker
from godwit.cli.progress import Bars
from godwit.cli.show import print_json
from godwit.definitions.guide.guide import read_guide
from godwit.papers.plan_json import forecast_json
from godwit.papers.weighing_json import candidate_json, checked_json, paces_json
from godwit.plan.candidates import rank
from godwit.plan.checking import check_guide
from godwit.plan.paces import Paces
from godwit.plan.risk import forecast
from godwit.records.errors import WrongUse
from godwit.values import CalendarExhausted

weighing_app = typer.Typer()

PlanArgument = Annotated[Path, typer.Argument(help="A plan folder, or a plan.json.")]

_AROUND = timedelta(weeks=6)
_BEYOND = timedelta(weeks=26)


@weighing_app.command(epilog="Example: godwit plan days plan --from 2027-05-01 --to 2027-07-31")
def days(
    folder: PlanArgument,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day to weigh.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day to weigh.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many days to show.")] = 10,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Rank the days on which to go live, each with what speaks for and against it."""

    def work() -> Exit:
        inputs = read_inputs(folder)
        plan = made_plan(inputs, today_or(today))
        start = first.date() if first else plan.case.go_live - _AROUND
        end = last.date() if last else plan.case.go_live + _AROUND
        start = max(start, plan.case.today)
        if end < start:
            because = f"there is no day to weigh from {start} to {end}"
            raise WrongUse("days.none", because, "--to")
        maker = plan_maker()
        try:
            windows = maker.windows(plan.case, plan.settings, start - _BEYOND, end + _AROUND)
            with placed_refusals(inputs.texts, plan.case):
                found = rank(maker.scheduler, plan.case, (start, end), windows)
        except CalendarExhausted as error:
            raise FileRefused("--to", "calendar.exhausted", str(error)) from None
        if as_json:
            print_json(
                {
                    "from": start.isoformat(),
                    "to": end.isoformat(),
                    "days": [candidate_json(one) for one in found],
                }
            )
        else:
            show_days(found, top)
        return Exit.DONE

    guarded(work, as_json)


@weighing_app.command(epilog="Example: godwit plan risk plan --runs 1000 --seed 1")
def risk(
    folder: PlanArgument,
    runs: Annotated[int, typer.Option(min=20, max=100_000, help="How many times to run the plan.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answer.")] = 1,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Say how sure each date is: when half, four fifths and 19 in 20 of many trial runs make it, and what delays it."""

    def work() -> Exit:
        plan = made_plan(read_inputs(folder), today_or(today))
        with Bars(quiet=as_json) as bars:
            bars.begin(f"Running the plan {runs:,} times")
            problem = plan_maker().scheduler.problem(plan.case, plan.schedule.pace)
            found = forecast(problem, runs, seed, plan.guide.milestones)
        if as_json:
            print_json(forecast_json(found))
        else:
            show_forecast(plan, found)
        return Exit.DONE

    guarded(work, as_json)


@weighing_app.command(epilog="Example: godwit plan paces plan")
def paces(folder: PlanArgument, today: Day = None, as_json: Json = False) -> None:
    """Compare the fastest plan that keeps the guide's rules with the usual and the comfortable one, step by step."""

    def work() -> Exit:
        inputs = read_inputs(folder)
        plan = made_plan(inputs, today_or(today))
        with placed_refusals(inputs.texts, plan.case):
            found = Paces.of(plan_maker(), plan.case)
        if as_json:
            print_json(paces_json(found))
        else:
            show_paces(found)
        return Exit.DONE

    guarded(work, as_json)


@weighing_app.command("check-guide", epilog="Example: godwit plan check-guide")
def check_the_guide(as_json: Json = False) -> None:
    """Prove that the guide's tables fit together: no circle, no loose end, every rule executable."""

    def work() -> Exit:
        found = check_guide(read_guide())
        if as_json:
            print_json(checked_json(found))
        else:
            show_guide_check(found)
        return Exit.FINDINGS if any(one.faults for one in found) else Exit.DONE

    guarded(work, as_json)
