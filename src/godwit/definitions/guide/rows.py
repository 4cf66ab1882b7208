"""What the rows of the guide's tables share: a source, how sure it is, and a key that no other row has."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal, Self, TypeVar

from pydantic import AfterValidator, model_validator

from godwit.definitions.read import Definition

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


AnyRow = TypeVar("AnyRow", bound=Row)


def _unique(rows: Sequence[AnyRow]) -> Sequence[AnyRow]:
    seen: set[Hashable] = set()
    for row in rows:
        if row.key in seen:
            raise ValueError(f"{row.key} stands twice")
        seen.add(row.key)
    return rows


Unique = AfterValidator(_unique)
"""For a list of rows: no key may stand twice."""
