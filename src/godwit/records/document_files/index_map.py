"""Where an index of documents keeps what: a map in YAML, or a guess from plain headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse, parse_text, resource
from godwit.records.errors import InputRefused
from godwit.values.written_day import PLAIN_ORDERS, require_orders

FILE = "index_fields.yaml"
WHO = ("nhs_number", "birth_date", "local_id")
"""What a patient is known by; at least two of them must stand on a line."""


class IndexField(Definition):
    """One thing that an index may say. `headers` are plain names of its column."""

    id: str
    title: str
    kind: Literal["number", "date", "size", "hash", "text"]
    headers: tuple[str, ...]


class IndexFields(Definition):
    """All of `index_fields.yaml`."""

    edition: str
    source: str
    fields: tuple[IndexField, ...]

    @property
    def by_id(self) -> Mapping[str, IndexField]:
        """Each field by its id."""
        return {one.id: one for one in self.fields}


@cache
def read_index_fields() -> IndexFields:
    """The fields. Raises `DefinitionError`."""
    return parse(IndexFields, resource(__package__ or "", FILE))


class IndexMap(Definition):
    """Where an index keeps what. `file` is its name in the folder; `columns` names the header of each field's column.

    `dates` are the orders of day, month and year that the index uses, such as `day/month/year` or `yearmonthday`.
    """

    title: str
    file: str = ""
    separator: str = Field(default=",", min_length=1, max_length=1)
    encoding: Literal["utf-8", "utf-16", "windows-1252"] = "utf-8"
    columns: dict[str, str]
    dates: Annotated[tuple[str, ...], AfterValidator(require_orders)] = PLAIN_ORDERS

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        known = read_index_fields().by_id
        if unknown := sorted(columns.keys() - known):
            raise ValueError(f"{unknown[0]} is no field of ours; known are {', '.join(known)}")
        if missing := lacking(columns):
            raise ValueError(f"say where {missing} stands")
        return columns


def lacking(columns: Mapping[str, object]) -> str:
    """What an index with these columns lacks, in words; empty where it can be read."""
    if "path" not in columns:
        return "the file"
    told = [name for name in WHO if name in columns]
    return "" if len(told) > 1 else "two of NHS number, date of birth and number of the patient in the system"


def load_index_map(path: Path, place: str) -> IndexMap:
    """The map in a file. Raises `InputRefused` naming the line and what is wrong with it; a map holds no patient."""
    try:
        return parse_text(IndexMap, "the map of the index", path.read_text(encoding="utf-8"))
    except DefinitionError as error:
        raise InputRefused("documents.map", f"line {error.line}: {error.because}", place) from None
    except (OSError, UnicodeDecodeError):
        raise InputRefused("documents.map", "the file cannot be read as text", place) from None


def guess(headers: Sequence[str], told: IndexMap | None, place: str) -> Mapping[str, int]:
    """The number of each field's column: as the map says, else by plain names of headers. Raises `InputRefused`."""
    plain = [_plain(one) for one in headers]
    if told is not None:
        columns = {name: _only(plain, [header], place) for name, header in told.columns.items()}
        if absent := [told.columns[name] for name, at in columns.items() if at is None]:
            because = f"the index has no column {absent[0]}, which its map names"
            raise InputRefused("documents.columns", because, place)
    else:
        columns = {one.id: _only(plain, one.headers, place) for one in read_index_fields().fields}
    found = {name: at for name, at in columns.items() if at is not None}
    if missing := lacking(found):
        because = f"no column of the index is plainly {missing}; say where it is in a map"
        raise InputRefused("documents.columns", because, place)
    return found


def _only(plain: Sequence[str], names: Sequence[str], place: str) -> int | None:
    wanted = {_plain(one) for one in names}
    at = [number for number, one in enumerate(plain) if one in wanted]
    if len(at) > 1:
        because = "two columns of the index could be the same field; say which in a map"
        raise InputRefused("documents.columns", because, place)
    return at[0] if at else None


def _plain(header: str) -> str:
    return " ".join(header.casefold().replace("_", " ").split())
