"""Tables whose columns are as wide as their words need on an A4 page, so that no word or number is broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from godwit.papers.paper import Column, Table
from godwit.papers.pdf_parts import CELL, HEADER_CELL, MARGIN

ROOM: Final = A4[0] - 2 * MARGIN
PADDING: Final = 13.0
"""What a cell needs besides its words, in points."""


def fitted(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table whose columns are first as wide as their longest word; the rest goes to those with most to say."""
    cells = tuple(tuple(row) for row in rows)
    columns = [[title, *(row[place] for row in cells)] for place, title in enumerate(titles)]
    least = [max(map(_longest_word, texts), default=0) + PADDING for texts in map(_styled, columns)]
    wanted = [
        sum(max(0.0, _width(*one) + PADDING - low) for one in _styled(texts))
        for texts, low in zip(columns, least, strict=True)
    ]
    spare = max(0.0, ROOM - sum(least))
    whole = sum(wanted) or 1.0
    shares = (low + spare * more / whole for low, more in zip(least, wanted, strict=True))
    return Table(tuple(Column(title, share) for title, share in zip(titles, shares, strict=True)), cells)


def _styled(texts: Sequence[str]) -> list[tuple[str, ParagraphStyle]]:
    """The texts of a column, each with its style: its title is bold."""
    return [(text, CELL if place else HEADER_CELL) for place, text in enumerate(texts)]


def _width(text: str, style: ParagraphStyle) -> float:
    lines = text.replace("**", "").split("\n")
    return max(float(stringWidth(line, style.fontName, style.fontSize)) for line in lines)


def _longest_word(one: tuple[str, ParagraphStyle]) -> float:
    text, style = one
    return max((_width(word, style) for word in text.replace("\n", " ").split(" ")), default=0.0)
