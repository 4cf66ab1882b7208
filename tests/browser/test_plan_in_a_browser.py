"""What a practice manager can do with the plan's page and the sheet for the wall, in a real Chromium."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from godwit.papers.plan_page import plan_page
from godwit.papers.wall_sheet import wall_sheet_html
from godwit.plan.paces import Paces
from godwit.plan.risk import forecast
from tests.support import whole_plans
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened, unfold

WALLS = {
    "roomy": ("lead_gp", date(2027, 3, 17)),
    "tight": ("project_manager", date(2027, 3, 17)),
    "full": ("practice_manager", date(2027, 3, 17)),
    "cutover": ("practice_manager", date(2027, 6, 9)),
    "after": ("practice_staff", date(2027, 7, 20)),
}
PAGES = ("fresh", "too_late", "under_way", "roomy", "full")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("plan")
    plan, made_on = whole_plans.fresh(), whole_plans.MADE_ON
    odds = forecast(
        whole_plans.maker().scheduler.problem(plan.case, plan.schedule.pace), 20, 1, plan.guide.milestones
    )
    pages = {
        "fresh": plan_page(plan, made_on, odds, whole_plans.MOVES, Paces.of(whole_plans.maker(), plan.case)),
        "too_late": plan_page(whole_plans.too_late(), made_on),
        "under_way": plan_page(whole_plans.under_way(), made_on),
    }
    pages |= {name: wall_sheet_html(plan, *which, made_on) for name, which in WALLS.items()}
    for name, text in pages.items():
        (here / f"{name}.html").write_text(text, encoding="utf-8")
    return here


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(browser: Browser, folder: Path, name: str) -> None:
    assert_alone(browser, folder / f"{name}.html")


@pytest.mark.parametrize(
    ("name", "width"), [("fresh", DESKTOP), ("too_late", NARROW), ("under_way", DESKTOP)]
)
def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, folder / f"{name}.html", width, bypass_csp=True)
    for folded in (True, False):
        if not folded:
            unfold(page)
        broken, kept = accessibility(page)
        assert broken == []
        assert kept > 8
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_scrolls_down_only(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder / f"{name}.html", NARROW)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    page.context.close()


def test_a_picture_scrolls_in_its_own_box(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "fresh.html", NARROW)
    box = page.get_by_role("region", name="The whole plan, picture")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    page.context.close()


def test_a_role_can_be_picked_and_sees_its_own_tasks(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "fresh.html")
    page.get_by_label("Show the tasks of").select_option(label="Lead GP")
    own = [one for one in whole_plans.fresh().schedule.tasks.values() if "lead_gp" in one.task.responsible]
    assert page.get_by_role("status").inner_text() == f"{len(own)} tasks"
    assert page.locator("tr[data-roles]:visible").count() == len(own)
    page.get_by_label("Show the tasks of").select_option(label="everybody")
    unfold(page)
    assert page.locator("tr[data-roles]:visible").count() == len(whole_plans.fresh().schedule.tasks)
    page.context.close()


def test_it_works_without_scripts(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "fresh.html", java_script_enabled=False)
    assert not page.get_by_label("Show the tasks of").is_visible()
    phase = page.locator("#P05")
    assert not phase.locator("table").is_visible()
    phase.locator("summary").first.click()
    assert phase.locator("table").is_visible()
    page.context.close()


def test_the_first_screen_holds_the_answer(browser: Browser, folder: Path) -> None:
    for name, words in (
        ("fresh", "This go-live date can be kept"),
        ("too_late", "This go-live date cannot be kept"),
    ):
        page = opened(browser, folder / f"{name}.html")
        box = page.get_by_text(words).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 400
        page.context.close()


def test_the_plan_prints_across_with_every_phase_unfolded(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "fresh.html")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, format="A4", landscape=True))).pages
    page.context.close()
    assert 25 <= len(sheets) <= 70
    assert all(one.mediabox.width > one.mediabox.height for one in sheets)
    printed = "".join(one.extract_text() for one in sheets)
    assert all(one in printed for one in whole_plans.fresh().schedule.tasks)


@pytest.mark.parametrize("name", WALLS)
def test_the_sheet_for_the_wall_prints_on_exactly_two_pages_and_cuts_nothing_off(
    browser: Browser, folder: Path, name: str
) -> None:
    page = opened(browser, folder / f"{name}.html", width=703)  # an A4 sheet within its margins
    assert len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 2
    page.emulate_media(media="print")
    assert page.evaluate(
        "[...document.querySelectorAll('.leaf')].every(one => one.scrollHeight <= one.clientHeight)"
    )
    page.context.close()
