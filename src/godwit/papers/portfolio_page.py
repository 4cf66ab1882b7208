"""A spread of go-live dates as one page for a browser: complete in itself, without scripts."""

from __future__ import annotations

from datetime import date

from godwit.papers.page_tables import PageCell, PageTable, page_table
from godwit.papers.page_templates import template
from godwit.papers.portfolio_picture import portfolio_picture
from godwit.papers.portfolio_sheets import LOAD_LOOKS, clash_sheet, dates_sheet, load_words
from godwit.plan.loads import Load, Resource, by_week
from godwit.plan.portfolio import KINDS, PortfolioFile
from godwit.plan.spread import Spread
from godwit.plan.wording import day_words


def portfolio_page(portfolio: PortfolioFile, spread: Spread, today: date) -> str:
    """The page."""
    placed = spread.placed.values()
    return template("portfolio.html.jinja").render(
        portfolio=portfolio,
        spread=spread,
        today=today,
        as_wanted=sum(one.days_apart == 0 for one in placed),
        furthest=max(placed, key=lambda one: abs(one.days_apart), default=None),
        picture=portfolio_picture(portfolio, spread, today),
        dates=page_table(
            dates_sheet(portfolio, spread),
            "Go-live of each practice",
            "Practice",
            "Go-live",
            "Wanted",
            "Compared",
            "New system",
            "Why this day",
            "Speaks against it",
        ),
        clashes=page_table(
            clash_sheet(spread), "More needed than there is", "Week of", "What", "Needed", "There are", "Why"
        ),
        loads=loads_table(spread),
    )


def loads_table(spread: Spread) -> PageTable:
    """The weeks down, everything that is limited across. Of people on site the fullest day of the week is told."""
    weeks = by_week(spread.loads)
    names = sorted(
        {name for week in weeks.values() for name in week}, key=lambda name: (KINDS.index(name[0]), name[1])
    )
    titles = {(one.resource.what, one.resource.of): _title(one.resource) for one in spread.loads}
    rows = (
        (PageCell(day_words(monday), day=True), *(_cell(week.get(name)) for name in names))
        for monday, week in sorted(weeks.items())
    )
    return PageTable("Loads by week", ("Week of", *(titles[name] for name in names)), tuple(rows))


def _title(resource: Resource) -> str:
    unit = resource.unit(2)
    return f"{unit[:1].upper()}{unit[1:]}{'' if resource.whole_week else ' on the fullest day'}"


def _cell(load: Load | None) -> PageCell:
    if load is None:
        return PageCell("")
    state = load_words(load)
    return PageCell(
        f"{load.needed} of {load.capacity}{'' if state == 'Room left' else f': {state.lower()}'}",
        LOAD_LOOKS[state] if state != "Room left" else None,
    )
