"""Faults in the files themselves: planted in a copy of the beginning of each file of the target, read by its reader.

The rest of the control begins with records as they were read. Here a row is taken out of a file, a row gets the
number of another patient, and a cell gets another text; the copy is staged, settled and converted as the delivery was,
and held against what the run itself had read. Files of the delivery are only read. For whole-practice extracts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from godwit.records.bulk.casting import name, text
from godwit.records.bulk.converting import open_canonical
from godwit.records.bulk.layout import ColumnType, Table
from godwit.records.bulk.loading import Extract, Opening, load_bulk
from godwit.records.bulk.recognise import Recognised
from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.compare.stage import make_rooms
from godwit.records.control.heads import cells_of, head_of, with_cells
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused

ROW_LOST, ROW_ELSEWHERE, CELL = IN_FILES = ("row_lost", "row_elsewhere", "cell")
"""Kinds of fault in a file: a row taken out, a row with another patient's number, another text in a cell."""

_HEAD, _PATIENTS = 1 << 19, 1 << 26
"""Bytes copied of a file, and of the one with the patients. Dictionaries and staff are read whole, where they lie."""

_RECORDS = 200
"""Records at the beginning of a file in which faults are planted."""

_LONGEST = 1 << 16
"""Bytes of a record that is taken apart."""

_MOST_OF = 0.8
"""In so many of the records with a text in a column the same field holds it: then the field comes from the column."""

_FIRST, _STEP = 1_000_000_000_000, 8
"""How the number of a canonical row is made of its file and its record: see bulk/canonical_row.sql."""


_Cells = Mapping[int, Mapping[str, str | None]]
"""What was staged, by record and column."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """A fault planted in a file of a table: what it is, in which column, and whether reading showed it."""

    table: str
    kind: str
    column: str | None
    found: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A canonical row: its kind, the key of its record, the key of its patient, and what it says."""

    entity: str
    key: str
    patient: str | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Sown:
    """A fault: where, the rows that were made of the record, and for a cell the field that carried its text."""

    kind: str
    column: str | None
    record: int
    rows: tuple[_Row, ...]
    carried: str | None = None
    cells: Mapping[int, str] = field(default_factory=dict)

    def seen(self, now: Mapping[tuple[str, str], _Row]) -> bool:
        """Whether the rows made of the record now show it."""
        return any(self._shown(row, now.get((row.entity, row.key))) for row in self.rows)

    def _shown(self, before: _Row, after: _Row | None) -> bool:
        if after is None:
            return True
        if self.kind == ROW_ELSEWHERE:
            return after.patient != before.patient
        told = (self.carried or "", EXTRAS)
        return self.kind == CELL and any(after.said.get(one) != before.said.get(one) for one in told)


def control_reading(duck: Duck, extract: Extract, opening: Opening, folder: Path) -> tuple[FileFault, ...]:
    """Plant in copies of the files of `extract`, which `duck` holds read as the target, and read them in `folder`
    (made, and wiped by its owner). Nothing where the copies cannot be read by themselves."""
    folder.mkdir(mode=0o700)
    files = Counter(one.table for one in extract.recognition.known)
    sown: list[tuple[str, _Sown]] = []
    known = []
    for one in extract.recognition.known:
        bed = _Bed(duck, extract, one)
        # Where a table came in several files, a later one may say again what is taken out of an earlier one.
        faults = list(bed.faults()) if files[one.table] == 1 else []
        sown += [(one.table, fault) for fault in faults]
        known.append(bed.copied(faults, folder / f"{one.file.number:05d}.csv"))
    small = replace(extract, recognition=replace(extract.recognition, known=tuple(known), unknown=()))
    try:
        now = _read(small, opening, folder, {table for table, _ in sown})
    except InputRefused:
        return ()  # the beginnings alone are no delivery, such as of a practice whose rows come later in the files
    return tuple(
        FileFault(table, one.kind, one.column, one.seen(now[table])) for table, one in sown if now[table]
    )


def _read(
    extract: Extract, opening: Opening, folder: Path, tables: Iterable[str]
) -> dict[str, dict[tuple[str, str], _Row]]:
    """The canonical rows that the reader of the run makes of the copies, by table, kind and key."""
    with Duck(folder, reads=[one.file.path for one in extract.recognition.known]) as lab:
        make_rooms(lab)
        loaded = load_bulk(lab, "target", extract, opening, lambda: None)
        open_canonical(lab, {"target": loaded.canonical})
        return {table: _by_key(lab, extract, table) for table in sorted(tables)}


def _by_key(lab: Duck, extract: Extract, table: str) -> dict[tuple[str, str], _Row]:
    rows = (
        row for one in extract.recognition.known if one.table == table for row in _rows(lab, extract, one)
    )
    return {(row.entity, row.key): row for _, row in rows}


def _rows(duck: Duck, extract: Extract, one: Recognised) -> Iterator[tuple[int, _Row]]:
    """The canonical rows made of the first records of a file, each with the number of its record."""
    first = one.file.number * _FIRST
    for entity in sorted(
        {each.entity for each in extract.format.format.conversions if each.table == one.table}
    ):
        names = (*ENTITIES[entity].field_names, EXTRAS)
        rows = duck.run(
            f"canonical.{entity}",
            f"""SELECT c.record, c.local_id, p.patient, {", ".join(f"c.{each}" for each in names)}
            FROM canonical.{entity} AS c LEFT JOIN made_target.person AS p ON p.person = c.person
            WHERE c.side = 'target' AND c.row BETWEEN {first} AND {first + _STEP * _RECORDS}
              AND c.record_kind = {text(one.table)} AND c.local_id IS NOT NULL ORDER BY c.row""",
        )
        for record, key, patient, *values in rows:
            said = {each: value for each, value in zip(names, values, strict=True) if value is not None}
            yield record, _Row(entity, key, patient, said)


@dataclass(slots=True)
class _Bed:
    """One file: its first records as bytes, and what the run made of them."""

    duck: Duck
    extract: Extract
    one: Recognised
    used: set[int] = field(default_factory=set)
    _head: list[bytes] | None = None

    @property
    def table(self) -> Table:
        """What the layout says of the file's table."""
        return self.extract.recognition.layout.tables[self.one.table]

    @property
    def head(self) -> list[bytes]:
        """The records at the beginning of the file, the header among them."""
        if self._head is None:
            self._head = head_of(self.one.file.path, _PATIENTS if self._is_of_patients() else _HEAD)
        return self._head

    def _is_of_patients(self) -> bool:
        return any(
            one.entity == "patient" and one.table == self.one.table
            for one in self.extract.format.format.conversions
        )

    @property
    def stays(self) -> bool:
        """Whether the file is read where it lies: others look things up in it, or two bytes make a letter of it."""
        return self.table.reference or not self.head or b"\0" in self.head[0]

    def faults(self) -> Iterator[_Sown]:
        """A lost row, a row of another patient, another text in every column that a field shows as delivered."""
        made: dict[int, list[_Row]] = {}
        if self.stays:
            return
        for record, row in _rows(self.duck, self.extract, self.one):
            if record < len(self.head) and row.patient is not None and self._is_theirs(record, row.patient):
                made.setdefault(record, []).append(row)
        if len(made) < 2:
            return
        if not self._is_of_patients():
            # The last one: so the numbers of the other records, by which they are known, stay what they are.
            last = max(made)
            yield _Sown(ROW_LOST, None, last, tuple(made.pop(last)))
            yield from self._elsewhere(made)
        yield from self._cells(made)

    def _is_theirs(self, record: int, patient: str) -> bool:
        """Whether the record is whole and the patient's by the bytes too: a broken one before it may have shifted the
        others. Very long ones are left alone."""
        cells = self._cells_of(record) if len(self._bytes_of(record)) < _LONGEST else []
        place = self._patients_place()
        whole = len(cells) == len(self.one.columns)
        return whole and (place is None or patient.casefold() in cells[place].casefold())

    def _patients_place(self) -> int | None:
        patient = self.table.patient
        return self.one.columns.index(patient) if patient and patient in self.one.columns else None

    def _elsewhere(self, made: Mapping[int, Sequence[_Row]]) -> Iterator[_Sown]:
        place = self._patients_place()
        if place is None:
            return
        first, *others = sorted(made.items()) or [(0, [])]
        for record, rows in others:
            if rows[0].patient != first[1][0].patient:
                self.used.add(first[0])
                theirs = {place: self._cells_of(record)[place]}
                yield _Sown(ROW_ELSEWHERE, self.table.patient, first[0], tuple(first[1]), cells=theirs)
                return

    def _cells(self, made: Mapping[int, Sequence[_Row]]) -> Iterator[_Sown]:
        """Faults in cells whose text, and that of no other cell of the record, stands in one of its fields."""
        columns = [one for one in self.one.columns if self._may_change(one)]
        names = ", ".join(f"CAST({name(one)} AS VARCHAR)" for one in columns)
        if not columns:
            return
        # Not by their numbers: those are counted while a file is read, and a practice's would be read to its end.
        staged = self.duck.run(
            self.one.table, f"SELECT record, {names} FROM raw_target.{name(self.one.table)} LIMIT {_RECORDS}"
        )
        cells = {
            record: dict(zip(columns, values, strict=True))
            for record, *values in sorted(staged, key=lambda one: one[0])
            if record in made
        }
        for column in columns:
            carried = _carried(column, cells, made)
            found = next(
                (one for record in cells if (one := self._cell(record, column, carried, cells, made))), None
            )
            if found:
                self.used.add(found.record)
                yield found

    def _cell(
        self, record: int, column: str, carried: str | None, cells: _Cells, made: Mapping[int, Sequence[_Row]]
    ) -> _Sown | None:
        value = cells[record][column]
        if not carried or record in self.used or not value or list(cells[record].values()).count(value) > 1:
            return None
        place = self.one.columns.index(column)
        other = _other(self._cells_of(record)[place], self.table.columns[column].type)
        rows = tuple(row for row in made[record] if row.said.get(carried) == value)
        return _Sown(CELL, column, record, rows, carried, {place: other}) if rows and other else None

    def _may_change(self, column: str) -> bool:
        kept = {*self.table.key, self.table.patient, self.table.practice, self.table.deleted}
        return column in self.table.columns and column not in kept

    def _cells_of(self, record: int) -> list[str]:
        return cells_of(self._bytes_of(record))

    def _bytes_of(self, record: int) -> bytes:
        return self.head[record if self.one.header else record - 1]

    def copied(self, faults: Sequence[_Sown], path: Path) -> Recognised:
        """Write the copy, faults and all; the file as it is now known."""
        if self.stays:
            return self.one
        by_record = {one.record if self.one.header else one.record - 1: one for one in faults}
        with path.open("wb") as file:
            for number, record in enumerate(self.head):
                fault = by_record.get(number)
                if fault is None:
                    file.write(record)
                elif fault.kind != ROW_LOST:
                    file.write(with_cells(record, fault.cells))
        return replace(self.one, file=replace(self.one.file, path=path, size=path.stat().st_size))


def _carried(column: str, cells: _Cells, made: Mapping[int, Sequence[_Row]]) -> str | None:
    """The field that holds what stands in a column, where nearly always one does."""
    filled = [(value, made[record]) for record, row in cells.items() if (value := row[column])]
    if len({value for value, _ in filled}) < 2:
        return None
    holds = Counter(
        name
        for value, rows in filled
        for name in {n for row in rows for n, v in row.said.items() if v == value}
    )
    name, most = max(holds.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return name if most >= _MOST_OF * len(filled) else None


def _other(cell: str, kind: ColumnType) -> str | None:
    """Another text of the same type: the year before, another last figure, a denial."""
    if kind in {"date", "moment"}:
        year = re.search(r"(19|20)\d\d", cell)
        return f"{cell[: year.start()]}{int(year[0]) - 1}{cell[year.end() :]}" if year else None
    if kind in {"int", "number"}:
        return f"{cell[:-1]}{(int(cell[-1]) + 1) % 9 + 1}" if cell[-1:].isdigit() else None
    return f"not {cell}" if kind in {"text", "code"} and cell else None
