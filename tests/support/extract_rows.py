"""Reads what a writer wrote with Python's own csv module, which shares no code with Godwit's readers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from godwit.synth.model import Patient
from godwit.synth.writing import Writer

Rows = dict[str, list[dict[str, str]]]

AWKWARD = (
    'He said "no, thanks"',
    "first line\nsecond line\r\nthird",
    "=1+1",
    "  blanks around  ",
    "£5, café, ’twas",
    'ends with a quote"',
    ",,",
)
"""Texts that break careless writers; every one is in Windows-1252."""


def read_back(
    writer: Writer, patients: Sequence[Patient], columns: dict[str, list[str]] | None = None
) -> Rows:
    """Every file of the writer as rows by column, through the bytes it would have on disk.

    `columns` stands for the header where the files have none; keys are then its names, else the files' names.
    """
    texts = dict(writer.openings())
    for patient in patients:
        for name, text in writer.patient(patient).parts.items():
            texts[name] += text
    found: Rows = {}
    for name, text in texts.items():
        whole = text.encode(writer.encoding).decode(writer.encoding)
        lines = list(csv.reader(io.StringIO(whole, newline=""), strict=True))
        key, header = name, lines[0] if columns is None else []
        if columns is not None:
            key = next(table for table in columns if f"_{table}_data" in name)
            header = columns[key]
        found[key] = [dict(zip(header, line, strict=True)) for line in lines[columns is None :]]
    return found
