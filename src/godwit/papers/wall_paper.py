"""A role's two pages for the wall as a paper, for the PDF writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from godwit.papers.paper import (
    TICK_BOX,
    TICKED,
    Block,
    Column,
    Field,
    Fields,
    Heading,
    PageBreak,
    Paper,
    Table,
    Text,
    Tick,
    TickList,
)
from godwit.papers.wall_sheet import Box, WallSheet, Week, wall_sheet
from godwit.plan.making import Plan
from godwit.plan.wording import count_words, day_words

MOST_TASKS: Final = 26
"""The most boxes that fit on the first page. The letters of a PDF are larger than those of the browser's sheet."""
NO_BREAK: Final = "\u00a0"


def wall_sheet_paper(plan: Plan, role: str, week_of: date, made_on: date) -> Paper:
    """The sheet for the PDF writer. Raises `PaperRefused` for an unknown role."""
    sheet = wall_sheet(plan, role, week_of, MOST_TASKS)
    who = f"{sheet.role}: {sheet.person}" if sheet.person else sheet.role
    return Paper(
        title=who,
        subtitle=f"{sheet.practice} · {sheet.until}",
        made_on=made_on,
        blocks=(*_first_page(sheet), PageBreak(), *_second_page(sheet)),
        footer="Godwit, for the wall. Holds no patient data.",
    )


def _first_page(sheet: WallSheet) -> Iterator[Block]:
    if sheet.density == "full":
        yield Text("**!** means: no day to spare.")
    for week in sheet.weeks:
        yield Heading(week.title, 2)
        yield _boxes(week, sheet.density)
        if week.left_out:
            yield Text(f"And {count_words(week.left_out, 'more task')}, in the spreadsheet.")


def _boxes(week: Week, density: str) -> Block:
    """The boxes one under the other; in two columns where there are many."""
    if not week.boxes:
        return Text("Nothing is due.")
    if density != "full":
        return TickList(tuple(Tick(_tick_words(one, density), one.done) for one in week.boxes))
    cells = [(TICKED if one.done else TICK_BOX, _tick_words(one, density)) for one in week.boxes]
    return _side_by_side((Column("", 1), Column("Task", 11)), cells, 2)


def _side_by_side(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], times: int) -> Table:
    """A long narrow table as a short wide one, to be read down its first columns, then down the next."""
    height = -(-len(rows) // times)
    blank = ("",) * len(columns)
    padded = [*rows, *[blank] * (height * times - len(rows))]
    lines = (sum((padded[at + height * place] for place in range(times)), ()) for at in range(height))
    return Table(columns * times, tuple(lines))


def _tick_words(box: Box, density: str) -> str:
    if density == "full":
        return f"**{box.day}**  {box.text}{NO_BREAK + '**!**' if box.critical else ''}"
    spare = " **No day to spare.**" if box.critical and not box.done else ""
    shows = f" Done when there is: {box.shows}." if density == "roomy" else ""
    return f"**{box.day}**  {box.text}.{spare}{shows}"


def _second_page(sheet: WallSheet) -> Iterator[Block]:
    if sheet.going_on:
        yield Text(f"**Going on all the while:** {'; '.join(sheet.going_on)}.")
    yield Heading("Weeks until go-live", 2)
    weeks = [
        (f"{one.monday.day} {one.monday:%b}{' **go-live**' if one.go_live else ''}", str(one.due or ""))
        for one in sheet.strip
    ]
    yield _side_by_side((Column("Week of", 3), Column("Due", 2)), weeks, 5)
    if sheet.weeks_after:
        yield Text(f"And {count_words(sheet.weeks_after, 'more week')}.")
    yield Heading("Key dates", 2)
    dates = [(name, day_words(day)) for name, day in sheet.dates]
    yield _side_by_side((Column("What", 3), Column("When", 2)), dates, 2)
    yield Heading("Who to call", 2)
    yield Fields(tuple(Field(role, told or None) for role, told in sheet.people))
