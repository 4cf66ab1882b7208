"""In which order the work caught on paper goes into the new system, by whom and how."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Entry, Rows, Status, TaskId
from godwit.definitions.read import Definition, parse, resource

FILE = "reentry_order.yaml"


class ReentryStep(Definition):
    """One place in the order. The order is proposed: the guide gives lists and never says what comes first."""

    place: int = Field(ge=1)
    item: str
    who: tuple[str, ...] = Field(min_length=1)
    method: str
    why_here: str
    streams: tuple[str, ...] = ()
    tasks: tuple[TaskId, ...] = ()
    applies: tuple[str, ...] = ()
    status: Status = "proposed"


class ReentryRequirement(Entry):
    """Something re-entry must have or keep to."""

    id: str = Field(pattern=r"^RE-\d\d$")
    text: str


class GuideList(Definition):
    """The list as one edition of the guide prints it; `moved_earlier` is what that edition does before go-live ends."""

    edition: str
    items: tuple[str, ...]
    moved_earlier: tuple[str, ...] = ()
    source: tuple[str, ...]


class ReentryOrder(Definition):
    """The proposed order, what it must keep to, and the lists of the guide's editions."""

    steps: tuple[ReentryStep, ...]
    requirements: Rows[ReentryRequirement]
    guide_lists: tuple[GuideList, ...]

    @model_validator(mode="after")
    def _counted_from_one(self) -> Self:
        if [step.place for step in self.steps] != list(range(1, len(self.steps) + 1)):
            raise ValueError("the places must count up from 1 without a hole")
        return self


@lru_cache(maxsize=1)
def read_reentry_order() -> ReentryOrder:
    """The shipped table. Raises `DefinitionError`."""
    return parse(ReentryOrder, resource(__package__, FILE))
