"""Units of measure by one name each, however they are spelt; never a conversion of one unit into another."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from pydantic import model_validator

from godwit.definitions.read import Definition, parse, resource

FILE = "units.yaml"


class Unit(Definition):
    """The spellings of one unit, or of one part of a unit such as L in mmol/L; `source` names a key of the file's
    `sources`."""

    source: str
    spellings: tuple[str, ...]


class _File(Definition):
    edition: str
    sources: dict[str, str]
    units: dict[str, Unit]

    @model_validator(mode="after")
    def _is_unambiguous(self) -> _File:
        often = Counter(spelling for one in self.units.values() for spelling in one.spellings)
        twice = [spelling for spelling, times in often.items() if times > 1]
        if twice:
            raise ValueError(f"a spelling stands twice: {', '.join(twice)}")
        unknown = {one.source for one in self.units.values()} - set(self.sources)
        if unknown:
            raise ValueError(f"no such source: {', '.join(sorted(unknown))}")
        return self


class Units:
    """Look-up from any listed spelling of a unit to its one name."""

    def __init__(self, units: dict[str, Unit]) -> None:
        self._parts = {spelling: name for name, one in units.items() for spelling in one.spellings}

    def part(self, spelling: str) -> str | None:
        """The name of a unit that is one part, such as `tablet` of "tabs"; None for a spelling nobody listed."""
        return self._parts.get(spelling)

    def named(self, spelling: str) -> str | None:
        """The one name of a unit such as "mmol/l" (of 1, for a rate: "/min"); None if any part is not listed."""
        whole = spelling.replace(" per ", "/").strip()
        parts = (f"1{whole}" if whole.startswith("/") else whole).split("/")
        named = [self.part(" ".join(one.split())) for one in parts]
        known = [one for one in named if one is not None]
        return "/".join(known) if len(known) == len(parts) else None


@lru_cache(maxsize=1)
def read_units() -> Units:
    """The shipped list. Raises `DefinitionError`."""
    return Units(parse(_File, resource(__package__, FILE)).units)
