"""Hold a document against the files it describes: every promise it makes is counted, none is taken on trust.

It says what the two do not have in common. It never says that either conforms to a standard: that is for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from godwit.records.bulk.alone import SIDE
from godwit.records.bulk.casting import RULES, name, text
from godwit.records.bulk.document import Described, Document, Item
from godwit.records.bulk.document_gaps import Finding, gaps
from godwit.records.bulk.recognise import Recognition, recognise
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.intake.unpack import PlainFile
from godwit.records.rule_words import in_words
from godwit.records.steps import sql_text

SQL = Path(__file__).parent
SAYS = "This tells where document and files part. It does not say that either conforms to a standard."
"""What every answer of the linter says of itself."""


@dataclass(frozen=True, slots=True)
class _Ground:
    duck: Duck
    document: Document
    staged: StagedSide
    rows: dict[str, int]

    def raw(self, table: str) -> str:
        return f"raw_source.{name(table)}"

    def present(self, table: str) -> set[str]:
        """Columns that at least one file of the table has."""
        return {
            column for one in self.staged.files if one.table == table for column in one.recognised.columns
        }

    def counts(self, step: str, sql: str) -> tuple[Any, ...]:
        return self.duck.run(f"lint {step}", sql)[0]


def lint(
    duck: Duck, document: Document, files: Sequence[PlainFile], done: Callable[[], None] = lambda: None
) -> tuple[Finding, ...]:
    """Everything the document leaves out and everything in which the files differ from it.

    `done` is told of every file read. Raises `InputRefused` where no file is of a table that the document describes.
    """
    format_ = document.as_format()
    recognition = recognise(files, [format_.layout], SIDE)
    if recognition is None:
        raise InputRefused(
            "document.other_files", "none of the files is of a table in the document", "document"
        )
    staged = stage_side(duck, SIDE, format_, recognition, done)
    rows = dict.fromkeys(document.tables, 0)
    for one in staged.files:
        rows[one.table] += one.records - one.rejected
    ground = _Ground(duck, document, staged, rows)
    return (*gaps(document), *_files(ground, recognition), *_tables(ground))


def answer(document: Document, findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as one JSON object."""
    return {
        "document": {"system": document.system, "edition": document.edition, "tables": len(document.tables)},
        "broken": sum(one.breaks for one in findings),
        "unsaid": sum(not one.breaks for one in findings),
        "findings": [
            {
                "rule": one.rule, "words": in_words(one.rule), "table": one.table, "about": one.about,
                "count": one.count, "breaks": one.breaks,
            }
            for one in findings
        ],
        "says": SAYS,
    }  # fmt: skip


def _files(ground: _Ground, recognition: Recognition) -> Iterator[Finding]:
    if recognition.unknown:
        yield Finding(
            "document.file_undocumented", None, "files of no table in the document", len(recognition.unknown)
        )
    here = {one.table for one in ground.staged.files}
    for table in ground.document.tables:
        if table not in here:
            yield Finding("document.table_absent", table, "no file of this table")
    for one in ground.staged.files:
        if one.rejected:
            yield Finding(
                "document.record_unreadable", one.table, "records that cannot be read", one.rejected
            )


def _tables(ground: _Ground) -> Iterator[Finding]:
    for table, described in ground.document.tables.items():
        if ground.present(table):
            yield from _undocumented(ground, table)
            yield from _columns(ground, table, described)
            yield from _key(ground, table, described)
            yield from _links(ground, table, described)


def _undocumented(ground: _Ground, table: str) -> Iterator[Finding]:
    """Columns the document does not know, by their public name, and in how many rows they hold something."""
    extra = sorted({
        (one.recognised.columns[place], public)
        for one in ground.staged.files if one.table == table
        for place, public in zip(one.recognised.extra, one.recognised.public_extra, strict=True)
    })  # fmt: skip
    for column, public in extra:
        sql = f"SELECT count(json_extract_string(more, ?)) FROM {ground.raw(table)} WHERE more IS NOT NULL"
        (filled,) = ground.duck.run("lint undocumented", sql, [_path(column)])[0]
        rule = "document.column_undocumented" if filled else "document.column_undocumented_empty"
        yield Finding(rule, table, public, int(filled), breaks=bool(filled))


def _columns(ground: _Ground, table: str, described: Described) -> Iterator[Finding]:
    here = ground.present(table)
    for column in described.columns:
        if column not in here:
            yield Finding("document.column_absent", table, column, ground.rows[table])
    promised = [
        (rule, column, sql)
        for column, item in described.columns.items() if column in here
        for rule, sql in _promises(ground.document, column, item)
    ]  # fmt: skip
    if promised:
        sums = ", ".join(f"count(*) FILTER (WHERE {sql})" for _, _, sql in promised)
        counts = ground.counts(table, f"SELECT {sums} FROM {ground.raw(table)}")
        for (rule, column, _), count in zip(promised, counts, strict=True):
            if count:
                yield Finding(rule, table, column, int(count))


def _promises(document: Document, column: str, item: Item) -> Iterator[tuple[str, str]]:
    """(rule, SQL that is true where a row breaks it) for every promise made of a column. A cell that is not of its type
    stands in `odd`; it is not empty, and counts under its type alone."""
    cell, odd = name(column), f"json_extract_string(odd, {text(_path(column))})"
    if item.type in RULES:
        yield "document.type_broken", f"{odd} IS NOT NULL"
    if item.length is not None:
        yield "document.length_broken", f"length({cell}::VARCHAR) > {item.length}"
    if item.may_be_empty is False:
        yield "document.empty_broken", f"{cell} IS NULL AND {odd} IS NULL"
    if item.type == "empty":
        yield "document.filled_broken", f"{cell} IS NOT NULL"
    if item.codes:
        known = ", ".join(text(one) for one in document.code_lists[item.codes].values)
        yield "document.value_outside", f"{cell}::VARCHAR NOT IN ({known or text('')})"


def _path(column: str) -> str:
    return '$."' + column.replace('"', '\\"') + '"'


def _key(ground: _Ground, table: str, described: Described) -> Iterator[Finding]:
    if not described.key or not set(described.key) <= ground.present(table):
        return
    keys = ", ".join(map(name, described.key))
    empty = " OR ".join(f"{name(one)} IS NULL" for one in described.key)
    sql = sql_text(SQL, "document_key.sql", raw=ground.raw(table), keys=keys, empty=f"({empty})")
    twice, without = ground.counts(f"key of {table}", sql)
    if twice:
        yield Finding("document.key_twice", table, keys.replace('"', ""), int(twice))
    if without:
        yield Finding("document.key_empty", table, keys.replace('"', ""), int(without))


def _links(ground: _Ground, table: str, described: Described) -> Iterator[Finding]:
    for one in described.references:
        about = f"{one.column} → {one.to}.{one.at}"
        if one.to not in ground.document.tables or one.at not in ground.document.tables[one.to].columns:
            yield Finding("document.link_unknown", table, about)
        elif one.column in ground.present(table) and one.at in ground.present(one.to):
            parts = {
                "raw": ground.raw(table),
                "column": name(one.column),
                "to": ground.raw(one.to),
                "at": name(one.at),
            }
            (orphans,) = ground.counts(f"links of {table}", sql_text(SQL, "document_orphan.sql", **parts))
            if orphans:
                yield Finding("document.link_broken", table, about, int(orphans), breaks=one.orphans is None)
