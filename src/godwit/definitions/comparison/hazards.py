"""Hazards of moving a practice's records: where a hazard log can start. Nobody has approved them."""

from __future__ import annotations

from functools import lru_cache

from godwit.definitions.read import Definition, parse, resource


class ComparisonHazard(Definition):
    """One hazard, the harm it can do, and the hazards of the migration guide (`HZ-`) that are about the same."""

    id: str
    hazard: str
    harm: str
    guide: tuple[str, ...] = ()


class _File(Definition):
    edition: str
    hazards: tuple[ComparisonHazard, ...]


FILE = "hazards.yaml"


@lru_cache(maxsize=1)
def read_comparison_hazards() -> tuple[ComparisonHazard, ...]:
    """The shipped hazards, in the order of their numbers. Raises `DefinitionError`."""
    return parse(_File, resource(__package__, FILE)).hazards
