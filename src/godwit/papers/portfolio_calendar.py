"""The go-live dates of a portfolio as calendar entries."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from godwit.papers.calendar import Calendar, Entry
from godwit.papers.plan_words import practice_key
from godwit.plan.portfolio import PortfolioFile
from godwit.plan.spread import Placed, Spread
from godwit.plan.wording import day_words

REMINDERS: Final = (28, 7, 0)


def portfolio_calendar(portfolio: PortfolioFile, spread: Spread, made_at: datetime) -> Calendar:
    """One entry for each go-live, not confirmed yet. Raises `PaperRefused` for a time without its zone."""
    wishes = {one.name: one for one in portfolio.practices}
    taken: dict[str, int] = {}
    entries = []
    for one in spread.placed.values():
        key = practice_key(wishes[one.practice].whole_practice)
        taken[key] = taken.get(key, 0) + 1
        # Two names may differ in signs alone; then the order in the file tells them apart.
        entries.append(
            _entry(one, wishes[one.practice].system, f"{key}-{taken[key]}" if taken[key] > 1 else key)
        )
    return Calendar(f"Go-live dates of {portfolio.portfolio}", made_at, tuple(entries))


def _entry(one: Placed, system: str, key: str) -> Entry:
    return Entry(
        uid=f"portfolio-go-live@{key}.godwit",
        first_on=one.day,
        last_on=one.day,
        summary=f"Go-live: {one.practice}" + (f" ({system})" if system else ""),
        description=f"{one.because}\nWanted: {day_words(one.wanted)}",
        categories=("Migration go-live",),
        status="TENTATIVE",
        reminders=REMINDERS,
    )
