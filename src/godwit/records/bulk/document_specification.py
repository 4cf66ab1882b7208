"""A supplier's description of its extract (a TPP `Specification` file) as a document: tables, columns, types, lengths
and links. It has nothing to say under the other headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from godwit.records.bulk.document import Described, Document, Files, Item
from godwit.records.bulk.layout import Reference
from godwit.records.bulk.specification import KEY, Line, number_of, read_specification, type_of


def document_of_specification(path: Path) -> Document:
    """The Specification file at `path` as a document. Raises `InputRefused`."""
    tables: dict[str, list[Line]] = {}
    for line in sorted(
        read_specification(path, "document"), key=lambda one: number_of(one["ColumnOrdinal"]) or 0
    ):
        if line["TableName"] and line["ColumnName"]:
            tables.setdefault(line["TableName"], []).append(line)
    return Document(
        system="tpp",
        title="TPP Specification",
        files=Files(encoding="windows-1252", dates="tpp"),
        tables={name: _table(of, tables) for name, of in tables.items()},
    )


def _table(lines: Iterable[Line], tables: Mapping[str, Iterable[Line]]) -> Described:
    columns = {line["ColumnName"]: _item(line) for line in lines}
    links = [
        Reference(column=line["ColumnName"], to=line["LinkedTable"], at=at)
        for line in lines
        for at in [line["LinkedColumn1"] or KEY]
        if any(at == other["ColumnName"] for other in tables.get(line["LinkedTable"], ()))
    ]
    key = (KEY,) if KEY in columns else ()
    title = next((line["TableDescription"] for line in lines if line["TableDescription"]), None)
    return Described(title=title, key=key, columns=columns, references=tuple(links))


def _item(line: Line) -> Item:
    """A length of 0 says nothing; a length of anything but text counts no characters."""
    kind = type_of(line["ColumnDataType"])
    length = number_of(line["ColumnLength"]) if kind == "text" else None
    return Item(meaning=line["ColumnDescription"] or None, type=kind, length=length or None)
