"""The kinds of data in a record: what the guide says of each, what to compare, what to do if it stays behind."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from godwit.definitions.guide.rows import Row, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

FILE = "data_kinds.yaml"


class DataKind(Row):
    """One kind of data. A migration holds its own answer for each, because it depends on the pair of suppliers.

    `gap` says that the guide does not speak of it at all. `source` is named only where it is not the guide's main text.
    `checked_by` are the tasks that check or handle it; `hazards` what could harm a patient if it goes wrong.
    """

    id: str = Field(pattern=r"^DK-\d\d$")
    slug: str
    name: str
    guide_says: str
    check: str
    if_not_carried: str
    gap: bool = False
    hazards: tuple[Annotated[str, Field(pattern=r"^HZ-\d\d$")], ...] = ()
    checked_by: tuple[TaskId, ...] = Field(min_length=1)
    source: tuple[str, ...] = ()


class _File(Definition):
    kinds: Rows[DataKind]


@lru_cache(maxsize=1)
def read_data_kinds() -> tuple[DataKind, ...]:
    """The shipped table, in the guide's order. Raises `DefinitionError`."""
    return parse(_File, resource(__package__, FILE)).kinds
