"""Who takes part: the roles, and the things that different people do from area to area."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from godwit.definitions.guide.rows import Row, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

Side = Literal["practice", "commissioner", "supplier", "delivery", "national", "other"]


class Role(Row):
    """One role. `slug` stays when a reorganisation renames the body; `also_called` holds its other names."""

    id: str = Field(pattern=r"^RL-\d\d$")
    slug: str = Field(pattern=r"^[a-z][a-z_]*$")
    name: str
    short: str
    also_called: tuple[str, ...] = ()
    side: Side
    note: str = ""

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.slug


class Roles(Definition):
    """All roles, in the order of their numbers."""

    edition: str
    roles: Rows[Role]

    def of(self, slug: str) -> Role:
        """The role with that slug. Raises `KeyError`."""
        return {one.slug: one for one in self.roles}[slug]


class RegionalThing(Row):
    """Something that is done by one party here and by another there; `usually` starts with the usual one."""

    slug: str
    name: str
    usually: tuple[str, ...] = Field(min_length=1)
    tasks: tuple[TaskId, ...] = Field(min_length=1)

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.slug


class Regional(Definition):
    """All things that vary by area."""

    edition: str
    source: tuple[str, ...]
    regional: Rows[RegionalThing]


ROLES_FILE, REGIONAL_FILE = "roles.yaml", "regional.yaml"


@lru_cache(maxsize=1)
def read_roles() -> Roles:
    """The shipped roles. Raises `DefinitionError`."""
    return parse(Roles, resource(__package__, ROLES_FILE))


@lru_cache(maxsize=1)
def read_regional() -> Regional:
    """What varies by area, as shipped. Raises `DefinitionError`."""
    return parse(Regional, resource(__package__, REGIONAL_FILE))
