"""How a SystmOne feed tells what has changed: whole rows again, and bare row numbers of what was removed."""

from __future__ import annotations

from datetime import timedelta

from godwit.synth.cells import row
from godwit.synth.delivery import Delivery
from godwit.synth.tpp.columns import COLUMNS, REFERENCE
from godwit.synth.tpp.reference import header, line, manifest
from godwit.synth.tpp.writer import TppWriter

_DAY = timedelta(days=1)


class TppChanges:
    """The files of a series, a day apart. Reference files are always whole, and the manifest says which are deltas."""

    patient_table = "SRPatient"

    def __init__(self, writer: TppWriter) -> None:
        self.writer = writer

    def openings(self, delivery: Delivery) -> dict[str, str]:
        """File -> what it begins with."""
        at, whole = delivery.at, delivery.whole
        tables = dict(zip(COLUMNS, self.writer.openings().values(), strict=True))
        files = {
            table: text if whole or table in REFERENCE else header(table) for table, text in tables.items()
        }
        rows = manifest(at, None if whole else at - _DAY)
        files["SRManifest"] = header("SRManifest") + "".join(line("SRManifest", cells) for cells in rows)
        return {self.writer.file_name(table): text for table, text in files.items()}

    def file_name(self, table: str, delivery: Delivery) -> str:
        """Files have the same name in every delivery."""
        del delivery
        return self.writer.file_name(table)

    def key(self, table: str, cells: list[str]) -> tuple[str, ...]:
        """What makes a row the same row; the number of a free text is not unique."""
        if table == "SRFreeText":
            names = COLUMNS[table]
            return cells[names.index("SRTable")], cells[names.index("IDSRTable")]
        return (cells[0],)

    def gone(self, table: str, cells: list[str]) -> str | None:
        """The row that tells of a removal: its number and nothing else; None where the file has no such column."""
        if "RemovedData" not in COLUMNS[table]:
            return None
        return row([cells[0], *[""] * (len(cells) - 2), "1"])

    def finished(self, table: str, text: str, delivery: Delivery) -> str:
        """Lines are the same in every delivery."""
        del table, delivery
        return text
