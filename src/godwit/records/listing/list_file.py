"""Read a registration list: every line is a patient, set aside, or rejected with its number and the rule it breaks."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from godwit.records.errors import InputRefused
from godwit.records.intake.machine import machine_refused
from godwit.records.listing.cells import RULES, said
from godwit.records.listing.column_map import ColumnMap, FixedColumn, Place, guess
from godwit.records.listing.entry import Entry, usable_number
from godwit.records.listing.fields import read_fields
from godwit.records.listing.folding import fold
from godwit.records.model import UNREADABLE

_LARGEST = 1 << 28
_UNDECODED = "\ufffd"
_LINES = re.compile(r"\r\n|\n|\r")
_SEPARATORS = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Fate:
    """A line that is no patient, or a value on a line that is odd: the line's number and the rule. Never the value."""

    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class RegistrationList:
    """A list as it was read. `lines` counts those with anything on them below the header, whatever became of them."""

    map: ColumnMap
    entries: tuple[Entry, ...]
    set_aside: tuple[Fate, ...]
    rejects: tuple[Fate, ...]
    odd: tuple[Fate, ...]
    lines: int
    size: int
    sha256: str

    @property
    def fields(self) -> frozenset[str]:
        """What the list says of patients."""
        return frozenset(self.map.columns)


def read_list(path: Path, told: ColumnMap | None, practice: str | None) -> RegistrationList:
    """The list at `path`, by a column map or by its plain headers; of one practice, where it names several.

    Raises `InputRefused` where the file as a whole cannot be read, and `MachineRefused`.
    """
    data = _bytes(path)
    text, encoding = _decoded(data, told)
    lines = [(number, one) for number, one in enumerate(_LINES.split(text), start=1) if one.strip()]
    skip = told.skip_first if told else 0
    below = [(number, one) for number, one in lines if number > skip]
    if not below:
        raise InputRefused("list.empty", "no line with anything on it", "list")
    told = told or _guessed(below[0][1], encoding)
    places = _Places(told, _cells(below[0][1], told) if told.header else None)
    gathered = _Gathered(told, places)
    for number, line in below[1:] if told.header else below:
        gathered.take(number, line)
    found, fates = gathered.of_practice(practice)
    digest = hashlib.sha256(data).hexdigest()
    aside = (*gathered.set_aside, *fates)
    count = len(below) - told.header
    return RegistrationList(
        told, found, aside, tuple(gathered.rejects), tuple(gathered.odd), count, len(data), digest
    )


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise InputRefused("list.absent", "there is no such file", "list")
    try:
        if path.stat().st_size > _LARGEST:
            raise InputRefused("list.too_large", "the file is larger than any practice's list", "list")
        return path.read_bytes()
    except OSError as error:
        raise machine_refused(error, "list") from None


def _decoded(data: bytes, told: ColumnMap | None) -> tuple[str, str]:
    """The text and its encoding: as the map says, else by the mark at its start, else UTF-8, else Windows-1252."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = [told.encoding] if told else ["utf-16"] if marked else ["utf-8", "windows-1252"]
    for encoding in encodings:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
        if _UNDECODED not in text:
            return text, encoding
    because = f"the file is not written in {' or '.join(encodings)}; say its encoding in the column map"
    raise InputRefused("list.encoding", because, "list")


def _guessed(header: str, encoding: str) -> ColumnMap:
    separator = max(_SEPARATORS, key=header.count)
    cells = _split(header, separator)
    if not cells:
        raise InputRefused("list.columns_unclear", "the first line is no header; write a column map", "list")
    return guess(cells, separator, encoding)


def _cells(line: str, told: ColumnMap) -> list[str]:
    return [line] if told.shape == "fixed" else _split(line, told.separator)


def _split(line: str, separator: str) -> list[str]:
    """The cells of a line; none where its quotes do not close. A patient who runs over two lines is rejected, so that
    no open quote can swallow others."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error:
        return []


class _Places:
    """Where each field's cells are in a line."""

    def __init__(self, told: ColumnMap, header: Sequence[str] | None) -> None:
        names = [fold(one) for one in header or ()]
        self.width = len(names) if header and told.shape != "fixed" else None
        self._at = {
            field: tuple(_found(one, names, field) for one in places) for field, places in told.places()
        }
        self._least = max(
            (at + 1 for places in self._at.values() for at in places if isinstance(at, int)), default=1
        )

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether a line has as many cells as the header, or as the columns named by number need."""
        return len(cells) == self.width if self.width else len(cells) >= self._least

    def told(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each field that says something, with its text; the parts of an address joined by commas."""
        for field, places in self._at.items():
            parts = [_cell(cells, at).strip() for at in places]
            text = ", ".join(one for one in parts if one)
            if text:
                yield field, text


def _found(place: Place, names: Sequence[str], field: str) -> int | FixedColumn:
    if isinstance(place, FixedColumn):
        return place
    if isinstance(place, int):
        return place - 1
    at = [number for number, one in enumerate(names) if one == fold(place)]
    if len(at) != 1:
        title = read_fields().of(field).title
        because = f"the column that the map names for the {title} is {'there twice' if at else 'not there'}"
        raise InputRefused("list.column_absent", because, "list")
    return at[0]


def _cell(cells: Sequence[str], at: int | FixedColumn) -> str:
    return cells[at] if isinstance(at, int) else cells[0][at.start - 1 : at.start - 1 + at.width]


class _Gathered:
    """Lines as they are taken, each to its fate."""

    def __init__(self, told: ColumnMap, places: _Places) -> None:
        self.told, self.places = told, places
        self.entries: list[Entry] = []
        self.set_aside: list[Fate] = []
        self.rejects: list[Fate] = []
        self.odd: list[Fate] = []

    def take(self, number: int, line: str) -> None:
        """Decide what becomes of one line."""
        if self.told.skip_starting and line.startswith(self.told.skip_starting):
            self.set_aside.append(Fate(number, "list.no_patient"))
            return
        cells = _cells(line, self.told)
        if not cells or not self.places.fits(cells):
            self.rejects.append(Fate(number, "list.width" if cells else "list.quotes"))
            return
        facts = {field: said(field, text, self.told) for field, text in self.places.told(cells)}
        if not _is_somebody(facts):
            self.rejects.append(Fate(number, "list.nobody"))
            return
        self.odd += [Fate(number, rule) for rule in _odd(facts)]
        self.entries.append(Entry("list", number, facts, _state(facts, self.told)))

    def of_practice(self, practice: str | None) -> tuple[tuple[Entry, ...], tuple[Fate, ...]]:
        """The patients of one practice, and the lines of others. Raises `InputRefused` where there are several and none
        was chosen, or the one chosen is not there."""
        codes = Counter(one.facts["practice"].upper() for one in self.entries if "practice" in one.facts)
        wanted = practice.strip().upper() if practice else None
        if wanted is None and len(codes) > 1:
            because = f"the list is of {len(codes)} practices; choose one with --practice"
            raise InputRefused("practice.several", because, "list")
        if wanted is None or not codes:
            return tuple(self.entries), ()
        if wanted not in codes:
            raise InputRefused("practice.absent", "the list has no patient of the practice asked for", "list")
        mine = tuple(one for one in self.entries if one.facts.get("practice", wanted).upper() == wanted)
        numbers = {one.number for one in mine}
        others = (one.number for one in self.entries if one.number not in numbers)
        return mine, tuple(Fate(one, "list.other_practice") for one in others)


def _is_somebody(facts: Mapping[str, str]) -> bool:
    """Whether a line says enough to look for anybody: a number that can be one, or a name and a birth date."""
    born = facts.get("birth_date", UNREADABLE)
    named = "family" in facts and not born.startswith(UNREADABLE)
    return named or bool(usable_number(facts.get("nhs_number", "")))


def _odd(facts: Mapping[str, str]) -> Iterator[str]:
    for field, text in facts.items():
        kind = read_fields().of(field).kind
        unusable = kind == "number" and not usable_number(text)
        if unusable or (kind in RULES and text.startswith(UNREADABLE)):
            yield RULES[kind]


def _state(facts: Mapping[str, str], told: ColumnMap) -> str:
    """`closed` where the list says that the patient is no longer on it."""
    over = any(facts.get(name) for name in ("end_date", "removal_reason", "death_date"))
    status = facts.get("status", "").casefold()
    return "closed" if over or status in {one.casefold() for one in told.closed} else "current"
