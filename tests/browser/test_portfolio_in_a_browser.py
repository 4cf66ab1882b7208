"""What a board can do with the page of its go-live dates, in a real Chromium."""

from functools import lru_cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from godwit.papers.portfolio_page import portfolio_page
from godwit.plan.portfolio import PortfolioFile
from godwit.plan.portfolio_solver import spread_out
from godwit.plan.spread import Spread, as_wanted
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened
from tests.support.portfolios import TODAY, portfolio_from, the_board, the_market_maker

TRICKY = "Oak & Sons <b>Surgery</b>"
STUCK = f"""\
portfolio: Two practices
reach_weeks: 0
capacities: {{supplier_slots: {{any: 0}}}}
practices:
  - {{practice: '{TRICKY}', wanted: 2027-06-18}}
  - {{practice: Yew Surgery, wanted: 2027-06-19}}
"""


@lru_cache(maxsize=1)
def spreads() -> dict[str, tuple[PortfolioFile, Spread]]:
    board, stuck = the_board(), portfolio_from(STUCK)
    make = the_market_maker().market
    return {
        "spread": (board, spread_out(make(board))),
        "wanted": (board, as_wanted(make(board.on_the_days_wanted()))),
        "stuck": (stuck, spread_out(make(stuck))),
    }


PAGES = ("spread", "wanted", "stuck")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("portfolio")
    for name, (portfolio, spread) in spreads().items():
        (here / f"{name}.html").write_text(portfolio_page(portfolio, spread, TODAY), encoding="utf-8")
    return here


@pytest.mark.parametrize("width", [DESKTOP, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, folder / f"{name}.html", width, bypass_csp=True)
    broken, kept = accessibility(page)
    assert broken == []
    assert kept > 8
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_scrolls_down_only(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder / f"{name}.html", NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    box = page.get_by_role("region", name="Weeks and practices, picture")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(browser: Browser, folder: Path, name: str) -> None:
    assert_alone(browser, folder / f"{name}.html")


def test_the_first_screen_holds_the_answer(browser: Browser, folder: Path) -> None:
    for name, words in (
        ("spread", "Every practice has a day, and nothing clashes."),
        ("wanted", "There is not enough for everybody."),
        ("stuck", "1 of 2 practices has no day."),
    ):
        page = opened(browser, folder / f"{name}.html")
        box = page.get_by_role("heading", name=words).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 400
        page.context.close()


def test_every_practice_is_drawn_and_every_reason_told(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "spread.html")
    board, spread = spreads()["spread"]
    drawn = page.locator(".weeks g > title").all_text_contents()
    assert len(drawn) == len(board.practices)
    said = " ".join(page.locator("main").inner_text().split())
    assert all(one.because in said for one in spread.placed.values())
    page.context.close()


def test_a_name_is_never_a_tag(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "stuck.html")
    assert TRICKY in page.locator("main").inner_text()
    assert page.locator("b").count() == 0
    page.context.close()
