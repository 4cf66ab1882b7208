"""The files of documents from a made-up practice to the sealed run: clean twins are clean, planted faults are found."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from godwit.records.asked import Asked
from godwit.records.comparing import compare_deliveries
from godwit.records.document_files.reading import DocumentsAsked, open_documents
from godwit.records.document_files.reconciling import reconcile_documents
from godwit.records.duck import Duck
from godwit.records.evidence.seal import DOCUMENT_OUTPUTS, MANIFEST, OUTPUTS
from godwit.records.reconcile.reconciling import reconcile
from godwit.synth.folders.faults import FOLDER_FAULTS
from godwit.synth.identifiers import nhs_number
from tests.support.commands import Outcome, godwit, json_of, rows_of
from tests.support.comparing import watch
from tests.support.twins import DAY

pytestmark = pytest.mark.timeout(300)  # the first test waits for two comparisons

SEED = 4
MADE = (
    "synth",
    "--system",
    "emis",
    "--twin",
    "tpp",
    "--patients",
    12,
    "--density",
    0.2,
    "--seed",
    SEED,
    "--documents",
)


@dataclass(frozen=True)
class Practice:
    """A practice and its twin with faults in the twin's files, the run over them, and how the command ended."""

    folder: Path
    run: Path
    outcome: Outcome

    @property
    def folders(self) -> tuple[Path, Path]:
        return self.folder / "source-documents", self.folder / "target-documents"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    place = tmp_path_factory.mktemp("documents")
    made = godwit(*MADE, "--file-faults", 1, "--out", place / "twin")
    assert made.code == 0, made.err
    folder = place / "twin"
    folders = (folder / "source-documents", folder / "target-documents")
    options = ("--today", DAY.isoformat(), "--fail-on", "critical", "--json")
    sides = (folder / "source", folder / "target")
    outcome = godwit("compare", *sides, "--out", place / "run", "--documents", *folders, *options)
    return Practice(folder, place / "run", outcome)


def answers(folder: Path) -> list[tuple[str, str | None]]:
    """Every check that should find something, with the NHS number of its patient."""
    planted = json.loads((folder / "document-answers.json").read_text("utf-8"))
    return sorted(
        (check, None if patient is None else nhs_number(SEED, patient))
        for one in planted
        for check, patient in one["found"].items()
    )


def test_every_planted_fault_is_found_under_its_patient_and_nothing_else(practice: Practice) -> None:
    assert len(json.loads((practice.folder / "document-answers.json").read_text("utf-8"))) == len(
        FOLDER_FAULTS
    )
    known = {nhs_number(SEED, number) for number in range(1, 13)}
    rows = rows_of(practice.run / "documents.parquet")
    found = [
        (row["check"], row["nhs_number"] if row["nhs_number"] in known else None)
        for row in rows
        if row["check"] != "same"
    ]
    assert Counter(found) == Counter(answers(practice.folder))
    assert {row["kind"] for row in rows if row["check"] != "same"} == {"files"}


def test_what_only_the_files_tell_decides_the_exit_code(practice: Practice) -> None:
    assert practice.outcome.code == 1, practice.outcome.err
    summary = practice.outcome.answer
    assert not [one for one in summary["causes"] if one["severity"] == "critical"]
    documents = summary["documents"]
    counted = {one["check"]: one["unexplained"] for one in documents["checks"] if one["gate"] == "exact"}
    expected = Counter(check for check, _ in answers(practice.folder) if check != "misnamed")
    assert {check: count for check, count in counted.items() if count} == expected
    assert documents["unexplained"] == sum(expected.values())
    assert summary["reconciliations"]["unexplained"] == 0


def test_the_run_holds_the_lists_and_is_sealed_with_them(practice: Practice) -> None:
    assert {one.name for one in practice.run.iterdir()} == {*OUTPUTS["compare"], *DOCUMENT_OUTPUTS, MANIFEST}
    assert godwit("run", "verify", practice.run).code == 0
    contents = load_workbook(practice.run / "documents.xlsx")["Contents"]
    assert any("Under another patient" in [cell.value for cell in row] for row in contents.iter_rows())


def test_nothing_of_a_document_stands_where_everybody_reads(practice: Practice) -> None:
    private: set[str] = set()
    for folder in practice.folders:
        with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                private |= {row["NHS number"], row["Document ID"], Path(row["File"].replace("\\", "/")).name}
                private |= {row["Title"], row["SHA-256"]}
    private -= {"", "Referral letter"}
    open_part = "".join(
        (practice.run / name).read_text("utf-8") for name in ("summary.json", "report.html", MANIFEST)
    )
    assert [one for one in private if one in open_part or one in practice.outcome.out] == []


def test_the_report_says_so_on_its_first_screen(practice: Practice) -> None:
    page = (practice.run / "report.html").read_text("utf-8")
    assert "Are the documents there, and do they open?" in page
    first = page[: page.index('id="causes"')]
    assert "Document files:" in first
    assert "documents.xlsx" in first


def test_clean_twins_leave_nothing_to_clear_up(practice: Practice, tmp_path: Path) -> None:
    made = godwit(*MADE, "--out", tmp_path / "clean")
    assert made.code == 0, made.err
    clean = DocumentsAsked((practice.folders[0], tmp_path / "clean" / "target-documents"))
    sides = practice.folder / "source", practice.folder / "target"
    (tmp_path / "work").mkdir()
    with Duck(tmp_path / "work", reads=sides) as duck:
        compared = compare_deliveries(sides, Asked(DAY), duck, watch())
        reconcile(duck, compared.terms.scheme, DAY)
        done = reconcile_documents(duck, open_documents(clean), watch())
    assert (done.same, done.unexplained) == (done.compared, 0)
    assert {one.state for one in done.results} == {"passed"}


def refusal(practice: Practice, tmp_path: Path, *options: object) -> dict[str, Any]:
    sides = practice.folder / "source", practice.folder / "target"
    outcome = godwit("compare", *sides, "--out", tmp_path / "run", *options, "--json")
    assert outcome.code != 0
    assert not (tmp_path / "run").exists()
    return outcome.error


def test_what_cannot_be_read_is_told_before_the_work_begins(practice: Practice, tmp_path: Path) -> None:
    good = practice.folders[0]
    error = refusal(practice, tmp_path, "--documents", good, tmp_path / "gone")
    assert (error["rule"], error["place"]) == ("documents.absent", "target documents")
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "index.csv").write_text("a,b\n9434765919,x\n", encoding="utf-8")
    error = refusal(practice, tmp_path, "--documents", bad, good)
    assert (error["rule"], error["place"]) == ("documents.columns", "source documents, index")
    assert "9434765919" not in json.dumps(error)
    error = refusal(practice, tmp_path, "--target-index", bad / "index.csv")
    assert error["rule"] == "documents.map_alone"
    error = refusal(practice, tmp_path, "--documents", good, good, "--target-index", bad / "index.csv")
    assert (error["rule"], error["place"]) == ("documents.map", "map of the target index")


def test_the_summary_is_the_one_in_the_folder(practice: Practice) -> None:
    assert json_of(practice.run / "summary.json")["documents"] == practice.outcome.answer["documents"]
