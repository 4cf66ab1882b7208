"""Write a delta so that it is whole or not there: what changed between two extracts, sealed like a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from godwit.records.bulk.loading import Opening
from godwit.records.changing import Changed, find_changes
from godwit.records.evidence.delta_report import render_delta
from godwit.records.evidence.delta_summary import summarise_delta
from godwit.records.evidence.run_folder import Keeper, format_entries, input_entry
from godwit.records.evidence.unsealed import UnsealedRun, unsealed_run
from godwit.records.formats.known import Known
from godwit.records.watch import Watch

_SQL = Path(__file__).parent

_OURS = "SELECT * REPLACE (CASE side WHEN 'source' THEN 'before' ELSE 'after' END AS side) FROM ({rows})"


def run_delta(
    paths: tuple[Path, Path], system: str | None, out: Path, watch: Watch, keeper: Keeper, opening: Opening
) -> dict[str, Any]:
    """What changed between two extracts of one system, in the sealed run folder `out`; returns the summary.

    Raises `WrongUse` when `out` is taken, `InputRefused`, `OutOfBalance` or `MachineRefused`; in each case, and when
    interrupted, no folder of that name is left.
    """
    with unsealed_run("delta", out, paths, watch, keeper) as run:
        changed = find_changes(paths, system, run.duck, watch, opening)
        with watch.step("write the evidence"):
            _keep_lists(run, changed)
            hashes = (file.sha256 for one in changed.sides for file in one.files)
            summary = summarise_delta(run.id_of(hashes), changed)
            layout = changed.before.extract.format.layout
            definitions = format_entries(Known(layout.system, layout.title, {}, {}))
            manifest = run.manifest(summary["run"], _inputs(changed), definitions)
            run.close(summary, manifest, render_delta)
    return summary


def _keep_lists(run: UnsealedRun, changed: Changed) -> None:
    run.name_files(file for one in changed.sides for file in one.files)
    ledgers = {name: _OURS.format(rows=(_SQL / f"{name}.sql").read_text(encoding="utf-8"))
               for name in ("rejects", "set_aside", "issues")}  # fmt: skip
    changes = {
        "delta": 'SELECT kind AS "table", * EXCLUDE (kind) FROM changes.record ORDER BY ALL',
        "patients": "SELECT * FROM changes.patient ORDER BY ALL",
    }
    for name, sql in {**ledgers, **changes}.items():
        run.keep_rows(f"{name}.parquet", sql)


def _inputs(changed: Changed) -> Iterator[dict[str, object]]:
    return (input_entry(file, one.name) for one in changed.sides for file in one.files)
