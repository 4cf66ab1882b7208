"""Every row of timing_rules.yaml holds in the scheduler that is used."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from godwit.definitions.guide.task import Task
from godwit.plan.schedule import schedule
from tests.support.plans import ANCHORS, LONG_AFTER, Dated, problem, solved, task, values_of

TABLE: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("timing_rules.yaml").read_text(encoding="utf-8")
)
ROWS: list[dict[str, Any]] = TABLE["rows"]
ASKED, BESIDE = "T09-01", "T08-01"
ANSWERS = {"start", "due", "latest", "latest_start", "deadline", "turns", "beside_due"}


def tasks_of_row(row: dict[str, Any]) -> list[Task]:
    beside = {"when": ["by GL"], **row["beside"]} if "beside" in row else None
    return [
        task("T02-03", when=["by GL"]),
        task("T11-07", when=["from ORD", "by GL"], days="any"),
        task("T13-05", when=["from ORD"]),
        task(ASKED, **row["says"]),
        *([task(BESIDE, **beside)] if beside else []),
    ]


def given(row: dict[str, Any]) -> dict[str, Any]:
    fixed = {name: day for name, day in row.get("given", {}).items() if name != "GL"}
    values = values_of(TABLE["settings"], row.get("pace", "usual"))
    return {"go_live": row.get("given", {}).get("GL", LONG_AFTER), "fixed": fixed, "values": values}


def answers(dated: Dated, row: dict[str, Any]) -> dict[str, Any]:
    number, day = dated.solution.problem.network.index[ASKED], dated.solution.problem.days.day
    start, due = dated.planned(ASKED)
    latest_start, latest = dated.latest(ASKED)
    made = schedule(problem(tasks_of_row(row), **given(row)), {one.id: one.name for one in ANCHORS}, {})
    return {
        "start": start,
        "due": due,
        "latest": latest,
        "latest_start": latest_start,
        "deadline": made.tasks[ASKED].deadline,
        "turns": [day(one) for one in dated.solution.turns(number)],
        "beside_due": dated.planned(BESIDE)[1] if "beside_due" in row else None,
    }


@pytest.mark.parametrize("row", ROWS, ids=[f"{place}-{row['around']}" for place, row in enumerate(ROWS, 1)])
def test_row(row: dict[str, Any]) -> None:
    dated = solved(tasks_of_row(row), **given(row))
    assert dated.solution.feasible
    assert dated.solution.clashes == ()
    found = answers(dated, row)
    wanted = {name: row[name] for name in ANSWERS & set(row)}
    assert {name: found[name] for name in wanted} == wanted, row["why"]


def test_the_table_covers_what_can_be_said() -> None:
    tasks = [task(ASKED, **row["says"]) for row in ROWS]
    clauses = [clause for one in tasks for clause in one.when]
    ends = {(one.relation, one.of) for one in clauses}
    bounds = {(how, end) for how in ("on", "from", "by") for end in ("start", "finish")}
    assert ends == bounds | {("on", None), ("within", "finish")}
    offsets = [one.place.offset for one in clauses if one.place.offset]
    assert {one.duration.unit for one in offsets if one.duration} == {"d", "wd", "w", "m"}
    assert any(one.setting for one in offsets)
    assert {after.kind for one in tasks for after in one.after} == {
        "finish_to_start", "start_to_start", "overlaps", "same_moment", "information",
    }  # fmt: skip
    assert any(one.every for one in tasks)
    assert {"Easter 2026", "Easter 2027", "Christmas 2026", "Late May 2027"} <= {
        row["around"] for row in ROWS
    }


def test_the_table_can_be_printed() -> None:
    for row in ROWS:
        assert set(row) <= {"around", "says", "beside", "given", "pace", "why"} | ANSWERS
        assert all(isinstance(day, date) for name, day in row.items() if name in ANSWERS - {"turns"})
