"""The examples of the how-to pages work, and what the pages and ADR 8 say of the guide is so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from godwit.cli.plan_folder import PlanInputs, Record, Texts
from godwit.cli.plan_show import show_made, show_why
from godwit.cli.planning import made_plan
from godwit.definitions.guide.facts import checked_facts
from godwit.definitions.guide.facts_file import practice_starter
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.guide.task import After, Task
from godwit.definitions.read import parse_text
from godwit.plan.case import Facts
from godwit.plan.checking import check_guide
from godwit.plan.making import Plan
from godwit.plan.portfolio import PortfolioFile

DOCS = Path(__file__).resolve().parents[2] / "docs"
TODAY, GO_LIVE = date(2026, 11, 23), date(2027, 6, 18)
TASKS = {one.id: one for one in read_guide().tasks}


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of a how-to page in one language."""
    text = (DOCS / "how-to" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@lru_cache(maxsize=8)
def plan_of(practice: str = "practice: An example\n", area: str | None = None, pace: Any = None) -> Plan:
    return made_plan(PlanInputs(Texts(practice, area), Record(go_live=GO_LIVE, pace=pace)), TODAY)


def after(task: str, other: str) -> After:
    return next(one for one in TASKS[task].after if one.task == other)


# The how-to pages ----------------------------------------------------------------------------------------------


def test_the_areas_file_does_what_its_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    [area], [said] = (
        blocks("set-your-areas-own-values.md", "yaml"),
        blocks("set-your-areas-own-values.md", "text"),
    )
    plan = plan_of(area=area)
    show_why(plan, "T02-16")
    shown = " ".join(capsys.readouterr().out.split())
    assert [line for line in said.splitlines() if line not in shown] == []
    assert plan.schedule.tasks["T02-16"].latest == date(2027, 4, 5)
    assert plan_of().schedule.tasks["T02-16"].latest == date(2027, 3, 30)
    acceptance = plan.schedule.tasks["T02-07"]
    assert "Takes 3 working days" in acceptance.because
    assert "Takes 2 working days" in plan_of().schedule.tasks["T02-07"].because


def test_the_facts_of_the_page_are_facts() -> None:
    [text] = blocks("say-what-has-happened.md", "yaml")
    facts = parse_text(Facts, "facts.yaml", text)
    assert checked_facts(facts.answers, read_guide().facts)
    inputs = PlanInputs(Texts("practice: An example\n", None, text), Record(go_live=GO_LIVE))
    plan = made_plan(inputs, date(2027, 3, 8))
    assert plan.schedule.tasks["T02-03"].status == "done"
    assert plan.schedule.on("IDP") == date(2027, 5, 12)
    assert plan.schedule.clashes == ()


def test_the_task_of_the_page_fits_into_the_guide() -> None:
    [text] = blocks("change-the-guide.md", "yaml")
    guide = read_guide()
    added = Task.model_validate(yaml.safe_load(text)[0])
    assert added.id not in TASKS
    checks = check_guide(replace(guide, tasks=(*guide.tasks, added)))
    assert [fault for check in checks for fault in check.faults] == []


def test_the_portfolio_of_the_page_reads() -> None:
    [text] = blocks("plan-many-practices.md", "yaml")
    assert len(parse_text(PortfolioFile, "board.yaml", text).practices) == 2


def test_the_lines_of_the_readme_are_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    starter = practice_starter(read_guide())
    show_made(plan_of(starter), Path("godwit-plan"))
    shown = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    [example] = re.findall(r"^\$ .*\n((?:.+\n)+?)```", readme, re.MULTILINE)
    assert [line for line in example.splitlines() if line not in shown] == []


# What ADR 8 says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "pairs"),
    [
        (
            "start_to_start",
            "T05-10 T03-26, T05-27 T05-26, T05-30 T03-35, T06-02 T05-26, T12-19 T09-12, T13-07 T09-32, T14-23 T14-21",
        ),
        ("overlaps", "T05-12 T03-26, T07-13 T07-05"),
        ("same_moment", "T12-02 T12-01, T12-05 T12-01"),
        ("information", "T09-10 T03-23, T09-13 T03-21, T09-20 T09-18, T09-20 T09-19"),
        ("finish_to_start", "T12-13 T11-09, T12-19 T11-09, T11-07 T11-03, T13-05 T12-13"),
    ],
)
def test_kinds_of_dependencies(kind: str, pairs: str) -> None:
    found = [after(*pair.split()) for pair in pairs.split(", ")]
    assert {one.kind for one in found} == {kind}
    assert all(one.because for one in found)


def test_a_tactic_for_prescriptions_pulls_the_meeting_forward() -> None:
    with_tactic = "practice: An example\nanswers: {double_or_postdated_scripts: true}\n"
    chosen, plain = plan_of(with_tactic, pace="usual"), plan_of(pace="usual")
    assert chosen.schedule.tasks["T09-02"].due <= chosen.schedule.tasks["T09-18"].start
    assert chosen.schedule.tasks["T09-01"].latest < plain.schedule.tasks["T09-01"].latest


@pytest.mark.parametrize("pace", ["usual", "comfortable"])
def test_the_six_weeks_are_shown_and_not_kept(pace: str) -> None:
    made = plan_of(pace=pace).schedule.tasks["T08-07"]
    assert made.late
    assert made.deadline is not None
    assert made.slack >= 0


def test_the_second_request_is_the_only_row_added() -> None:
    assert [one.id for one in TASKS.values() if one.status == "added"] == ["T11-11"]
    assert TASKS["T11-11"].source == ("added: ADR 8",)
    schedule = plan_of(pace="usual").schedule
    assert schedule.tasks["T09-04"].due <= schedule.tasks["T11-11"].start
    assert schedule.tasks["T08-05"].due <= schedule.tasks["T11-01"].due < schedule.on("FDP")


def test_dependencies_hold_only_where_the_other_task_applies() -> None:
    tasks = plan_of().schedule.tasks
    assert "T15-08" not in tasks
    assert {"T15-09", "T02-18", "T09-21"} <= set(tasks)
    assert after("T09-21", "T05-22").because
    assert after("T02-18", "T02-15").because


def test_rivals_are_settings() -> None:
    names = {one.name: one for one in read_guide().settings}
    rivals = (
        "registrations_done_before end_signature data_quality_review check_round check_round_least recheck "
        "recheck_least flu_season qof_window"
    )
    assert [one for one in rivals.split() if one not in names] == []
