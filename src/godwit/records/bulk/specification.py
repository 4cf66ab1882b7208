"""The description that a supplier sends with an extract (SystmOne's `Specification` file), put into our layout.

What it says of a table we know is added to it: lengths, titles and links. Its columns are not added, for our SQL would
not see them: a column we do not know is taken along with the row instead. A table we do not know is added whole, but
for names that could not be a table's or a column's. Source: format notes 3.1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from godwit.records.bulk.layout import (
    OWN_COLUMNS,
    PLAIN_NAME,
    Column,
    ColumnType,
    Layout,
    Reference,
    Table,
)
from godwit.records.errors import InputRefused
from godwit.records.intake.machine import machine_refused

Line = Mapping[str, str]

FILE = "Specification"
"""The table that the description itself is staged as."""

_COLUMNS = (
    "TableName", "TableDescription", "ColumnName", "ColumnDescription", "ColumnDataType", "ColumnLength",
    "DateDefining", "ColumnOrdinal", "LinkedTable", "LinkedColumn1", "LinkedColumn2",
)  # fmt: skip
_NEEDED = ("tablename", "columnname", "columndatatype")
_TYPES: tuple[tuple[tuple[str, ...], ColumnType], ...] = (
    (("bool", "bit", "flag"), "flag"),
    (("date", "time"), "moment"),
    (("int", "long", "bigint", "numeric - int"), "int"),
    (("decimal", "numeric", "float", "real", "double", "money"), "number"),
)
"""How a word for a type begins -> ours; the first that fits. Words: format notes 3.1, and what other databases say."""

KEY = "RowIdentifier"
"""The key of every table that such a description speaks of."""

_PRACTICE, _PATIENT, _DELETED = "IDOrganisationVisibleTo", "IDPatient", "RemovedData"
_ENDING = ".csv"


def read_specification(path: Path, place: str) -> tuple[Line, ...]:
    """The lines of a description, by column name; tables without the ending of their files.

    Raises `InputRefused` where it is not built like one, and `MachineRefused` where the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise machine_refused(error, place) from None
    lines = csv.DictReader(io.StringIO(_text(content), newline=""))
    try:
        names = {one.strip().casefold(): one for one in lines.fieldnames or ()}
        if not names.keys() >= set(_NEEDED):
            because = "this is no description of an extract: a column of it is missing"
            raise InputRefused("specification.shape", because, place)
        return tuple(_line(line, names) for line in lines)
    except csv.Error:
        because = "the description of the extract is not built like one"
        raise InputRefused("specification.shape", because, place) from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _line(line: Line, names: Mapping[str, str]) -> Line:
    cells = {name: (line.get(names.get(name.casefold(), "")) or "").strip() for name in _COLUMNS}
    return cells | {name: cells[name].removesuffix(_ENDING) for name in ("TableName", "LinkedTable")}


def type_of(word: str) -> ColumnType | None:
    """What the description's word for a type means to us: text where we do not know it, None where there is no word."""
    small = word.casefold()
    if not small:
        return None
    return next((ours for begins, ours in _TYPES if small.startswith(begins)), "text")


def number_of(digits: str) -> int | None:
    """A whole number as the description writes it, if it is one."""
    return int(digits) if digits.isdecimal() else None


def with_specification(layout: Layout, lines: Iterable[Line]) -> Layout:
    """The layout with what the description says, and with the description as a table of its own."""
    told: dict[str, list[Line]] = {}
    ours = {name.casefold(): name for name in layout.tables}
    for line in lines:
        name = line["TableName"]
        if PLAIN_NAME.fullmatch(name):
            told.setdefault(ours.setdefault(name.casefold(), name), []).append(line)
    tables = dict(layout.tables)
    for name, of_table in told.items():
        if name in tables:
            tables[name] = _completed(tables[name], of_table)
        elif columns := _columns(of_table):
            tables[name] = _table(of_table[0], columns)
    tables.setdefault(FILE, _itself())
    for name in told.keys() & tables.keys():
        tables[name] = _linked(name, told[name], tables)
    return Layout.model_validate({**dict(layout), "tables": tables})


def _completed(table: Table, lines: Iterable[Line]) -> Table:
    spelling = table.spelling()
    columns = dict(table.columns)
    for line in lines:
        name = spelling.get(line["ColumnName"].casefold())
        if name:
            length, title = (
                number_of(line["ColumnLength"]) or columns[name].length,
                line["ColumnDescription"] or columns[name].title,
            )
            columns[name] = columns[name].model_copy(update={"length": length, "title": title})
    return table.model_copy(update={"columns": columns})


def _columns(lines: Iterable[Line]) -> dict[str, Column]:
    """The columns of a table we do not know, in their order; of names alike but for capital letters the first."""
    named: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: number_of(line["ColumnOrdinal"]) or 0):
        name = line["ColumnName"]
        if PLAIN_NAME.fullmatch(name) and name.casefold() not in OWN_COLUMNS:
            named.setdefault(name.casefold(), line)
    return {
        line["ColumnName"]: Column(
            type=type_of(line["ColumnDataType"]) or "text",
            length=number_of(line["ColumnLength"]),
            title=line["ColumnDescription"] or None,
        )
        for line in named.values()
    }


def _table(first: Line, columns: dict[str, Column]) -> Table:
    return Table(
        title=first["TableDescription"] or first["TableName"],
        key=(KEY,) if KEY in columns else (),
        practice=_PRACTICE if _PRACTICE in columns else None,
        patient=_PATIENT if _PATIENT in columns else None,
        deleted=_DELETED if _DELETED in columns else None,
        canonical="none",
        because="known only from the supplier's description",
        layouts={"specification": tuple(columns)},
        columns=columns,
    )


def _linked(name: str, lines: Iterable[Line], tables: Mapping[str, Table]) -> Table:
    """The table with the links that lead to a column there is."""
    table = tables[name]
    spelling = table.spelling()
    ours = {one.casefold(): one for one in tables}
    links = {(one.column, one.to): one for one in table.references}
    for line in lines:
        column = spelling.get(line["ColumnName"].casefold())
        to = ours.get(line["LinkedTable"].casefold())
        at = tables[to].spelling().get((line["LinkedColumn1"] or KEY).casefold()) if to else None
        if column and to and at:
            links.setdefault((column, to), Reference(column=column, to=to, at=at))
    return table.model_copy(update={"references": tuple(links.values())})


def _itself() -> Table:
    columns = {name: Column(type="text") for name in _COLUMNS}
    return Table(
        title="The supplier's description of the extract",
        reference=True,
        canonical="none",
        because="it describes the extract and is no record",
        layouts={"specification": _COLUMNS},
        columns=columns,
    )
