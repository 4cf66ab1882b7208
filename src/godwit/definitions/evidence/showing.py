"""What a comparison can show of a requirement (DMI) or a hazard (H), and what stays for a person."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.definitions.guide.dmi import read_dmi
from godwit.definitions.read import Definition, parse, resource

FILE: Final = "showing.yaml"

Reach = Literal["compared", "read", "part", "person", "none"]
"""How a run reaches it: comparing records, reading all files, a part of the run; a person must; not at all."""


class Showing(Definition):
    """One part of a requirement, or one hazard. `left` is what somebody has to do besides."""

    id: str
    part: str = ""
    reach: Reach
    entities: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    left: str = ""

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if (self.reach == "compared") != bool(self.entities) or (self.reach == "part") != bool(self.parts):
            raise ValueError(
                f"{self.id} says by which kinds of record, or by which part of a run, it is shown"
            )
        if self.reach in ("person", "none") and not self.left:
            raise ValueError(f"{self.id} is not shown by a run, so it says what is left to do")
        return self


class Showings(Definition):
    """Both tables. A requirement nobody here has read has no row: nothing can be said to show it."""

    edition: str
    requirements: tuple[Showing, ...] = Field(min_length=1)
    hazards: tuple[Showing, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        read = {one.id for one in read_dmi().requirements if one.text_status != "unseen"}
        unread = {one.id for one in self.requirements} - read
        if unread:
            raise ValueError(f"{', '.join(sorted(unread))}: nobody here has read it, so nothing can show it")
        if {one.id for one in self.hazards} != {one.id for one in read_comparison_hazards()}:
            raise ValueError("every hazard has one row")
        return self


@lru_cache(maxsize=1)
def read_showings() -> Showings:
    """The shipped tables. Raises `DefinitionError`."""
    return parse(Showings, resource(__package__, FILE))
