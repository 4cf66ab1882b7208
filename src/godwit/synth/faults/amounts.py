"""Faults of numbers and medicines: values, units, doses, quantities, what is still being taken."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from godwit.synth.faults.chart import Chart, Proposal
from godwit.synth.model import Authorisation, Observation

OTHER_UNITS = {
    "mmol/L": "mg/dL",
    "mmol/mol": "%",
    "mmHg": "kPa",
    "kg": "lb",
    "cm": "m",
    "g/L": "g/dL",
    "umol/L": "mmol/L",
    "ml/min": "L/min",
}
"""A unit that is easily taken for another; any other unit gets a thousand times as much."""

DOSES = {"one": "two", "two": "four", "three": "one", "four": "two", "half": "one", "1": "2", "2": "4", "once": "twice",
         "twice": "once"}  # fmt: skip
"""Words of a dosage and what they are mistaken for."""


_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def value_changed(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """Another value, by a fifth."""
    number = number_of(item.value)
    if number is None or not number or not here.is_clear(collection, item):
        return None
    places = max(0, -int(number.as_tuple().exponent))
    after = (number * Decimal("1.2")).quantize(Decimal(1).scaleb(-places))
    if after == number:
        after = number + 1
    return _revalued(here, collection, item, after)


def decimal_point_moved(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """Ten times the value."""
    number = number_of(item.value)
    if number is None or not number or not here.is_clear(collection, item):
        return None
    return _revalued(here, collection, item, number * 10)


def unit_changed(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The same number in another unit."""
    if not item.unit or number_of(item.value) is None or not here.is_clear(collection, item):
        return None
    after = OTHER_UNITS.get(item.unit, f"1000 {item.unit}")
    return here.changed(collection, item, "unit", (item.unit, after), unit=after)


def comparator_lost(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """“Less than 5” became 5."""
    if not item.comparator or not here.is_clear(collection, item):
        return None
    made = here.changed(collection, item, "comparator", (item.comparator, None), comparator=None)
    return replace(made, marks=(replace(made.marks[0], visible_in=("tpp", "vision", "gp2gp", "gpconnect")),))


def dose_changed(here: Chart, collection: str, item: Authorisation) -> Proposal | None:
    """Another dose in the instructions."""
    if not here.is_clear(collection, item):
        return None
    after = another_dose(item.dosage)
    if after == item.dosage:
        return None
    return and_its_course(here, item, "dosage", after)


def another_dose(dosage: str) -> str:
    """The instructions with the first number in them mistaken for another; the same text where there is none."""
    words = "|".join(DOSES)

    def mistaken(found: re.Match[str]) -> str:
        word = DOSES[found[0].lower()]
        if found[0].isupper():
            return word.upper()
        return word.capitalize() if found[0][0].isupper() else word

    return re.sub(rf"\b({words})\b", mistaken, dosage, count=1, flags=re.IGNORECASE)


def quantity_changed(here: Chart, collection: str, item: Authorisation) -> Proposal | None:
    """Twice as much to be supplied each time."""
    number = number_of(item.quantity)
    if number is None or not number or not here.is_clear(collection, item):
        return None
    after = plain(number * 2)
    return and_its_course(here, item, "quantity", after)


def and_its_course(here: Chart, item: Authorisation, field: str, after: str) -> Proposal | None:
    """The change, and for a single course that of its issue: many shapes have only one record for both."""
    before = getattr(item, field)
    made = here.changed("authorisations", item, field, (before, after), **{field: after})
    issues = [one for one in here.patient.issues if item.kind == "acute" and one.authorisation == item.id]
    for issue in issues:
        if not here.is_clear("issues", issue) or getattr(issue, field) != before:
            return None
        more = here.changed("issues", issue, field, (before, after), **{field: after})
        made = Proposal(made.edits + more.edits, made.marks + more.marks)
    return made


def stopped_medication_active(here: Chart, collection: str, item: Authorisation) -> Proposal | None:
    """A repeat that was stopped can be ordered again."""
    if item.active or item.kind == "acute" or not here.is_clear(collection, item):
        return None
    return here.changed(
        collection, item, "status", ("stopped", "active"), active=True, ends=None, end_reason=None
    )


def repeat_made_acute(here: Chart, collection: str, item: Authorisation) -> Proposal | None:
    """A repeat became a single course, so that the next one will not be issued."""
    is_single = here.issues_of[item.id] == 1
    if item.kind != "repeat" or not item.active or not is_single or not here.is_clear(collection, item):
        return None
    return here.changed(collection, item, "type", ("repeat", "acute"), kind="acute", issues_allowed=None)


def _revalued(here: Chart, collection: str, item: Any, after: Decimal) -> Proposal:
    text = plain(after)
    return here.changed(collection, item, "value", (item.value, text), value=text)


def number_of(text: str | None) -> Decimal | None:
    """The number a text is; None where it is none."""
    return Decimal(text) if text and _NUMBER.fullmatch(text) else None


def plain(number: Decimal) -> str:
    """A number without an exponent and without noughts at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
