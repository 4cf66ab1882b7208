"""A paper as a Word document: A4, British English, real headings and tables whose header repeats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from godwit.papers import paper as model
from godwit.papers.characters import visible
from godwit.papers.paper import LABEL_SHARES, LARGER, Block, Paper, long_date, spans
from godwit.papers.zipped import repacked

SHORT_SIDE, LONG_SIDE = Cm(21.0), Cm(29.7)
MARGIN = Cm(2.0)
FONT = "Arial"
INK, QUIET = RGBColor(0x00, 0x30, 0x87), RGBColor(0x42, 0x55, 0x63)
HEADER_SHADE = "E8EDEE"
NOTE_SHADES = {"advice": "E8F1FA", "warning": "FFF4D6"}
STYLE_SIZES = {
    "Title": 22,
    "Subtitle": 12,
    "Heading 1": 15,
    "Heading 2": 12.5,
    "Heading 3": 11,
    "Normal": 10.5,
}


def word_bytes(paper: Paper) -> bytes:
    """The paper as a .docx file; the same paper always gives the same bytes."""
    document = Document()
    _set_page(document, paper)
    _set_styles(document, LARGER if paper.large else 1)
    _set_properties(document, paper)
    document.add_paragraph(visible(paper.title), style="Title")
    if paper.subtitle:
        document.add_paragraph(visible(paper.subtitle), style="Subtitle")
    for block in paper.blocks:
        DRAWERS[type(block)](document, block)
    if paper.source_line:
        _small(document.add_paragraph(), paper.source_line)
    _set_footer(document, paper)
    target = BytesIO()
    document.save(target)
    return repacked(target.getvalue())


# ---------------------------------------------------------------- the page and its styles


def _set_page(document: WordDocument, paper: Paper) -> None:
    section = document.sections[0]
    sides = (LONG_SIDE, SHORT_SIDE) if paper.landscape else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _set_styles(document: WordDocument, scale: float) -> None:
    for name, size in STYLE_SIZES.items():
        # python-docx types a looked-up style as the base class, which has no font.
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size * scale)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over the font named here
        if name != "Normal":
            style.font.color.rgb = QUIET if name == "Subtitle" else INK
            style.font.italic = False
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _set_properties(document: WordDocument, paper: Paper) -> None:
    made_at = datetime.combine(paper.made_on, time())
    core = document.core_properties
    core.title, core.subject = visible(paper.title), visible(paper.subtitle)
    core.author = core.last_modified_by = "Godwit"
    core.comments = core.keywords = ""
    core.language, core.revision = "en-GB", 1
    core.created = core.modified = made_at


def _set_footer(document: WordDocument, paper: Paper) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    before = f"{paper.footer} · " if paper.footer else ""
    _small(paragraph, f"{before}Made on {long_date(paper.made_on)} · Page ")
    _add_field(paragraph, "PAGE")
    _small(paragraph, " of ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A number that Word works out itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    field.append(_xml(run))
    _xml(paragraph).append(field)


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(visible(text))
    run.font.size, run.font.color.rgb = Pt(8), QUIET


def _write(paragraph: Paragraph, text: str) -> Paragraph:
    for piece, bold in spans(visible(text)):
        paragraph.add_run(piece).bold = bold or None
    return paragraph


# ---------------------------------------------------------------- blocks


def _heading(document: WordDocument, block: model.Heading) -> None:
    document.add_heading(visible(block.text), level=block.level)


def _text(document: WordDocument, block: model.Text) -> None:
    _write(document.add_paragraph(), block.text)


def _bullets(document: WordDocument, block: model.Bullets) -> None:
    for item in block.items:
        _write(document.add_paragraph(style="List Bullet"), item)


def _ticks(document: WordDocument, block: model.TickList) -> None:
    for item in block.items:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.8)
        paragraph.paragraph_format.first_line_indent = Cm(-0.8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
        _write(paragraph, f"{model.TICKED if item.done else model.TICK_BOX}\t{item.text}")


def _table(document: WordDocument, block: model.Table) -> None:
    table = _grid(document, len(block.rows) + 1, block.shares())
    _mark_header(table)
    lines = (tuple(column.title for column in block.columns), *block.rows)
    for row, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text)
    for cell in table.rows[0].cells:
        _shade(cell, HEADER_SHADE)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    _gap(document)


def _fields(document: WordDocument, block: model.Fields) -> None:
    if not block.entries:  # Word takes a table without rows for a broken file
        return
    table = _grid(document, len(block.entries), LABEL_SHARES)
    for row, entry in zip(table.rows, block.entries, strict=True):
        label, value = row.cells
        _fill(label, f"**{entry.label}**")
        _shade(label, HEADER_SHADE)
        _fill(value, entry.value if entry.value is not None else "")
        if entry.value is None:
            row.height = Cm(0.9 * entry.lines)
    _gap(document)


def _signature(document: WordDocument, block: model.Signature) -> None:
    statement = _write(document.add_paragraph(), block.statement)
    role = _write(document.add_paragraph(), f"**{block.role}**")
    for paragraph in (statement, role):
        paragraph.paragraph_format.keep_with_next = True
    _fields(document, model.Fields(model.SIGNING_LINES))


def _note(document: WordDocument, block: model.Note) -> None:
    cell = _grid(document, 1, (1.0,)).cell(0, 0)
    _fill(cell, f"**{model.NOTE_WORDS[block.kind]}:** {block.text}")
    _shade(cell, NOTE_SHADES[block.kind])
    _gap(document)


def _page_break(document: WordDocument, _block: model.PageBreak) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


DRAWERS: dict[type[Block], Callable[[WordDocument, Any], None]] = {
    model.Heading: _heading,
    model.Text: _text,
    model.Bullets: _bullets,
    model.Table: _table,
    model.Fields: _fields,
    model.TickList: _ticks,
    model.Signature: _signature,
    model.Note: _note,
    model.PageBreak: _page_break,
}


# ---------------------------------------------------------------- tables


def _grid(document: WordDocument, height: int, shares: Iterable[float]) -> WordTable:
    """An empty table with lines, as wide as the page allows, whose rows do not break across pages."""
    widths = [Length(int(share * _room(document))) for share in shares]
    table: WordTable = document.add_table(rows=height, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _xml(row).get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width  # Word goes by the cells, other programs by the columns
    return table


def _room(document: WordDocument) -> int:
    section = document.sections[0]
    width = LONG_SIDE if section.orientation == WD_ORIENT.LANDSCAPE else SHORT_SIDE
    return width - 2 * MARGIN


def _mark_header(table: WordTable) -> None:
    """Say that the first row is a header: read out with its cells, repeated on each page."""
    _xml(table.rows[0]).get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(cell: Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, text)


def _shade(cell: Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    _xml(cell).get_or_add_tcPr().append(shade)


def _gap(document: WordDocument) -> None:
    """A little room below a table; without it Word also joins two tables that follow each other."""
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(4)
    gap.paragraph_format.line_spacing = Pt(6)


def _xml(part: Any) -> Any:
    """The XML of a part, for what python-docx has no words for."""
    return part._element  # noqa: SLF001 - python-docx gives it out by no other name
