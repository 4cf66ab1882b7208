"""The layout of a supplier's bulk extract: tables, columns by version, types, keys and references, as checked data.

A layout is `layout.yaml` of a format folder, or several files in `layout/` merged: each may add tables, and one of
them holds the head (edition, system, title, grammar, file_name). Loading refuses a layout that contradicts itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse, resource

ColumnType = Literal["guid", "date", "time", "moment", "flag", "int", "number", "text", "code", "empty"]
"""What a column holds. `empty` is declared by the supplier and never filled; `code` is text with a meaning."""

OWN_COLUMNS = ("file", "record", "odd", "more")
"""Columns that staging adds to every table; no supplier's column may be called so."""

PLAIN_NAME = re.compile(r"(?!.*\d{5})[A-Za-z][A-Za-z0-9_ ]{0,63}")
"""A delivered name of a table or column that may be shown: it can be no patient's number and holds no odd sign."""


class Column(Definition):
    """One column of a table: its type, whether it may be empty, and its greatest length in characters if promised.

    `like` is a pattern that its values fit; in files without a header it tells layouts of equal width apart.
    """

    type: ColumnType
    null: bool = False
    length: int | None = None
    title: str | None = None
    like: str | None = None


class Reference(Definition):
    """A declared link: each value of `column` should stand in `at` of table `to`. `orphans` says why some do not."""

    column: str
    to: str
    at: str
    orphans: str | None = None


class Table(Definition):
    """One kind of file. `layouts` lists its columns in order, by version; equal versions share a line ("5.0, 5.1").

    `file_part` is what a file name calls the table where that is not the table's own name. `canonical: none` with
    `because` says that Godwit has no place for its rows.
    """

    title: str
    key: tuple[str, ...] = ()
    practice: str | None = None
    patient: str | None = None
    deleted: str | None = None
    reference: bool = False
    file_part: str | None = None
    canonical: Literal["none"] | None = None
    because: str | None = None
    layouts: dict[str, tuple[str, ...]]
    optional: tuple[str, ...] = ()
    columns: dict[str, Column]
    references: tuple[Reference, ...] = ()

    def versions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each version with its columns in order."""
        for names, columns in self.layouts.items():
            for name in names.split(","):
                yield name.strip(), columns

    def spelling(self) -> Mapping[str, str]:
        """Column names in small letters -> as the layout spells them."""
        return {name.casefold(): name for name in self.columns}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        known = self.spelling()
        if len(known) != len(self.columns):
            raise ValueError("two columns differ only in capital letters")
        taken = set(known) & set(OWN_COLUMNS)
        if taken:
            raise ValueError(f"{sorted(taken)} is a name of staging's own")
        named = [
            *self.key,
            *self.optional,
            *(one for one in (self.practice, self.patient, self.deleted) if one),
        ]
        named += [one.column for one in self.references]
        missing = {one for one in named if one not in self.columns}
        missing |= {
            one for columns in self.layouts.values() for one in columns if one.casefold() not in known
        }
        if missing:
            raise ValueError(f"no type is given for {sorted(missing)}")
        self._versions_once()
        if self.canonical and not self.because:
            raise ValueError("say because of what it has no canonical place")
        return self

    def _versions_once(self) -> None:
        names = [name for name, _ in self.versions()]
        if len(set(names)) != len(names):
            raise ValueError("a version stands twice")
        for name, columns in self.versions():
            if len({one.casefold() for one in columns}) != len(columns):
                raise ValueError(f"version {name} has a column twice")
        for key in self.key:
            absent = [name for name, cols in self.versions() if key.casefold() not in map(str.casefold, cols)]
            if absent:
                raise ValueError(f"key column {key} is not in version {absent[0]}")


class Grammar(Definition):
    """How the files of a system are written."""

    header: bool = True
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    dates: Literal["iso", "tpp", "vision"] = "iso"


class LayoutPart(Definition):
    """One file of a layout: tables, and in one file of them the head."""

    edition: str | None = None
    system: str | None = None
    title: str | None = None
    grammar: Grammar | None = None
    file_name: str | None = None
    practices: str | None = None
    free_text: tuple[str, ...] = ()
    tables: dict[str, Table] = Field(default_factory=dict)


class Layout(Definition):
    """All tables of one system's bulk extract. `file_name` may name processing, table, taken_at and agreement.

    `free_text` lists tables, or table.column, that an agreement may leave empty; none named: optional text columns.
    """

    edition: str
    system: str
    title: str
    grammar: Grammar
    file_name: str
    practices: str | None = None
    free_text: tuple[str, ...] = ()
    tables: dict[str, Table]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        re.compile(self.file_name)
        if len({name.casefold() for name in self.tables}) != len(self.tables):
            raise ValueError("two tables differ only in capital letters")
        for place in self.free_text:
            named, _, column = place.partition(".")
            if named not in self.tables or (column and column not in self.tables[named].columns):
                raise ValueError(f"free_text names {place}, which is not known")
        for name, table in self.tables.items():
            for one in table.references:
                if one.to not in self.tables or one.at not in self.tables[one.to].columns:
                    raise ValueError(f"{name}.{one.column} refers to {one.to}.{one.at}, which is not known")
        return self


def load_layout(package: str) -> Layout:
    """The layout of a format folder, such as `godwit.records.formats.emis`. Raises `DefinitionError`."""
    folder = resource(package, "layout")
    if folder.is_dir():
        files = sorted(
            (one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name
        )
    else:
        files = [resource(package, "layout.yaml")]
    return merged(parse(LayoutPart, one) for one in files)


def merged(parts: Iterable[LayoutPart]) -> Layout:
    """One layout of several files. Raises `DefinitionError` where two say the same thing or none says it."""
    whole: dict[str, object] = {}
    tables: dict[str, Table] = {}
    for part in parts:
        for name in part.model_fields_set - {"tables"}:
            if name in whole:
                raise DefinitionError("layout", "definition.shape", f"{name} is given in two files")
            whole[name] = getattr(part, name)
        twice = tables.keys() & part.tables.keys()
        if twice:
            raise DefinitionError("layout", "definition.shape", f"table {min(twice)} is given in two files")
        tables.update(part.tables)
    return checked({**whole, "tables": tables})


def checked(whole: Mapping[str, object]) -> Layout:
    """`whole` as a layout; what is wrong with it as a `DefinitionError`."""
    try:
        return Layout.model_validate(dict(whole))
    except ValueError as error:
        raise DefinitionError("layout", "definition.shape", first_fault(error)) from None


def first_fault(error: ValueError) -> str:
    """The first of the faults in a definition: where it is, and what."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return str(error)
    first = errors()[0]
    return f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip().replace("Value error, ", "")
