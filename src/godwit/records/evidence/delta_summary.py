"""`summary.json` of a delta: what changed between two extracts, in counts and our own words. Zone A."""

from __future__ import annotations

from typing import Any

from godwit.records.bulk.delta import TableDelta
from godwit.records.bulk.loading import REASONS
from godwit.records.bulk.state_rules import load_state_rules
from godwit.records.changing import NAMES, Changed, ExtractSide
from godwit.records.rule_words import in_words

Row = dict[str, Any]
COUNTS = ("before", "after", "same", "changed", "added", "deleted")


def summarise_delta(run: str, changed: Changed) -> Row:
    """The whole summary. `tables` has a line for every table with rows, in the order of the layout."""
    layout = changed.before.extract.format.layout
    tables = {one.table: _table(one) for one in changed.tables}
    return {
        "run": run,
        "kind": "delta",
        "system": layout.system,
        "format": layout.title,
        **{one.name: _side(one) for one in changed.sides},
        "tables": tables,
        "totals": {name: sum(table[name] for table in tables.values()) for name in COUNTS},
        "patients": changed.patients,
        "balanced": True,
        "set_aside": _ledger(changed, "set_aside"),
        "rejected": _ledger(changed, "reject"),
        "issues": _ledger(changed, "issue"),
        "timings": dict(changed.timings),
    }


def _table(one: TableDelta) -> Row:
    return {
        "title": one.title,
        **{name: getattr(one, name) for name in COUNTS},
        "columns": one.columns,
        "empty_keys": dict(zip(NAMES.values(), one.empty_keys, strict=True)),
        "repeated_keys": dict(zip(NAMES.values(), one.repeated_keys, strict=True)),
        "columns_only": dict(zip(NAMES.values(), map(list, one.only), strict=True)),
    }


def _side(one: ExtractSide) -> Row:
    files = one.staged.files
    patients = load_state_rules(one.extract.format.package).patients
    return {
        "versions": sorted({file.version for file in files}),
        "taken_at": one.staged.taken_at,
        "files": len(one.files),
        "bytes": sum(file.size for file in files),
        "records": sum(file.records for file in files),
        "extracts": [
            {"number": batch.number, "bulk": batch.renews(patients), "files": len(batch.parts)}
            for batch in one.settled.batches
        ],
        "warnings": list(one.settled.warnings),
    }


def _ledger(changed: Changed, ledger: str) -> list[Row]:
    sql = f"""SELECT side, kind, reason, count(*) AS records FROM ledger.{ledger}
              GROUP BY ALL ORDER BY records DESC, side, kind, reason"""
    return [
        {
            "side": NAMES[side],
            "table": kind,
            "reason": reason,
            "title": REASONS.get(reason) or in_words(reason),
            "records": records,
        }
        for side, kind, reason, records in changed.duck.run(f"count {ledger}", sql)
    ]
