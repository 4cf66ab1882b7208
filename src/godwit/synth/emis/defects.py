"""Documented faults of real EMIS feeds, put into a few rows on purpose; a reader must tell of every one of them."""

from __future__ import annotations

import csv

from godwit.synth.cells import row
from godwit.synth.emis.columns import COLUMNS

_EVERY = 7  # one patient in seven has a fault of each kind
_FAULTS = (
    ("Prescribing_IssueRecord", {"DrugRecordGuid": ""}),
    ("CareRecord_Diary", {"CodeId": ""}),
    ("CareRecord_Observation", {"CodeId": "987654321012345"}),  # in no coding file
    (
        "Appointment_Slot",
        {"PatientGuid": "00000000-0000-4000-8000-00000000DEAD"},
    ),  # has left: an orphan by design
    ("Admin_Patient", {"Sex": "UNKNOWN"}),
)
_NONSENSE = {"NumericRangeLow": "0", "NumericRangeHigh": "9999999"}


def spoil(patient: int, rows: dict[str, list[str]]) -> None:
    """Put the faults into the first fitting row of each file; report headings get ranges that mean nothing."""
    if patient % _EVERY:
        return
    for table, values in _FAULTS:
        if lines := rows.get(table):
            lines[0] = _altered(table, lines[0], values)
    lines = rows.get("CareRecord_Observation", [])
    for number, line in enumerate(lines):
        if ',"Investigation",' in line:
            lines[number] = _altered("CareRecord_Observation", line, _NONSENSE)


def _altered(table: str, line: str, values: dict[str, str]) -> str:
    cells = dict(zip(COLUMNS[table], next(csv.reader([line])), strict=True))
    return row((cells | values).values())
