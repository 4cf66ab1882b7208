"""Reads a portfolio and the changes to try on it, every mistake with its place; writes a spread's folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from godwit.cli.file_refused import FileRefused
from godwit.cli.plan_folder import read_text
from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.guide import Guide
from godwit.definitions.read import Definition, line_of, parse_text
from godwit.papers.calendar import ics_bytes
from godwit.papers.portfolio_calendar import portfolio_calendar
from godwit.papers.portfolio_json import spread_json
from godwit.papers.portfolio_page import portfolio_page
from godwit.papers.portfolio_sheets import portfolio_workbook
from godwit.papers.sheet import xlsx_bytes
from godwit.plan.key_days import PracticeRefused
from godwit.plan.naming import settled
from godwit.plan.overlays import OverlayRefused
from godwit.plan.own_facts import named_dates, refuse_happenings
from godwit.plan.own_files import refuse_overlays
from godwit.plan.portfolio import ANY, Blackout, Limit, PortfolioFile, Wish
from godwit.plan.spread import Spread
from godwit.plan.what_if import Changes, NewWish, changed
from godwit.records.errors import MachineRefused

Model = TypeVar("Model", bound=Definition)

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class GivenPortfolio:
    """A portfolio, with the text it was read from so that a mistake has its line."""

    name: str
    text: str
    portfolio: PortfolioFile

    def refused(self, error: PracticeRefused) -> FileRefused:
        """What stands in a practice's way, with its line."""
        cause = error.__cause__
        number = [one.name for one in self.portfolio.practices].index(error.practice)
        path: tuple[int | str, ...] = ("practices", number)
        rule = "portfolio.practice"
        if isinstance(cause, OverlayRefused):
            rule = cause.rule
            path = ("area", *cause.path) if cause.whose == "area" else (*path, cause.whose, *cause.path)
        return FileRefused(self.name, rule, str(error), line=line_of(self.text, path))


def read_portfolio(path: Path, guide: Guide, today: date) -> GivenPortfolio:
    """The portfolio in a file, as of `today`. Raises `FileRefused`."""
    text = read_text(path)
    given = GivenPortfolio(path.name, text, _parsed(PortfolioFile, path.name, text))
    try:
        wishes = tuple(_settled(one, given.portfolio, guide, today) for one in given.portfolio.practices)
    except PracticeRefused as error:
        raise given.refused(error) from None
    return replace(given, portfolio=given.portfolio.model_copy(update={"practices": wishes}))


def _settled(wish: Wish, portfolio: PortfolioFile, guide: Guide, today: date) -> Wish:
    """The wish under the guide's names. Raises `PracticeRefused` for what `godwit plan make` would refuse too."""
    try:
        practice = settled(wish.practice, guide)
        refuse_overlays(portfolio.case(wish, today).overlays, guide)
        facts = wish.facts.model_copy(update={"dates": named_dates(wish.facts.dates, guide)})
        refuse_happenings(facts, guide, today, wish.wanted)
    except OverlayRefused as error:
        raise PracticeRefused(wish.name, str(error)) from error
    return wish.model_copy(update={"practice": practice, "facts": facts})


@dataclass(frozen=True)
class Options:
    """Changes as given on the command line."""

    file: Path | None
    moves: tuple[str, ...]
    blackouts: tuple[str, ...]
    slots: tuple[str, ...]


def read_changes(given: GivenPortfolio, options: Options, today: date) -> Changes:
    """All changes together, once they are known to fit. Raises `FileRefused`."""
    file = options.file
    base = _parsed(Changes, file.name, read_text(file)) if file else Changes()
    changes = Changes(
        for_a_while=(
            *base.for_a_while,
            *(_slots(text, given.portfolio, today) for text in options.slots),
        ),
        blackouts=(*base.blackouts, *map(_blackout, options.blackouts)),
        practices=(*base.practices, *map(_move, options.moves)),
        leaves=base.leaves,
    )
    if changes == Changes():
        raise FileRefused(
            "what-if", "change.missing", "say what to try: --changes, --move, --blackout or --slots"
        )
    try:
        changed(given.portfolio, changes)
    except ValidationError as error:  # a ValueError too, so it goes first
        because = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise FileRefused(file.name if file else "what-if", "change.refused", because) from None
    except ValueError as error:
        raise FileRefused(file.name if file else "what-if", "change.refused", str(error)) from None
    return changes


def write_spread(folder: Path, portfolio: PortfolioFile, spread: Spread, today: date) -> None:
    """The four files of a spread; those of an earlier one are replaced. Raises `FileRefused` and `MachineRefused`."""
    if folder.exists() and not folder.is_dir():
        raise FileRefused(folder.name, "portfolio.out", "this is a file, not a folder")
    files = dict(_files(portfolio, spread, today))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        because = f"the spread cannot be written: {error.strerror}"
        raise MachineRefused("machine.write", because, folder.name) from None


def _files(portfolio: PortfolioFile, spread: Spread, today: date) -> Iterator[tuple[str, bytes]]:
    made = json.dumps(spread_json(portfolio, spread, today), indent=1, ensure_ascii=False)
    yield "portfolio.json", f"{made}\n".encode()
    yield "portfolio.xlsx", xlsx_bytes(portfolio_workbook(portfolio, spread, today))
    made_at = datetime.combine(today, datetime.min.time(), UTC)
    yield "portfolio.ics", ics_bytes(portfolio_calendar(portfolio, spread, made_at))
    yield "portfolio.html", portfolio_page(portfolio, spread, today).encode()


def _parsed(model: type[Model], name: str, text: str) -> Model:
    try:
        return parse_text(model, name, text)
    except DefinitionError as error:
        raise FileRefused(error.file, error.rule, error.because, error.row, error.line) from None


def _move(text: str) -> NewWish:
    """``PRACTICE=2027-07-02``: it goes live on that day and no other."""
    name, _, day = text.rpartition("=")
    when = _day("--move", day, 'write it like --move "Alder Road Surgery=2027-07-02"')
    return NewWish(practice=name.strip(), wanted=when, earliest=when, latest=when)


def _blackout(text: str) -> Blackout:
    """``2027-07-05..2027-07-09``, or one day."""
    how = "write it like --blackout 2027-07-05..2027-07-09"
    starts, _, ends = text.partition("..")
    first, last = _day("--blackout", starts, how), _day("--blackout", ends or starts, how)
    if last < first:
        raise FileRefused("--blackout", "usage", f"{text} ends before it starts")
    return Blackout(name=f"what is tried, {first} to {last}", starts=first, ends=last)


def _slots(text: str, portfolio: PortfolioFile, today: date) -> Limit:
    """``SystmOne=2``: so many go-lives of that system in every week of the portfolio; ``any=4`` for all together."""
    name, _, count = text.rpartition("=")
    if not (count.isascii() and count.isdecimal()):
        raise FileRefused("--slots", "usage", "write it like --slots SystmOne=2")
    ends = max(portfolio.range_of(one, today)[1] for one in portfolio.practices)
    return Limit(
        what="supplier_slots",
        of=name.strip() or ANY,
        starts=today - _A_WEEK,
        ends=max(ends, today) + _A_WEEK,
        count=int(count),
    )


def _day(option: str, text: str, how: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise FileRefused(option, "usage", f"'{text.strip()}' is no day; {how}") from None
