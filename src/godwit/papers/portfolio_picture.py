"""The weeks and practices of a portfolio as a picture. Only the geometry is worked out here; the template draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.definitions.season_rules import monday_of
from godwit.papers.lettering import shortened
from godwit.papers.sheet import Look
from godwit.plan.portfolio import ANY, PortfolioFile
from godwit.plan.spread import Spread
from godwit.plan.wording import day_words

WEEK: Final = timedelta(days=7)
LABELS: Final = 240.0
"""How much of the width the names take."""
WIDTH: Final = 1120.0
LEAST_WEEK: Final = 15.0
TITLE_WEEK: Final = 50.0
"""How much room the day of a week needs at the top."""
AXIS: Final = 26.0
ROW: Final = 24.0
NAME_SIZE: Final = 12.0


@dataclass(frozen=True, slots=True)
class Column:
    """A week from its Monday; `title` is empty where there is no room for one."""

    x: float
    title: str


@dataclass(frozen=True, slots=True)
class Shade:
    """Days on which nobody, or nobody who moves to one system, goes live."""

    x: float
    width: float
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One practice: where it may go live, where it wants to and where it does; `look` says how that compares."""

    y: float
    name: str
    said: str
    first: float
    width: float
    wanted: float
    day: float | None
    look: Look


@dataclass(frozen=True, slots=True)
class Picture:
    """All lines over the same weeks."""

    width: float
    height: float
    columns: tuple[Column, ...]
    shades: tuple[Shade, ...]
    lines: tuple[Line, ...]


def portfolio_picture(portfolio: PortfolioFile, spread: Spread, today: date) -> Picture:
    """The picture, practices in the order of their days; those without a day last."""
    return _Drawing(portfolio, spread, today).picture()


class _Drawing:
    def __init__(self, portfolio: PortfolioFile, spread: Spread, today: date) -> None:
        self._portfolio: Final = portfolio
        self._spread: Final = spread
        self._today: Final = today
        shown = [*spread.dates.values(), *(one.wanted for one in portfolio.practices)]
        self._first: Final = monday_of(min(shown)) - WEEK
        self._weeks: Final = (monday_of(max(shown)) - self._first).days // 7 + 2
        self._week: Final = max((WIDTH - LABELS) / self._weeks, LEAST_WEEK)
        self._end: Final = LABELS + self._weeks * self._week

    def picture(self) -> Picture:
        lines = tuple(self._lines())
        return Picture(
            width=round(self._end, 1),
            height=AXIS + ROW * len(lines) + 6,
            columns=tuple(self._columns()),
            shades=tuple(self._shades()),
            lines=lines,
        )

    def _x(self, day: date, part: float = 0.0) -> float:
        """Where a day is drawn, from its start (`part` 0) to its end (1), within the weeks shown."""
        x = LABELS + ((day - self._first).days + part) * self._week / 7
        return round(min(max(x, LABELS), self._end), 1)

    def _columns(self) -> Iterator[Column]:
        every = int(TITLE_WEEK // self._week) + 1
        for number in range(self._weeks):
            day = self._first + number * WEEK
            title = f"{day.day} {day:%b}" if number % every == 0 else ""
            yield Column(self._x(day), title)

    def _shades(self) -> Iterator[Shade]:
        for one in self._portfolio.blackouts:
            x, end = self._x(one.starts), self._x(one.ends, 1)
            if end > x:
                of = "" if one.of == ANY else f", for {one.of}"
                said = f"{one.name}{of}: {day_words(one.starts)} to {day_words(one.ends)}"
                yield Shade(x, round(end - x, 1), said)

    def _lines(self) -> Iterator[Line]:
        dates = self._spread.dates
        known = [
            one for one in self._portfolio.practices if one.name in dates or one.name in self._spread.unplaced
        ]
        for number, wish in enumerate(
            sorted(known, key=lambda one: (dates.get(one.name, date.max), one.name))
        ):
            day = dates.get(wish.name)
            first, last = self._portfolio.range_of(wish, self._today)
            x = self._x(first)
            went = f"goes live on {day_words(day)}" if day else "has no day"
            yield Line(
                y=AXIS + ROW * number,
                name=shortened(wish.name, NAME_SIZE, LABELS - 12),
                said=f"{wish.name} {went}; it wants {day_words(wish.wanted)}",
                first=x,
                width=max(round(self._x(last, 1) - x, 1), 0.0),
                wanted=self._x(wish.wanted, 0.5),
                day=self._x(day, 0.5) if day else None,
                look="bad" if day is None else "good" if day == wish.wanted else "watch",
            )
