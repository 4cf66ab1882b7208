"""`reconciliations.xlsx`, private: who joins or leaves each count that is not the same, and by which record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import ListColumn, ListSheet, numbered
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.wording import nhs_number
from godwit.records.reconcile.changes import because_of
from godwit.records.reconcile.counting import Values
from godwit.records.reconcile.reconciling import Reconciled
from godwit.records.reconcile.results import Result

MEMBERS = (Path(__file__).parent / "reconciliations.sql").read_text(encoding="utf-8")
"""The query of `reconciliations.parquet`."""

MOST_LINES = 2_000
"""Lines of one sheet; the parquet file holds all."""

SIDES = ("source", "target")

_CONTENTS = (
    ListColumn("Result", 12), ListColumn("Count", 60), ListColumn("Source", 10, "number"),
    ListColumn("Target", 10, "number"), ListColumn("Only source", 12, "number"),
    ListColumn("Only target", 12, "number"),
    ListColumn("Sheet", 34),
)  # fmt: skip
_WHO = (
    ListColumn("Where", 18), ListColumn("NHS number", 14), ListColumn("Family name", 20), ListColumn("Given names", 20),
    ListColumn("Date of birth", 13), ListColumn("Why", 46), ListColumn("In the source", 40),
    ListColumn("In the target", 40),    ListColumn("Finding", 10, "number"), ListColumn("Checked by", 18),
)  # fmt: skip
_VALUES = (
    ListColumn("Code", 34), ListColumn("Unit", 16),
    *(ListColumn(f"{what}, {side}", 14) for what in ("Number", "Mean", "Least", "Most") for side in SIDES),
    ListColumn("Findings", 10, "number"), ListColumn("By a rule", 10, "number"),
)  # fmt: skip


def reconcile_sheets(duck: Duck, done: Reconciled, keeper: Keeper) -> list[ListSheet]:
    """A sheet of contents, one for each count with somebody on one side only, and one of values that differ."""
    sets = [one for one in done.every if one.counted != "units"]  # units have a sheet of their own
    changed = [one for one in sets if one.counts.leaves or one.counts.joins]
    names = dict(zip((one.measure for one in changed), numbered(one.title for one in changed), strict=True))
    lists = _lists(duck)
    index = tuple(_contents(one, names) for one in done.every)
    note = f"{keeper.note} At most {MOST_LINES:,} lines a sheet; reconciliations.parquet holds all."
    sheets = [ListSheet("Contents", note, _CONTENTS, index)]
    for one in changed:
        rows = tuple(lists.get(one.measure, ()))
        sheets.append(ListSheet(names[one.measure], f"{one.title}. {keeper.note}", _WHO, rows))
    differing = tuple(_value(one) for one in done.values if not one.same)[:MOST_LINES]
    if differing:
        note = f"Values by code and unit that differ. {keeper.note}"
        sheets.append(ListSheet("Values", note, _VALUES, differing))
    return sheets


def _contents(one: Result, names: Mapping[str, str]) -> tuple[str | int | None, ...]:
    counts = one.counts
    figures = (counts.source, counts.target, counts.leaves, counts.joins)
    return one.state.replace("_", " "), one.title, *figures, names.get(one.measure)


def _lists(duck: Duck) -> dict[str, list[tuple[str | int | None, ...]]]:
    """The lines of each measure, no more than a sheet holds."""
    found: dict[str, list[tuple[str | int | None, ...]]] = {}
    some = f"""SELECT * FROM ({MEMBERS})
        QUALIFY row_number() OVER (PARTITION BY measure ORDER BY change, nhs_number, key) <= {MOST_LINES}
        ORDER BY measure, change, nhs_number, key"""
    for row in duck.each("list members", some):
        found.setdefault(row[0], []).append(_member(*row[1:18]))
    return found


def _member(
    change: str, kind: str, cause: str | None, finding: int | None, *rest: Any
) -> tuple[str | int | None, ...]:
    number, family, given, birth, _, role, entity, outcome, field, reason, source, target, *_ = rest
    where = "only in the source" if change == "leaves" else "only in the target"
    because = because_of(kind, role, entity, outcome, field, reason)
    why = f"{because} ({cause})" if cause and kind in ("loss", "rule") else because
    return where, nhs_number(number or ""), family, given, birth, why, source, target, finding, None


def _value(one: Values) -> tuple[str | int | None, ...]:
    pairs = (one.counts, one.means, one.least, one.most)
    figures = tuple(None if value is None else f"{value:g}" for pair in pairs for value in pair)
    return one.code, one.unit, *figures, one.findings, one.rules
