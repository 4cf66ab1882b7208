"""How a Vision feed tells what has changed: the whole row again, with an action."""

from __future__ import annotations

from godwit.synth.delivery import Delivery
from godwit.synth.vision.columns import COLUMNS
from godwit.synth.vision.people import line
from godwit.synth.vision.writer import VisionWriter


class VisionChanges:
    """The files of a series: one FULL and then INCREMENTAL."""

    patient_table = "patient"

    def __init__(self, writer: VisionWriter) -> None:
        self.writer = writer

    def openings(self, delivery: Delivery) -> dict[str, str]:
        """File -> what it begins with: the practice and its staff are always whole."""
        texts = zip(COLUMNS, self.writer.openings().values(), strict=True)
        return {self.file_name(table, delivery): text for table, text in texts}

    def file_name(self, table: str, delivery: Delivery) -> str:
        """The name says what kind of delivery it is, and when it was made."""
        return self.writer.file_name(table, "FULL" if delivery.whole else "INCREMENTAL", delivery.at)

    def key(self, table: str, cells: list[str]) -> tuple[str, ...]:
        """The patient, and the entry of that patient."""
        return (cells[0],) if table == "patient" else (cells[0], cells[1])

    def gone(self, table: str, cells: list[str]) -> str | None:
        """The row again, with the action D."""
        return line(
            ["D" if name == "ACTION" else cell for name, cell in zip(COLUMNS[table], cells, strict=True)]
        )

    def finished(self, table: str, text: str, delivery: Delivery) -> str:
        """Lines are the same in every delivery."""
        del table, delivery
        return text
