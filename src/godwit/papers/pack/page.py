"""A paper as one offline page: the same blocks that the PDF prints, so that both say the same."""

from __future__ import annotations

from markupsafe import Markup, escape

from godwit.papers.page_templates import template
from godwit.papers.paper import NOTE_WORDS, SIGNING_LINES, Heading, Paper, spans


def page(paper: Paper) -> str:
    """The whole page as HTML. Pure: the same paper gives the same text."""
    blocks = [(type(block).__name__, block) for block in paper.blocks]
    contents = [
        (f"part-{place}", block.text)
        for place, block in enumerate(paper.blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    return template("pack_statement.html.jinja").render(
        paper=paper,
        blocks=blocks,
        contents=contents,
        note_words=NOTE_WORDS,
        signing_lines=SIGNING_LINES,
        rich=_rich,
    )


def _rich(text: str) -> Markup:
    """A text with its bold pieces and its line breaks, everything else escaped."""
    pieces = (
        Markup("<strong>{}</strong>").format(piece) if bold else escape(piece) for piece, bold in spans(text)
    )
    return Markup("<br>").join(Markup("").join(pieces).split("\n"))
