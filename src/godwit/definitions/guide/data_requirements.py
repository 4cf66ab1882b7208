"""What the guide and its standards ask of extracts, of reconciling the list, and of mapping codes."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Entry, Part, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

FILE = "data_requirements.yaml"


class DataRequirement(Entry):
    """One requirement on extracts (DR-001 on) or on reconciling the list (DR-030 on); `fields` where it lists any."""

    id: str = Field(pattern=r"^DR-\d{3}$")
    text: str
    tasks: tuple[TaskId, ...] = ()
    fields: tuple[Part, ...] = ()


class MappingRule(Entry):
    """One rule for mapping a code to another; `fields` where it lists what a map holds."""

    id: str = Field(pattern=r"^MP-\d\d$")
    text: str
    tasks: tuple[TaskId, ...] = ()
    fields: tuple[Part, ...] = ()


class DataRequirements(Definition):
    """The three tables."""

    extracts: Rows[DataRequirement]
    reconciliation: Rows[DataRequirement]
    mapping: Rows[MappingRule]


@lru_cache(maxsize=1)
def read_data_requirements() -> DataRequirements:
    """The shipped tables. Raises `DefinitionError`."""
    return parse(DataRequirements, resource(__package__, FILE))
