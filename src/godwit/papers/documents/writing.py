"""A template and a plan become a paper: names are replaced, lists become rows, and what is not known becomes a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from godwit.definitions.guide.artefacts import Artefact
from godwit.definitions.guide.documents import DocumentTemplate, FormColumn, FormTable
from godwit.papers import paper as model
from godwit.papers.documents.desk import Desk, day_in_words, sentence
from godwit.papers.documents.rows import LISTS, field_names
from godwit.papers.documents.rows_of_plan import Row
from godwit.papers.documents.words import filled, known_or_none
from godwit.papers.paper import TICK_BOX, Block, Column, Field, Paper, PaperRefused

ROOM: Final = "\u00a0\n\u00a0"
"""What gives an empty row the height to write in: two lines of a blank."""

STREAM: Final = "stream"
"""What `columns_of` says for the fields of the capture stream at hand."""


def written(template: DocumentTemplate, desk: Desk) -> Paper:
    """The document, filled in. Raises `PaperRefused` for a template that names what is not there."""
    writer = _Writer(template, desk)
    return Paper(
        title=writer.fill(template.title),
        subtitle=writer.fill(template.subtitle),
        made_on=desk.made_on,
        blocks=tuple(writer.blocks()),
        footer=f"{desk.plan.case.practice.practice} · {template.name}",
        landscape=template.landscape,
        large=template.large,
        sources=() if template.for_patients else writer.sources(),
    )


def artefacts_of(template: DocumentTemplate, desk: Desk) -> tuple[Artefact, ...]:
    """The artefacts that a document holds."""
    known = {one.id: one for one in desk.plan.guide.artefacts}
    return tuple(known[one] for one in template.artefacts)


@dataclass(frozen=True)
class _Writer:
    template: DocumentTemplate
    desk: Desk

    def fill(self, text: str) -> str:
        return filled(text, self.desk, self.template.each)

    def blocks(self) -> Iterator[Block]:
        if too_late := self.desk.plan.schedule.too_late:
            # Nobody may send out dates that cannot be kept, whatever else the document says.
            earliest = day_in_words(too_late.earliest)
            yield model.Note(
                "warning", f"Do not use yet: this go-live cannot be kept. The earliest is {earliest}."
            )
        for block in self.template.blocks:
            if self.desk.applies(block.applies):
                yield from WRITERS[block.kind](self, getattr(block, block.kind))
        if not self.template.for_patients and (remark := self.proposals()):
            yield model.Text(remark)

    def sources(self) -> tuple[str, ...]:
        from_artefacts = (
            one for artefact in artefacts_of(self.template, self.desk) for one in artefact.source
        )
        return tuple(dict.fromkeys((*from_artefacts, *self.template.source)))

    def proposals(self) -> str:
        """Which parts the guide does not name."""
        fields = (
            one.name
            for artefact in artefacts_of(self.template, self.desk)
            for one in artefact.fields
            if one.status == "proposed"
        )
        listed = ", ".join(fields)
        return f"Proposed by Godwit, not named by the guide: {listed}." if listed else ""

    def rows(self, name: str, only: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
        if name not in LISTS:
            raise PaperRefused(f"{self.template.slug}: no list is called {name}")
        for row in LISTS[name].rows(self.desk):
            if all(row.get(key, "") in wanted for key, wanted in only.items()):
                yield row

    def columns(self, table: FormTable) -> tuple[FormColumn, ...]:
        if not table.columns_of:
            return table.columns
        by_field = (
            FormColumn(
                title=sentence(name), show=table.shows.get(name, ""), width=table.widths.get(name, 1.0)
            )
            for name in self.field_names(table.columns_of)
        )
        return (*by_field, *table.columns)

    def field_names(self, of: str) -> tuple[str, ...]:
        if of == STREAM:
            return tuple(one.name for one in self.desk.stream.fields)
        return field_names(self.desk.plan.guide, of)

    def cell(self, column: FormColumn, row: Row) -> str:
        if column.show == "tick":
            return TICK_BOX
        if column.show and column.show not in row:
            raise PaperRefused(f"{self.template.slug}: the list has nothing called {column.show}")
        return row[column.show] if column.show else ""


def _heading(writer: _Writer, text: str) -> Iterator[Block]:
    yield model.Heading(writer.fill(text), 1)


def _subheading(writer: _Writer, text: str) -> Iterator[Block]:
    yield model.Heading(writer.fill(text), 2)


def _text(writer: _Writer, text: str) -> Iterator[Block]:
    yield model.Text(writer.fill(text))


def _advice(writer: _Writer, text: str) -> Iterator[Block]:
    yield model.Note("advice", writer.fill(text))


def _warning(writer: _Writer, text: str) -> Iterator[Block]:
    yield model.Note("warning", writer.fill(text))


def _bullets(writer: _Writer, items: Iterable[str]) -> Iterator[Block]:
    yield model.Bullets(tuple(map(writer.fill, items)))


def _ticks(writer: _Writer, items: Iterable[str]) -> Iterator[Block]:
    yield model.TickList(tuple(model.Tick(writer.fill(one)) for one in items))


def _each(writer: _Writer, each: Any) -> Iterator[Block]:
    lines = tuple(said(each.say, row) for row in writer.rows(each.of, each.only))
    if each.look == "ticks":
        yield model.TickList(tuple(model.Tick(one) for one in lines))
    else:
        yield model.Bullets(lines or ("None.",))


def said(pattern: str, row: Row) -> str:
    """A line for one row of a list: ``{name}: {date}``. Raises `PaperRefused` for a name that the row lacks."""
    try:
        return pattern.format_map(row)
    except KeyError as error:
        raise PaperRefused(f"the list has nothing called {error.args[0]}") from error


def _fields(writer: _Writer, fields: Iterable[Any]) -> Iterator[Block]:
    yield model.Fields(
        tuple(
            Field(
                writer.fill(one.label), known_or_none(one.value, writer.desk, writer.template.each), one.lines
            )
            for one in fields
        )
    )


def _fields_of(writer: _Writer, form: Any) -> Iterator[Block]:
    names = (one for one in writer.field_names(form.artefact) if not form.only or one in form.only)
    yield model.Fields(
        tuple(
            Field(
                sentence(name),
                known_or_none(form.values.get(name, ""), writer.desk, writer.template.each),
                form.lines.get(name, 1),
            )
            for name in names
        )
    )


def _table(writer: _Writer, table: FormTable) -> Iterator[Block]:
    columns = writer.columns(table)
    if isinstance(table.rows, str):
        rows = [
            tuple(writer.cell(one, row) for one in columns) for row in writer.rows(table.rows, table.only)
        ]
    else:
        rows = [tuple(map(writer.fill, row)) for row in table.rows]
    if not rows and not table.blank:
        yield model.Text(table.none)
        return
    rows.extend((ROOM, *("" for _ in columns[1:])) for _ in range(table.blank))
    yield model.Table(tuple(Column(one.title, one.width) for one in columns), tuple(rows))


def _sign(writer: _Writer, sign: Any) -> Iterator[Block]:
    name = writer.desk.person(sign.role).name
    role = writer.desk.roles([sign.role])
    yield model.Signature(f"{role}: {name}" if name else role, writer.fill(sign.statement))


def _page_break(_writer: _Writer, _true: bool) -> Iterator[Block]:
    yield model.PageBreak()


WRITERS: Final[Mapping[str, Callable[[_Writer, Any], Iterator[Block]]]] = {
    "heading": _heading,
    "subheading": _subheading,
    "text": _text,
    "advice": _advice,
    "warning": _warning,
    "bullets": _bullets,
    "ticks": _ticks,
    "each": _each,
    "fields": _fields,
    "fields_of": _fields_of,
    "table": _table,
    "sign": _sign,
    "page_break": _page_break,
}
