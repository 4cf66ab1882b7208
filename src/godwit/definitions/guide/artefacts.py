"""Documents, registers and forms that a migration produces, and what each must hold."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.read import Definition, parse, resource


class ArtefactField(Definition):
    """One thing an artefact holds. `proposed`: the guide does not name it, good practice does."""

    name: str
    about: str
    status: Literal["stated", "proposed"] = "stated"


class Artefact(Definition):
    """One artefact. `made_by` are the tasks that produce or fill it; `users` is empty where the guide names nobody.

    `document` says in which shape it can be printed ready to fill in: a text (word), a list (sheet), one short page
    (page), or none because somebody else's form or system holds it.
    """

    id: str = Field(pattern=r"^ART-\d\d$")
    slug: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    also_called: tuple[str, ...] = ()
    about: str = ""
    producer: tuple[str, ...] = Field(min_length=1)
    users: tuple[str, ...] = ()
    phases: tuple[str, ...] = Field(min_length=1)
    fields: tuple[ArtefactField, ...] = Field(min_length=1)
    made_by: tuple[str, ...] = Field(min_length=1)
    document: Literal["word", "sheet", "page", "none"]
    source: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fields_differ(self) -> Self:
        if len({one.name for one in self.fields}) != len(self.fields):
            raise ValueError(f"{self.id} names a field twice")
        return self


class Artefacts(Definition):
    """All of them, in the order of the guide's catalogue."""

    edition: str
    artefacts: tuple[Artefact, ...]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        rows = self.artefacts
        if not len(rows) == len({one.id for one in rows}) == len({one.slug for one in rows}):
            raise ValueError("an id or slug stands twice")
        return self


@lru_cache(maxsize=1)
def read_artefacts() -> tuple[Artefact, ...]:
    """The 60 artefacts. Raises `DefinitionError`."""
    return parse(Artefacts, resource(__package__, "artefacts.yaml")).artefacts
