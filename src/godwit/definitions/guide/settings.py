"""The figures and choices of the guide that a practice may set, each with every value that its editions give."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.rows import Row, Rows, Sourced, Status
from godwit.definitions.read import Definition, parse, resource

SettingKind = Literal["duration", "count", "choice", "day_of_year_range", "text", "yes_no"]
DayOfYear = tuple[int, int]
"""Month and day."""

_RANGE = re.compile(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)", re.ASCII)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class SettingValue(Sourced):
    """One value that an edition gives or that is proposed. `note` says in words what it means or where it is from."""

    value: str = Field(min_length=1)
    note: str = ""


class Setting(Row):
    """One figure or choice. `status` says how the default was chosen; `conflict` numbers the editions' disagreement.

    `paces` names the value that a plan in a hurry, or one with time, takes instead of the default.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    about: str
    conflict: Annotated[int, Field(ge=1, le=22)] | None = None
    kind: SettingKind
    default: str
    values: tuple[SettingValue, ...] = Field(min_length=1)
    paces: dict[Literal["fastest", "comfortable"], str] = Field(default_factory=dict)
    status: Status

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.name

    @property
    def chosen(self) -> SettingValue:
        """The value that stands unless a practice sets another."""
        return next(one for one in self.values if one.value == self.default)

    @property
    def rivals(self) -> tuple[SettingValue, ...]:
        """The other values found."""
        return tuple(one for one in self.values if one.value != self.default)

    def check(self, value: str) -> None:
        """Whether this setting can hold `value`. Raises `ValueError` that says what it must look like."""
        if self.kind == "choice":
            allowed = [one.value for one in self.values]
            if value not in allowed:
                raise ValueError(f"{self.name} is one of {', '.join(allowed)}")
        elif self.kind == "duration":
            Duration.parse(value)
        elif self.kind == "count":
            read_count(value)
        elif self.kind == "day_of_year_range":
            read_days_of_year(value)
        elif self.kind == "yes_no" and value not in ("yes", "no"):
            raise ValueError(f"{self.name} is yes or no")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        values = [one.value for one in self.values]
        if len(values) != len(set(values)):
            raise ValueError(f"{self.name}: a value stands twice")
        if self.default not in values:
            raise ValueError(f"{self.name}: the default is none of the values")
        if not set(self.paces.values()) <= set(values):
            raise ValueError(f"{self.name}: a pace names a value that is not listed")
        if self.kind == "choice" and not all(one.note for one in self.values):
            raise ValueError(f"{self.name}: every choice needs a note that says what it means")
        for value in values:
            self.check(value)
        return self


class Settings(Definition):
    """All settings, in the order of the file."""

    edition: str
    settings: Rows[Setting]

    def of(self, name: str) -> Setting:
        """The setting called `name`. Raises `KeyError`."""
        return {one.name: one for one in self.settings}[name]


def read_count(text: str) -> int:
    """A whole number, zero or more. Raises `ValueError`."""
    if re.fullmatch(r"\d+", text, re.ASCII) is None:
        raise ValueError("a count is a whole number")
    return int(text)


def read_days_of_year(text: str) -> tuple[DayOfYear, DayOfYear]:
    """`09-01..12-31` as its first and last day, both included; it may cross the new year. Raises `ValueError`."""
    found = _RANGE.fullmatch(text)
    if found is None:
        raise ValueError("a season is written month-day..month-day, such as 09-01..12-31")
    first_month, first_day, last_month, last_day = (int(part) for part in found.groups())
    for month, day in ((first_month, first_day), (last_month, last_day)):
        if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]):
            raise ValueError(f"{month:02}-{day:02} is no day of the year")
    return (first_month, first_day), (last_month, last_day)


FILE = "settings.yaml"


@lru_cache(maxsize=1)
def read_settings() -> Settings:
    """The shipped settings. Raises `DefinitionError`."""
    return parse(Settings, resource(__package__, FILE))
