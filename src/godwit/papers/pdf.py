"""A paper as PDF: A4, page x of y, tables whose header repeats, boxes to tick and lines to write on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from godwit.papers import paper as model
from godwit.papers.characters import Letters
from godwit.papers.paper import LABEL_SHARES, Block, Paper, spans
from godwit.papers.pdf_parts import (
    BODY,
    CELL,
    HEADER_CELL,
    HEADINGS,
    LEAD,
    MARGIN,
    POINT,
    SMALL,
    TITLE,
    Book,
    TickBox,
    WritingLine,
    foot,
    larger,
    rule,
)

LINE = HexColor("#AEB7BD")
HEADER_SHADE = HexColor("#E8EDEE")
NOTE_LOOKS = {
    "advice": (HexColor("#E8F1FA"), HexColor("#005EB8")),
    "warning": (HexColor("#FFF4D6"), HexColor("#B25400")),
}
PADDING: list[Any] = [("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]
LEAST_BELOW_HEADING = 30 * mm
LEAST_OF_A_ROW = 40
"""The least that is left on a page of a row too tall for one, in points."""


def pdf_bytes(paper: Paper) -> bytes:
    """The paper as a PDF file; the same paper always gives the same bytes.

    Characters that the standard fonts lack are shown another way, and the paper's last line counts them.
    """
    # Laid out twice: only the first round knows how many pages there are.
    pages = _laid_out(paper, 0, BytesIO())
    target = BytesIO()
    _laid_out(paper, pages, target)
    return target.getvalue()


def _laid_out(paper: Paper, pages: int, target: BytesIO) -> int:
    """Lay the paper out into `target`, whose footers say that it has `pages` pages; return how many it has."""
    width, height = landscape(A4) if paper.landscape else A4
    writer = _Writer(Letters(), width - 2 * MARGIN, paper.large)
    document = Book(
        target,
        pagesize=(width, height),
        title=paper.title,
        subject=paper.subtitle,
        author="Godwit",
        creator="Godwit",
        lang="en-GB",
        invariant=1,
    )
    below = foot(paper.made_on, writer.letters.printable(paper.footer), pages, writer.room)
    frame = Frame(MARGIN, MARGIN + below.height, writer.room, height - 2 * MARGIN - below.height, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(id="page", frames=[frame], onPage=below.draw))
    document.build(list(writer.story(paper)))
    return int(document.page)


class _Writer:
    """Turns blocks into what reportlab lays out, `room` points wide."""

    def __init__(self, letters: Letters, room: float, large: bool = False) -> None:
        self.letters = letters
        self.room = room
        self.large = large

    def story(self, paper: Paper) -> Iterator[Flowable]:
        """The whole paper, from its title to the remark about characters."""
        yield self.paragraph(paper.title, TITLE)
        if paper.subtitle:
            yield self.paragraph(paper.subtitle, LEAD)
        yield rule()
        for block in paper.blocks:
            yield from DRAWERS[type(block)](self, block)
        if paper.source_line:
            yield self.paragraph(paper.source_line, SMALL)
        if remark := self.letters.remark():
            yield self.paragraph(remark, SMALL)

    def paragraph(self, text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
        """Plain text as a paragraph: escaped, with its bold pieces and its line breaks."""
        pieces = [(escape(self.letters.printable(piece)), bold) for piece, bold in spans(text)]
        marked = "".join(f"<b>{piece}</b>" if bold else piece for piece, bold in pieces)
        looks = larger(style) if self.large and style is not SMALL else style
        return Paragraph(marked.replace("\n", "<br/>"), looks, bulletText=bullet)

    def heading(self, block: model.Heading) -> Iterator[Flowable]:
        """A heading, never alone at the foot of a page."""
        yield CondPageBreak(LEAST_BELOW_HEADING)
        yield self.paragraph(block.text, HEADINGS[block.level])

    def text(self, block: model.Text) -> Iterator[Flowable]:
        """A paragraph."""
        yield self.paragraph(block.text, BODY)

    def bullets(self, block: model.Bullets) -> Iterator[Flowable]:
        """Points, each on its own so that a long list breaks anywhere between two."""
        for item in block.items:
            yield self.paragraph(item, POINT, bullet="•")

    def ticks(self, block: model.TickList) -> Iterator[Flowable]:
        """Boxes, each with what to tick off beside it."""
        rows = [[TickBox(item.done), self.paragraph(item.text, CELL)] for item in block.items]
        if rows:
            look: list[Any] = [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                *PADDING,
            ]
            yield Table(rows, colWidths=[8 * mm, self.room - 8 * mm], splitInRow=LEAST_OF_A_ROW, style=look)
            yield Spacer(0, 2 * mm)

    def table(self, block: model.Table) -> Iterator[Flowable]:
        """A table with lines; a row too tall for a page goes on over the next."""
        header = [self.paragraph(column.title, HEADER_CELL) for column in block.columns]
        rows = [[self.cell(text) for text in row] for row in block.rows]
        look: list[Any] = [
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("BACKGROUND", (0, 0), (-1, 0), HEADER_SHADE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *PADDING,
        ]
        widths = [share * self.room for share in block.shares()]
        yield Table(
            [header, *rows],
            colWidths=widths,
            repeatRows=1,
            splitByRow=1,
            splitInRow=LEAST_OF_A_ROW,
            style=look,
        )
        yield Spacer(0, 4 * mm)

    def cell(self, text: str) -> Flowable:
        """What stands in a cell: a text, or a box."""
        if text in (model.TICK_BOX, model.TICKED):
            return TickBox(text == model.TICKED)
        return self.paragraph(text, CELL)

    def fields(self, block: model.Fields) -> Iterator[Flowable]:
        """Labels, each with its value or with lines to write on."""
        rows = [[self.paragraph(f"**{one.label}**", CELL), self.value(one)] for one in block.entries]
        if rows:
            look: list[Any] = [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                *PADDING,
            ]
            widths = [share * self.room for share in LABEL_SHARES]
            yield Table(rows, colWidths=widths, splitInRow=LEAST_OF_A_ROW, style=look)
            yield Spacer(0, 3 * mm)

    def value(self, field: model.Field) -> Flowable:
        """The value of a field, or its blank lines."""
        if field.value is None:
            return WritingLine(LABEL_SHARES[1] * self.room - 12, field.lines)
        return self.paragraph(field.value, CELL)

    def signature(self, block: model.Signature) -> Iterator[Flowable]:
        """A statement with room to sign below it, never apart on two pages."""
        parts = [
            self.paragraph(block.statement, BODY),
            self.paragraph(f"**{block.role}**", BODY),
            *self.fields(model.Fields(model.SIGNING_LINES)),
        ]
        yield KeepTogether(parts)

    def note(self, block: model.Note) -> Iterator[Flowable]:
        """A remark on a tinted ground with a bar at its side."""
        tint, bar = NOTE_LOOKS[block.kind]
        words = self.paragraph(f"**{model.NOTE_WORDS[block.kind]}:** {block.text}", CELL)
        look: list[Any] = [
            ("BACKGROUND", (0, 0), (-1, -1), tint),
            ("LINEBEFORE", (0, 0), (0, -1), 3, bar),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]
        yield Table([[words]], colWidths=[self.room], splitInRow=LEAST_OF_A_ROW, style=look)
        yield Spacer(0, 4 * mm)

    def page_break(self, _block: model.PageBreak) -> Iterator[Flowable]:
        """A new page."""
        yield PageBreak()


DRAWERS: dict[type[Block], Callable[[_Writer, Any], Iterator[Flowable]]] = {
    model.Heading: _Writer.heading,
    model.Text: _Writer.text,
    model.Bullets: _Writer.bullets,
    model.Table: _Writer.table,
    model.Fields: _Writer.fields,
    model.TickList: _Writer.ticks,
    model.Signature: _Writer.signature,
    model.Note: _Writer.note,
    model.PageBreak: _Writer.page_break,
}
