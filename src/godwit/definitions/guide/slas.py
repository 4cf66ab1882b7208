"""The service levels that the guide cites: who must do what by when, and which tasks start and stop the clock."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.rows import Row, Rows, Sourced, Status
from godwit.definitions.read import Definition, parse, resource

TaskEnd = Annotated[str, Field(pattern=r"^T\d\d-\d\d\.(start|finish)$")]
"""One end of a task, such as T06-01.finish."""


class Limit(Sourced):
    """A length of time that one edition allows."""

    value: Duration
    note: str = ""


class Sla(Row, Sourced):
    """One service level. The first of `limits` is the one of the framework; `limit_count` is a limit without a clock.

    `starts_at` and `stops_at` are candidates: the first whose task applies to the practice stands.
    `asked_for` names the anchor whose day the request itself may ask for: then the clock does not end before that day.
    `on_breach` is empty where the text does not say; `step` where it gives none.
    """

    id: str = Field(pattern=r"^SLA-\d\d$")
    name: str
    starts: str
    starts_status: Status = "stated"
    starts_at: tuple[TaskEnd, ...] = ()
    stops_at: tuple[TaskEnd, ...] = ()
    limits: tuple[Limit, ...] = ()
    limit_count: int | None = Field(default=None, ge=1)
    asked_for: str = ""
    bound: tuple[str, ...] = Field(min_length=1)
    for_practice: bool = False
    done_when: str
    on_breach: str = ""
    step: str = ""
    pages: tuple[int, ...] = Field(min_length=1)
    where: str
    note: str = ""

    @model_validator(mode="after")
    def _clock_or_count(self) -> Self:
        clock = bool(self.limits and self.starts_at and self.stops_at)
        any_clock = bool(self.limits or self.starts_at or self.stops_at)
        if clock != any_clock or clock == (self.limit_count is not None):
            raise ValueError(f"{self.id} needs a clock with both ends and a limit, or a count, and not both")
        return self


class Slas(Definition):
    """All service levels, in the order of their numbers."""

    edition: str
    slas: Rows[Sla]


FILE = "slas.yaml"


@lru_cache(maxsize=1)
def read_slas() -> Slas:
    """The shipped service levels. Raises `DefinitionError`."""
    return parse(Slas, resource(__package__, FILE))
