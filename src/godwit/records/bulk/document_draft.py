"""A draft of the document for an extract at hand: what the layout knows and what the files hold, with every question
that only the supplier can answer left open. Counts and lengths are told, values never."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from godwit.records.bulk.alone import SIDE
from godwit.records.bulk.bulk_format import BulkFormat
from godwit.records.bulk.casting import name
from godwit.records.bulk.document import TO_DO
from godwit.records.bulk.document_gaps import HEADINGS
from godwit.records.bulk.layout import Column, Layout, Table
from godwit.records.bulk.recognise import Recognition
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.duck import Duck

_OPEN = ("meaning", "derivation", "sensitivity", "example", "changes")
"""What no file can tell of a column."""


@dataclass(frozen=True, slots=True)
class _Met:
    """What the files hold of one column: rows, rows with something in it, the longest text, how many different values
    there are (about)."""

    rows: int
    filled: int
    longest: int
    different: int


def draft(
    duck: Duck, format_: BulkFormat, recognition: Recognition, done: Callable[[], None] = lambda: None
) -> str:
    """The document as YAML. It can be read by the linter at once, which then says what is still open."""
    staged = stage_side(duck, SIDE, format_, recognition, done)
    return "\n".join(_lines(duck, format_.layout, staged)) + "\n"


def _lines(duck: Duck, layout: Layout, staged: StagedSide) -> Iterator[str]:
    yield "# A draft made from the files themselves. Complete every place that says so; then: godwit extract lint"
    yield f"system: {layout.system}"
    yield f"title: {_text(layout.title)}"
    yield f"edition: {TO_DO}"
    grammar = layout.grammar
    yield "files:"
    yield f"  header: {json.dumps(grammar.header)}"
    yield f"  encoding: {grammar.encoding}"
    yield f"  dates: {grammar.dates}"
    yield f"  time_zone: {TO_DO}"
    yield "headings:"
    for heading, words in HEADINGS.items():
        if heading != "physical_items":
            yield f"  {heading}: {TO_DO}  # {words}"
    yield "tables:"
    present = {one.table: one.recognised.columns for one in staged.files}
    for table in sorted(present):
        yield from _table(duck, layout, table, present[table], present.keys())


def _table(
    duck: Duck, layout: Layout, table: str, columns: Sequence[str], others: Collection[str]
) -> Iterator[str]:
    shape = layout.tables[table]
    known = [one for one in columns if one in shape.columns]
    yield f"  {_text(table)}:"
    yield f"    title: {_text(shape.title)}"
    if shape.file_part:
        yield f"    file: {_text(shape.file_part)}"
    yield f"    key: [{', '.join(map(_text, shape.key))}]"
    yield "    columns:"
    linked = {*shape.key, *(one.column for one in shape.references)}
    for column, met in zip(known, _met(duck, table, known), strict=True):
        yield from _column(column, shape.columns[column], met, column in linked)
    yield from _links(shape, known, others)


def _column(column: str, shape: Column, met: _Met, linked: bool) -> Iterator[str]:
    yield f"      {_text(column)}:  # filled in {met.filled} of {met.rows} rows, about {met.different} different values"
    yield f"        type: {shape.type}"
    yield f"        may_be_empty: {json.dumps(met.filled < met.rows or shape.null)}"
    if shape.type in ("text", "code") and met.longest:
        yield f"        length: {max(met.longest, shape.length or 0)}  # the longest met; write what is promised"
    if shape.type in ("date", "time", "moment"):
        yield f"        precision: {TO_DO}"
    if shape.type in ("int", "number") and not linked:
        yield f"        unit: {TO_DO}"
    if shape.type == "code" and not linked:
        yield f"        code_system: {TO_DO}  # or codes: with a list of the same name under code_lists"
    for question in _OPEN:
        yield f"        {question}: {TO_DO}"


def _links(shape: Table, known: Sequence[str], others: Collection[str]) -> Iterator[str]:
    links = [one for one in shape.references if one.column in known and one.to in others]
    if links:
        yield "    references:"
    for one in links:
        why = f", orphans: {_text(one.orphans)}" if one.orphans else ""
        yield f"      - {{column: {_text(one.column)}, to: {_text(one.to)}, at: {_text(one.at)}{why}}}"


def _met(duck: Duck, table: str, columns: Sequence[str]) -> Iterator[_Met]:
    parts = ", ".join(
        f"count({name(one)}), coalesce(max(length({name(one)}::VARCHAR)), 0), approx_count_distinct({name(one)})"
        for one in columns
    )
    row = duck.run(f"describe {table}", f"SELECT count(*), {parts} FROM raw_source.{name(table)}")[0]
    for place in range(len(columns)):
        filled, longest, different = row[1 + 3 * place : 4 + 3 * place]
        yield _Met(int(row[0]), int(filled), int(longest), int(different))


def _text(value: str) -> str:
    """A text that YAML reads as the same text."""
    return json.dumps(value, ensure_ascii=False)
