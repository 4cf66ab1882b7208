"""Equivalence rules: when two texts that differ still say the same, with a source and examples on both sides.

A rule never changes a record. It explains one difference in one field and is counted each time it does.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, model_validator

from godwit.definitions.read import Definition, parse, resource


class Example(Definition):
    """A pair of canonical texts for a rule's spec; None is a field without a value.

    `source_row` and `target_row` give the neighbouring fields a rule may look at, `map` what a loaded code map says
    (code -> code, each as "system|code").
    """

    source: str | None = None
    target: str | None = None
    source_row: dict[str, str] = Field(default_factory=dict)
    target_row: dict[str, str] = Field(default_factory=dict)
    field: str | None = None
    map: dict[str, str] = Field(default_factory=dict)


class Equivalence(Definition):
    """One rule: its reach (`fields` as entity.field with `*`, `between` as source and target format), what decides
    (`by`, a named comparison with `parameters`), where it comes from, and what it must accept and must refuse."""

    id: str
    title: str
    source: str
    by: str
    fields: tuple[str, ...]
    between: tuple[tuple[str, str], ...] = ()
    parameters: dict[str, str] = Field(default_factory=dict)
    accepts: tuple[Example, ...]
    refuses: tuple[Example, ...]

    @model_validator(mode="after")
    def _has_both_sides(self) -> Equivalence:
        if not self.accepts or not self.refuses:
            raise ValueError("a rule needs an example that it accepts and one that it refuses")
        return self


class _File(Definition):
    edition: str
    rules: tuple[Equivalence, ...]


FILE = "equivalences.yaml"

FILE_OF_ANY = "equivalences_any.yaml"

FILES = (FILE, FILE_OF_ANY)
"""The rules of messages, and those between any two formats, in the order in which they are tried."""


@lru_cache(maxsize=1)
def read_equivalences() -> tuple[Equivalence, ...]:
    """The shipped rules, in the order in which they are tried. Raises `DefinitionError`."""
    return tuple(rule for file in FILES for rule in parse(_File, resource(__package__, file)).rules)
