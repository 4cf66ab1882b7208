"""The shapes in which maps between code systems come: which column says what, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pydantic import Field

from godwit.definitions.read import Definition, parse, resource

FILE = "code_map_shapes.yaml"

Column = Literal[
    "from_system", "from_code", "term_code", "to_system", "to_code", "quality", "map_id", "date", "active"
]
"""What a column of a map can say."""

Quality = Literal["exact", "assured", "unassured"]


class Shape(Definition):
    """One shape of file: our name of a column -> the file's, and what its words mean."""

    id: str
    title: str
    source: str
    separator: str
    columns: dict[Column, str]
    optional: dict[Column, str] = Field(default_factory=dict)
    fixed: dict[Column, str] = Field(default_factory=dict)
    quality: dict[str, Quality]
    active: tuple[str, ...]
    inactive: tuple[str, ...]

    def fits(self, header: str) -> bool:
        """Whether a first line names every column that the shape needs."""
        return set(self.columns.values()) <= set(header.split(self.separator))


class Shapes(Definition):
    """All shapes; `systems` are the names of code systems a map may use, `no_target` how words for "none" begin."""

    edition: str
    systems: tuple[str, ...]
    no_target: str
    shapes: tuple[Shape, ...]

    def of(self, header: str) -> Shape | None:
        """The shape of a file with this first line; None for a shape nobody knows."""
        return next((one for one in self.shapes if one.fits(header)), None)

    def columns_wanted(self) -> Sequence[str]:
        """The columns of a map in Godwit's own shape, for a person whose file has none of the shapes."""
        return tuple(self.shapes[0].columns.values())


@lru_cache(maxsize=1)
def read_shapes() -> Shapes:
    """The shipped shapes. Raises `DefinitionError`."""
    return parse(Shapes, resource(__package__, FILE))
