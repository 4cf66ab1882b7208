"""Instants and the clocks of a named zone, with its clock changes."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from godwit.values.errors import ValueRefused

_MINUTE: Final = timedelta(minutes=1)


def offsets_that_showed(clock: tuple[int, ...], zone: tzinfo) -> list[int]:
    """The offsets, in minutes ahead of UTC, with which `zone` showed this local time: earliest instant first.

    `clock` is year, month, day, hour, minute and second. One offset for most times, two where the clock was
    put back over it, none where it was put forward over it. Raises `ValueRefused` (`partial_date.zone_range`)
    for a time at either end of the calendar and for an offset that is not in whole minutes, as before clocks
    were made uniform.
    """
    candidates = [_aware(clock, zone, fold) for fold in (0, 1)]
    return sorted({_offset(local) for local in candidates if _was_shown(local, zone)}, reverse=True)


def shown_in(clock: tuple[int, ...], offset: int, zone: tzinfo) -> tuple[tuple[int, ...], int]:
    """The six parts and the offset that `zone` showed when a clock with `offset` showed `clock`.

    Raises as `offsets_that_showed` does.
    """
    local = _convert(_aware(clock, timezone(offset * _MINUTE), fold=0), zone)
    return local.timetuple()[:6], _offset(local)


def _aware(clock: tuple[int, ...], zone: tzinfo, fold: int) -> datetime:
    year, month, day, hour, minute, second = clock
    local = datetime(year, month, day, hour, minute, second, tzinfo=zone, fold=fold)
    # A zone that knows no offset would be taken for the machine's own.
    if local.utcoffset() is None:
        raise ValueRefused("partial_date.zone_range")
    return local


def _was_shown(local: datetime, zone: tzinfo) -> bool:
    # A local time that the clocks skipped comes back from UTC as another time.
    back = _convert(_convert(local, UTC), zone)
    return back.replace(tzinfo=None) == local.replace(tzinfo=None)


def _offset(local: datetime) -> int:
    offset = local.utcoffset()
    if offset is None or offset % _MINUTE:
        raise ValueRefused("partial_date.zone_range")
    return offset // _MINUTE


def _convert(instant: datetime, zone: tzinfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except (OverflowError, ValueError):
        raise ValueRefused("partial_date.zone_range") from None
