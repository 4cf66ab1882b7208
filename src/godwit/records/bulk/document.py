"""The description a supplier gives of its extract (the documented data extract), as a machine can read it.

Twelve headings (standards notes 4.1): physical items, logical model, link between the two, units, coded values,
business rules, exceptional handling, values derived and not sent, what is left out, integrity checks, rebuilding notes,
format. A document may leave any of it out: that is what the linter says. Only what is written must be written soundly.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse_text
from godwit.records.bulk.bulk_format import BulkFormat, FormatFile
from godwit.records.bulk.layout import (
    Column,
    ColumnType,
    Grammar,
    Layout,
    Reference,
    Table,
    first_fault,
)
from godwit.records.errors import InputRefused

TO_DO = "to be completed"
"""What an unfinished document says where a person has to write; it counts as nothing said."""

Text = str | tuple[str, ...]


class Item(Definition):
    """One column as described. `codes` names a list of `code_lists`, `code_system` a published one with its edition;
    `unit` is a unit, `none`, or `in <column>`; `length` counts characters."""

    meaning: str | None = None
    type: ColumnType | None = None
    length: int | None = Field(default=None, gt=0)
    may_be_empty: bool | None = None
    unit: str | None = None
    codes: str | None = None
    code_system: str | None = None
    precision: str | None = None
    derivation: str | None = None
    sensitivity: str | None = None
    example: str | None = None
    changes: str | None = None


class Described(Definition):
    """One table: how its files are named (`file`, the part of the name that says so), its key and its links."""

    title: str | None = None
    file: str | None = None
    key: tuple[str, ...] = ()
    columns: dict[str, Item]
    references: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Described:
        unknown = {*self.key, *(one.column for one in self.references)} - set(self.columns)
        if unknown:
            raise ValueError(f"no column {min(unknown)} is described, but the key or a link names it")
        return self


class CodeList(Definition):
    """A list of codes of the supplier's own: every value and what it means."""

    title: str | None = None
    values: dict[str, str]


class Headings(Definition):
    """What is told in words, by heading; nothing to tell is told too ("none")."""

    logical_model: Text | None = None
    logical_to_physical: Text | None = None
    units: Text | None = None
    coded_values: Text | None = None
    business_rules: Text | None = None
    exceptional_handling: Text | None = None
    derived_not_sent: Text | None = None
    left_out: Text | None = None
    integrity_checks: Text | None = None
    rebuilding: Text | None = None
    format: Text | None = None


class Files(Definition):
    """How the files are written. Without a header the columns are in the order of the document."""

    header: bool = True
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    dates: Literal["iso", "tpp", "vision"] = "iso"
    time_zone: str | None = None


class Document(Definition):
    """The whole description of one extract."""

    system: str
    title: str | None = None
    edition: str | None = None
    files: Files = Files()
    headings: Headings = Headings()
    code_lists: dict[str, CodeList] = Field(default_factory=dict)
    tables: dict[str, Described] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Document:
        for name, table in self.tables.items():
            for column, item in table.columns.items():
                if item.codes and item.codes not in self.code_lists:
                    raise ValueError(f"{name}.{column} names a code list that is not there")
        return self

    def as_format(self) -> BulkFormat:
        """What staging needs to know to read the files as the document describes them.

        No key is passed on: a missing key column is to be told, not to stop the reading.
        """
        try:
            return BulkFormat("", Layout.model_validate(self._layout()), FormatFile(), {})
        except ValueError as error:
            raise InputRefused("document.shape", first_fault(error), "document") from None

    def _layout(self) -> dict[str, object]:
        grammar = Grammar(header=self.files.header, encoding=self.files.encoding, dates=self.files.dates)
        return {
            "edition": self.edition or "",
            "system": self.system,
            "title": self.title or self.system,
            "grammar": grammar,
            "file_name": _names(self.tables),
            "tables": {name: _as_table(name, table) for name, table in self.tables.items()},
        }


def said(text: Text | None) -> bool:
    """Whether anything is told: not nothing, and not a reminder to write it."""
    parts = (text,) if isinstance(text, str) else text or ()
    return any(one.strip() and TO_DO not in one.casefold() for one in parts)


def read_document(path: Path) -> Document:
    """The YAML document at `path`. Raises `InputRefused` naming the line and what is wrong with it."""
    try:
        return parse_text(Document, "document", path.read_text(encoding="utf-8"))
    except DefinitionError as error:
        raise InputRefused("document.shape", str(error), "document") from None
    except UnicodeDecodeError:
        raise InputRefused("document.shape", "the document is not UTF-8 text", "document") from None
    except OSError:
        raise InputRefused("document.absent", "the document cannot be read", "document") from None


def _as_table(name: str, table: Described) -> Table:
    columns = {
        column: Column(type=item.type or "text", null=item.may_be_empty is not False, length=item.length)
        for column, item in table.columns.items()
    }
    return Table(
        title=table.title or name,
        file_part=table.file,
        layouts={"described": tuple(columns)},
        columns=columns,
    )


def _names(tables: dict[str, Described]) -> str:
    """A pattern for file names: the longest name that stands in it whole, so that SRCodeX is not SRCode."""
    parts = sorted((table.file or name for name, table in tables.items()), key=lambda one: (-len(one), one))
    return f"(?<![A-Za-z0-9])(?P<table>{'|'.join(map(re.escape, parts))})(?![A-Za-z0-9])"
