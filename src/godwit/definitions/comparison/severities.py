"""How much clinical harm a difference could do, by entity, outcome and field, until a clinician has looked at it."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from godwit.definitions.read import Definition, parse, resource

Severity = Literal["critical", "high", "medium", "low"]

ORDER: tuple[Severity, ...] = ("critical", "high", "medium", "low")
"""Most severe first."""


class EntitySeverity(Definition):
    """Severities for one entity: a record missing, a record unexpected, a field different (with exceptions)."""

    why: str
    missing: Severity
    unexpected: Severity
    different: Severity
    fields: dict[str, Severity] = Field(default_factory=dict)


class Severities(Definition):
    """The whole table. Every entity of the canonical model has a row (a test holds that).

    `actions` says what to do next, by outcome (missing, unexpected, different) or by kind of change where that differs.
    """

    edition: str
    actions: dict[str, str]
    entities: dict[str, EntitySeverity]

    def of(self, entity: str, outcome: str, field: str | None) -> Severity:
        """Severity of one finding. `outcome` is missing, unexpected or different; `field` only for different."""
        row = self.entities[entity]
        if outcome == "missing":
            return row.missing
        if outcome == "unexpected":
            return row.unexpected
        return row.fields.get(field or "", row.different)


FILE = "severities.yaml"


@lru_cache(maxsize=1)
def read_severities() -> Severities:
    """The shipped table. Raises `DefinitionError`."""
    return parse(Severities, resource(__package__, FILE))
