"""Bulk deliveries taken apart and put together otherwise, by Python's csv module and nothing of the project's."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from godwit.synth.making import Order, make
from tests.support.archives import zipped
from tests.support.books import faults
from tests.support.commands import godwit, json_of
from tests.support.twins import Unheard

ENCODINGS = {"emis": "utf-8", "tpp": "cp1252", "vision": "utf-8"}
"""How each system writes."""

_GUID = re.compile(r"\{([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}")
Line = list[str]


@dataclass(frozen=True)
class Sheet:
    """One file as a spreadsheet would show it: its name in the delivery and its lines, the header among them."""

    name: str
    lines: list[Line]

    @property
    def table(self) -> str:
        """Its table, as the name tells it."""
        name = self.name.rpartition("/")[2]
        found = re.match(r"(?:[0-9-]+_)?([A-Za-z]+_?[A-Za-z0-9]*?)(?:_\d{14}|\.csv)", name)
        return found[1] if found else ""

    def column(self, name: str) -> int:
        """The place of a column."""
        return self.lines[0].index(name)


Sheets = list[Sheet]
Change = Callable[[Sheets], Sheets]


@dataclass(frozen=True)
class Style:
    """How files are written."""

    encoding: str = "utf-8"
    end: str = "\r\n"
    quoting: Any = csv.QUOTE_ALL
    mark: bool = False


PLAIN = Style()
LOOSE = Style(end="\n", quoting=csv.QUOTE_MINIMAL, mark=True)


def practice(system: str, folder: Path, patients: int = 12, **more: Any) -> Path:
    """A small made-up practice in a folder."""
    made: dict[str, Any] = {"seed": 3, "density": 0.03, **more}
    make(Order(system, patients, out=folder, **made), Unheard())
    return folder


def sheets_of(folder: Path, system: str) -> Sheets:
    """Every file of a folder, in name order."""
    return [
        Sheet(path.relative_to(folder).as_posix(), lines_of(path, ENCODINGS[system]))
        for path in sorted(folder.rglob("*.csv"))
    ]


def lines_of(path: Path, encoding: str) -> list[Line]:
    """The lines of a file as Python's csv module reads them."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, strict=True))


def as_bytes(lines: Sequence[Line], style: Style = PLAIN) -> bytes:
    """A file's lines, written in a style."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=style.quoting, lineterminator=style.end).writerows(lines)
    return (b"\xef\xbb\xbf" if style.mark else b"") + text.getvalue().encode(style.encoding)


def files_of(sheets: Sheets, style: Style = PLAIN) -> dict[str, bytes]:
    """Every file by name, written in a style."""
    return {one.name: as_bytes(one.lines, style) for one in sheets}


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Put files into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zip_of(files: dict[str, bytes], path: Path) -> Path:
    """Put files into a zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(files))
    return path


# Changes that change nothing ----------------------------------------------------------------------------------


def bare_guids(sheets: Sheets) -> Sheets:
    """GUIDs without braces, in small letters."""
    return _cells(sheets, lambda cell: _GUID.sub(lambda found: found[1].lower(), cell))


def columns_shuffled(sheets: Sheets) -> Sheets:
    """The columns of every file in another order."""
    return [replace(one, lines=_reordered(one.lines, one.table)) for one in sheets]


def rows_shuffled(sheets: Sheets) -> Sheets:
    """The records of every file in another order."""
    return [replace(one, lines=[one.lines[0], *_shuffled(one.lines[1:], one.table)]) for one in sheets]


def small_headers(sheets: Sheets) -> Sheets:
    """Column names in small letters."""
    return [replace(one, lines=[[name.lower() for name in one.lines[0]], *one.lines[1:]]) for one in sheets]


def renumbered(sheets: Sheets) -> Sheets:
    """EMIS files of another processing number, time and agreement."""
    return [replace(one, name=f"7000-7012_{one.table}_20280101000000_{'a' * 8}.csv") for one in sheets]


def nameless(sheets: Sheets) -> Sheets:
    """Files whose names say nothing, in another order."""
    return [
        replace(one, name=f"file {number}.csv")
        for number, one in enumerate(_shuffled(sheets, "names"), start=1)
    ]


def with_column(name: str, text: str) -> Change:
    """A further column in every file, filled."""

    def change(sheets: Sheets) -> Sheets:
        return [
            replace(one, lines=[[name, *one.lines[0]], *([text, *line] for line in one.lines[1:])])
            for one in sheets
        ]

    return change


def without(**columns: Sequence[str]) -> Change:
    """Files without some of their columns."""

    def change(sheets: Sheets) -> Sheets:
        return [replace(one, lines=_without(one, columns.get(one.table, ()))) for one in sheets]

    return change


def _without(one: Sheet, columns: Sequence[str]) -> list[Line]:
    kept = [at for at, name in enumerate(one.lines[0]) if name not in columns]
    return [[line[at] for at in kept] for line in one.lines]


def spelled(**names: str) -> Change:
    """Columns under other names, in every file."""

    def change(sheets: Sheets) -> Sheets:
        return [
            replace(one, lines=[[names.get(name, name) for name in one.lines[0]], *one.lines[1:]])
            for one in sheets
        ]

    return change


def _cells(sheets: Sheets, change: Callable[[str], str]) -> Sheets:
    return [replace(one, lines=[[change(cell) for cell in line] for line in one.lines]) for one in sheets]


def _reordered(lines: list[Line], seed: str) -> list[Line]:
    order = _shuffled(range(len(lines[0])), seed)
    return [[line[at] for at in order] for line in lines]


def _shuffled(things: Any, seed: str) -> list[Any]:
    return random.Random(seed).sample(list(things), len(things))  # noqa: S311 - any order will do


def compared(source: Path, target: Path, run: Path, *more: object) -> dict[str, Any]:
    """The summary of a run of the command, its books worked out again."""
    outcome = godwit("compare", source, target, "--out", run, *more)
    assert outcome.code == 0, outcome.err
    assert faults(run) == []
    return json_of(run / "summary.json")


def without_numbers(rows: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Findings as texts in an order of their own, without what numbers files, records, patients, findings."""
    return sorted(tuple(_unnumbered(row)) for row in rows)


def _unnumbered(row: dict[str, Any]) -> Iterator[str]:
    for name, value in sorted(row.items()):
        if name not in ("finding", "cause", "patient_key") and not name.endswith(
            ("_file", "_record", "_row", "_person")
        ):
            yield f"{name}={value}"
