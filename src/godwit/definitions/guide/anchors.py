"""The points in time that timing rules are written against."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.read import Definition, parse, resource


class Anchor(Definition):
    """One point in time: the start of the first task of `of` that applies to the practice."""

    id: str = Field(pattern=r"^[A-Z]+$")
    name: str
    of: tuple[str, ...] = Field(min_length=1)


class Anchors(Definition):
    """All of them, in the order in which they come."""

    edition: str
    anchors: tuple[Anchor, ...]


@lru_cache(maxsize=1)
def read_anchors() -> tuple[Anchor, ...]:
    """The shipped anchors. Raises `DefinitionError`."""
    return parse(Anchors, resource(__package__, "anchors.yaml")).anchors
