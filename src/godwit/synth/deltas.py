"""A bulk extract and the deltas after it, as a supplier would send them, and the later bulk they must add up to.

A delta is no log: it is the difference of two extracts, table by table. A patient who is removed takes nobody along:
the rows of the record are simply never mentioned again, and are missing from the later bulk.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from godwit.synth.delivery import Changes, Delivery
from godwit.synth.emis.changes import EmisChanges
from godwit.synth.emis.writer import EmisWriter
from godwit.synth.evolution import states
from godwit.synth.model import Patient, Practice
from godwit.synth.refusal import SynthRefused
from godwit.synth.tpp.changes import TppChanges
from godwit.synth.tpp.writer import TppWriter
from godwit.synth.vision.changes import VisionChanges
from godwit.synth.vision.writer import VisionWriter

Rows = dict[str, list[str]]
"""Finished lines by table."""

_BEFORE_WRITING = 100  # patients whose lines are held before they go to disk


def changes_of(system: str, practice: Practice) -> tuple[EmisWriter | TppWriter | VisionWriter, Changes]:
    """The writer of a system and its way to tell changes. Raises `SynthRefused` for a system that sends no deltas."""
    if system == "emis":
        emis = EmisWriter(practice)
        return emis, EmisChanges(emis)
    if system == "tpp":
        tpp = TppWriter(practice)
        return tpp, TppChanges(tpp)
    if system == "vision":
        vision = VisionWriter(practice)
        return vision, VisionChanges(vision)
    raise SynthRefused("synth.no_deltas", f"{system} sends no deltas; emis, tpp and vision do")


def delta_lines(before: Rows, after: Rows, changes: Changes) -> Rows:
    """What a delta says about one patient, given the lines of both extracts: added and changed rows, and deletions.

    Where the patient is not there any more (`after` is empty) only the patient's own row is deleted.
    """
    tables = [changes.patient_table] if before and not after else sorted(before.keys() | after.keys())
    told = {table: _told(table, before.get(table, []), after.get(table, []), changes) for table in tables}
    return {table: lines for table, lines in told.items() if lines}


def _told(table: str, before: list[str], after: list[str], changes: Changes) -> list[str]:
    there, was = set(after), set(before)
    new = [line for line in after if line not in was]
    kept = {changes.key(table, _cells(line)) for line in new}
    old = [
        cells
        for line in before
        if line not in there and changes.key(table, cells := _cells(line)) not in kept
    ]
    return new + [line for cells in old if (line := changes.gone(table, cells)) is not None]


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], strict=True))


def later_lines(before: Rows, after: Rows, changes: Changes) -> Rows:
    """What a later bulk says about one patient: the lines of `after`, and what no delta could ever have taken away."""
    found = {table: list(lines) for table, lines in after.items()}
    for table, lines in before.items() if after else ():
        there = set(after.get(table, ()))
        old = [line for line in lines if line not in there]
        held = {changes.key(table, _cells(line)) for line in there} if old else set()
        for line in old:
            cells = _cells(line)
            if changes.gone(table, cells) is None and changes.key(table, cells) not in held:
                found.setdefault(table, []).append(line)
    return found


def write_series(
    practice: Practice, patients: Iterable[Patient], system: str, folder: Path, deltas: int
) -> None:
    """Write `bulk`, `delta-1` … and `later` (equal to the bulk with all deltas) into `folder`, a day apart.

    Raises `SynthRefused` for a system that sends no deltas.
    """
    writer, changes = changes_of(system, practice)
    moments = [practice.snapshot + timedelta(days=step) for step in range(deltas + 1)]
    told = [
        Delivery(step, at, step == 0, f"delta-{step}" if step else "bulk") for step, at in enumerate(moments)
    ]
    later = Delivery(deltas, moments[-1], True, "later")
    pile = _Pile(folder, writer.encoding, changes)
    for delivery in (*told, later):
        pile.open(delivery)
    for number, patient in enumerate(patients, start=1):
        there = [writer.rows(state)[0] if state else {} for state in states(patient, practice.seed, moments)]
        pile.add(told[0], there[0])
        rows = there[0]
        for step, delivery in enumerate(told[1:], start=1):
            pile.add(delivery, delta_lines(there[step - 1], there[step], changes))
            rows = later_lines(rows, there[step], changes)
        pile.add(later, rows)
        if number % _BEFORE_WRITING == 0:
            pile.write()
    pile.write()


class _Pile:
    """Lines by file, written in pieces so that a practice of any size fits in memory."""

    def __init__(self, folder: Path, encoding: str, changes: Changes) -> None:
        self.folder, self.encoding, self.changes = folder, encoding, changes
        self.texts: defaultdict[Path, list[str]] = defaultdict(list)

    def open(self, delivery: Delivery) -> None:
        """Begin the files of one delivery."""
        place = self.folder / delivery.folder
        place.mkdir(parents=True)
        for name, text in self.changes.openings(delivery).items():
            (place / name).write_bytes(text.encode(self.encoding))

    def add(self, delivery: Delivery, rows: Rows) -> None:
        """Keep lines for the files of one delivery."""
        for table, lines in rows.items():
            path = self.folder / delivery.folder / self.changes.file_name(table, delivery)
            self.texts[path].append(self.changes.finished(table, "".join(lines), delivery))

    def write(self) -> None:
        """Append what was kept."""
        for path, texts in self.texts.items():
            with path.open("ab") as file:
                file.write("".join(texts).encode(self.encoding))
        self.texts.clear()
