"""Records that systems make for their own house-keeping: by which codes they are known, and what may stand in them."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from godwit.definitions.read import Definition, parse, resource

FILE = "house_keeping.yaml"


class HouseKeeping(Definition):
    """One rule: unpaired records of `entity` on `side` whose codes in `field` are all among `codes` and that hold
    nothing else but what they `may_have`. `between` limits it to pairs of formats; none named: any two.

    `accepts` and `refuses` are rows (field -> canonical text) run as tests.
    """

    id: str
    title: str
    source: str
    because: str
    side: Literal["source", "target"]
    entity: str
    field: str
    codes: tuple[str, ...] = Field(min_length=1)
    may_have: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    accepts: tuple[dict[str, str], ...] = Field(min_length=1)
    refuses: tuple[dict[str, str], ...] = Field(min_length=1)

    def reaches(self, source_format: str, target_format: str) -> bool:
        """Whether the rule is about these two formats."""
        return not self.between or (source_format, target_format) in self.between


class _File(Definition):
    edition: str
    rules: tuple[HouseKeeping, ...]


@lru_cache(maxsize=1)
def read_house_keeping() -> tuple[HouseKeeping, ...]:
    """The shipped rules. Raises `DefinitionError`."""
    return parse(_File, resource(__package__, FILE)).rules
