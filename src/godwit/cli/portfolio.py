"""`godwit portfolio`: when each of many practices goes live, within what suppliers and partners can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.everywhere import Day, Json, today_or
from godwit.cli.exits import Exit, guarded
from godwit.cli.planning import plan_maker
from godwit.cli.portfolio_files import GivenPortfolio, Options, read_changes, read_portfolio, write_spread
from godwit.cli.portfolio_show import show_clashes, show_difference, show_spread
from godwit.cli.progress import Bars
from godwit.cli.show import print_json
from godwit.papers.portfolio_json import difference_json, spread_json
from godwit.plan.key_days import PracticeRefused
from godwit.plan.portfolio import PortfolioFile
from godwit.plan.portfolio_options import Market, MarketMaker
from godwit.plan.spread import Spread, as_wanted
from godwit.plan.what_if import what_if
from godwit.records.errors import MachineRefused

portfolio_app = typer.Typer(
    no_args_is_help=True,
    help="Many practices at once: who goes live when, within everybody's limits, and why.",
    epilog="Example: godwit portfolio plan board.yaml --out dates",
)

File = Annotated[Path, typer.Argument(help="The portfolio: practices, wishes and limits (YAML).")]
Effort = Annotated[
    float,
    typer.Option(min=0.1, help="How long to search, in the solver's own measure: about seconds."),
]
FailOnClash = Annotated[
    bool, typer.Option("--fail-on-clash", help="Leave with exit code 1 if something clashes.")
]
DEFAULT_EFFORT = 20.0
"""As the solver has it; said again here, so that help need not load the solver."""


@portfolio_app.command("plan", epilog="Example: godwit portfolio plan board.yaml --out dates")
def plan_portfolio(
    file: File,
    out: Annotated[
        Path | None, typer.Option(help="A folder for the page, spreadsheet, calendar and JSON of the dates.")
    ] = None,
    effort: Effort = DEFAULT_EFFORT,
    fail_on_clash: FailOnClash = False,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Find the best go-live for every practice within all limits, each with its reason."""

    def work() -> Exit:
        on = today_or(today)
        given = read_portfolio(file, plan_maker().guide, on)
        with Bars(quiet=as_json) as bars:
            spread = _Desk(given, on, effort, bars).spread(given.portfolio)
        if out:
            write_spread(out, given.portfolio, spread, on)
        if as_json:
            print_json(spread_json(given.portfolio, spread, on))
        else:
            show_spread(given.portfolio, spread, out)
        return _verdict(spread, fail_on_clash)

    guarded(work, as_json)


@portfolio_app.command("clashes", epilog="Example: godwit portfolio clashes board.yaml")
def clashes_of_portfolio(
    file: File, fail_on_clash: FailOnClash = False, today: Day = None, as_json: Json = False
) -> None:
    """Show what would clash if every practice got the day it wants. Needs no solver."""

    def work() -> Exit:
        on = today_or(today)
        given = read_portfolio(file, plan_maker().guide, on)
        with Bars(quiet=as_json) as bars:
            found = as_wanted(_Desk(given, on, 0, bars).market(given.portfolio.on_the_days_wanted()))
        if as_json:
            print_json(spread_json(given.portfolio, found, on))
        else:
            show_clashes(given.portfolio, found)
        return _verdict(found, fail_on_clash)

    guarded(work, as_json)


@portfolio_app.command("what-if", epilog="Example: godwit portfolio what-if board.yaml --slots SystmOne=2")
def what_if_portfolio(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    file: File,
    changes: Annotated[Path | None, typer.Option(help="What to try (YAML).")] = None,
    move: Annotated[
        list[str] | None, typer.Option(help="A practice on another day: 'Alder Road Surgery=2027-07-02'.")
    ] = None,
    blackout: Annotated[
        list[str] | None, typer.Option(help="Days on which nobody goes live: 2027-07-05..2027-07-09.")
    ] = None,
    slots: Annotated[
        list[str] | None, typer.Option(help="Go-lives in a week: SystmOne=2; any=4 for all together.")
    ] = None,
    effort: Effort = DEFAULT_EFFORT,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Show who would move, and why, if something were otherwise. Nothing is written."""

    def work() -> Exit:
        on = today_or(today)
        given = read_portfolio(file, plan_maker().guide, on)
        options = Options(changes, tuple(move or ()), tuple(blackout or ()), tuple(slots or ()))
        tried = read_changes(given, options, on)
        with Bars(quiet=as_json) as bars:
            found = what_if(given.portfolio, tried, _Desk(given, on, effort, bars).spread)
        if as_json:
            print_json(difference_json(given.portfolio, found))
        else:
            show_difference(found)
        return Exit.DONE

    guarded(work, as_json)


class _Desk:
    """Dates and spreads one portfolio and its variants, and says how far it is."""

    def __init__(self, given: GivenPortfolio, today: date, effort: float, bars: Bars) -> None:
        self._given = given
        self._effort = effort
        self._bars = bars
        self._maker = MarketMaker(plan_maker(), today)

    def market(self, portfolio: PortfolioFile) -> Market:
        """The days open to each practice. Raises `FileRefused` for one that cannot be planned at all."""
        self._bars.begin("Dating every possible day", len(portfolio.practices), "practices")
        try:
            return self._maker.market(portfolio, self._bars.advance)
        except PracticeRefused as error:
            raise self._given.refused(error) from None

    def spread(self, portfolio: PortfolioFile) -> Spread:
        """The best spread. Raises `MachineRefused` where the solver is missing or found nothing in time."""
        spread_out = _solver()  # before the long work, not after it
        market = self.market(portfolio)
        self._bars.begin("Choosing the days")
        return spread_out(market, self._effort)


def _solver() -> Callable[[Market, float], Spread]:
    # It takes a second to load, and no other command needs it.
    from godwit.plan.portfolio_solver import (  # noqa: PLC0415
        EffortSpent,
        SolverMissing,
        refuse_without_solver,
        spread_out,
    )

    def guarded_spread(market: Market, effort: float) -> Spread:
        try:
            return spread_out(market, effort)
        except EffortSpent as error:
            raise MachineRefused("solver.effort", str(error)) from None

    try:
        refuse_without_solver()
    except SolverMissing as error:
        raise MachineRefused("solver.missing", str(error)) from None
    return guarded_spread


def _verdict(spread: Spread, fail_on_clash: bool) -> Exit:
    return Exit.FINDINGS if fail_on_clash and (spread.clashes or spread.unplaced) else Exit.DONE
