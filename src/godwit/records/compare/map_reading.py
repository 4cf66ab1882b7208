"""Read maps between code systems: every row is checked, every row has a fate, and only the best rows are believed.

Of the rows of one map number the one with the latest date not after the day of the run counts, and only while it is
active. Only rows that are exact or assured are used; a code with two targets in one system is ambiguous and not used
at all (standards notes 5.1; guide, MP-02). Codes are compared with their capitals.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from godwit.definitions.comparison.code_map_shapes import Shape, Shapes, read_shapes
from godwit.records.compare.code_maps import CodeMap, MapFile
from godwit.records.errors import InputRefused
from godwit.values.errors import ValueRefused
from godwit.values.snomed_id import SnomedId, SnomedKind

_READ = re.compile(r"[0-9A-Za-z][0-9A-Za-z.]{4}([0-9A-Za-z]{2})?")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a map, checked. `date` is eight digits or empty."""

    line: int
    codes: tuple[str, ...]  # the code it maps, in every way in which records may write it
    target: str | None
    quality: str
    map_id: str
    date: str
    active: bool


def read_code_maps(paths: Sequence[Path], day: str) -> CodeMap:
    """The maps in these files as they hold on `day` (ISO).

    Raises `InputRefused` (rules `map.…`) with the file and the line.
    """
    shapes = read_shapes()
    files: list[MapFile] = []
    used: list[tuple[int, _Row]] = []
    covered: set[str] = set()
    for number, path in enumerate(paths):
        shape, rows = _read(path, shapes)
        covered |= {row.codes[0].partition("|")[0] for row in rows}
        kept, fates = _sorted_out(path.name, rows, day.replace("-", ""))
        used += [(number, row) for row in kept]
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        files.append(MapFile(path.name, sha256, shape.id, len(rows), len(kept), **fates))
    targets, ambiguous = _targets(used)
    told = tuple(replace(one, ambiguous=ambiguous[number]) for number, one in enumerate(files))
    return CodeMap(targets, frozenset(covered), told)


def _targets(used: Sequence[tuple[int, _Row]]) -> tuple[dict[str, frozenset[str]], Counter[int]]:
    """What each code is elsewhere; and by file, how many rows are of no use because their code has two targets."""
    found: dict[tuple[str, str], set[str]] = {}
    for _, row in used:
        for code, target in _ways(row):
            found.setdefault((code, target.partition("|")[0]), set()).add(target)
    targets: dict[str, frozenset[str]] = {}
    for (code, _), ends in found.items():
        if len(ends) == 1:
            targets[code] = targets.get(code, frozenset()) | ends
    ambiguous = Counter(number for number, row in used if row.codes[0] not in targets)
    return targets, ambiguous


def _ways(row: _Row) -> Iterator[tuple[str, str]]:
    for code in row.codes:
        if row.target and code != row.target:
            yield code, row.target


def _sorted_out(name: str, rows: Sequence[_Row], day: str) -> tuple[list[_Row], dict[str, int]]:
    """The rows to believe, and how many were put aside for which reason."""
    fates = dict.fromkeys(("unassured", "inactive", "superseded", "not_yet", "no_target"), 0)
    latest = _latest(name, rows, day)
    kept = []
    for row in rows:
        fate = _fate(row, latest, day)
        if fate:
            fates[fate] += 1
        else:
            kept.append(row)
    return kept, fates


def _latest(name: str, rows: Sequence[_Row], day: str) -> dict[str, _Row]:
    """For every map number its row in force. Raises `InputRefused` where two rows have one number and one date."""
    latest: dict[str, _Row] = {}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if not row.map_id or row.date > day:
            continue
        if (row.map_id, row.date) in seen:
            raise _refused("map.same_date", "this map number has two rows of one date", name, row.line)
        seen.add((row.map_id, row.date))
        if row.map_id not in latest or latest[row.map_id].date < row.date:
            latest[row.map_id] = row
    return latest


def _fate(row: _Row, latest: Mapping[str, _Row], day: str) -> str | None:
    if row.date > day:
        return "not_yet"
    if row.map_id and latest[row.map_id] is not row:
        return "superseded"
    if not row.active:
        return "inactive"
    if row.target is None:
        return "no_target"
    return "unassured" if row.quality == "unassured" else None


def _read(path: Path, shapes: Shapes) -> tuple[Shape, list[_Row]]:
    """The shape of a file and all its rows, checked."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused("map.encoding", "a code map must be text in UTF-8", path.name) from None
    header = text.partition("\n")[0].rstrip("\r")
    shape = shapes.of(header)
    if shape is None:
        wanted = ", ".join(shapes.columns_wanted())
        raise InputRefused("map.shape", f"its first line must name the columns {wanted}", path.name)
    names = header.split(shape.separator)
    columns = {ours: names.index(theirs) for ours, theirs in _columns(shape) if theirs in names}
    checker = _Checker(path.name, shape, shapes, columns, len(names))
    return shape, [checker.row(line, cells) for line, cells in _lines(path.name, text, shape) if cells]


def _columns(shape: Shape) -> Iterator[tuple[str, str]]:
    yield from shape.columns.items()
    yield from shape.optional.items()


def _lines(name: str, text: str, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    if shape.separator == "\t":
        # Files set apart by tabs put no quotation marks around values: one in a value is a letter like any other.
        reader = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
    else:
        reader = csv.reader(text.splitlines(), delimiter=shape.separator, strict=True)
    try:
        next(reader)
        yield from ((reader.line_num, cells) for cells in reader)
    except csv.Error:
        raise _refused("map.row", "a row whose quotation marks do not close", name, reader.line_num) from None


@dataclass(frozen=True, slots=True)
class _Checker:
    """Makes rows out of the cells of one file, or says which line is wrong and why; never a value."""

    name: str
    shape: Shape
    shapes: Shapes
    columns: Mapping[str, int]
    width: int

    def row(self, line: int, cells: Sequence[str]) -> _Row:
        """Raises `InputRefused` for a row that breaks a rule."""
        if len(cells) != self.width:
            raise _refused(
                "map.row", f"a row with {len(cells)} values under {self.width} columns", self.name, line
            )
        said = {ours: cells[place].strip() for ours, place in self.columns.items()} | dict(self.shape.fixed)
        from_code = said["from_code"] + said.get("term_code", "")
        return _Row(
            line,
            tuple(_written(said["from_system"], self._code(line, said["from_system"], from_code))),
            self._target(line, said["to_system"], said["to_code"]),
            self._quality(line, said["quality"]),
            said.get("map_id", ""),
            self._date(line, said.get("date", "")),
            self._active(line, said.get("active", self.shape.active[0])),
        )

    def _target(self, line: int, system: str, code: str) -> str | None:
        if code.startswith(self.shapes.no_target):
            return None
        return f"{system}|{self._code(line, system, code)}"

    def _code(self, line: int, system: str, code: str) -> str:
        if system not in self.shapes.systems:
            known = ", ".join(self.shapes.systems)
            raise _refused("map.system", f"a code system that is none of {known}", self.name, line)
        if not _can_be(system, code):
            raise _refused("map.code", f"this cannot be a code of {system}", self.name, line)
        return code

    def _quality(self, line: int, word: str) -> str:
        if word not in self.shape.quality:
            known = ", ".join(self.shape.quality)
            raise _refused("map.quality", f"the quality of a row must be one of {known}", self.name, line)
        return self.shape.quality[word]

    def _date(self, line: int, text: str) -> str:
        if not text:
            return ""
        try:
            return date.fromisoformat(text).strftime("%Y%m%d")
        except ValueError:
            because = "write a day such as 2020-04-01 or 20200401"
            raise _refused("map.date", because, self.name, line) from None

    def _active(self, line: int, word: str) -> bool:
        if word not in {*self.shape.active, *self.shape.inactive}:
            known = ", ".join(one for one in (*self.shape.active, *self.shape.inactive) if one)
            raise _refused("map.active", f"whether a row is active must be one of {known}", self.name, line)
        return word in self.shape.active


def _can_be(system: str, code: str) -> bool:
    if system in ("read2", "ctv3"):
        return bool(_READ.fullmatch(code))
    if system != "snomed":
        return bool(code)
    try:
        return SnomedId.parse(code).kind is SnomedKind.CONCEPT
    except ValueRefused:
        return False


def _written(system: str, code: str) -> Iterator[str]:
    """A code as records may have it: Read v2 codes with and without the two characters of their term.

    A code of seven characters also stands for its first five; where its terms lead to different places, those five
    are ambiguous and lead nowhere.
    """
    yield f"{system}|{code}"
    if system == "read2":
        yield f"{system}|{code}00" if len(code) == 5 else f"{system}|{code[:5]}"


def _refused(rule: str, because: str, name: str, line: int) -> InputRefused:
    return InputRefused(rule, because, f"{name}, line {line}")
