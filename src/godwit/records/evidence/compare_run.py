"""The run folder of a comparison: everything it found and everything that proves it, sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from godwit.definitions.read import resource
from godwit.records.asked import Asked
from godwit.records.compare.causes import private_patterns
from godwit.records.comparing import Compared, compare_deliveries
from godwit.records.document_files.reading import open_documents
from godwit.records.duck import Duck
from godwit.records.evidence.document_files_sheets import ALL as ALL_DOCUMENTS
from godwit.records.evidence.list_sheets import SheetWriter
from godwit.records.evidence.previous_run import open_previous, remember_round
from godwit.records.evidence.proof import Proof, prove
from godwit.records.evidence.records_page import FindingRow, render_records
from godwit.records.evidence.report import render_report
from godwit.records.evidence.run_folder import Keeper, definition_entry, format_entries, input_entry
from godwit.records.evidence.seal import DOCUMENT_OUTPUTS, file_sha256
from godwit.records.evidence.summary import summarise
from godwit.records.evidence.unsealed import UnsealedRun, unsealed_run
from godwit.records.facts import FileFacts
from godwit.records.rounds.round import Previous
from godwit.records.steps import sql_text
from godwit.records.watch import Watch

SQL = Path(__file__).parent

_LISTS = ("findings", "rejects", "set_aside", "issues", "reconciliations")
"""Lists of the run: a query of this folder and a Parquet file each."""

_DEFINITIONS = ("godwit.definitions.comparison", "godwit.definitions.registers")
"""Packages of which every definition takes part in a comparison."""

_OF_DOCUMENTS = "godwit.records.document_files"
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
    previous = open_previous(asked.previous) if asked.previous else None
    documents = open_documents(asked.documents) if asked.documents else None
    reads = [
        *paths,
        *([previous.folder] if previous else []),
        *(asked.documents.folders if asked.documents else ()),
    ]
    with unsealed_run("compare", out, reads, watch, keeper) as run:
        proof = prove(compare_deliveries(paths, asked, run.duck, watch), asked, documents, watch)
        with watch.step("write the evidence"):
            _keep_lists(run, proof)
            summary, manifest = _tell(run, proof, asked, previous)
            _keep_pages(run, proof, summary)
            for name, title, sheets in proof.sheets(keeper):
                run.keep_sheets(name, title, sheets, write_sheets)
            run.close(summary, manifest, render_report, DOCUMENT_OUTPUTS if proof.documents else ())
    return summary


def _keep_lists(run: UnsealedRun, proof: Proof) -> None:
    """Findings, what became of every other record, who joins or leaves a count, and the files of documents."""
    run.name_files(_files(proof.compared))
    for name in _LISTS:
        run.keep_rows(f"{name}.parquet", sql_text(SQL, f"{name}.sql"))
    if proof.documents:
        run.keep_rows("documents.parquet", ALL_DOCUMENTS)


def _tell(
    run: UnsealedRun, proof: Proof, asked: Asked, previous: Previous | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The summary and the manifest; what the next round needs to know is kept on the way."""
    compared = proof.compared
    number = run.id_of(one.sha256 for one in _files(compared))
    summary = {**summarise(number, compared), **proof.parts()}
    manifest = run.manifest(number, map(input_entry, _files(compared)), _definitions(compared, asked))
    summary["rounds"] = remember_round(run.duck, run.folder, manifest, summary, previous)
    summary["timings"] = dict(compared.timings)
    return summary, manifest


def _keep_pages(run: UnsealedRun, proof: Proof, summary: Mapping[str, Any]) -> None:
    """The private pages, written in chunks: they are long."""
    owner, keep_until, shared = run.keeper.owner, run.keeper.keep_until, private_patterns(run.duck)
    page = render_records(summary, _finding_rows(run.duck), owner=owner, keep_until=keep_until, shared=shared)
    run.keep_text("records.html", page)
    run.keep_text("sample.html", proof.sample_page(summary, run.keeper))


def _finding_rows(duck: Duck) -> Iterator[FindingRow]:
    """The findings as `findings.parquet` holds them, in the order of their numbers."""
    for row in duck.each("findings", sql_text(SQL, "findings.sql")):
        yield FindingRow(str(row[0]), *row[1:])


def _files(compared: Compared) -> list[FileFacts]:
    return [*compared.source.files, *compared.target.files]


def _definitions(compared: Compared, asked: Asked) -> Iterator[Mapping[str, str]]:
    """Everything the outcome depends on: our definitions, those of the formats, and the files a person brought."""
    for package in _DEFINITIONS:
        files = (one for one in resource(package, "").iterdir() if one.name.endswith(".yaml"))
        yield from (definition_entry(one.name, one) for one in sorted(files, key=lambda one: one.name))
    yield from (definition_entry(name, resource(package, name)) for package, name in _SINGLE)
    if asked.documents:
        names = ("checks.yaml", "index_fields.yaml")
        yield from (definition_entry(f"documents, {name}", resource(_OF_DOCUMENTS, name)) for name in names)
    formats = {side.format.system: side.format for side in (compared.source, compared.target) if side.format}
    for one in formats.values():
        yield from format_entries(one)
    brought = [("code map", one) for one in asked.maps]
    brought += [("code lists of registers", one) for one in [asked.clusters] if one]
    brought += [("agreed differences", one) for one in [asked.agreed] if one]
    brought += [
        ("map of an index of documents", one)
        for one in (asked.documents.maps if asked.documents else ())
        if one
    ]
    yield from (
        {"name": f"{what} {number}", "edition": "", "sha256": file_sha256(path)}
        for number, (what, path) in enumerate(brought, start=1)
    )
