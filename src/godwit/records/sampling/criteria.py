"""The criteria library: which kinds of patient a sample must hold, as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Self

from pydantic import Field, model_validator

from godwit.definitions.read import Definition, parse, resource
from godwit.records.canonical import ENTITIES, Kind

FILE = "criteria.yaml"


class Criterion(Definition):
    """One kind of patient. Its patients come from `sql/<id>.sql` or, where `words` is given, from records of the kinds
    in `among` whose terms fit that pattern. `look` says what a reader should check; `needs` are the fields
    (entity.field) without which an extract cannot tell."""

    id: str = Field(pattern=r"^[a-z][a-z_0-9]*$")
    group: str
    title: str
    look: str
    source: str
    needs: tuple[str, ...] = ()
    words: str | None = None
    among: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for one in self.needs:
            entity, _, field = one.partition(".")
            known = ENTITIES.get(entity)
            if not known or field not in {*known.field_names, *known.role_names}:
                raise ValueError(f"the canonical model has no field {one}")
        if bool(self.words) != bool(self.among):
            raise ValueError(f"{self.id}: words and among belong together")
        strangers = [one for one in self.among if one not in ENTITIES or not concept_of(one)]
        if strangers:
            raise ValueError(f"no coded kind of record {', '.join(strangers)}")
        return self

    def tellable(self, columns: Mapping[str, frozenset[str]]) -> bool:
        """Whether an extract with these columns can tell; words need one of the kinds of record only."""
        fields = (one.partition(".") for one in self.needs)
        told = all(field in columns.get(entity, frozenset()) for entity, _, field in fields)
        return told and (not self.words or any(columns.get(one) for one in self.among))


class Silence(Definition):
    """Something a sample should hold that no extract tells."""

    title: str
    instead: str
    source: str


class Criteria(Definition):
    """All criteria in the order in which people read them; `groups` are the headings."""

    edition: str
    groups: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    not_told: tuple[Silence, ...]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [one.id for one in self.criteria]
        if len(set(ids)) != len(ids):
            raise ValueError("two criteria have one id")
        strangers = {one.group for one in self.criteria} - set(self.groups)
        if strangers:
            raise ValueError(f"no group {', '.join(sorted(strangers))}")
        return self


@cache
def concept_of(entity: str) -> str | None:
    """The coded idea that a kind of record is about: the name of its first field of codes."""
    return next((field.name for field in ENTITIES[entity].fields if field.kind is Kind.CODES), None)


@lru_cache(maxsize=1)
def read_criteria() -> Criteria:
    """The shipped criteria. Raises `DefinitionError`."""
    return parse(Criteria, resource(__package__, FILE))
