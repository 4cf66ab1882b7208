"""A length of time as the guide writes it: a count and a unit, kept apart until a calendar adds it to a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Unit = Literal["d", "wd", "w", "m"]
"""d: calendar day; wd: working day; w: week of seven calendar days; m: calendar month."""

_WORDS: dict[Unit, str] = {"d": "day", "wd": "working day", "w": "week", "m": "month"}
_SHAPE = re.compile(r"(\d+)(wd|d|w|m)", re.ASCII)


@dataclass(frozen=True)
class Duration:
    """`count` of `unit`, never negative: whoever uses it says before or after.

    As the field of a definition it reads the text of a YAML file (`15wd`) and is written back as that text.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        """Raises `ValueError` for a negative count or an unknown unit."""
        if self.count < 0:
            raise ValueError("a length of time is not negative; say before or after instead")
        if self.unit not in get_args(Unit):
            raise ValueError("the unit of a length of time is d, wd, w or m")

    @classmethod
    def parse(cls, text: str) -> Duration:
        """`text` such as `15wd`, `2d`, `4w` or `3m`. Raises `ValueError` for anything else."""
        if text.startswith("-"):
            raise ValueError("a length of time is not negative; say before or after instead")
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise ValueError("a length of time is a whole number and d, wd, w or m, such as 15wd")
        unit = next(unit for unit in _WORDS if unit == found[2])
        return cls(int(found[1]), unit)

    def __str__(self) -> str:
        """The text that `parse` reads back to the same value."""
        return f"{self.count}{self.unit}"

    @property
    def words(self) -> str:
        """For people: `15 working days`, `1 week`."""
        return f"{self.count} {_WORDS[self.unit]}{'' if self.count == 1 else 's'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes a duration."""
        written = core_schema.plain_serializer_function_ser_schema(str)
        return core_schema.no_info_plain_validator_function(cls._read, serialization=written)

    @classmethod
    def _read(cls, value: Any) -> Duration:
        if isinstance(value, Duration):
            return value
        return cls.parse(str(value))
