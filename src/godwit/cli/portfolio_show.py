"""Spreads, clashes and what-ifs of a portfolio as people read them on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rich.console import Console

from godwit.cli.plan_show import table_of
from godwit.papers.portfolio_sheets import NO_DAY, load_words
from godwit.plan.loads import Clash, by_week
from godwit.plan.portfolio import PortfolioFile
from godwit.plan.spread import Spread
from godwit.plan.what_if import Difference
from godwit.plan.wording import count_words, day_words

_SURE = {
    "optimal": "No other spread suits better.",
    "feasible": "A longer search (--effort) may find a better one.",
    "infeasible": "",
}


def show_spread(portfolio: PortfolioFile, spread: Spread, folder: Path | None) -> None:
    """Who goes live when and why, what clashes, and how full each week is."""
    console = Console(highlight=False)
    _head(console, portfolio, spread)
    table = table_of("Go-live dates", "Day", "Practice", "Wanted", "Why")
    for name, because in spread.unplaced.items():
        table.add_row(NO_DAY, name, day_words(portfolio.wish(name).wanted), because)
    for one in sorted(spread.placed.values(), key=lambda one: (one.day, one.practice)):
        table.add_row(day_words(one.day), one.practice, day_words(one.wanted), one.because)
    console.print(table)
    _clashes(console, spread.clashes)
    _loads(console, spread)
    if folder:
        console.print(
            f"Open next:  {folder}/portfolio.html · portfolio.xlsx · portfolio.ics",
            soft_wrap=True,
            markup=False,
        )


def show_clashes(portfolio: PortfolioFile, wanted: Spread) -> None:
    """What would clash if everybody got the day they want."""
    console = Console(highlight=False)
    total = len(wanted.placed) + len(wanted.unplaced)
    console.print(f"\n{portfolio.portfolio}: {count_words(total, 'practice')}, each on the day it wants.")
    for because in wanted.unplaced.items():
        console.print(f"  {': '.join(because)}", style="red", markup=False, soft_wrap=True)
    _clashes(console, wanted.clashes)
    if wanted.clashes or wanted.unplaced:
        console.print("To find days that hold: godwit portfolio plan")
    else:
        console.print("Nothing clashes.", style="green")


def show_difference(found: Difference) -> None:
    """Who moves, and what it costs."""
    console = Console(highlight=False)
    table = table_of(f"Practices that move: {len(found.moved)}", "Practice", "From", "To", "Why")
    for one in found.moved:
        table.add_row(one.practice, _day(one.was), _day(one.now), one.because)
    console.print(table if found.moved else "\nNo practice moves.")
    _clashes(console, found.after.clashes)
    dearer = "worse" if found.cost > 0 else "better"
    console.print(
        f"In all {count_words(abs(found.cost), 'point')} {dearer}." if found.cost else "As good as before."
    )
    console.print("Nothing is written; to keep it, change the portfolio's file.")


def _head(console: Console, portfolio: PortfolioFile, spread: Spread) -> None:
    total = len(spread.placed) + len(spread.unplaced)
    console.print(f"\n{portfolio.portfolio}: {count_words(total, 'practice')}", style="bold", markup=False)
    wanted = sum(one.days_apart == 0 for one in spread.placed.values())
    if spread.unplaced:
        console.print(f"{count_words(len(spread.unplaced), 'practice')} without a day.", style="bold red")
    if spread.clashes:
        console.print("There is not enough for everybody; these dates clash least.", style="bold red")
    if not spread.unplaced and not spread.clashes:
        said = f"Everybody has a day, {wanted} of them the one they want. {_SURE[spread.outcome]}"
        console.print(said, style="green")


def _clashes(console: Console, clashes: Iterable[Clash]) -> None:
    for one in clashes:
        console.print(f"Clash: {one.because}", style="red", markup=False, soft_wrap=True)


def _loads(console: Console, spread: Spread) -> None:
    table = table_of(
        "What is full, by week; of single days the fullest", "Day", "What", "Needed", "There are", ""
    )
    for monday, week in sorted(by_week(spread.loads).items()):
        for one in sorted(week.values(), key=lambda one: one.resource):
            state = load_words(one)
            if state != "Room left":
                counts = (str(one.needed), str(one.capacity))
                table.add_row(day_words(monday), one.resource.unit(2), *counts, state.lower())
    if table.row_count:
        console.print(table)


def _day(day: date | None) -> str:
    return day_words(day) if day else "no day"
