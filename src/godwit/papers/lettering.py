"""How wide a text is when it is drawn, so that a name in a picture neither overlaps nor runs over the edge."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

FONT = "Helvetica"
"""As wide as the Arial or Liberation Sans in which browsers draw it."""


def width_of(text: str, size: float) -> float:
    """The width of a text at a letter size, in the units of the size."""
    return float(stringWidth(text, FONT, size))


def shortened(text: str, size: float, room: float) -> str:
    """The text where it fits in `room`, else as many of its words as do, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    words = text.split()
    while len(words) > 1 and width_of(f"{' '.join(words)}…", size) > room:
        words.pop()
    return f"{' '.join(words)}…"
