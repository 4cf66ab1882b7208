"""What a statement says of the files of documents: whose they are, byte by byte, and whether they open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from godwit.papers.pack.told import Facts, Told, limited, part
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Heading, Text
from godwit.records.evidence.wording import count, number

MOST_ROWS: Final = 30
_COLUMNS: Final = ("Did not pass", "Risk", "Source", "Target", "Patients", "Unexplained")


def document_files(told: Told) -> Iterator[Block]:
    """The figures of both folders, and every check of the files that did not pass."""
    found = part(told.summary, "documents")
    if found is None:
        return
    yield Heading("Files of documents", 2)
    yield Text(f"{said(found)} {_opened(found)}")
    if failed := [one for one in found["checks"] if one["state"] == "failed"]:
        yield from limited(fitted(_COLUMNS, map(_row, failed)), MOST_ROWS, "report.html")


def said(found: Facts) -> str:
    """How many documents have the same file under the same patient, and how much is to be cleared up."""
    same = f"{number(found['same'])} of {count(found['compared'], 'document')}"
    questions = count(found["unexplained"], "question")
    return f"{same} of the source have the same file, byte by byte, under the same patient; {questions} about files."


def _opened(found: Facts) -> str:
    sides = (found["sides"][name] for name in ("source", "target"))
    opened = " and ".join(f"{number(one['opened'])} of {number(one['files'])}" for one in sides)
    return f"Opened by a program: {opened} files of source and target. Both folders' fingerprints are in summary.json."


def _row(one: Facts) -> tuple[str, ...]:
    figures = (one[name] for name in ("source", "target", "patients", "unexplained"))
    return one["title"], one["severity"], *map(number, figures)
