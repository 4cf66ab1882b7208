"""Where the guide itself leaves a question open, what follows, and what of Godwit answers it today."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource

AnsweredBy = Literal["plan", "records", "not_yet", "nothing_to_answer"]
"""plan: the guide as data and its schedule · records: the comparison of records · not_yet: nothing so far ·
nothing_to_answer: the gap is closed and asks for no software."""


class MarkedGap(Row):
    """A gap the guide's own authors marked. `state` is how it stands now; `now` says what has come since.

    open: no answer seen · partly: an answer to part of it · elsewhere: answered by another edition or another page ·
    closed: it no longer arises.
    """

    id: str = Field(pattern=r"^GA-\d\d$")
    gap: str
    where: tuple[str, ...] = Field(min_length=1)
    state: Literal["open", "partly", "elsewhere", "closed"]
    now: str = ""
    answer: str | None
    answered_by: AnsweredBy

    @property
    def still_open(self) -> bool:
        """Whether any part of it is still without an answer."""
        return self.state in {"open", "partly"}


class NoticedGap(Row):
    """A gap noticed while the guide was turned into data, and what it leads to in a migration."""

    id: str = Field(pattern=r"^GB-\d\d$")
    gap: str
    consequence: str
    answer: str
    answered_by: AnsweredBy


class Gaps(Definition):
    """Both lists."""

    edition: str
    marked: Rows[MarkedGap]
    noticed: Rows[NoticedGap]


class DesignConsequence(Definition):
    """What the gaps and the differing editions ask of any software for this work."""

    number: int
    consequence: str
    because: str


class DesignConsequences(Definition):
    """All of them."""

    edition: str
    consequences: tuple[DesignConsequence, ...]

    @model_validator(mode="after")
    def _numbered(self) -> Self:
        if [one.number for one in self.consequences] != list(range(1, len(self.consequences) + 1)):
            raise ValueError("consequences are numbered from 1 without a hole")
        return self


@lru_cache(maxsize=1)
def read_gaps() -> Gaps:
    """The 30 marked and 32 noticed gaps. Raises `DefinitionError`."""
    return parse(Gaps, resource(__package__, "gaps.yaml"))


@lru_cache(maxsize=1)
def read_design_consequences() -> tuple[DesignConsequence, ...]:
    """The ten consequences. Raises `DefinitionError`."""
    return parse(DesignConsequences, resource(__package__, "design_consequences.yaml")).consequences
