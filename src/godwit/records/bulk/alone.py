"""One extract looked at alone, without another to compare it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from godwit.records.compare.stage import Side
from godwit.records.errors import InputRefused, MachineRefused

SIDE: Side = "source"
"""An extract that is looked at alone is loaded as if it were the source."""


@contextmanager
def told_of_the_delivery() -> Iterator[None]:
    """A refusal says `delivery` where it would say `source`: who looks at one extract named no source."""
    try:
        yield
    except (InputRefused, MachineRefused) as refused:
        place = (refused.place or "delivery").replace(SIDE, "delivery", 1)
        raise type(refused)(refused.rule, refused.because, place) from None
