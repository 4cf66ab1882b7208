"""A practice manager's first day with a plan, in her own order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.commands import Outcome, godwit, godwit_program, json_of

TODAY = "2027-01-11"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which she works."""
    return tmp_path_factory.mktemp("desk")


def typed(line: str, *more: str) -> Outcome:
    """What she types, on Monday 11 January 2027."""
    outcome = godwit(*line.split()[1:], *more, "--today", TODAY)
    assert outcome.code == 0, outcome.err
    return outcome


def test_a_first_day(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """She makes a plan from a date, answers two questions, asks why, weighs a week's delay and prints her sheet."""
    monkeypatch.chdir(desk)

    # "We want to go live on the 18th of June."
    first = godwit_program("plan", "make", "--go-live", "2027-06-18", "--out", "plan", "--today", TODAY)
    assert first.code == 0, first.err
    assert "go-live Fri 18 Jun 2027, 15 weeks" in first.out
    assert "The date can be kept" in first.out
    assert "plan/plan.html" in first.out
    assert "questions in plan/practice.yaml" in first.out

    # "We are Tern Lane, and we do dispense." The file asks; she changes two words in it.
    file = desk / "plan" / "practice.yaml"
    text = file.read_text(encoding="utf-8")
    assert "dispensing: false     # Does the practice dispense medicines?" in text
    text = text.replace("practice: Our practice", "practice: Tern Lane Surgery")
    file.write_text(text.replace("dispensing: false", "dispensing: true"), encoding="utf-8")
    before = {one["id"] for one in json_of(desk / "plan" / "plan.json")["tasks"] if one["applies"]}
    second = typed("godwit plan update plan")
    assert "Tern Lane Surgery" in second.out
    after = {one["id"] for one in json_of(desk / "plan" / "plan.json")["tasks"] if one["applies"]}
    assert before < after  # dispensing brings its tasks and takes none away

    # "Why must the extract be asked for so early?"
    why = typed("godwit plan show plan T02-16")
    assert re.search(r"working days before initial\s+data production", why.out)
    assert "Source: " in why.out

    # "And if we went a week later?" She only looks; nothing changes.
    look = typed("godwit plan move plan GL 2027-06-25")
    assert re.search(r"MS-23 +Go-live +2027-06-18 +2027-06-25 +\+7", look.out)
    assert "Nothing is changed yet" in look.out
    assert json_of(desk / "plan" / "plan.json")["go_live"] == "2027-06-18"

    # "Then we do it."
    kept = typed("godwit plan move plan GL 2027-06-25 --write --reason", "Sam is on leave that week")
    assert "To take it back: godwit plan undo" in kept.out
    assert json_of(desk / "plan" / "plan.json")["go_live"] == "2027-06-25"

    # "What do I have to do this month?" It hangs on the wall, with her name for it and the new date.
    coming = typed("godwit plan show plan --role practice_manager")
    sheet = (desk / "plan" / "wall" / "practice-manager.html").read_text(encoding="utf-8")
    assert "25 Jun 2027" in sheet
    assert "Tern Lane Surgery" in sheet
    assert "T01-01" in coming.out
