"""The plan as a spreadsheet, read back."""

from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from godwit.papers.plan_xlsx import plan_workbook
from godwit.papers.sheet import xlsx_bytes
from godwit.plan.making import Plan
from tests.support import whole_plans

PLANS = {"fresh": whole_plans.fresh, "too late": whole_plans.too_late, "under way": whole_plans.under_way}


@lru_cache(maxsize=3)
def book(name: str) -> Any:
    return load_workbook(BytesIO(xlsx_bytes(plan_workbook(PLANS[name](), whole_plans.MADE_ON))))


def rows(name: str, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their headers; a note above the header is skipped."""
    found = list(book(name)[sheet].iter_rows(values_only=True))
    start = 1 if found[0][1:] == (None,) * (len(found[0]) - 1) else 0
    return [dict(zip(found[start], row, strict=True)) for row in found[start + 1 :]]


def day(value: datetime) -> date:
    return value.date()


@pytest.mark.parametrize("name", PLANS)
def test_every_task_has_a_row_with_its_own_days(name: str) -> None:
    tasks = PLANS[name]().schedule.tasks
    written = {row["Task"]: row for row in rows(name, "All tasks")}
    assert list(written) == list(tasks)
    for task_id, task in tasks.items():
        row = written[task_id]
        assert (day(row["Start"]), day(row["Due"]), day(row["Latest"])) == (task.start, task.due, task.latest)
        assert row["Days to spare"] == task.slack
        assert row["Why this date"] == task.because
        assert row["Source"]


def test_each_role_has_exactly_its_own_tasks() -> None:
    plan = whole_plans.fresh()
    for role in plan.guide.roles.roles:
        own = {one.task.id for one in plan.schedule.tasks.values() if role.slug in one.task.responsible}
        assert (role.short in book("fresh").sheetnames) == bool(own)
        if own:
            assert {row["Task"] for row in rows("fresh", role.short)} == own


def test_the_note_of_a_role_names_the_person_and_what_it_is_asked_about() -> None:
    assert "A. Made-up" in book("under way")["Project manager"]["A1"].value
    plan = whole_plans.under_way()
    asked = {
        (role, one.task.id)
        for one in plan.schedule.tasks.values()
        for role in set(one.task.consulted) - set(one.task.responsible)
    }
    sheets = book("under way").sheetnames
    seen = [(plan.guide.roles.of(role).short, task) for role, task in asked]
    notes = [task in book("under way")[short]["A1"].value for short, task in seen if short in sheets]
    assert notes
    assert all(notes)


@pytest.mark.parametrize(
    ("sheet", "count"),
    [
        ("Key dates", lambda plan: len(plan.milestones)),
        ("Notices", lambda plan: len(plan.notices)),
        ("Rules", lambda plan: len(plan.rules)),
        ("Gates", lambda plan: sum(max(1, len(one.missing)) for one in plan.gates)),
        ("Service levels", lambda plan: len(plan.slas)),
        ("Settings", lambda plan: len(plan.settings)),
        ("Days to avoid", lambda plan: len(plan.windows)),
    ],
)
@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_left_out_of_a_list(name: str, sheet: str, count: Any) -> None:
    assert len(rows(name, sheet)) == count(PLANS[name]())


def test_both_limits_of_an_extract_are_there() -> None:
    limits = {row["Limit"] for row in rows("fresh", "Service levels") if row["Level"] == "SLA-02"}
    assert limits == {"5 working days", "15 working days"}


def test_the_first_sheet_says_whether_the_date_can_be_kept_and_why_not() -> None:
    answers = dict(book("too late")["Start here"].iter_rows(values_only=True))
    late = whole_plans.too_late().schedule.too_late
    assert late is not None
    assert answers["Can the date be kept?"].startswith("No: ")
    assert late.chain[0].task in answers["Why it is too late"]
    assert dict(book("fresh")["Start here"].iter_rows(values_only=True))["Can the date be kept?"] == "Yes."


def test_what_is_done_is_dated_and_what_is_not_has_room() -> None:
    done = whole_plans.under_way().case.facts.done
    for row in rows("under way", "All tasks"):
        written = day(row["Done on"]) if row["Done on"] else None
        assert written == done.get(row["Task"])
    assert {row["Told on"] for row in rows("under way", "Notices")} == {None}


def test_no_text_is_a_formula_and_every_sheet_can_be_filtered_and_printed() -> None:
    for sheet in book("under way"):
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows
        assert not [one for row in sheet for one in row if one.data_type == "f"]


def test_the_same_plan_gives_the_same_file() -> None:
    plan: Plan = whole_plans.under_way()
    first, second = (xlsx_bytes(plan_workbook(plan, whole_plans.MADE_ON)) for _ in range(2))
    assert first == second
