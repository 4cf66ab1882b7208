"""Writes each patient as a GP2GP message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from godwit.synth.gp2gp.context import Context
from godwit.synth.gp2gp.envelope import composition, message
from godwit.synth.messages.layout import Layout
from godwit.synth.messages.losses import read_losses, suffered
from godwit.synth.model import Patient, Practice
from godwit.synth.writing import Written


class Gp2gpWriter:
    """Writes a practice as one file for each patient, `patient-00001.xml` and so on."""

    system = "gp2gp"
    encoding = "utf-8"

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self.losses: Mapping[str, str] = read_losses(__package__)

    def openings(self) -> Mapping[str, str]:
        """Nothing: without patients there are no files."""
        return {}

    def patient(self, patient: Patient) -> Written:
        """One message."""
        layout = Layout(self._practice, patient)
        counted: Counter[str] = Counter()
        held = [composition(Context(layout, filing, counted)) for filing in layout.filings]
        written = Written()
        written.add(f"patient-{patient.id:05d}.xml", message(layout, held))
        written.losses = counted + suffered(self._practice, patient, self.losses)
        return written
