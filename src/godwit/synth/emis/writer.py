"""Writes patients as the rows of an EMIS Web bulk extract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from godwit.synth.emis import clinical, people, prescribing
from godwit.synth.emis.columns import COLUMNS
from godwit.synth.emis.defects import spoil
from godwit.synth.emis.desk import Desk, Page, make_desk, make_page
from godwit.synth.emis.losses import LOSSES
from godwit.synth.emis.reference import reference_files
from godwit.synth.model import Patient, Practice
from godwit.synth.writing import Written

FIRST_PROCESSING = 291
"""The processing number of a bulk extract; deltas count on from here."""

_AGREEMENT = "5E1F0A4C-27B3-4D19-9C61-0B7A52D4E830"
_STEPS: tuple[Callable[[Desk, Page], None], ...] = (
    people.patient_row,
    people.history,
    clinical.consultations,
    clinical.observations,
    clinical.problems,
    clinical.allergies,
    clinical.immunisations,
    clinical.referrals,
    clinical.documents,
    clinical.diary,
    prescribing.drug_records,
    prescribing.issue_records,
    prescribing.slots,
    prescribing.audit,
)


@dataclass
class EmisWriter:
    """One practice as an EMIS extract; `defects` adds the documented faults of real feeds (see `defects`)."""

    practice: Practice
    defects: bool = False

    system = "emis"
    encoding = "utf-8"
    losses = LOSSES

    def __post_init__(self) -> None:
        """Work out what all rows share."""
        self._desk = make_desk(self.practice, FIRST_PROCESSING)
        self._names = {table: self.file_name(table) for table in COLUMNS}

    def openings(self) -> dict[str, str]:
        """Every file by name, with its header and what is not about one patient."""
        files = reference_files(self._desk, FIRST_PROCESSING)
        return {self.file_name(name): text for name, text in files.items()}

    def file_name(self, table: str, processing: int = FIRST_PROCESSING, stamp: str | None = None) -> str:
        """The name of a table's file in one delivery; `stamp` is `yyyyMMddHHmmss`."""
        taken = stamp or self.practice.snapshot.strftime("%Y%m%d%H%M%S")
        return f"{processing}_{table}_{taken}_{_AGREEMENT}.csv"

    def rows(self, patient: Patient) -> tuple[dict[str, list[str]], Counter[str]]:
        """The lines of one patient by table, and what could not be written."""
        page = make_page(self._desk, patient)
        for step in _STEPS:
            step(self._desk, page)
        if self.defects:
            spoil(patient.id, page.rows)
        return page.rows, page.losses

    def patient(self, patient: Patient) -> Written:
        """Everything about one patient."""
        rows, losses = self.rows(patient)
        return Written(
            {self._names[table]: "".join(lines) for table, lines in rows.items() if lines}, +losses
        )
