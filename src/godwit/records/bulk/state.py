"""The current state of one side: a bulk extract and the deltas after it, row by row.

A delta is not a log: it says of some keys what they are now. So the last row of a key counts, in the order of the
batches, and every other row of every file goes to the ledger with its reason. Only rows whose key a delta touches are
looked at one by one; a bulk extract on its own is left as it was staged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from godwit.records.bulk.batches import Arrival, Batch, in_order, require_unbroken
from godwit.records.bulk.ground import Ground
from godwit.records.bulk.lineage import LINE, Line, lines_of
from godwit.records.bulk.rebulk import (
    doubts,
    manifest_lines,
    recognised,
    require_base,
    require_same_practice,
    sharing_off,
)
from godwit.records.bulk.staging import StagedSide
from godwit.records.bulk.state_rules import load_state_rules
from godwit.records.bulk.table_state import TableState
from godwit.records.compare.stage import LEDGER_COLUMNS
from godwit.records.duck import Duck

REASONS = {
    "superseded": "a later row of the supplier replaced it",
    "gone_at_rebulk": "the later bulk extract no longer holds it",
    "delivered_twice": "the same file was delivered twice",
    "deletion": "the supplier's word that a record is gone, not a record",
    "deletion_of_unknown": "removes a record that was never delivered",
    "deletion_ambiguous": "removes a record of one of several practices without saying which; not applied",
    "sharing_switched_off": "removes a record because the sharing agreement was off; not applied",
    "deleted_in_error": "deleted at the practice while the patient stayed",
    "patient_left": "removed because the patient left or died",
    "out_of_window": "removed because the patient left longer ago than the supplier delivers",
    "removed_by_supplier": "removed by the supplier, who does not say why",
    "withheld_with_patient": "belongs to a removed patient, and comes back if the patient does",
    "withheld_with_record": "extends a record that was removed",
}
"""Why a row is not of the current state."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one side: its batches in order, rows set aside by table and reason, and what to tell people."""

    batches: tuple[Batch, ...]
    fates: dict[tuple[str, str], int]
    warnings: tuple[str, ...]


def settle_side(duck: Duck, staged: StagedSide) -> Settled:
    """Settle a side as it was staged, by the rules of its format. Must come before rows are left out by practice: a
    deleting row need not say whose it is. Tables that the format does not know were set aside whole and have no state.
    Raises what `settle` raises."""
    format_ = staged.format
    arrivals = [
        Arrival(one.number, one.recognised.file.name, one.table, one.sha256)
        for one in staged.files
        if one.table in format_.layout.tables
    ]
    ground = Ground(duck, staged.side, format_.layout, load_state_rules(format_.package))
    return settle(ground, arrivals, format_.entity_of)


def settle(
    ground: Ground, arrivals: Sequence[Arrival], entity_of: Callable[[str], str] = lambda _: "unclassified"
) -> Settled:
    """Make the views `raw_<side>.<Table>` show current rows only; put the others into `ledger.set_aside`.

    Raises `InputRefused` where the order cannot be known, a batch is missing, there is no bulk to build on, or a later
    bulk is empty or of another practice.
    """
    manifest = tuple(manifest_lines(ground, arrivals))
    batches = recognised(ground, in_order(arrivals, ground.layout.file_name, ground.side, manifest))
    require_base(ground, batches, ground.side)
    require_unbroken(batches, ground.side)
    require_same_practice(ground, batches, ground.side)
    doubted, off = tuple(doubts(ground, batches)), tuple(sharing_off(ground, batches))
    lines = tuple(lines_of(batches, ground.layout))
    _make_rooms(ground, lines, off)
    tables = TableState(ground)
    for name in _patients_first(ground):
        mine = [line for line in lines if line.kind == name]
        if tables.has_news(name, mine):
            tables.settle(name, mine, entity_of(name))
    for name in sorted({line.kind for line in lines}):
        tables.withhold(name, [line for line in lines if line.kind == name])
    fates = _into_ledger(ground, entity_of)
    return Settled(batches, fates, (*doubted, *_warnings(ground, batches, off, fates)))


def _patients_first(ground: Ground) -> list[str]:
    """A patient's fate explains the fate of what belongs to the patient."""
    return sorted(ground.layout.tables, key=lambda name: (name != ground.rules.patients, name))


def _make_rooms(ground: Ground, lines: Iterable[Line], off: Iterable[tuple[int, str]]) -> None:
    duck, own = ground.duck, ground.own
    patient = ground.layout.tables[ground.rules.patients].patient
    ground.run("rooms", "CREATE SCHEMA IF NOT EXISTS state; CREATE SCHEMA IF NOT EXISTS ledger")
    duck.load("ledger.set_aside", LEDGER_COLUMNS, ())
    ground.run(
        "rooms",
        f"""CREATE TABLE {own("removed")} AS
            SELECT ''::VARCHAR AS practice, "{patient}" AS patient, 0::BIGINT AS rank, ''::VARCHAR AS cause
            FROM {ground.raw(ground.rules.patients)} LIMIT 0""",
    )
    gone = {"kind": "VARCHAR", "file": "BIGINT", "record": "BIGINT", "reason": "VARCHAR"}
    duck.load(own("gone"), gone, ())
    duck.load(own("part"), LINE, map(asdict, lines))
    practices = ({"rank": rank, "practice": practice} for rank, practice in off)
    duck.load(own("off"), {"rank": "BIGINT", "practice": "VARCHAR"}, practices)


def _into_ledger(ground: Ground, entity_of: Callable[[str], str]) -> dict[tuple[str, str], int]:
    """Rows that are gone go into the ledger. Returns how many rows of each table are there for each reason of ours."""
    gone = ground.own("gone")
    kinds = [kind for (kind,) in ground.run("kinds", f"SELECT DISTINCT kind FROM {gone} ORDER BY kind")]
    for kind in kinds:
        columns = f"'{ground.side}', '{entity_of(kind)}', file, record, kind, reason, ''"
        ground.run(
            "ledger", f"INSERT INTO ledger.set_aside SELECT {columns} FROM {gone} WHERE kind = '{kind}'"
        )
    ours = ", ".join(f"'{reason}'" for reason in REASONS)
    counted = f"""SELECT kind, reason, count(*) FROM ledger.set_aside
                  WHERE side = '{ground.side}' AND reason IN ({ours}) GROUP BY ALL ORDER BY ALL"""
    return {(kind, reason): count for kind, reason, count in ground.run("fates", counted)}


def _warnings(
    ground: Ground,
    batches: Sequence[Batch],
    off: Sequence[tuple[int, str]],
    fates: dict[tuple[str, str], int],
) -> Iterator[str]:
    """What a person must know before trusting the state; no value of a record."""
    for batch in batches[1:]:
        if batch.renews(ground.rules.patients):
            yield f"extract {batch.number} of {len(batches)} is a new bulk; it replaces what came before it"
    if off:
        held = sum(count for (_, reason), count in fates.items() if reason == "sharing_switched_off")
        written = len({number for number, _ in off})
        yield (
            f"sharing was switched off when {written} of {len(batches)} extracts were written; "
            f"{held} deletions in them were not applied"
        )
    yield from _mass_removal(ground)


def _mass_removal(ground: Ground) -> Iterator[str]:
    removed = ground.run("removed patients", f"SELECT count(*) FROM {ground.own('removed')}")[0][0]
    left = ground.count("patients", ground.rules.patients, "true")
    if removed > left:
        yield f"{removed} patients were removed and {left} are left: did the practice stop sharing?"
