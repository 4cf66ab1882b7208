"""What people who just want to know what happens can do with the guide, in a real Chromium, from a folder."""

import re
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from godwit.definitions.guide.guide import read_guide
from godwit.papers.site.building import site_files
from godwit.papers.site.names import Names
from godwit.papers.site.pages import all_pages
from tests.support.browsing import DESKTOP, NARROW, accessibility, asked_and_said, opened

SHEET = 688
ALL_PAGES = [one.path for one in all_pages(read_guide(), Names(read_guide(), "icb"))]
OF_EACH_KIND = [
    *(one for one in ALL_PAGES if not re.match(r"(phase|role|third-party|document)-", one)),
    "phase-p02.html", "phase-p13.html", "role-practice-manager.html", "role-change-champions.html",
    "third-party-pcse.html", "third-party-new-supplier.html", "document-business-justification.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("guide")
    for name, content in site_files(read_guide(), date(2026, 11, 21), "icb"):
        (here / name).write_bytes(content)
    return here


def sought(page: Page, question: str) -> list[str]:
    page.get_by_label("What are you looking for?").fill(question)
    return page.locator("#search-results a").all_inner_texts()


AT_BOTH_WIDTHS = ("index.html", "questions.html", "phase-p02.html")


@pytest.mark.parametrize(
    ("name", "width"),
    [*((one, DESKTOP) for one in OF_EACH_KIND), *((one, NARROW) for one in AT_BOTH_WIDTHS)],
)
def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, folder / name, width)
    page.evaluate("document.querySelectorAll('details').forEach((one, at) => { one.open = at % 9 === 0 })")
    broken, kept = accessibility(page)
    assert broken == []
    assert kept > 10
    page.context.close()


@pytest.mark.parametrize(("width", "media"), [(NARROW, "screen"), (SHEET, "print")])
def test_no_page_is_wider_than_a_narrow_screen_or_a_sheet(
    browser: Browser, folder: Path, width: int, media: Literal["screen", "print"]
) -> None:
    page = opened(browser, folder / "index.html", width)
    page.emulate_media(media=media)
    for name in ALL_PAGES:
        page.goto((folder / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.context.close()


def test_nothing_is_fetched_but_the_folder_itself(browser: Browser, folder: Path) -> None:
    pages = ("index.html", "phase-p05.html", "search.html")
    asked, said = asked_and_said(browser, *(folder / name for name in pages))
    needed = {"index.html", "phase-p05.html", "search.html", "style.css", "search.js", "search-index.js"}
    assert set(asked) == {(folder / one).as_uri() for one in needed}
    assert said == []


def test_the_box_on_every_page_searches_the_guide(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "phase-p05.html")
    page.get_by_label("Search the guide").fill("links")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search.html?q=links")
    assert re.match(r"\d+ results for “links”", page.locator("#search-told").inner_text())
    page.get_by_role("link", name="T13-08 Have the links switched on again").click()
    page.wait_for_url("**/phase-p13.html#T13-08")
    assert page.locator("#T13-08").is_visible()
    page.context.close()


def test_the_search_knows_ids_both_names_of_a_body_and_the_start_of_a_word(
    browser: Browser, folder: Path
) -> None:
    page = opened(browser, folder / "search.html")
    assert sought(page, "t05-04")[0].startswith("T05-04 ")
    assert sought(page, "ccg commissioner")[0] == sought(page, "icb commissioner")[0] == "Commissioner"
    assert any(one.startswith("Smartcard") for one in sought(page, "smartc"))
    assert sought(page, "xyzzy") == []
    assert page.locator("#search-told").inner_text() == "0 results for “xyzzy”"
    assert sought(page, "<img src=x onerror=alert(1)>") == []
    assert page.locator("#search-told img").count() == 0
    page.context.close()


def test_without_scripts_the_search_page_lists_all_pages(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "search.html", java_script_enabled=False)
    assert page.get_by_text("Searching needs scripts").is_visible()
    listed = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert set(listed) == set(ALL_PAGES)
    page.context.close()


def test_a_reader_goes_from_the_picture_through_all_phases(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "index.html")
    page.get_by_role("link", name="P01 Decision to migrate and funding").click()
    for number in range(1, 15):
        assert page.locator("h1").inner_text().startswith(f"Phase {number}:")
        page.get_by_role("link", name="Next").click()
    assert page.locator("h1").inner_text() == "Phase 15: End of migration"
    assert page.get_by_role("link", name="Next").count() == 0
    page.context.close()


def test_the_keyboard_reaches_the_text_first(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "rules.html")
    page.keyboard.press("Tab")
    assert page.get_by_text("Skip to main content").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_a_checklist_prints_with_boxes_and_without_the_ways_around_the_site(
    browser: Browser, folder: Path
) -> None:
    page = opened(browser, folder / "role-lead-gp.html")
    page.emulate_media(media="print")
    assert page.locator(".ticks input").first.is_visible()
    assert not page.locator(".top-nav").is_visible()
    assert not page.get_by_label("Search the guide").is_visible()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))) <= 4
    page.context.close()
