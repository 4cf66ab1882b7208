"""Faults of several at once: two on one record, a record twice but not the same, records of two patients swapped."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from godwit.synth.faults.amounts import dose_changed, quantity_changed, value_changed
from godwit.synth.faults.chart import Chart, Proposal
from godwit.synth.faults.meaning import code_changed, text_truncated
from godwit.synth.faults.moments import date_shifted_by_a_day
from godwit.synth.model import Authorisation, Observation

SWAPPED = 6
"""How many entries each of two patients loses to the other, at most; half of that at least."""


def value_and_date_changed(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """Another value on another day: neither the day nor the value leads to the entry any more."""
    return both(value_changed(here, collection, item), date_shifted_by_a_day(here, collection, item))


def code_and_text_changed(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The code of something else, and the end of the words that would have said so is cut off."""
    return both(code_changed(here, collection, item), text_truncated(here, collection, item))


def dose_and_quantity_changed(here: Chart, collection: str, item: Authorisation) -> Proposal | None:
    """Another dose, and twice as much of it."""
    return both(dose_changed(here, collection, item), quantity_changed(here, collection, item))


def both(one: Proposal | None, other: Proposal | None) -> Proposal | None:
    """Two faults of one record as one, each with its own answer; None where one of them has no place."""
    if one is None or other is None:
        return None
    return Proposal(one.edits + other.edits, one.marks + other.marks)


def near_duplicate(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The entry is there twice, the second time with another value."""
    changed = value_changed(here, collection, item)
    if changed is None or not here.is_free(collection, item):
        return None
    value = changed.marks[0].after
    return here.gained(collection, replace(item, id=here.next_id(), value=value))


def records_swapped(here: Chart, collection: str, item: Any) -> Proposal | None:
    """Some entries of two patients change places, without their links, as when two records are merged and split."""
    there = here.neighbour
    if there is None or not here.is_free(collection, item):
        return None
    ours = [item, *(one for one in _free(here, collection) if one.id != item.id)][:SWAPPED]
    theirs = _free(there, collection)
    if min(len(ours), len(theirs)) * 2 < SWAPPED:
        return None
    went, came = here.moved(there, collection, ours), there.moved(here, collection, theirs)
    marks = (*went.marks, *(replace(mark, elsewhere=True) for mark in came.marks))
    return Proposal((*went.edits, *came.others), marks, (*went.others, *came.edits))


def _free(chart: Chart, collection: str) -> list[Any]:
    items = getattr(chart.patient, collection)
    return list(islice((one for one in items if chart.is_free(collection, one)), SWAPPED))
