"""Writes patients as the rows of a SystmOne strategic reporting extract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from godwit.synth.model import Patient, Practice
from godwit.synth.tpp import clinical, people, prescribing
from godwit.synth.tpp.desk import Desk, Page, make_desk, make_page
from godwit.synth.tpp.losses import LOSSES
from godwit.synth.tpp.reference import reference_files
from godwit.synth.writing import Written

_STEPS: tuple[Callable[[Desk, Page], None], ...] = (
    people.person,
    clinical.contacts,
    clinical.codes,
    clinical.problems,
    clinical.allergies,
    clinical.immunisations,
    clinical.referrals,
    clinical.recalls,
    clinical.documents,
    prescribing.templates,
    prescribing.issues,
    prescribing.appointments,
)


@dataclass
class TppWriter:
    """One practice as a SystmOne extract."""

    practice: Practice

    system = "tpp"
    encoding = "cp1252"
    losses = LOSSES

    def __post_init__(self) -> None:
        """Work out what all rows share."""
        self._desk = make_desk(self.practice)

    def openings(self) -> dict[str, str]:
        """Every file by name, with its header and what is not about one patient."""
        return {self.file_name(name): text for name, text in reference_files(self.practice).items()}

    def file_name(self, table: str) -> str:
        """The name of a table's file."""
        return f"{table}.csv"

    def rows(self, patient: Patient) -> tuple[dict[str, list[str]], Counter[str]]:
        """The lines of one patient by table, and what could not be written."""
        page = make_page(self._desk, patient)
        for step in _STEPS:
            step(self._desk, page)
        return page.rows, page.losses

    def patient(self, patient: Patient) -> Written:
        """Everything about one patient."""
        rows, losses = self.rows(patient)
        return Written({f"{table}.csv": "".join(lines) for table, lines in rows.items() if lines}, +losses)
