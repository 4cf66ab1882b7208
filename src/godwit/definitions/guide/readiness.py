"""The questions that each party must be able to answer with yes before a gate opens."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource

Party = Literal["practice", "project", "commissioner"]
Stage = Literal["early", "initial_data", "cutover_plan", "cutover", "post_go_live"]


class Question(Definition):
    """One thing to say yes to; `edition` is set where only the edition of that year asks it."""

    ask: str = Field(pattern=r"\?$")
    edition: Literal["2019", "2020"] | None = None


class Readiness(Row):
    """The questions of one row of the guide's checklists, to the same parties and for the same gate."""

    id: str = Field(pattern=r"^RQ-\d\d$")
    stage: Stage
    asked_of: tuple[Party, ...] = Field(min_length=1)
    gate: str = Field(pattern=r"^G[1-8]$")
    questions: tuple[Question, ...] = Field(min_length=1)
    note: str = ""


class ReadinessTable(Definition):
    """All rows; `parties` says which roles each party stands for."""

    edition: str
    source: tuple[str, ...]
    parties: dict[Party, tuple[str, ...]]
    rows: Rows[Readiness]


FILE = "readiness.yaml"


@lru_cache(maxsize=1)
def read_readiness() -> ReadinessTable:
    """The shipped checklists. Raises `DefinitionError`."""
    return parse(ReadinessTable, resource(__package__, FILE))
