"""`documents.xlsx`, private: for every check of document files the documents it found, patient by patient."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from godwit.records.document_files.reconciling import CheckResult, DocumentsDone
from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import Cell, ListColumn, ListSheet, numbered
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.wording import nhs_number

ALL = (Path(__file__).parent / "document_files.sql").read_text(encoding="utf-8")
"""The query of `documents.parquet`."""

MOST_LINES = 2_000
"""Lines of one sheet; the parquet file holds all."""

BEHIND = {
    "files": "only the files tell",
    "inherited": "so in the source too",
    "finding": "a finding of the records",
    "agreed": "agreed",
}
"""What is behind something that a check found, in words."""

_CONTENTS = (
    ListColumn("Result", 12), ListColumn("Check", 44), ListColumn("Source", 10, "number"),
    ListColumn("Target", 10, "number"), ListColumn("Unexplained", 12, "number"), ListColumn("What to do", 60),
    ListColumn("Sheet", 34),
)  # fmt: skip
_FOUND = (
    ListColumn("NHS number", 14), ListColumn("Family name", 20), ListColumn("Given names", 20),
    ListColumn("Date of birth", 13), ListColumn("Title", 36), ListColumn("Dated", 12),
    ListColumn("File in the source", 44),
    ListColumn("Line of its index", 10, "number"), ListColumn("File in the target", 44),
    ListColumn("Line of its index", 10, "number"), ListColumn("Behind it", 24), ListColumn("Finding", 10, "number"),
    ListColumn("Checked by", 18),
)  # fmt: skip


def document_sheets(duck: Duck, done: DocumentsDone, keeper: Keeper) -> list[ListSheet]:
    """A sheet of contents, and one for each check that found anything."""
    found = [one for one in done.results if one.source or one.target]
    names = dict(
        zip((one.check.id for one in found), numbered(one.check.title for one in found), strict=True)
    )
    note = f"{keeper.note} At most {MOST_LINES:,} lines a sheet; documents.parquet holds all."
    index = tuple(_contents(one, names) for one in done.results)
    lines = _lines(duck)
    return [
        ListSheet("Contents", note, _CONTENTS, index),
        *(
            ListSheet(
                names[one.check.id],
                f"{one.check.why} {keeper.note}",
                _FOUND,
                tuple(lines.get(one.check.id, ())),
            )
            for one in found
        ),
    ]


def _contents(one: CheckResult, names: Mapping[str, str]) -> tuple[Cell, ...]:
    check = one.check
    return one.state, check.title, one.source, one.target, one.unexplained, check.action, names.get(check.id)


def _lines(duck: Duck) -> dict[str, list[tuple[Cell, ...]]]:
    """The lines of each check, no more than a sheet holds."""
    found: dict[str, list[tuple[Cell, ...]]] = {}
    some = f"""SELECT "check", nhs_number, family, given, birth_date, title, created, source_path, source_line,
            target_path, target_line, kind, finding
        FROM ({ALL}) WHERE "check" <> 'same'
        QUALIFY row_number() OVER (PARTITION BY "check" ORDER BY nhs_number, source_line, target_line) <= {MOST_LINES}
        ORDER BY "check", nhs_number, source_line, target_line, source_path, target_path"""
    for check, *row in duck.each("list documents", some):
        found.setdefault(check, []).append(_line(*row))
    return found


def _line(number: str | None, *rest: Any) -> tuple[Cell, ...]:
    *facts, kind, finding = rest
    return nhs_number(number or ""), *facts, BEHIND[kind], finding, None
