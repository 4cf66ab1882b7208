"""A column map: where a registration list keeps what, and how it writes dates, sexes and marks.

The layout of the list is not public and differs by system, so it is data: a YAML file that a practice writes once and
uses again. Where a list has plain headers the map is guessed from them and shown; anything else is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, Field, field_validator, model_validator

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse_text
from godwit.records.errors import InputRefused
from godwit.records.listing.fields import read_fields
from godwit.records.listing.folding import fold
from godwit.values.written_day import PLAIN_ORDERS, require_orders

NEEDED = ("birth_date", "family")
"""Without these nobody on a list can be told from others."""


class FixedColumn(Definition):
    """A column of a file without separators: its first character, counted from 1, and its width."""

    start: int = Field(ge=1)
    width: int = Field(ge=1)


Place = str | int | FixedColumn
"""Where a column is: its header, its number counted from 1, or its characters."""


class ColumnMap(Definition):
    """Where a list keeps what. An address may be several columns; every other field is one.

    `dates` are the orders of day, month and year that the file uses, such as `day/month/year` or `yearmonthday`.
    `sexes`, `kinds`, `yes` and `closed` are words of the file: for each sex and kind of registration, for a mark that
    is set, for a patient who is no longer on the list.
    `skip_first` lines stand above the header or the first patient; lines that begin with one of `skip_starting` are no
    patients (a trailer).
    """

    title: str
    system: str = ""
    shape: Literal["separated", "fixed"] = "separated"
    separator: str = Field(default=",", min_length=1, max_length=1)
    header: bool = True
    encoding: Literal["utf-8", "utf-16", "windows-1252"] = "utf-8"
    skip_first: int = Field(default=0, ge=0)
    skip_starting: tuple[str, ...] = ()
    columns: dict[str, Place | tuple[Place, ...]]
    dates: Annotated[tuple[str, ...], AfterValidator(require_orders)] = PLAIN_ORDERS
    sexes: dict[str, Literal["female", "male", "indeterminate", "unknown"]] = Field(
        default={"f": "female", "2": "female", "female": "female", "m": "male", "1": "male", "male": "male",
                 "i": "indeterminate", "9": "indeterminate", "indeterminate": "indeterminate", "u": "unknown",
                 "0": "unknown", "x": "unknown", "unknown": "unknown", "not known": "unknown"}
    )  # fmt: skip
    kinds: dict[str, Literal["regular", "temporary", "private", "immediately_necessary", "other"]] = Field(
        default={"gms": "regular", "regular": "regular", "registered": "regular", "permanent": "regular",
                 "temporary": "temporary", "private": "private", "immediately necessary": "immediately_necessary"}
    )  # fmt: skip
    yes: tuple[str, ...] = ("y", "yes", "true", "1", "t", "open", "s")
    closed: tuple[str, ...] = ("deducted", "removed", "left", "dead", "deceased", "d", "inactive")

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, Any]) -> dict[str, Any]:
        known = {one.id for one in read_fields().fields}
        if unknown := sorted(columns.keys() - known):
            raise ValueError(f"{unknown[0]} is no field of ours; known are {', '.join(sorted(known))}")
        if missing := [one for one in NEEDED if one not in columns]:
            raise ValueError(f"say where {' and '.join(missing)} stand")
        several = [name for name, at in columns.items() if isinstance(at, tuple) and name != "address"]
        if several:
            raise ValueError(f"{several[0]} is one column; only an address may be several")
        return columns

    @model_validator(mode="after")
    def _shape_fits(self) -> Self:
        fixed = [isinstance(at, FixedColumn) for _, places in self.places() for at in places]
        if any(fixed) != all(fixed) or all(fixed) != (self.shape == "fixed"):
            raise ValueError("a fixed file wants start and width for every column, any other file wants none")
        if not self.header and any(isinstance(at, str) for _, places in self.places() for at in places):
            raise ValueError("a file without a header wants numbers of columns, not names")
        return self

    def places(self) -> Iterator[tuple[str, tuple[Place, ...]]]:
        """Each field with its columns."""
        for name, at in self.columns.items():
            yield name, at if isinstance(at, tuple) else (at,)


def load_column_map(path: Path) -> ColumnMap:
    """The map in a file. Raises `InputRefused` naming the line and what is wrong with it; a map holds no patient."""
    try:
        return parse_text(ColumnMap, "the column map", path.read_text(encoding="utf-8"))
    except DefinitionError as error:
        raise InputRefused("list.map", f"line {error.line}: {error.because}", "column map") from None
    except (OSError, UnicodeDecodeError):
        raise InputRefused("list.map", "the file cannot be read as text", "column map") from None


def map_text(one: ColumnMap) -> str:
    """A map as YAML, to be used again with `--columns`."""
    told = one.model_dump(mode="json", exclude_defaults=True)
    head = "# The column map of this run. Correct it where it is wrong and give it to the next run with --columns.\n"
    return head + yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=110)


def guess(cells: Sequence[str], separator: str, encoding: str) -> ColumnMap:
    """The map that a header tells by plain names. Raises `InputRefused` where it does not: a guess must not be wild."""
    headers = [fold(one) for one in cells]
    columns: dict[str, Any] = {}
    for field in read_fields().fields:
        at = [place for place, one in enumerate(headers) if one in {fold(name) for name in field.headers}]
        if len(at) > 1:
            because = f"two columns could be the {field.title}; say which in a column map"
            raise InputRefused("list.columns_unclear", because, "list")
        if at:
            columns[field.id] = cells[at[0]].strip()
    parts = {fold(name) for name in read_fields().address_parts}
    several = tuple(cell.strip() for cell, name in zip(cells, headers, strict=True) if name in parts)
    if several and "address" not in columns:
        columns["address"] = several
    _require_plain(columns)
    return _made(columns, separator, encoding)


def _require_plain(columns: Mapping[str, Any]) -> None:
    missing = [read_fields().of(name).title for name in NEEDED if name not in columns]
    if missing or not {"nhs_number", "given"} & columns.keys():
        missing = missing or ["NHS number or forenames"]
        because = f"no column is plainly the {' or the '.join(missing)}; say where it is in a column map (--columns)"
        raise InputRefused("list.columns_unclear", because, "list")


def _made(columns: Mapping[str, Any], separator: str, encoding: str) -> ColumnMap:
    told = {
        "title": "Guessed from the headers",
        "separator": separator,
        "encoding": encoding,
        "columns": columns,
    }
    return ColumnMap.model_validate(told)
