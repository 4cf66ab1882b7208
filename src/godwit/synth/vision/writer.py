"""Writes patients as the rows of a Vision extract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from godwit.synth.model import Patient, Practice
from godwit.synth.vision import clinical, people
from godwit.synth.vision.columns import COLUMNS
from godwit.synth.vision.desk import Page, make_desk, make_page
from godwit.synth.vision.losses import LOSSES
from godwit.synth.writing import Written

_STEPS: tuple[Callable[[Page], None], ...] = (
    people.patient_row,
    clinical.encounters,
    clinical.entries,
    clinical.allergies,
    clinical.immunisations,
    clinical.medication,
    clinical.recalls,
    clinical.documents,
    clinical.referrals,
)


@dataclass
class VisionWriter:
    """One practice as a Vision extract."""

    practice: Practice

    system = "vision"
    encoding = "utf-8"
    losses = LOSSES

    def __post_init__(self) -> None:
        """Work out what all rows share."""
        self._desk = make_desk(self.practice)
        self._names = {table: self.file_name(table) for table in COLUMNS}

    def openings(self) -> dict[str, str]:
        """Every file by name; there is no header, so most begin empty."""
        rows = {"practice": people.practice_row(self.practice), "staff": people.staff_rows(self._desk)}
        return {name: rows.get(table, "") for table, name in self._names.items()}

    def file_name(self, table: str, part: str = "FULL", taken: datetime | None = None) -> str:
        """The name of a table's file; `part` is FULL or INCREMENTAL."""
        at = taken or self.practice.snapshot
        ods = self.practice.organisation.ods
        return f"{part}_{ods}_{table}_data_extract-{at:%Y-%m-%d-%H%M%S}.csv"

    def rows(self, patient: Patient) -> tuple[dict[str, list[str]], Counter[str]]:
        """The lines of one patient by table, and what could not be written."""
        page = make_page(self._desk, patient)
        for step in _STEPS:
            step(page)
        return page.rows, page.losses

    def patient(self, patient: Patient) -> Written:
        """Everything about one patient."""
        rows, losses = self.rows(patient)
        return Written(
            {self._names[table]: "".join(lines) for table, lines in rows.items() if lines}, +losses
        )
