"""The SELECT that turns a file's texts into staged columns: each by its type, with what does not fit kept beside it.

A cell that is not of its column's type becomes null, and its text goes into `odd`, a JSON object of column -> text.
Columns that the layout does not know go into `more`, a JSON object too. Both are null for nearly every row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from godwit.records.bulk.layout import ColumnType, Grammar, Table
from godwit.records.bulk.recognise import Recognised

STAGED: dict[ColumnType, str] = {
    "guid": "UUID",
    "date": "VARCHAR",
    "time": "VARCHAR",
    "moment": "VARCHAR",
    "flag": "BOOLEAN",
    "int": "BIGINT",
    "number": "VARCHAR",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "empty": "VARCHAR",
}
"""Type of a delivered column -> type of the staged one."""

RULES: dict[ColumnType, str] = {
    "guid": "guid.unreadable",
    "date": "moment.unreadable",
    "time": "moment.unreadable",
    "moment": "moment.unreadable",
    "flag": "flag.unreadable",
    "int": "number.unreadable",
    "number": "number.unreadable",
}
"""Type -> the rule that a cell not of it breaks; text is never wrong."""

_BY_DATES = {"date": "gp_day", "time": "gp_time", "moment": "gp_moment"}
_WRITTEN = {"time": {"tpp": "iso"}, "moment": {"vision": "iso"}}


def name(column: str) -> str:
    """A column's name as SQL."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text of ours as SQL."""
    return "'" + value.replace("'", "''") + "'"


def cast(kind: ColumnType, grammar: Grammar, sql: str) -> str:
    """SQL of the staged value of a delivered text, null where the text is not of the type."""
    if kind in _BY_DATES:
        written = _WRITTEN.get(kind, {}).get(grammar.dates, grammar.dates)
        return f"{_BY_DATES[kind]}_{written}({sql})"
    return f"gp_{kind}({sql})" if kind in RULES else sql


def typed_select(one: Recognised, table: Table, grammar: Grammar, source: str, numbered: bool) -> str:
    """SELECT over `source` (whose columns are c0, c1… as in the file, after `record` if `numbered`)."""
    places = {column: place for place, column in enumerate(one.columns)}
    known = [(column, places.get(column), each.type) for column, each in table.columns.items()]
    checked = [(column, place, kind) for column, place, kind in known if place is not None and kind in RULES]
    inner = ["record" if numbered else "NULL::BIGINT AS record"]
    inner += [f"{_value(place, kind, grammar)} AS {name(column)}" for column, place, kind in known]
    inner += [f"c{place} AS d{place}" for _, place, _ in checked]
    inner += [f"c{place}" for place in one.extra]
    odd = _object(
        (column, f"CASE WHEN {name(column)} IS NULL THEN d{place} END") for column, place, _ in checked
    )
    any_odd = " OR ".join(
        f"(d{place} IS NOT NULL AND {name(column)} IS NULL)" for column, place, _ in checked
    )
    more = _object((one.columns[place], f"c{place}") for place in one.extra)
    any_more = " OR ".join(f"c{place} IS NOT NULL" for place in one.extra)
    outer = [f"{one.file.number}::BIGINT AS file", "record", *(name(column) for column in table.columns)]
    outer += [f"CASE WHEN {any_odd or 'false'} THEN {odd} END AS odd"]
    outer += [f"CASE WHEN {any_more or 'false'} THEN {more} END AS more"]
    return f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM {source})"


def odd_select(one: Recognised, table: Table, grammar: Grammar, source: str) -> str:
    """SELECT over `source` (columns c0, c1…): `key` and `odd` of records with a cell not of its type, else nulls."""
    places = {column: place for place, column in enumerate(one.columns)}
    kinds = {
        place: (column, table.columns[column].type)
        for column, place in places.items()
        if column in table.columns
    }
    checked = {place: told for place, told in kinds.items() if told[1] in RULES}
    bad = {place: f"(c{place} IS NOT NULL AND {cast(kind, grammar, f'c{place}')} IS NULL)"
           for place, (_, kind) in checked.items()}  # fmt: skip
    cells = _object(
        (column, f"CASE WHEN {bad[place]} THEN c{place} END") for place, (column, _) in checked.items()
    )
    key = ", ".join(f"c{places[column]}" for column in table.key)
    wanted = ", ".join(f"c{place}" for place in sorted({*checked, *(places[column] for column in table.key)}))
    inner = f"SELECT {' OR '.join(bad.values()) or 'false'} AS bad, {wanted or 'c0'} FROM {source}"
    told = f"CASE WHEN bad THEN concat_ws(' ', {key or 'NULL'}) END AS key, CASE WHEN bad THEN {cells} END AS odd"
    return f"SELECT {told} FROM ({inner})"


def csv_source(path: str, width: int, how: str, *, numbered: bool) -> str:
    """The only way a delivered file is read: every column as text, dialect spelled out, rejects kept.

    `path` is SQL; `how` are further settings. Columns are c0, c1…, after `record` where the file is numbered by us.
    """
    columns = {"record": "BIGINT"} if numbered else {}
    columns |= {f"c{place}": "VARCHAR" for place in range(width)}
    shape = ", ".join(f"{column}: '{kind}'" for column, kind in columns.items())
    return (
        f"read_csv({path}, header=false, auto_detect=false, delim=',', quote='\"', escape='\"', "
        f"columns={{{shape}}}, {how})"
    )


def empty_select(columns: Sequence[tuple[str, ColumnType]]) -> str:
    """A SELECT with the columns of a staged table and no rows."""
    shape = ["NULL::BIGINT AS file", "NULL::BIGINT AS record"]
    shape += [f"NULL::{STAGED[kind]} AS {name(column)}" for column, kind in columns]
    return f"SELECT {', '.join(shape)}, NULL::VARCHAR AS odd, NULL::VARCHAR AS more WHERE false"


def _value(place: int | None, kind: ColumnType, grammar: Grammar) -> str:
    return f"NULL::{STAGED[kind]}" if place is None else cast(kind, grammar, f"c{place}")


def _object(parts: Iterable[tuple[str, str]]) -> str:
    """SQL of a JSON text with the parts that are not null."""
    inner = ", ".join(f"{text(column)}, {sql}" for column, sql in parts)
    return f"CAST(json_merge_patch({text(json.dumps({}))}, json_object({inner})) AS VARCHAR)"
