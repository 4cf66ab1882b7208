"""How figures, dates and the names of things are written on a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from godwit.definitions.comparison.severities import ORDER
from godwit.records.canonical import ENTITIES

ENGLAND = ZoneInfo("Europe/London")

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SEVERITIES: tuple[str, ...] = ORDER
"""Most severe first."""

OUTCOMES = ("identical", "equivalent", "agreed", "different", "missing", "unexpected")
"""Everything that can become of a converted record, in the order in which people read it."""

GLOSSARY = (
    ("Source", "The system the practice is leaving, as it was when its files were made."),
    ("Target", "The system the practice is moving to, as it was when its files were made."),
    ("Converted", "Read and put into the common form in which the two sides are compared."),
    ("Identical", "On both sides, and every field that was compared is the same."),
    ("Equivalent", "On both sides and written differently, and a named rule explains why both say the same."),
    ("Agreed", "On both sides and different, and named people have accepted that difference."),
    ("Different", "On both sides, and at least one field says something else without an explanation."),
    ("Missing", "In the source, and no matching record was found in the target."),
    ("Unexpected", "In the target, and no matching record was found in the source."),
    ("Set aside", "Read but not compared as a record of its own, for a reason that is listed on this page."),
    ("Reject", "A record that could not be read. It is kept, counted and listed with the reason."),
    ("Finding", "One difference: a field that differs, or a record that is missing or unexpected."),
    ("Cause", "Findings that look alike and probably have one explanation, so that they need one decision."),
    ("Pair", "A source record and a target record that were recognised as the same record."),
    ("The books", "The sums that show that no record was dropped or counted twice on its way to this page."),
    ("Seal", "One fingerprint over the whole run. It no longer fits if anything in the run is changed."),
)


REASONS = {
    "changed": "Each side says something else.",
    "lost": "Only the source says it.",
    "gained": "Only the target says it.",
    "degraded": "The target adds only a code that means “could not be coded”.",
    "no_counterpart": "No matching record was found.",
    "patient_not_paired": "The patient was not found on the other side.",
}
"""Why something is a finding, by the reason it carries."""


def number(value: float) -> str:
    """A count with thousands separators: 1234567 becomes 1,234,567."""
    return f"{value:,}"


def count(value: int, noun: str, plural: str | None = None) -> str:
    """A count and its noun: 1 record, 2,000 records."""
    return f"{number(value)} {noun if value == 1 else plural or noun + 's'}"


def percent(part: int, whole: int) -> str:
    """A share of `whole` to one decimal, cut and never rounded up, so that 100% means all of them."""
    if part in (0, whole):
        return "100%" if part else "0%"
    if part and part * 1000 < whole:
        return "less than 0.1%"
    return f"{part * 1000 // whole / 10}%"


def size(value: int) -> str:
    """A number of bytes in the largest unit that leaves at least one: 1.2 GB."""
    units = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
    for unit, worth in units:
        if value >= worth:
            return f"{number(value * 10 // worth / 10)} {unit}"
    return count(value, "byte")


def duration(seconds: float) -> str:
    """A length of time: 0.4 seconds, 12 minutes 5 seconds, 3 hours 10 minutes."""
    if seconds < 60:
        return f"{seconds:.1f} seconds"
    minutes, left = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{count(minutes, 'minute')} {count(left, 'second')}"
    return f"{count(minutes // 60, 'hour')} {count(minutes % 60, 'minute')}"


def moment(iso: str) -> str:
    """An ISO instant as the clocks of England show it: 21 November 2026, 09:30. Raises `ValueError`."""
    at = datetime.fromisoformat(iso)
    local = at if at.tzinfo is None else at.astimezone(ENGLAND)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local.hour:02}:{local.minute:02}"


def kind_of_record(entity: str | None) -> str:
    """The words a person reads for an entity of the canonical model; an unknown name is shown as it is."""
    if entity in (None, "", "*"):
        return "All kinds of record"
    known = ENTITIES.get(entity)
    return known.title if known else entity.replace("_", " ").capitalize()


def part_of_record(entity: str | None, field: str | None) -> str:
    """The words a person reads for a field or link; empty where the whole record is meant."""
    if field in (None, "", "*"):
        return ""
    known = ENTITIES.get(entity or "")
    return (known.title_of(field) if known else field).replace("_", " ")


def place(entity: str | None, field: str | None) -> str:
    """Kind of record and, where there is one, the field: Allergies, onset."""
    return ", ".join(part for part in (kind_of_record(entity), part_of_record(entity, field)) if part)


def sentence(text: str) -> str:
    """Words that begin with a capital letter and end with a full stop."""
    return f"{first_capital(text)}{'' if text.endswith(('.', '!', '?')) or not text else '.'}"


def first_capital(text: str) -> str:
    """Words that begin with a capital letter and keep all their others."""
    return f"{text[:1].upper()}{text[1:]}"


def reason(name: str | None) -> str:
    """Why something is a finding, as a sentence; a reason without words is shown by its name."""
    return REASONS.get(name or "") or sentence((name or "no reason was recorded").replace("_", " "))


def side(name: str) -> str:
    """Source, Target or Both sides."""
    return "Both sides" if name == "both" else name.capitalize()


def system(one: Mapping[str, Any]) -> str:
    """What a side is called: the title of its format, which says more than the short name of its system."""
    return str(one["format"] or one["system"] or "Unknown system")


def nhs_number(digits: str) -> str:
    """An NHS number in groups of three, three and four; anything else as it is."""
    if len(digits) == 10 and digits.isdigit():
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return digits


def css_text(text: str) -> str:
    """Text for a quoted CSS string inside a page: every character but plain letters and digits is escaped."""
    plain = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return "".join(plain)
