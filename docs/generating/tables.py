"""Markdown tables for the generated pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table, cells made safe."""
    columns = list(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(cell(one) for one in row)} |"


def cell(text: str) -> str:
    """A text on one line of a table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ⏎ ")


def code(text: str) -> str:
    """A text as it is typed, on one line; nothing for nothing."""
    return f"`{' '.join(text.split())}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    """Several names as they are typed."""
    return ", ".join(code(one) for one in texts)
