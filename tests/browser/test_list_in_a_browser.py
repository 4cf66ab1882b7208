"""What a practice manager can do with the report of a registration list, in a real Chromium."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from godwit.cli.listing import make_list as run
from godwit.records.evidence.run_folder import Keeper
from godwit.records.listing.list_run import Order
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened, unfold
from tests.support.made_list import HEADERS, make_list, patients
from tests.support.twins import make_twin

PAGES = ("planted", "clean")
KEEPER = Keeper("Caldicott Guardian", "2026-12-31")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a list with differences against two systems, and of one without any against one."""
    here = tmp_path_factory.mktemp("list")
    source = make_twin(("emis", "tpp"), here / "practice", (120, 0.05), 8).folder / "source"
    make_list(source, here / "planted.csv")
    with (here / "clean.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        writer.writerows(one.row for one in patients(source) if one.state == "current")
    for name, target in {"planted": source.with_name("target"), "clean": None}.items():
        run(Order(here / f"{name}.csv", source, target), here / name, KEEPER, quiet=True)
    return here


def page_of(folder: Path, name: str) -> Path:
    return folder / name / "report.html"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_from_a_folder_and_asks_for_nothing_else(
    browser: Browser, folder: Path, name: str
) -> None:
    assert_alone(browser, page_of(folder, name))


@pytest.mark.parametrize("width", [DESKTOP, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_breaks_no_rule_of_accessibility(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, page_of(folder, name), width, bypass_csp=True)
    unfold(page)
    broken, kept = accessibility(page)
    assert broken == []
    assert kept > 10
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_scrolls_down_only(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, page_of(folder, name), NARROW)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    page.context.close()


def test_the_answer_and_what_to_do_stand_on_top(browser: Browser, folder: Path) -> None:
    page = opened(browser, page_of(folder, "planted"))
    assert "only in the system" in page.locator("#answer").inner_text()
    first = page.locator("section[aria-labelledby=next] li").first
    assert "review list" in first.inner_text()
    page.context.close()


def test_a_list_that_agrees_is_told_so(browser: Browser, folder: Path) -> None:
    page = opened(browser, page_of(folder, "clean"))
    assert "same patients and say the same" in page.locator("#answer").inner_text()
    page.context.close()
