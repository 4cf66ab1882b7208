"""Who does, answers for, is asked about and is told of each phase (RACI)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, Self, get_args

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource

Letter = Literal["R", "A", "C", "I"]
"""Responsible, accountable, consulted, informed."""


class Cell(Definition):
    """The part of one party in one phase: no letters is no part; words alone say a party is off or on paper."""

    letters: tuple[Letter, ...] = ()
    status: Literal["stated", "inferred"] = "stated"
    words: str = ""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        return read_cell(value) if isinstance(value, str) else value


def read_cell(text: str) -> dict[str, Any]:
    """`A/R`, `c`, `R accept`, `off` or `-` as the fields of a cell."""
    if text == "-":
        return {}
    head, _, rest = text.partition(" ")
    letters = head.upper().split("/")
    if not set(letters) <= set(get_args(Letter)):
        return {"words": text}
    return {"letters": letters, "status": "inferred" if head.islower() else "stated", "words": rest}


class Column(Row):
    """One party of the table, and the roles that it stands for."""

    slug: str
    name: str
    roles: tuple[str, ...] = Field(min_length=1)

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.slug


class PhaseRow(Row):
    """One phase: a cell for each column."""

    phase: str = Field(pattern=r"^P\d\d$")
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.phase


class Raci(Definition):
    """The whole table."""

    edition: str
    columns: Rows[Column]
    rows: Rows[PhaseRow]

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{row.phase} has {len(row.cells)} cells for {len(self.columns)} columns")
        return self

    def of(self, phase: str, column: str) -> Cell:
        """The part of `column` in `phase`. Raises `KeyError`."""
        cells = {row.phase: row.cells for row in self.rows}[phase]
        return {one.slug: cell for one, cell in zip(self.columns, cells, strict=True)}[column]


FILE = "raci.yaml"


@lru_cache(maxsize=1)
def read_raci() -> Raci:
    """The shipped table. Raises `DefinitionError`."""
    return parse(Raci, resource(__package__, FILE))
