"""What only people can say about a move: the facts that rules and gates ask for, and the check of an answer.

Facts are counts, dates and yes or no. They never hold a patient's data: a rule asks how many, not who.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource
from godwit.values import NhsNumber, ValueRefused

FactType = Literal["yes_no", "date", "count", "share", "text", "list"]
"""share: a whole percentage, 0 to 100 · list: rows with named columns."""

FactValue = date | int | str | bool | tuple[Mapping[str, object], ...]

LONGEST_TEXT: Final = 200
_NUMBER: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)


class FactRefused(ValueError):
    """An answer that cannot be used: `name` of the fact, the `rule` it breaks, and `because` in words.

    The message never shows the answer: a refused answer may be somebody's data in the wrong place.
    """

    def __init__(self, name: str, rule: str, because: str) -> None:
        super().__init__(name, rule, because)
        self.name = name
        self.rule = rule
        self.because = because

    def __str__(self) -> str:
        return f"{self.name}: {self.because} [{self.rule}]"


class Column(Row):
    """One column of a list. What a row leaves out is not known."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: Literal["yes_no", "date", "count", "share", "text"]
    about: str
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.name


class Fact(Row):
    """One question. `asked_of` is the role that knows; `used_by` the rules, gates and clocks that want the answer.

    A list has `columns`; the first names the row and is always given. A text with `choices` is one of them.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: FactType
    question: str = Field(pattern=r"\?$")
    asked_of: str
    used_by: tuple[str, ...] = Field(min_length=1)
    example: Any
    choices: tuple[str, ...] = ()
    columns: Rows[Column] = ()

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.name

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.type == "list") != bool(self.columns):
            raise ValueError(f"{self.name}: a list, and only a list, has columns")
        if self.choices and self.type != "text":
            raise ValueError(f"{self.name}: only a text has choices")
        checked_fact(self, self.example)
        return self


class FactList(Definition):
    """All facts, in the order of the file."""

    edition: str
    facts: Rows[Fact]


def checked_facts(raw: Mapping[str, object], known: tuple[Fact, ...]) -> Mapping[str, FactValue]:
    """The answers of a practice's file as typed values. An answer left empty is not known and is left out.

    Raises `FactRefused` at the first answer that has no question or does not fit it.
    """
    by_name = {one.name: one for one in known}
    for name in raw:
        if name not in by_name:
            raise FactRefused(str(name)[:60], "fact.unknown", "no rule asks for a fact of this name")
    return {name: checked_fact(by_name[name], value) for name, value in raw.items() if value is not None}


def checked_fact(fact: Fact, value: object) -> FactValue:
    """One answer as a typed value. Raises `FactRefused`."""
    if fact.type != "list":
        return _single(fact.name, fact.type, fact.choices, value)
    if not isinstance(value, list):
        raise FactRefused(fact.name, "fact.list", "write a list, one row to a line")
    return tuple(_row(fact, row, at) for at, row in enumerate(value, start=1))


def _row(fact: Fact, row: object, at: int) -> Mapping[str, object]:
    where = f"{fact.name}, row {at}"
    columns = [one.name for one in fact.columns]
    if not isinstance(row, dict) or not set(row) <= set(columns):
        raise FactRefused(where, "fact.columns", f"a row has the columns {', '.join(columns)} and no others")
    first = fact.columns[0].name
    if row.get(first) is None:
        raise FactRefused(where, "fact.first_column", f"a row needs its {first}")
    given = (one for one in fact.columns if row.get(one.name) is not None)
    return {one.name: _single(f"{where}, {one.name}", one.type, one.choices, row[one.name]) for one in given}


def _single(name: str, type_: FactType, choices: tuple[str, ...], value: object) -> date | int | str | bool:
    if type_ == "yes_no" and isinstance(value, bool):
        return value
    if type_ == "date" and isinstance(value, date) and not isinstance(value, datetime):
        return value
    if type_ in ("count", "share") and isinstance(value, int) and not isinstance(value, bool):
        return _number(name, value, 100 if type_ == "share" else None)
    if type_ == "text" and isinstance(value, str):
        return _text(name, value, choices)
    if type_ == "date" and isinstance(value, datetime):
        raise FactRefused(
            name, "fact.moment", "write a day such as 2027-03-01, without a time or a time zone"
        )
    raise FactRefused(name, f"fact.{type_}", _WANTED[type_])


_WANTED: Final[Mapping[FactType, str]] = {
    "yes_no": "write yes or no",
    "date": "write a day such as 2027-03-01, without quotes",
    "count": "write a whole number, zero or more",
    "share": "write a whole percentage, 0 to 100",
    "text": "write a few words",
    "list": "write a list, one row to a line",
}


_PATIENT: Final = "this holds an NHS number; facts say how many, never who"


def _number(name: str, value: int, most: int | None) -> int:
    if _is_nhs_number(str(value)):
        raise FactRefused(name, "fact.patient", _PATIENT)
    if value < 0 or (most is not None and value > most):
        raise FactRefused(name, "fact.range", _WANTED["share" if most else "count"])
    return value


def _text(name: str, value: str, choices: tuple[str, ...]) -> str:
    text = value.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise FactRefused(name, "fact.text", f"write a few words, at most {LONGEST_TEXT} characters")
    if choices and text not in choices:
        raise FactRefused(name, "fact.choice", f"write one of {', '.join(choices)}")
    if any(_is_nhs_number(found) for found in _NUMBER.findall(text)):
        raise FactRefused(name, "fact.patient", _PATIENT)
    return text


def _is_nhs_number(text: str) -> bool:
    try:
        NhsNumber.parse(re.sub(r"[ -]", "", text))
    except ValueRefused:
        return False
    return True


@lru_cache(maxsize=1)
def read_facts() -> tuple[Fact, ...]:
    """The shipped questions. Raises `DefinitionError`."""
    return parse(FactList, resource(__package__, "facts.yaml")).facts
