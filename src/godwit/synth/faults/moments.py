"""Faults of time: another day, another hour, day and month swapped, more precision than anybody knew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from godwit.synth.faults.chart import ENTITIES, EVERYWHERE, Chart, Mark, Proposal, holders
from godwit.synth.faults.edits import Change
from godwit.synth.model import When

TO_THE_MINUTE = ("tpp", "vision", "gp2gp", "gpconnect")
"""Shapes that say at what time of the day an entry was made."""

AS_KNOWN = ("emis", "gp2gp", "gpconnect")
"""Shapes that can say that only a month or a year is known."""


def date_shifted_by_a_day(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The day before, as happens when midnight is taken for a time in summer."""
    if item.when.precision not in ("YMD", "YMDT") or not here.is_free(collection, item):
        return None
    return _moved(here, collection, item, item.when.at - timedelta(days=1), EVERYWHERE)


def time_shifted_by_an_hour(here: Chart, collection: str, item: Any) -> Proposal | None:
    """An hour later on the same day, as happens when summer time is not allowed for."""
    if item.when.precision != "YMDT" or not here.is_free(collection, item) or item.when.at.hour == 23:
        return None
    return _moved(here, collection, item, item.when.at + timedelta(hours=1), TO_THE_MINUTE)


def date_format_swapped(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The day read as the month and the month as the day."""
    at = item.when.at
    if item.when.precision not in ("YMD", "YMDT") or not here.is_free(collection, item):
        return None
    if at.day > 12 or at.day == at.month:
        return None
    return _moved(here, collection, item, at.replace(month=at.day, day=at.month), EVERYWHERE)


def precision_invented(here: Chart, collection: str, item: Any) -> Proposal | None:
    """“Some time in 1998” became the first of January 1998."""
    if item.when.precision not in ("Y", "YM") or not here.is_free(collection, item):
        return None
    before, after = item.when, When("YMD", item.when.at)
    return _when(collection, item, (before, after), AS_KNOWN)


def _moved(here: Chart, collection: str, item: Any, at: datetime, shapes: tuple[str, ...]) -> Proposal | None:
    """The item at another moment, where that is within the patient's life and not that of a like item."""
    after = When(item.when.precision, at)
    if not here.patient.birth <= at.date() <= here.practice.snapshot.date():
        return None
    if not here.would_be_clear(collection, item, when=after):
        return None
    return _when(collection, item, (item.when, after), shapes)


def _when(collection: str, item: Any, moments: tuple[When, When], shapes: tuple[str, ...]) -> Proposal:
    before, after = moments
    seen = tuple(shape for shape in shapes if shape in holders(collection))
    mark = Mark(ENTITIES[collection], item.id, "different", "effective", said(before), said(after), seen)
    return Proposal((Change(collection, item.id, (("when", after),)),), (mark,))


def said(when: When) -> str | None:
    """A moment as the canonical model says it."""
    if when.at is None:
        return None
    size = {"Y": 4, "YM": 7, "YMD": 10, "YMDT": 19}[when.precision]
    return when.at.isoformat(timespec="seconds")[:size]
