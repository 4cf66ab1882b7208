"""What a practice manager can do with the clean-up list, in a real Chromium."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from godwit.records.profile.page import render_profile
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened, unfold
from tests.support.profile_summaries import crowded, empty, manifest

PAGES = ("crowded", "empty")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of a practice in which every check found something, and of one in which none did."""
    here = tmp_path_factory.mktemp("profile")
    for name, make in {"crowded": crowded, "empty": empty}.items():
        (here / f"{name}.html").write_text(render_profile(make(), manifest()), encoding="utf-8")
    return here


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_from_a_folder_and_asks_for_nothing_else(
    browser: Browser, folder: Path, name: str
) -> None:
    assert_alone(browser, folder / f"{name}.html")


@pytest.mark.parametrize("width", [DESKTOP, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_breaks_no_rule_of_accessibility(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, folder / f"{name}.html", width, bypass_csp=True)
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


def test_the_gravest_comes_first_and_says_who_can_put_it_right(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "crowded.html")
    first = page.get_by_role("region", name="What to put right, by harm").get_by_role("row").nth(1)
    words = first.inner_text()
    top: dict[str, Any] = crowded()["checks"][0]
    assert top["title"] in words
    assert top["role_name"] in words
    assert "Critical" in words
    page.context.close()


def test_a_practice_with_nothing_to_put_right_is_told_so(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "empty.html")
    assert page.get_by_role("heading", name=re.compile("Nothing to put right")).is_visible()
    assert page.get_by_role("heading", name="What no extract tells").is_visible()
    page.context.close()


def test_the_page_prints_with_every_finding(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "crowded.html")
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
    assert 5 < sheets < 40
    page.context.close()
