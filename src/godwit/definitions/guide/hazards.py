"""Hazards to seed the hazard log of a migration, each with the check that would detect it."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource


class Hazard(Row):
    """One hazard. `by_analogy`: known from single-patient transfers between unlike systems, not from whole practices.

    `data_kinds` are the kinds of data (DK) it touches.
    """

    id: str = Field(pattern=r"^HZ-\d\d$")
    hazard: str
    detecting_check: str
    by_analogy: bool
    data_kinds: tuple[str, ...] = Field(min_length=1)
    source: tuple[str, ...] = Field(min_length=1)


class Hazards(Definition):
    """All of them."""

    edition: str
    hazards: Rows[Hazard]


@lru_cache(maxsize=1)
def read_hazards() -> tuple[Hazard, ...]:
    """The 12 hazards. Raises `DefinitionError`."""
    return parse(Hazards, resource(__package__, "hazards.yaml")).hazards
