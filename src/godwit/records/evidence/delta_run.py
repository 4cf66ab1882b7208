"""Write a delta so that it is whole or not there: what changed between two extracts, sealed like a comparison."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from godwit.records.bulk.loading import Opening
from godwit.records.changing import Changed, find_changes
from godwit.records.duck import Duck
from godwit.records.evidence.delta_report import render_delta
from godwit.records.evidence.delta_summary import summarise_delta
from godwit.records.evidence.run_folder import (
    Keeper,
    definition_entry,
    input_entry,
    manifest_of,
    require_outside,
    unfinished,
)
from godwit.records.evidence.seal import DELTA_OUTPUTS, exact_json, seal
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
    started = watch.now()
    require_outside(out, paths)
    with unfinished(out) as folder:
        work = folder / "work"
        work.mkdir(mode=0o700)
        with Duck(work, reads=[path for path in paths if path.exists()]) as duck:
            changed = find_changes(paths, system, duck, watch, opening)
            with watch.step("write the evidence"):
                summary = _write(changed, folder, started)
                shutil.rmtree(work)
                manifest = _manifest(summary["run"], changed, (started, watch.now()), keeper)
                page = render_delta(summary, manifest)
                (folder / "report.html").write_bytes(page.encode("utf-8"))
                seal(folder, manifest, DELTA_OUTPUTS)
    return summary


def _write(changed: Changed, folder: Path, started: datetime) -> dict[str, Any]:
    duck = changed.duck
    columns = {"side": "VARCHAR", "file": "BIGINT", "name": "VARCHAR"}
    duck.load("ledger.file", columns, _names(changed))
    ledgers = {name: _OURS.format(rows=(_SQL / f"{name}.sql").read_text(encoding="utf-8"))
               for name in ("rejects", "set_aside", "issues")}  # fmt: skip
    changes = {
        "delta": 'SELECT kind AS "table", * EXCLUDE (kind) FROM changes.record ORDER BY ALL',
        "patients": "SELECT * FROM changes.patient ORDER BY ALL",
    }
    for name, sql in {**ledgers, **changes}.items():
        duck.write_parquet(f"{name}.parquet", sql).replace(folder / f"{name}.parquet")
    summary = summarise_delta(_run_id(changed, started), changed)
    (folder / "summary.json").write_bytes(exact_json(summary).encode("utf-8"))
    return summary


def _names(changed: Changed) -> Iterator[dict[str, object]]:
    for one in changed.sides:
        for file in one.files:
            yield {"side": one.side, "file": file.number, "name": file.name}


def _run_id(changed: Changed, started: datetime) -> str:
    inputs = "".join(file.sha256 for one in changed.sides for file in one.files)
    return f"delta-{started:%Y%m%dT%H%M%SZ}-{hashlib.sha256(inputs.encode()).hexdigest()[:8]}"


def _manifest(run: str, changed: Changed, times: tuple[datetime, datetime], keeper: Keeper) -> dict[str, Any]:
    format_ = changed.before.extract.format
    known = Known(format_.layout.system, format_.layout.title, {}, {})
    found = (definition_entry(name, file) for name, file in known.definitions())
    definitions = ({**one, "edition": one["edition"] or format_.layout.edition} for one in found)
    inputs = (input_entry(file, one.name) for one in changed.sides for file in one.files)
    return manifest_of((run, "delta"), times, keeper, inputs, definitions)
