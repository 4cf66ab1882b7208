"""How an EMIS feed tells what has changed: whole rows again, and rows that say they are deleted."""

from __future__ import annotations

from godwit.synth.cells import row
from godwit.synth.delivery import Delivery
from godwit.synth.emis.columns import COLUMNS
from godwit.synth.emis.writer import FIRST_PROCESSING, EmisWriter

_SENT_WHOLE = ("Coding_", "Agreements_")
_LAST = f',"{FIRST_PROCESSING}"\r\n'


class EmisChanges:
    """The files of a series. Every table is compared for itself; nothing cascades."""

    patient_table = "Admin_Patient"

    def __init__(self, writer: EmisWriter) -> None:
        self.writer = writer

    def openings(self, delivery: Delivery) -> dict[str, str]:
        """File -> what it begins with: in a delta the code lists are sent whole, of all else the header only."""
        tables = zip(COLUMNS, self.writer.openings().values(), strict=True)
        return {
            self.file_name(table, delivery): self.finished(table, text, delivery)
            if delivery.whole or table.startswith(_SENT_WHOLE)
            else row(COLUMNS[table])
            for table, text in tables
        }

    def file_name(self, table: str, delivery: Delivery) -> str:
        """Each delivery has the next processing number."""
        return self.writer.file_name(table, FIRST_PROCESSING + delivery.step, f"{delivery.at:%Y%m%d%H%M%S}")

    def key(self, table: str, cells: list[str]) -> tuple[str, ...]:
        """What makes a row the same row; the trails have no key, so that theirs is all of it."""
        return tuple(cells) if table.startswith("Audit_") or table == "Admin_PatientHistory" else (cells[0],)

    def gone(self, table: str, cells: list[str]) -> str | None:
        """The row that tells of a deletion; None where the file has no flag for it."""
        if "Deleted" not in COLUMNS[table]:
            return None
        return row(
            ("true" if name == "Deleted" else cell) for name, cell in zip(COLUMNS[table], cells, strict=True)
        )

    def finished(self, table: str, text: str, delivery: Delivery) -> str:
        """The lines with the processing number of this delivery."""
        if table.startswith("Agreements_"):
            return text
        return text.replace(_LAST, f',"{FIRST_PROCESSING + delivery.step}"\r\n')
