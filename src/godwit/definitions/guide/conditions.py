"""The questions that decide which tasks apply to a practice, each to be answered with yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Self

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource


class Condition(Row):
    """One question for the practice manager. `default` stands until it is answered, `why` says why it is what it is.

    `code` is the catalogue's short form, where it has one. `only_if` names another condition that must hold too.
    """

    slug: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    code: str = ""
    question: str = Field(pattern=r"\?$")
    default: bool
    why: str
    only_if: str = ""
    source: tuple[str, ...] = Field(min_length=1)

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.slug


class Conditions(Definition):
    """All conditions."""

    edition: str
    conditions: Rows[Condition]

    @model_validator(mode="after")
    def _leans_on_what_exists(self) -> Self:
        slugs = {one.slug for one in self.conditions}
        for one in self.conditions:
            if one.only_if and one.only_if not in slugs:
                raise ValueError(f"{one.slug} leans on {one.only_if}, which is no condition")
        return self

    def holding(self, answers: Mapping[str, bool]) -> frozenset[str]:
        """The slugs that hold, given the answers so far. Raises `KeyError` for an answer to no question."""
        known = {one.slug: one for one in self.conditions}
        strangers = sorted(set(answers) - set(known))
        if strangers:
            raise KeyError(f"no condition is called {', '.join(strangers)}")
        said = {slug: answers.get(slug, one.default) for slug, one in known.items()}
        return frozenset(
            slug for slug, one in known.items() if said[slug] and (not one.only_if or said[one.only_if])
        )


FILE = "conditions.yaml"


@lru_cache(maxsize=1)
def read_conditions() -> Conditions:
    """The shipped conditions. Raises `DefinitionError`."""
    return parse(Conditions, resource(__package__, FILE))
