"""A row of the guide's data tables: an id, where it comes from and how sure that is; and the fields of its forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from godwit.definitions.guide.rows import AnyRow, Row, Sourced, Status, Unique
from godwit.definitions.read import Definition

TaskId = Annotated[str, Field(pattern=r"^T\d\d-\d\d$")]

Rows = Annotated[tuple[AnyRow, ...], Unique]
"""A table of rows in which no id stands twice."""


class Entry(Row, Sourced):
    """A row with an id, a source and a status."""

    id: str


class Part(Definition):
    """A field of a log or form, and whether the guide itself asks for it."""

    name: str
    status: Status = "stated"
