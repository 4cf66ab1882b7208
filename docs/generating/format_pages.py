"""Pages about formats: what each can hold, the layouts of bulk extracts, and what becomes of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.generating.tables import code, codes, table
from godwit.records.bulk.bulk_format import BulkFormat
from godwit.records.bulk.converting import convert
from godwit.records.bulk.layout import Table
from godwit.records.bulk.loading import REASONS, bulk_formats
from godwit.records.bulk.recognise import Recognition
from godwit.records.bulk.staging import stage_side
from godwit.records.canonical import ENTITIES
from godwit.records.compare.scheme import role_columns
from godwit.records.duck import Duck
from godwit.records.formats import FORMATS

Fills = Mapping[str, frozenset[str]]

LAYOUT_INTRO = """\
Made from public column lists; nothing here is a statement by the supplier, and no real delivery has been read with it.
Columns are bound by name where files have a header, whatever their order and capitals. *Whose* names the columns that
say which practice and which patient a row is about. A link marked ○ is expected to lead nowhere at times."""


@lru_cache(maxsize=1)
def all_fills() -> Mapping[str, Fills]:
    """What every format fills, by system: bulk formats as their SELECTs say over empty tables."""
    named = {system: {name: one.mapping.fills(name) for name in ENTITIES} for system, one in FORMATS.items()}
    return {**{name: _bulk_fills(one) for name, one in bulk_formats().items()}, **named}


def _bulk_fills(format_: BulkFormat) -> Fills:
    with TemporaryDirectory(prefix="godwit-") as room, Duck(Path(room)) as duck:
        stage_side(duck, "source", format_, Recognition(format_.layout, (), ()))
        return convert(duck, "source", format_, lambda: None).known.fills


def formats() -> Iterator[str]:
    """Which fields and links of the model each format fills."""
    yield from (
        "# What each format can hold",
        "",
        "● filled by the format · empty: the format has no place for it, and it is not compared",
        "",
    )
    filled = all_fills()
    for entity in ENTITIES.values():
        names = dict.fromkeys([*entity.field_names, *entity.role_names, *role_columns(entity)])
        if not names:
            continue
        yield from (f"## {entity.title}", "")
        rows = [
            (
                entity.title_of(name),
                f"`{name}`",
                *("●" if name in fills[entity.name] else "" for fills in filled.values()),
            )
            for name in names
        ]
        yield from table(("What", "Name", *filled), rows)
        yield ""


def layout(system: str) -> Iterator[str]:
    """The tables of a bulk extract whose rows become records, or are told with them."""
    format_ = bulk_formats()[system]
    grammar = format_.layout.grammar
    header = "a header line" if grammar.header else "no header line"
    yield from (
        f"# Layout: {format_.layout.title}",
        "",
        LAYOUT_INTRO,
        "",
        f"Edition {format_.layout.edition} · comma-separated, {header}, {grammar.encoding}, {grammar.dates} dates",
        "",
        f"Name of a file: {code(format_.layout.file_name)}",
    )
    for name, one in _with_place(format_):
        yield from _table(name, one, _becomes(format_, name))
    others = _without_place(format_)
    if others:
        yield from ("", "## Read and counted only", "")
        yield f"{len(others)} more tables, whose rows become no record: [columns](layout-{system}-other.md)."
    yield from (
        "",
        "## Why a row becomes no record",
        "",
        "Beside the reasons of [the state](set-aside.md).",
        "",
    )
    yield from table(("Reason", "Meaning"), ((code(one), words) for one, words in _reasons(format_)))


def other_tables(system: str) -> Iterator[str]:
    """The tables of a bulk extract that the model has no place for."""
    format_ = bulk_formats()[system]
    yield from (
        f"# Layout: {format_.layout.title}, tables without a place",
        "",
        "Their rows are read, checked and counted, and set aside as `no_entity`. The list has the columns of every",
        "version.",
        "",
    )
    rows = [
        (
            code(name),
            one.title,
            one.because or "",
            _versions(one),
            ", ".join(one.key),
            _typed(one, one.columns),
        )
        for name, one in _without_place(format_)
    ]
    yield from table(("Table", "What", "Why it becomes no record", "Versions", "Key", "Columns"), rows)


def set_aside() -> Iterator[str]:
    """Why a row of a bulk extract is not of the current state."""
    yield from (
        "# Rows that are not of the current state",
        "",
        "A row of a bulk extract or delta that is not current is set aside for one of these reasons, and stays in the",
        "books. [How deltas are applied](../how-to/apply-deltas.md).",
        "",
    )
    yield from table(("Reason", "Meaning"), ((code(one), words) for one, words in REASONS.items()))


def _with_place(format_: BulkFormat) -> list[tuple[str, Table]]:
    return [(name, one) for name, one in format_.layout.tables.items() if one.canonical is None]


def _without_place(format_: BulkFormat) -> list[tuple[str, Table]]:
    return [(name, one) for name, one in format_.layout.tables.items() if one.canonical is not None]


def _becomes(format_: BulkFormat, name: str) -> str:
    """The kinds of record that rows of a table become, in words."""
    found = dict.fromkeys(one.entity for one in format_.format.conversions if one.table == name)
    return ", ".join(ENTITIES[one].title.lower() for one in found)


def _reasons(format_: BulkFormat) -> Iterable[tuple[str, str]]:
    return sorted(format_.format.reasons.items())


def _table(name: str, one: Table, becomes: str) -> Iterator[str]:
    yield from ("", f"## {name}", "", f"{one.title}. {_facts(one, becomes)}", "")
    for versions, columns in one.layouts.items():
        yield f"- **{versions}**: {_typed(one, columns)}"
    listed = {column.casefold() for columns in one.layouts.values() for column in columns}
    beside = [column for column in one.columns if column.casefold() not in listed]
    if beside:
        yield f"- **may come beside**: {_typed(one, beside)}"
    if one.references:
        links = (
            f"`{link.column}` → `{link.to}.{link.at}`{f' ○ {link.orphans}' if link.orphans else ''}"
            for link in one.references
        )
        yield f"- links: {'; '.join(links)}"


def _facts(one: Table, becomes: str) -> str:
    whose = [column for column in (one.practice, one.patient) if column]
    said = [
        f"Becomes {becomes}" if becomes else "No record of its own",
        f"key {codes(one.key)}" if one.key else "no key",
        f"whose {codes(whose)}" if whose else "shared by all practices",
    ]
    if one.deleted:
        said.append(f"deletion {code(one.deleted)}")
    if one.optional:
        said.append(f"may be left out: {codes(one.optional)}")
    return " · ".join(said) + "."


def _typed(one: Table, columns: Iterable[str]) -> str:
    """Columns in order, with the type of those that are not plain text."""
    spelling = one.spelling()
    said = []
    for column in columns:
        kind = one.columns[spelling[column.casefold()]].type
        said.append(column if kind == "text" else f"{column} *{kind}*")
    return ", ".join(said)


def _versions(one: Table) -> str:
    return ", ".join(version for version, _ in one.versions())
