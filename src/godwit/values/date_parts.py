"""Dates and times as text and as parts: the shapes read, the checks on parts, the text written."""

import re
from calendar import monthrange
from collections.abc import Sequence
from typing import Final, NamedTuple

from godwit.values.errors import ValueRefused
from godwit.values.moments import AHEAD_AT_MOST, BEHIND_AT_MOST

ISO: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?)?)?)?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
HL7: Final = re.compile(
    r"([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:\.([0-9]+))?)?)?)?)?)?"
    r"([+-][0-9]{4})?"
)

NAMES: Final = ("year", "month", "day", "hour", "minute", "second")
_LOWEST: Final = (1, 1, 1, 0, 0, 0)


class Parts(NamedTuple):
    """What a text says, part by part; None where it says nothing. `offset` is minutes ahead of UTC."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    fraction: str | None = None
    offset: int | None = None


def read(text: str, shape: re.Pattern[str]) -> Parts:
    """Split a text of the shape `ISO` or `HL7` into parts, not yet checked against the calendar."""
    if not text.isascii():
        raise ValueRefused("partial_date.characters")
    match = shape.fullmatch(text)
    if match is None:
        raise ValueRefused("partial_date.shape")
    *clock, fraction, zone = match.groups()
    year, month, day, hour, minute, second = (int(part) if part else None for part in clock)
    return Parts(year or 0, month, day, hour, minute, second, fraction, _read_zone(zone))


def _read_zone(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return None if zone is None else 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if minutes > 59:
        raise ValueRefused("partial_date.zone")
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def write_iso(parts: Parts) -> str:
    """The ISO 8601 text with exactly these parts; `Z` for UTC."""
    smaller = [part for part in parts[1:6] if part is not None]
    written = (f"{mark}{part:02}" for mark, part in zip("--T::", smaller, strict=False))
    fraction = "" if parts.fraction is None else f".{parts.fraction}"
    return f"{parts.year:04}{''.join(written)}{fraction}{_write_zone(parts.offset)}"


def _write_zone(offset: int | None) -> str:
    if offset is None or offset == 0:
        return "" if offset is None else "Z"
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def check(parts: Parts) -> None:
    """Raise `ValueRefused` with the rule of the first part that is wrong, from the year down."""
    clock = parts[:6]
    given = [part for part in clock if part is not None]
    if None in clock[: len(given)]:
        raise ValueRefused("partial_date.parts")
    for name, low, value, high in zip(NAMES, _LOWEST, given, highest(given), strict=False):
        if not low <= value <= high:
            raise ValueRefused(f"partial_date.{name}")
    if parts.fraction is not None and (parts.second is None or not re.fullmatch("[0-9]+", parts.fraction)):
        raise ValueRefused("partial_date.fraction")
    if parts.offset is not None and not -BEHIND_AT_MOST <= parts.offset <= AHEAD_AT_MOST:
        raise ValueRefused("partial_date.zone")


def lowest(given: Sequence[int]) -> tuple[int, ...]:
    """All six parts of the first second that the given parts may mean."""
    return (*given, *_LOWEST[len(given) :])


def highest(given: Sequence[int]) -> tuple[int, ...]:
    """The highest each of the six parts may be, in the order of `NAMES`, for the month that is given."""
    year, month = (*given, 12)[:2]
    # A month that cannot be has no length; any will do, for it is refused before its days are looked at.
    days = monthrange(year, month)[1] if 1 <= month <= 12 and 1 <= year <= 9999 else 31
    return (9999, 12, days, 23, 59, 59)
