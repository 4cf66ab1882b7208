"""Tiny EMIS-shaped extracts as files, for tests of what happens to whole deliveries."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from godwit.records.bulk.layout import load_layout

LAYOUT = load_layout("godwit.records.formats.emis")
AGREEMENT = "{0AD9D3F2-59A8-4C5A-9D5A-0B1C2D3E4F50}"
ORG = "{11111111-1111-4111-8111-111111111111}"

Cells = Mapping[str, str]


def guid(number: int) -> str:
    """The same number, the same GUID."""
    return f"{{{number:08X}-0000-4000-8000-000000000000}}"


def patient(number: int, **cells: str) -> Cells:
    """A row of Admin_Patient."""
    return {
        "PatientGuid": guid(number),
        "OrganisationGuid": ORG,
        "Surname": f"Zz{number}",
        "Deleted": "false",
        **cells,
    }


def observation(number: int, of: int, **cells: str) -> Cells:
    """A row of CareRecord_Observation."""
    own = {"ObservationGuid": guid(number), "PatientGuid": guid(of), "OrganisationGuid": ORG}
    return {
        **own,
        "EffectiveDate": "2020-03-05",
        "EffectiveDatePrecision": "YMD",
        "Deleted": "false",
        **cells,
    }


def write(folder: Path, number: int, tables: Mapping[str, Sequence[Cells]]) -> Path:
    """One extract with this processing number, all columns of the newest layout."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = list(LAYOUT.tables[table].versions())[-1][1]
        name = f"{number}_{table}_202601{number:02d}010000_{AGREEMENT}.csv"
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(columns)
            writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return folder
