"""The clean-up checks: what is looked for, why it matters, who can put it right, and which task of the guide asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Self

from pydantic import Field, model_validator

from godwit.definitions.comparison.severities import Severity
from godwit.definitions.guide.rows import TaskId
from godwit.definitions.read import Definition, parse, resource
from godwit.records.canonical import ENTITIES

FILE = "checks.yaml"


class Check(Definition):
    """One check. `needs` are the fields (entity.field) without which an extract cannot tell; its rows come from
    `sql/<id>.sql`, or from what loading found out where `loading` is set. `expected` says that it is no fault but
    something to know and count."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    group: str
    title: str
    why: str
    do: str
    if_left: str
    harm: Severity
    role: str
    tasks: tuple[TaskId, ...] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    source: str
    loading: bool = False
    expected: bool = False

    @model_validator(mode="after")
    def _known_fields(self) -> Self:
        for one in self.needs:
            entity, _, field = one.partition(".")
            known = ENTITIES.get(entity)
            if not known or field not in {*known.field_names, *(role.name for role in known.roles)}:
                raise ValueError(f"the canonical model has no field {one}")
        return self

    def tellable(self, fills: Mapping[str, frozenset[str]]) -> bool:
        """Whether a format that fills these fields can tell."""
        fields = (one.partition(".") for one in self.needs)
        return all(field in fills.get(entity, frozenset()) for entity, _, field in fields)


class Silence(Definition):
    """Something the guide asks to look for that no extract tells."""

    title: str
    instead: str
    tasks: tuple[TaskId, ...]


class Checks(Definition):
    """All checks in the order in which they are made. `weights` say how much one patient counts, by harm; `groups` are
    the headings."""

    edition: str
    weights: Mapping[Severity, int]
    groups: Mapping[str, str]
    checks: tuple[Check, ...]
    not_told: tuple[Silence, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ids = [one.id for one in self.checks]
        if len(set(ids)) != len(ids):
            raise ValueError("two checks have one id")
        strangers = {one.group for one in self.checks} - set(self.groups)
        if strangers:
            raise ValueError(f"no group {', '.join(sorted(strangers))}")
        return self


@lru_cache(maxsize=1)
def read_checks() -> Checks:
    """The shipped checks. Raises `DefinitionError`."""
    return parse(Checks, resource(__package__, FILE))
