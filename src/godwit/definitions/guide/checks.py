"""Everything the guide has a practice check: before the first extract, against the test system, and after go-live."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Entry, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

FILE = "checks.yaml"


class CleaningCheck(Entry):
    """Something to put right in the old system before the first extract, and the tasks it serves."""

    id: str = Field(pattern=r"^DC-\d\d$")
    check: str
    tasks: tuple[TaskId, ...] = Field(min_length=1)


class ComparisonCheck(Entry):
    """Something compared between the old system and the test version. No task where the guide names none."""

    id: str = Field(pattern=r"^CK-\d\d$")
    compare: str
    tasks: tuple[TaskId, ...] = ()


class PostGoLiveCheck(Entry):
    """Something looked at once the new system is live."""

    id: str = Field(pattern=r"^PG-\d\d$")
    check: str
    tasks: tuple[TaskId, ...] = Field(min_length=1)
    applies: tuple[str, ...] = ()


class Measure(Entry):
    """A figure worth keeping for the next migration."""

    id: str = Field(pattern=r"^PM-\d\d$")
    measure: str


class Manner(Entry):
    """How comparison is done, or what may come of it; the id is a slug."""

    text: str


class Checks(Definition):
    """The four tables, how the comparison is done, and the outcomes one comparison may have."""

    cleaning: Rows[CleaningCheck]
    comparison: Rows[ComparisonCheck]
    comparison_manner: Rows[Manner]
    comparison_outcomes: Rows[Manner]
    post_go_live: Rows[PostGoLiveCheck]
    measures: Rows[Measure]


@lru_cache(maxsize=1)
def read_checks() -> Checks:
    """The shipped tables. Raises `DefinitionError`."""
    return parse(Checks, resource(__package__, FILE))
