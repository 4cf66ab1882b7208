"""What report, first screen, terminal and exit code say of the files of documents."""

from __future__ import annotations

import re
from typing import Any

import pytest

from godwit.cli.compare import FailOn, _verdict
from godwit.cli.exits import Exit
from godwit.cli.show import show_summary
from godwit.records.document_files.checks import read_checks
from godwit.records.document_files.kinds import NAMES
from godwit.records.document_files.reconciling import CheckResult, DocumentsDone, KindCount, SideCount
from godwit.records.evidence import advice
from godwit.records.evidence.document_files_summary import document_files
from godwit.records.evidence.document_files_tables import document_files_section
from godwit.records.evidence.report import render_report
from tests.support import summaries

Facts = dict[str, Any]
CHECKS = {one.id: one for one in read_checks()}


def done(*found: CheckResult) -> DocumentsDone:
    told = {one.check.id: one for one in found}
    side = SideCount(
        1_311, 90_000_000, 1_311, "ab" * 32, 1_310, 1, frozenset({"path", "nhs_number", "birth_date"})
    )
    kinds = (
        KindCount("pdf", (1_000, 990), (80_000_000, 79_000_000), (2_400, 2_380)),
        KindCount(None, (1, 1), (9, 9), (0, 0)),
    )
    results = tuple(told.get(name, CheckResult(one)) for name, one in CHECKS.items())
    return DocumentsDone((side, side), kinds, 1_310, 1_300, results)


def summary(*found: CheckResult, causes: list[Facts] | None = None) -> Facts:
    facts: Facts = {**summaries.practice(), "documents": document_files(done(*found))}
    return facts if causes is None else {**facts, "causes": causes}


MOVED = CheckResult(CHECKS["moved"], source=2, target=2, unexplained=2, patients=3)
COPIES = CheckResult(CHECKS["more"], target=4, unexplained=4, patients=4)
EMPTY = CheckResult(CHECKS["empty"], source=3, target=3, inherited=3, patients=2)
MISSING = CheckResult(CHECKS["missing"], source=5, by_finding=3, agreed=2, patients=2)


def page_of(facts: Facts) -> str:
    text = re.sub(r"<[^>]+>", " ", render_report(facts, summaries.manifest()))
    return re.sub(r"\s+", " ", text)


def test_the_states_say_what_is_left_to_do() -> None:
    states = {one.check.id: one.state for one in (MOVED, COPIES, EMPTY, MISSING)}
    assert states == {"moved": "failed", "more": "failed", "empty": "allowed", "missing": "explained"}
    assert CheckResult(CHECKS["misnamed"], target=3).state == "information"
    assert CheckResult(CHECKS["missing"]).state == "passed"


def test_the_section_names_what_was_found_the_worst_first() -> None:
    part = document_files_section(summary(COPIES, EMPTY, MISSING, MOVED))
    assert part is not None
    assert [row[2].text for row in part["checks"].rows] == [
        "Under another patient", "More often in the target", "Missing in the target", "Empty files",
    ]  # fmt: skip
    page = page_of(summary(COPIES, EMPTY, MISSING, MOVED))
    assert "1,300 of 1,310 documents of the source are in the target under the same patient" in page
    assert "6 things that only the files tell are to be cleared up" in page
    assert "3: a finding of the records" in page
    assert "2: agreed" in page
    assert "3: so in the source too" in page
    assert "The index of the source does not state the size in bytes and the SHA-256" in page
    assert "PDF 1,000 990" in page
    assert "Not recognised 1 1" in page
    assert "one file for several patients" in page  # looked for and not found


def test_nothing_found_is_said_and_no_folders_no_section() -> None:
    assert "Nothing about the files is left unexplained." in page_of(summary())
    assert "documents.xlsx" not in page_of(summaries.practice())
    assert document_files_section(summaries.practice()) is None


def test_the_first_screen_does_not_hide_a_file_of_another_patient() -> None:
    clear = advice.verdict(summary(causes=[]))
    assert advice.verdict(summary(EMPTY, MISSING, causes=[])) == clear
    low, grave = advice.verdict(summary(COPIES, causes=[])), advice.verdict(summary(MOVED, causes=[]))
    assert grave.tone == "act"
    assert grave.headline.endswith(
        "Document files: 2 questions to be cleared up, 2 of critical or high risk."
    )
    assert low.tone == "look"
    assert any("documents.xlsx" in step for step in advice.next_steps(summary(COPIES)))
    assert not any("documents.xlsx" in step for step in advice.next_steps(summary(EMPTY)))


@pytest.mark.parametrize(
    ("found", "fail_on", "code"),
    [
        (MOVED, FailOn.critical, Exit.FINDINGS),
        (COPIES, FailOn.medium, Exit.DONE),
        (COPIES, FailOn.low, Exit.FINDINGS),
        (EMPTY, FailOn.low, Exit.DONE),
        (MOVED, FailOn.never, Exit.DONE),
    ],
)
def test_what_only_the_files_tell_gives_the_exit_code_of_its_risk(
    found: CheckResult, fail_on: FailOn, code: Exit
) -> None:
    facts = {**summary(found, causes=[]), "control": {"found": 1, "planted": 1}}
    assert _verdict(facts, fail_on) == code


def test_the_terminal_says_it_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    show_summary({**summary(MOVED), "control": None, "reconciliations": None, "rounds": None}, "run")
    shown = " ".join(capsys.readouterr().out.split())
    assert (
        "1,300 of 1,310 documents have the same file under the same patient; 2 questions about files."
        in shown
    )


def test_every_kind_has_a_name_that_is_not_ours() -> None:
    assert all(name and name != kind for kind, name in NAMES.items())
