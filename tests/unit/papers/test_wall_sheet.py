"""The two pages for the wall."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from lxml import html
from pypdf import PdfReader

from godwit.papers import wall_paper
from godwit.papers.paper import PaperRefused
from godwit.papers.pdf import pdf_bytes
from godwit.papers.wall_paper import wall_sheet_paper
from godwit.papers.wall_sheet import MOST_TASKS, wall_sheet, wall_sheet_html
from tests.support import whole_plans

KICK_OFF_WEEK = date(2027, 3, 17)
BUSY = ("practice_manager", "project_manager", "practice_staff", "delivery_partner")


def test_every_task_of_two_weeks_is_on_the_sheet_or_counted() -> None:
    plan = whole_plans.fresh()
    sheet = wall_sheet(plan, "practice_manager", KICK_OFF_WEEK)
    monday = date(2027, 3, 15)
    for place, week in enumerate(sheet.weeks):
        first = monday + timedelta(days=7 * place)
        due = [
            one
            for one in plan.schedule.tasks.values()
            if "practice_manager" in one.task.responsible and first <= one.due < first + timedelta(days=7)
        ]
        assert len(week.boxes) + week.left_out == len(due)
    assert sum(len(week.boxes) for week in sheet.weeks) <= MOST_TASKS
    assert sheet.monday == monday


def test_people_are_named_where_they_are_known_and_have_a_line_where_not() -> None:
    sheet = wall_sheet(whole_plans.under_way(), "practice_manager", KICK_OFF_WEEK)
    people = dict(sheet.people)
    assert people["Project manager"] == "A. Made-up, 01632 960000"
    assert people["Lead GP"] == ""
    assert "Practice manager" not in people
    assert wall_sheet(whole_plans.under_way(), "project_manager", KICK_OFF_WEEK).person == "A. Made-up"


def test_what_is_done_is_ticked() -> None:
    done = whole_plans.under_way().case.facts.done
    sheet = wall_sheet(whole_plans.under_way(), "commissioner", date(2027, 3, 5))
    boxes = {box.text.split()[0]: box.done for week in sheet.weeks for box in week.boxes}
    assert boxes
    assert all(ticked == (task in done) for task, ticked in boxes.items())


def test_the_strip_reaches_go_live() -> None:
    sheet = wall_sheet(whole_plans.fresh(), "lead_gp", KICK_OFF_WEEK)
    assert [one.monday for one in sheet.strip if one.go_live] == [date(2027, 6, 14)]
    assert "Go-live" in [name for name, _ in sheet.dates]
    assert sheet.until.startswith("13 weeks to go-live")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 6, 16), "Go-live this week"),
        (date(2027, 7, 20), "Go-live was"),
        (date(2027, 6, 9), "1 week to"),
    ],
)
def test_the_sheet_says_how_far_go_live_is(day: date, said: str) -> None:
    assert wall_sheet(whole_plans.fresh(), "lead_gp", day).until.startswith(said)


@pytest.mark.parametrize("role", BUSY)
def test_the_pdf_always_has_two_pages(role: str) -> None:
    plan = whole_plans.fresh()
    for place in (0, 8, 15, 16, 17, 28, 29, 40):  # the busiest weeks are those of kick-off and cutover
        week = whole_plans.MADE_ON + timedelta(days=7 * place)
        content = pdf_bytes(wall_sheet_paper(plan, role, week, whole_plans.MADE_ON))
        assert len(PdfReader(BytesIO(content)).pages) == 2, week


def test_the_pdf_says_what_the_page_says() -> None:
    plan = whole_plans.under_way()
    sheet = wall_sheet(plan, "practice_manager", KICK_OFF_WEEK, wall_paper.MOST_TASKS)
    content = pdf_bytes(wall_sheet_paper(plan, "practice_manager", KICK_OFF_WEEK, whole_plans.MADE_ON))
    printed = "".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)
    page = html.fromstring(
        wall_sheet_html(plan, "practice_manager", KICK_OFF_WEEK, whole_plans.MADE_ON)
    ).text_content()
    for week in sheet.weeks:
        assert week.title in printed
        assert week.title in page
        assert all(box.text.split()[0] in printed and box.text in page for box in week.boxes)
    assert all(name.split()[0] in printed and name in page for name, _ in sheet.dates)
    assert "01632 960000" in printed


def test_a_role_that_the_guide_lacks_is_refused() -> None:
    with pytest.raises(PaperRefused, match="no role called porter"):
        wall_sheet(whole_plans.fresh(), "porter", KICK_OFF_WEEK)


@pytest.mark.parametrize("role", [one.slug for one in whole_plans.fresh().guide.roles.roles])
def test_every_role_has_a_sheet(role: str) -> None:
    assert wall_sheet_html(whole_plans.too_late(), role, KICK_OFF_WEEK, whole_plans.MADE_ON)
