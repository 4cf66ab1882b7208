"""Faults that look like another way of writing the same, so that a rule of equivalence might swallow them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from godwit.synth.faults.amounts import and_its_course, number_of, plain
from godwit.synth.faults.chart import Chart, Proposal
from godwit.synth.faults.combined import both
from godwit.synth.faults.meaning import reworded
from godwit.synth.model import Authorisation, Observation, Staff

SCALES = {
    "g/L": ("g/dL", "0.1"),
    "mmol/L": ("umol/L", "1000"),
    "umol/L": ("mmol/L", "0.001"),
    "kg": ("g", "1000"),
    "cm": ("m", "0.01"),
    "mg/L": ("g/L", "0.001"),
    "ug/L": ("ng/L", "1000"),
    "ng/L": ("ug/L", "0.001"),
    "L/L": ("%", "100"),
}
"""A unit, another for the same kind of amount, and what a number in the first is multiplied by to be right in it."""

OTHER_CASE = re.compile(r"^[mp](?=mol|ol/|g/|L/|U/)")
"""Where a prefix stands whose capital is another prefix: milli and mega, pico and peta."""

FREQUENCIES = {
    "four times a day": "TDS",
    "three times a day": "QDS",
    "twice a day": "TDS",
    "once a day": "BD",
    "daily": "BD",
}
"""How often, in words, and a shorter way of writing that says another number of times."""

FIGURES = {"one": "1", "two": "2", "three": "3", "four": "4", "half": "0.5"}


def unit_and_value_scaled(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The same amount in another unit: right, and not what the laboratory sent; its range no longer fits."""
    number = number_of(item.value)
    if number is None or not number or item.unit not in SCALES or not here.is_clear(collection, item):
        return None
    unit, factor = SCALES[item.unit]
    value = plain(number * Decimal(factor))
    valued = here.changed(collection, item, "value", (item.value, value), value=value)
    return both(valued, here.changed(collection, item, "unit", (item.unit, unit), unit=unit))


def unit_case_changed(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """A small letter became a capital that means a thousand million times as much."""
    if not item.unit or not here.is_clear(collection, item):
        return None
    after = OTHER_CASE.sub(lambda found: found[0].upper(), item.unit)
    if after == item.unit:
        return None
    return here.changed(collection, item, "unit", (item.unit, after), unit=after)


def dosage_frequency_changed(here: Chart, collection: str, item: Authorisation) -> Proposal | None:
    """“One twice a day” became “1 TDS”: written another way, and one more a day."""
    after = another_frequency(item.dosage)
    if after == item.dosage or not here.is_clear(collection, item):
        return None
    return and_its_course(here, item, "dosage", after)


def another_frequency(dosage: str) -> str:
    """The directions in shorter words and with another number of times; the same text where none is said."""
    found = next((words for words in FREQUENCIES if re.search(rf"\b{words}\b", dosage, re.IGNORECASE)), None)
    if found is None:
        return dosage
    after = re.sub(rf"\b{found}\b", FREQUENCIES[found], dosage, count=1, flags=re.IGNORECASE)
    numbers = "|".join(FIGURES)
    return re.sub(rf"\b({numbers})\b", lambda word: FIGURES[word[0].lower()], after, flags=re.IGNORECASE)


def text_lost(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The code stands, and the words beside it are gone."""
    if not item.text or not item.code or not here.is_clear(collection, item):
        return None
    return reworded(here, collection, item, None)


def person_namesake(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """A clinician of the same name stands behind the entry; where there is none, one of the same role."""
    now = next((one for one in here.practice.staff if one.id == item.clinician), None)
    if now is None or not here.is_clear(collection, item):
        return None
    others = [one for one in here.practice.staff if one.person != now.person]
    if not others:
        return None
    other = max(others, key=lambda one: _likeness(one, now))
    made = here.changed(collection, item, "performer", (_named(now), _named(other)), clinician=other.id)
    return replace(made, marks=(replace(made.marks[0], visible_in=("emis", "tpp", "vision", "gpconnect")),))


def _likeness(one: Staff, now: Staff) -> tuple[bool, bool, bool]:
    return one.family == now.family, one.role == now.role, one.title == now.title


def _named(one: Staff) -> str:
    return f"{one.title} {one.given} {one.family}"
