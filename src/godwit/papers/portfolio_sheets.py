"""A spread of go-live dates as sheets: who goes live when and why, what clashes, and what each week needs."""

from __future__ import annotations

from datetime import date
from typing import Final

from godwit.papers.plan_words import sentence
from godwit.papers.sheet import Cell, Look, Sheet, SheetColumn, Workbook
from godwit.plan.loads import Load
from godwit.plan.portfolio import PortfolioFile, Wish
from godwit.plan.spread import Placed, Spread

NO_DAY: Final = "No day"
COMPARED_LOOKS: Final[dict[str, Look]] = {
    NO_DAY: "bad",
    "Later": "watch",
    "Earlier": "watch",
    "As wanted": "good",
}
_DATE_COLUMNS: Final = (
    SheetColumn("Practice", 30),
    SheetColumn("Go-live", 18, "date"),
    SheetColumn("Wanted", 18, "date"),
    SheetColumn("Days apart", 11, "number"),
    SheetColumn("Compared", 12, looks=COMPARED_LOOKS),
    SheetColumn("New system", 18),
    SheetColumn("Delivery partner", 22),
    SheetColumn("Why this day", 60),
    SheetColumn("Speaks for it", 40),
    SheetColumn("Speaks against it", 40),
    SheetColumn("Points", 9, "number"),
)
LOAD_LOOKS: Final[dict[str, Look]] = {"Too much": "bad", "Full": "watch", "Room left": "good"}


def load_words(load: Load) -> str:
    """How full something is: too much, full or room left."""
    if load.needed > load.capacity:
        return "Too much"
    return "Full" if load.needed == load.capacity else "Room left"


def move_words(days_apart: int) -> str:
    """How far a day lies from the one wanted: as wanted, later or earlier."""
    return "As wanted" if not days_apart else "Later" if days_apart > 0 else "Earlier"


def portfolio_workbook(portfolio: PortfolioFile, spread: Spread, made_on: date) -> Workbook:
    """The spread as a workbook."""
    sheets = (dates_sheet(portfolio, spread), clash_sheet(spread), load_sheet(spread))
    return Workbook(f"Go-live dates: {portfolio.portfolio}"[:150], made_on, sheets)


def dates_sheet(portfolio: PortfolioFile, spread: Spread) -> Sheet:
    """Every practice with its go-live and the reason, by date; those without a day stand first."""
    wishes = {one.name: one for one in portfolio.practices}
    placed = sorted(spread.placed.values(), key=lambda one: (one.day, one.practice))
    rows = (
        *(_without_a_day(wishes[name], because) for name, because in spread.unplaced.items()),
        *(_placed(wishes[one.practice], one) for one in placed),
    )
    note = (
        "Points say how much speaks against a day: days away from the one wanted, times of year, rest days."
    )
    return Sheet("Go-live dates", _DATE_COLUMNS, rows, note)


def _without_a_day(wish: Wish, because: str) -> tuple[Cell, ...]:
    known = (wish.system, wish.partner, sentence(because))
    return (wish.name, None, wish.wanted, None, NO_DAY, *known, None, None, None)


def _placed(wish: Wish, one: Placed) -> tuple[Cell, ...]:
    candidate = one.option.candidate
    return (
        wish.name,
        one.day,
        one.wanted,
        one.days_apart,
        move_words(one.days_apart),
        wish.system,
        wish.partner,
        one.because,
        sentence("; ".join(candidate.reasons_for)),
        sentence("; ".join(candidate.reasons_against)),
        one.cost,
    )


def clash_sheet(spread: Spread) -> Sheet:
    """Where more is needed than there is."""
    columns = (
        SheetColumn("Week of", 18, "date"),
        SheetColumn("What", 34),
        SheetColumn("Needed", 10, "number"),
        SheetColumn("There are", 10, "number"),
        SheetColumn("Practices", 60),
        SheetColumn("Why", 70),
    )
    rows = tuple(
        (
            one.week,
            one.resource.unit(2),
            one.needed,
            one.capacity,
            ", ".join(one.practices),
            sentence(one.because),
        )
        for one in spread.clashes
    )
    return Sheet("Clashes", columns, rows, "" if rows else "Nothing clashes.")


def load_sheet(spread: Spread) -> Sheet:
    """What is needed of everything that is limited, by week or, for people on site, by day."""
    columns = (
        SheetColumn("Week of", 18, "date"),
        SheetColumn("Day", 18, "date"),
        SheetColumn("What", 34),
        SheetColumn("Needed", 10, "number"),
        SheetColumn("There are", 10, "number"),
        SheetColumn("State", 12, looks=LOAD_LOOKS),
        SheetColumn("Practices", 70),
    )
    rows = tuple(
        (
            one.resource.week,
            None if one.resource.whole_week else one.resource.day,
            one.resource.unit(2),
            one.needed,
            one.capacity,
            load_words(one),
            ", ".join(one.practices),
        )
        for one in sorted(spread.loads, key=lambda one: (one.resource.day, one.resource))
    )
    return Sheet("Loads", columns, rows)
