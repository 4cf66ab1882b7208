"""What a practice manager and a lead GP can do with the evidence pages, in a real Chromium."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from godwit.records.evidence.records_page import FindingRow, render_records
from godwit.records.evidence.report import render_report
from tests.support import summaries
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened, unfold

PAGES = ("report", "told", "crowded", "empty", "unbalanced", "records")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of some made-up runs."""
    here = tmp_path_factory.mktemp("run")
    runs = {"report": summaries.practice, "told": summaries.told, "crowded": crowded,
            "empty": summaries.empty, "unbalanced": summaries.unbalanced}  # fmt: skip
    for name, make in runs.items():
        (here / f"{name}.html").write_text(render_report(make(), summaries.manifest()), encoding="utf-8")
    with (here / "records.html").open("w", encoding="utf-8") as page:
        page.writelines(render_records(summaries.told(), _numbered()))
    return here


def crowded() -> dict[str, Any]:
    """Hundreds of causes and files, and more oddities than are printed."""
    odd = [{"side": "source", "title": f"Oddity {one:02}", "count": 1} for one in range(13)]
    return {**summaries.crowded(), "issues": odd}


def _numbered() -> Iterator[FindingRow]:
    """The findings of the made-up practice with plain numbers, as a run gives them."""
    for row in summaries.findings():
        yield replace(row, finding=row.finding.removeprefix("f"))


def printed_sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_a_folder_and_asks_for_nothing_else(
    browser: Browser, folder: Path, name: str
) -> None:
    assert_alone(browser, folder / f"{name}.html")


@pytest.mark.parametrize("width", [DESKTOP, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, folder / f"{name}.html", width, bypass_csp=True)
    for folded in (True, False):
        if not folded:
            unfold(page)
        broken, kept = accessibility(page)
        assert broken == []
        assert kept > 10
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_scrolls_down_only(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder / f"{name}.html", NARROW)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    page.context.close()


def test_on_a_narrow_screen_no_table_hides_a_column_at_its_side(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "told.html", NARROW)
    unfold(page)
    hidden = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
    assert page.evaluate(hidden) == 0
    label = "getComputedStyle(document.querySelector('[aria-labelledby=causes] td.num'), '::before').content"
    assert "Findings" in page.evaluate(label)
    page.context.close()


@pytest.mark.parametrize("name", ["report", "records"])
def test_the_keyboard_reaches_the_skip_link_first_and_it_leads_past_the_header(
    browser: Browser, folder: Path, name: str
) -> None:
    page = opened(browser, folder / f"{name}.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box() is not None
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def eventually(page: Page, expression: str) -> bool:
    """Whether the page comes to a state, asked again while it moves; its policy allows no waiting script."""
    for _ in range(100):
        if page.evaluate(expression):
            return True
        page.wait_for_timeout(50)
    return False


def test_the_keyboard_reaches_every_table_and_can_scroll_it(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "report.html", 760)  # wide enough for a table, not for all of it
    region = page.get_by_role("region", name="Causes of difference, most severe first")
    region.focus()
    page.keyboard.press("ArrowRight")
    assert eventually(page, "document.activeElement.scrollLeft > 0")
    page.context.close()


def test_the_first_screen_holds_the_answer_and_what_matters_most(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "told.html")
    for words in ("Every record is accounted for.", "3,412 patients of 11,396", "Result has another value",
                  "See it side by side", "What to do next"):  # fmt: skip
        box = page.get_by_text(words).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800
    page.context.close()


def test_it_works_without_scripts(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "records.html", java_script_enabled=False)
    value = page.get_by_text("Take one tablet").first
    assert not value.is_visible()
    page.locator("details.cause > summary").first.click()
    assert value.is_visible()
    page.context.close()


def test_a_link_in_the_index_opens_its_cause(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "records.html")
    page.get_by_role("link", name="Dosage is worded differently").click()
    assert eventually(page, "document.querySelectorAll('details[open]').length === 1")
    assert page.get_by_text("The lead GP reads twenty of these").is_visible()
    page.context.close()


def test_one_click_leads_from_the_report_to_the_example(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "told.html")
    page.get_by_role("link", name="See it side by side: Result has another value").click()
    assert eventually(page, "location.hash === '#f101' && document.querySelector('details[open]') !== null")
    page.context.close()


def test_the_report_prints_on_a_few_sheets(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "report.html")
    assert 3 <= printed_sheets(page) <= 7
    page.context.close()


def test_every_cause_is_printed_and_long_tables_say_what_is_not(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "crowded.html")
    oddity = page.get_by_text("Oddity 12")
    rest = page.get_by_text("And 3 more rows, on the screen and in summary.json.")
    assert oddity.is_visible()
    assert not rest.is_visible()
    page.emulate_media(media="print")
    assert page.get_by_text("coniosis 299").first.is_visible()
    assert not oddity.is_visible()
    assert rest.is_visible()
    assert printed_sheets(page) <= 60
    page.context.close()


def test_no_row_is_wider_than_the_sheet(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "crowded.html", width=688)  # an A4 sheet within its margins
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    page.context.close()
