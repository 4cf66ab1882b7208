"""Figures with a clock that are no service level, and the settings that each of them feeds."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.rows import Row, Rows, Sourced
from godwit.definitions.read import Definition, parse, resource


class LeadTime(Row, Sourced):
    """One figure as the guide writes it, with its lengths of time and plain numbers taken out; either may be absent."""

    id: str = Field(pattern=r"^LT-\d\d$")
    figure: str
    values: tuple[Duration, ...] = ()
    counts: tuple[int, ...] = ()
    meaning: str
    settings: tuple[str, ...] = ()


class LeadTimes(Definition):
    """All figures, in the order of their numbers."""

    edition: str
    lead_times: Rows[LeadTime]


FILE = "lead_times.yaml"


@lru_cache(maxsize=1)
def read_lead_times() -> LeadTimes:
    """The shipped figures. Raises `DefinitionError`."""
    return parse(LeadTimes, resource(__package__, FILE))
