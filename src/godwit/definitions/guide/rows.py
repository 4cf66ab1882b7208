"""What the rows of the guide's tables share: an id or key that no other row has, a source, and how sure that is."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from godwit.definitions.read import Definition

TaskId = Annotated[str, Field(pattern=r"^T\d\d-\d\d$")]

Status = Literal["stated", "inferred", "proposed"]
"""stated: the guide says so; inferred: read out of it; proposed: chosen for Godwit where the guide is silent."""


class Row(Definition):
    """A row with a key of its own."""

    @property
    def key(self) -> Hashable:
        """What makes the row one of a kind; the id unless a row says otherwise."""
        return getattr(self, "id", None)


class Sourced(Definition):
    """Something with source codes of the guide (see `sources.yaml`). What is stated has at least one."""

    source: tuple[str, ...] = ()
    status: Status = "stated"

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if self.status == "stated" and not self.source:
            raise ValueError("what the guide states needs its source; otherwise say inferred or proposed")
        return self


class Entry(Row, Sourced):
    """A row with an id, a source and a status."""

    id: str


class Part(Definition):
    """A field of a log or form, and whether the guide itself asks for it."""

    name: str
    status: Status = "stated"


AnyRow = TypeVar("AnyRow", bound=Row)


def _unique(rows: Sequence[AnyRow]) -> Sequence[AnyRow]:
    seen: set[Hashable] = set()
    for row in rows:
        if row.key in seen:
            raise ValueError(f"{row.key} stands twice")
        seen.add(row.key)
    return rows


Rows = Annotated[tuple[AnyRow, ...], AfterValidator(_unique)]
"""A table of rows in which no key stands twice."""
