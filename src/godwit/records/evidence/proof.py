"""What a comparison is proven with once it is done: the control, the reconciliations, the sample, the rounds.

Each works on the tables of the finished comparison, adds its part to the summary and leaves its own files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from godwit.definitions.comparison import read_equivalences
from godwit.records.asked import Asked
from godwit.records.compare.degradation import degradation
from godwit.records.comparing import Compared
from godwit.records.control.controlling import Control, control
from godwit.records.document_files.reading import OpenedDocuments
from godwit.records.document_files.reconciling import DocumentsDone, reconcile_documents
from godwit.records.evidence.document_files_sheets import document_sheets
from godwit.records.evidence.document_files_summary import document_files
from godwit.records.evidence.list_sheets import ListSheet
from godwit.records.evidence.reconcile_sheets import reconcile_sheets
from godwit.records.evidence.reconcile_summary import reconciliations, registers
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.sample.gathering import gather_sample
from godwit.records.evidence.sample.page import render_sample
from godwit.records.evidence.sample.telling import LIST_COLUMNS, list_rows, sample_summary
from godwit.records.evidence.wording import system
from godwit.records.reconcile.clusters import read_clusters
from godwit.records.reconcile.reconciling import Reconciled, reconcile
from godwit.records.sampling.drawing import Sample, SampleOrder, draw
from godwit.records.watch import Watch


@dataclass(frozen=True, slots=True)
class Proof:
    """The proofs of one comparison, its tables still open."""

    compared: Compared
    control: Control
    reconciled: Reconciled
    sample: Sample
    documents: DocumentsDone | None = None

    def parts(self) -> dict[str, Any]:
        """What they add to `summary.json`: counts and our own words."""
        found = {"documents": document_files(self.documents)} if self.documents else {}
        return {
            "control": self.control.as_row(),
            "reconciliations": reconciliations(self.reconciled),
            "registers": registers(self.reconciled),
            "degradation": degradation(self.compared.duck),
            "sample": sample_summary(self.sample),
            **found,
        }

    def sample_page(self, summary: Mapping[str, Any], keeper: Keeper) -> Iterator[str]:
        """The private page with the records of the sample side by side, in chunks."""
        rules = {one.id: one.title for one in read_equivalences()}
        facts = {"run": summary["run"], "sides": [system(summary[side]) for side in ("source", "target")]}
        gathered = gather_sample(self.compared.duck, self.sample)
        return render_sample(gathered, facts, rules, owner=keeper.owner, keep_until=keeper.keep_until)

    def sheets(self, keeper: Keeper) -> Iterator[tuple[str, str, list[ListSheet]]]:
        """Private spreadsheets: name of the file, title, sheets."""
        duck = self.compared.duck
        changed = reconcile_sheets(duck, self.reconciled, keeper)
        yield "reconciliations.xlsx", "Who joins and who leaves", changed
        rows = tuple(list_rows(duck, self.sample))
        drawn = ListSheet("Test patients", keeper.note, LIST_COLUMNS, rows)
        yield "test-patients.xlsx", "Test patients", [drawn]
        if self.documents:
            yield "documents.xlsx", "Files of documents", document_sheets(duck, self.documents, keeper)


def prove(compared: Compared, asked: Asked, documents: OpenedDocuments | None, watch: Watch) -> Proof:
    """Make the proofs of a finished comparison. Raises `InputRefused` for code lists that cannot be read."""
    duck, terms = compared.duck, compared.terms
    clusters = read_clusters(asked.clusters) if asked.clusters else None
    day = _day(compared, asked.today)
    with watch.step("look whether planted faults are found"):
        controlled = control(duck, terms, duck.work / "control", compared.extract, asked.opening)
    with watch.step("reconcile lists and registers"):
        reconciled = reconcile(duck, terms.scheme, day, clusters)
    with watch.step("draw the sample"):
        fills = terms.scheme.fills[0]
        sample = draw(duck, SampleOrder(asked.sample, asked.seed), fills, day)
    filed = reconcile_documents(duck, documents, watch) if documents else None
    return Proof(compared, controlled, reconciled, sample, filed)


def _day(compared: Compared, today: date) -> date:
    """The day on which ages and registers count: when the source was taken, else today."""
    taken = [one.taken_at for one in compared.source.files if one.taken_at]
    return date.fromisoformat(max(taken)[:10]) if taken else today
