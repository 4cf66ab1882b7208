"""The run folder of a comparison: everything it found and everything that proves it, sealed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from godwit.definitions.read import resource
from godwit.records.asked import Asked
from godwit.records.compare.causes import private_patterns
from godwit.records.comparing import Compared, compare_deliveries
from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import SheetWriter
from godwit.records.evidence.previous_run import open_previous, remember_round
from godwit.records.evidence.proof import RECONCILIATIONS, Proof, prove
from godwit.records.evidence.records_page import FindingRow, render_records
from godwit.records.evidence.report import render_report
from godwit.records.evidence.run_folder import (
    Keeper,
    definition_entry,
    input_entry,
    manifest_of,
    require_outside,
    unfinished,
    write_text,
)
from godwit.records.evidence.seal import exact_json, file_sha256, seal
from godwit.records.evidence.summary import summarise
from godwit.records.facts import FileFacts
from godwit.records.rounds.round import Previous
from godwit.records.watch import Watch

SQL = Path(__file__).parent

Times = tuple[datetime, datetime]
"""When the run began and when it ended."""

_LISTS = {
    "findings.parquet": "findings.sql",
    "rejects.parquet": "rejects.sql",
    "set_aside.parquet": "set_aside.sql",
    "issues.parquet": "issues.sql",
}
_DEFINITIONS = ("godwit.definitions.comparison", "godwit.definitions.registers")
"""Packages of which every definition takes part in a comparison."""

_SINGLE = (("godwit.records.reconcile", "measures.yaml"), ("godwit.records.sampling", "criteria.yaml"))


def run_compare(
    paths: tuple[Path, Path],
    asked: Asked,
    out: Path,
    watch: Watch,
    keeper: Keeper,
    write_sheets: SheetWriter,
) -> dict[str, Any]:
    """Compare two deliveries into the sealed run folder `out`; returns the summary.

    Raises `WrongUse` when `out` is taken, `InputRefused`, `OutOfBalance` or `MachineRefused`; in each case, and when
    interrupted, no folder of that name is left.
    """
    started = watch.now()
    require_outside(out, paths)
    previous = open_previous(asked.previous) if asked.previous else None
    with unfinished(out) as folder:
        work = folder / "work"
        work.mkdir(mode=0o700)
        reads = [*paths, *([previous.folder] if previous else [])]
        with Duck(work, reads=[path for path in reads if path.exists()]) as duck:
            compared = compare_deliveries(paths, asked, duck, watch)
            proof = prove(compared, asked, watch)
            with watch.step("write the evidence"):
                summary, manifest = _write(proof, folder, (started, asked, previous), keeper, write_sheets)
                shutil.rmtree(work)
                manifest["ended_at"] = watch.now().isoformat(timespec="seconds")
                # The report is hashed into the seal, so it is rendered before there is one.
                write_text(folder / "report.html", render_report(summary, {**manifest, "outputs": {}}))
                seal(folder, manifest)
    return summary


def _write(
    proof: Proof,
    folder: Path,
    of: tuple[datetime, Asked, Previous | None],
    keeper: Keeper,
    write_sheets: SheetWriter,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write all but the report and the manifest; the summary, and the manifest without its end."""
    compared, duck = proof.compared, proof.compared.duck
    started, asked, previous = of
    names = [(one.side, one.number, one.name) for one in files_of(compared)]
    columns = {"side": "VARCHAR", "file": "BIGINT", "name": "VARCHAR"}
    rows = ({"side": side, "file": number, "name": name} for side, number, name in names)
    duck.load("ledger.file", columns, rows)
    for name, sql in _LISTS.items():
        written = duck.write_parquet(name, (SQL / sql).read_text(encoding="utf-8"))
        written.replace(folder / name)
    summary = {**summarise(_run_id(compared, started), compared), **proof.parts()}
    manifest = _manifest(summary["run"], compared, asked, (started, started), keeper)
    summary["rounds"] = remember_round(duck, folder, manifest, summary, previous)
    summary["timings"] = dict(compared.timings)
    write_text(folder / "summary.json", exact_json(summary))
    who = (keeper.owner, keeper.keep_until)
    pages = {
        "records.html": render_records(
            summary,
            finding_rows(duck),
            owner=keeper.owner,
            keep_until=keeper.keep_until,
            shared=private_patterns(duck),
        ),
        "sample.html": proof.sample_page(summary, *who),
    }
    for name, chunks in pages.items():
        with (folder / name).open("w", encoding="utf-8") as page:
            page.writelines(chunks)
    for name, title, sheets in proof.sheets(*who):
        (folder / name).write_bytes(write_sheets(title, started.date(), sheets))
    proof.members()
    (duck.work / RECONCILIATIONS).replace(folder / RECONCILIATIONS)
    return summary, manifest


def finding_rows(duck: Duck) -> Iterator[FindingRow]:
    """The findings as `findings.parquet` holds them, in the order of their numbers."""
    for row in duck.each("findings", (SQL / "findings.sql").read_text(encoding="utf-8")):
        yield FindingRow(str(row[0]), *row[1:])


def files_of(compared: Compared) -> list[FileFacts]:
    """The files of both sides."""
    return [*compared.source.files, *compared.target.files]


def _run_id(compared: Compared, started: datetime) -> str:
    inputs = hashlib.sha256("".join(one.sha256 for one in files_of(compared)).encode()).hexdigest()
    return f"compare-{started:%Y%m%dT%H%M%SZ}-{inputs[:8]}"


def _manifest(run: str, compared: Compared, asked: Asked, times: Times, keeper: Keeper) -> dict[str, Any]:
    inputs = map(input_entry, files_of(compared))
    return manifest_of((run, "compare"), times, keeper, inputs, _definitions(compared, asked))


def _definitions(compared: Compared, asked: Asked) -> Iterator[Mapping[str, str]]:
    """Everything the outcome depends on: our definitions, those of the formats, and the files a person brought."""
    for package in _DEFINITIONS:
        files = (one for one in resource(package, "").iterdir() if one.name.endswith(".yaml"))
        yield from (definition_entry(one.name, one) for one in sorted(files, key=lambda one: one.name))
    yield from (definition_entry(name, resource(package, name)) for package, name in _SINGLE)
    formats = {side.format.system: side.format for side in (compared.source, compared.target) if side.format}
    for one in formats.values():
        found = [definition_entry(name, file) for name, file in one.definitions()]
        # SQL carries no edition of its own: it is of the edition of the format's layout or mapping.
        edition = next((one["edition"] for one in found if one["edition"]), "")
        yield from ({**one, "edition": one["edition"] or edition} for one in found)
    brought = [("code map", one) for one in asked.maps]
    brought += [("code lists of registers", one) for one in [asked.clusters] if one]
    brought += [("agreed differences", one) for one in [asked.agreed] if one]
    yield from (
        {"name": f"{what} {number}", "edition": "", "sha256": file_sha256(path)}
        for number, (what, path) in enumerate(brought, start=1)
    )
