"""What reportlab has not ready: page feet, tick boxes, lines to write on; and the looks of each kind of text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, HRFlowable, Paragraph

from godwit.papers.paper import LARGER, long_date

MARGIN = 18 * mm
FOOT_FONT, FOOT_SIZE, FOOT_LEADING = "Helvetica", 8, 10
FOOT_NUMBER_ROOM = 75 * mm
INK, BRAND, QUIET = HexColor("#212B32"), HexColor("#003087"), HexColor("#425563")

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=6, textColor=INK)
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=12.5, spaceAfter=0)
HEADER_CELL = ParagraphStyle("header cell", CELL, fontName="Helvetica-Bold")
POINT = ParagraphStyle("point", BODY, leftIndent=14, bulletIndent=3, spaceAfter=3)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=10.5, spaceBefore=6, textColor=QUIET)
LEAD = ParagraphStyle("lead", BODY, fontSize=12, leading=16, textColor=QUIET)
TITLE = ParagraphStyle(
    "title", BODY, fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=4, textColor=BRAND
)
HEADINGS = {
    level: ParagraphStyle(
        f"heading {level}",
        TITLE,
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=size * 0.8,
        spaceAfter=size * 0.4,
    )
    for level, size in ((1, 14.0), (2, 12.0), (3, 10.5))
}
HEADING_NAMES = frozenset(style.name for style in HEADINGS.values())


@lru_cache(maxsize=32)
def larger(style: ParagraphStyle) -> ParagraphStyle:
    """The same looks in the type of a large paper."""
    sizes = (
        "fontSize",
        "leading",
        "spaceBefore",
        "spaceAfter",
        "leftIndent",
        "bulletIndent",
        "bulletFontSize",
    )
    return ParagraphStyle(style.name, style, **{name: getattr(style, name) * LARGER for name in sizes})


class TickBox(Flowable):
    """A square to tick with a pen, ticked already when `done`."""

    SIDE = 3.4 * mm

    def __init__(self, done: bool) -> None:
        super().__init__()
        self.done = done
        self.width = self.height = self.SIDE

    def draw(self) -> None:
        """The square, and the tick in it."""
        self.canv.setLineWidth(0.9)
        self.canv.rect(0, 0, self.SIDE, self.SIDE)
        if self.done:
            part = self.SIDE / 10
            self.canv.lines(
                [(2 * part, 5 * part, 4 * part, 2.5 * part), (4 * part, 2.5 * part, 8 * part, 8 * part)]
            )


class WritingLine(Flowable):
    """Blank lines to write on."""

    APART = 8 * mm

    def __init__(self, width: float, lines: int) -> None:
        super().__init__()
        self.lines = lines
        self.width, self.height = width, self.APART * lines

    def draw(self) -> None:
        """One rule below each line."""
        self.canv.setLineWidth(0.6)
        self.canv.setStrokeColor(QUIET)
        for place in range(self.lines):
            self.canv.line(0, self.APART * place + 1, self.width, self.APART * place + 1)


class Book(BaseDocTemplate):
    """A document whose headings PDF readers list at the side."""

    headings = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab calls it by this name
        """Note where a heading came to stand."""
        if isinstance(flowable, Paragraph) and flowable.style.name in HEADING_NAMES:
            self.headings += 1
            self.canv.bookmarkPage(f"heading {self.headings}")
            self.canv.addOutlineEntry(flowable.getPlainText(), f"heading {self.headings}")


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of every page, and the dates inside the file."""

    made_on: date
    lines: tuple[str, ...]
    pages: int

    @property
    def height(self) -> float:
        """How much of the page it takes, with the gap above it."""
        return FOOT_LEADING * max(1, len(self.lines)) + 4 * mm

    def draw(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """The footer on the left; the day it was made and page x of y on the right."""
        day = self.made_on
        canvas.setDateFormatter(lambda *_now: f"D:{day:%Y%m%d}000000Z")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.saveState()
        canvas.setFont(FOOT_FONT, FOOT_SIZE)
        canvas.setFillColor(QUIET)
        for place, line in enumerate(reversed(self.lines)):
            canvas.drawString(MARGIN, MARGIN + place * FOOT_LEADING, line)
        number = f"Made on {long_date(day)} · Page {document.page} of {self.pages}"
        canvas.drawRightString(document.pagesize[0] - MARGIN, MARGIN, number)
        canvas.restoreState()


def foot(made_on: date, text: str, pages: int, room: float) -> Foot:
    """The foot of pages that are `room` points wide between their margins."""
    lines = simpleSplit(text, FOOT_FONT, FOOT_SIZE, room - FOOT_NUMBER_ROOM)
    return Foot(made_on, tuple(lines), pages)


def rule() -> Flowable:
    """The line below the title."""
    return HRFlowable(width="100%", thickness=1.2, color=BRAND, spaceBefore=2, spaceAfter=8)
