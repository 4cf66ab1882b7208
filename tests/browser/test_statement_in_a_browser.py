"""The statement of an evidence pack as a lead GP opens it, in a real Chromium."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from godwit.papers.pack.archive import unpacked
from tests.support import summaries
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened, unfold
from tests.support.packs import key_of, made, sealed_run

PAGES = ("practice", "crowded", "empty", "unbalanced")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the statements of some made-up runs."""
    here = tmp_path_factory.mktemp("statements")
    for name in PAGES:
        run = sealed_run(here / name, getattr(summaries, name)())
        page = unpacked(made(run, key_of(1))[1])["statement.html"]
        (here / f"{name}.html").write_bytes(page)
    return here


@pytest.mark.parametrize("name", PAGES)
def test_a_statement_asks_for_nothing_else(browser: Browser, folder: Path, name: str) -> None:
    assert_alone(browser, folder / f"{name}.html")


@pytest.mark.parametrize("width", [DESKTOP, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_a_statement_breaks_no_rule_of_accessibility(
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


def test_the_answer_is_on_the_first_screen(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "practice.html")
    place = page.get_by_text("records of the source did not arrive").bounding_box()
    contents = page.get_by_role("heading", name="On this page").bounding_box()
    assert place
    assert contents
    assert place["y"] < min(600, contents["y"])
    page.context.close()


def test_the_annexes_are_folded_on_the_screen_and_whole_on_paper(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "practice.html")
    line = page.get_by_text("no claim that any requirement is met")
    assert not line.is_visible()
    page.emulate_media(media="print")
    assert line.is_visible()
    page.emulate_media(media="screen")
    page.get_by_text("Show annex D").click()
    assert line.is_visible()
    page.context.close()


def test_the_contents_lead_to_the_sign_off(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "practice.html")
    page.get_by_role("link", name="Sign-off").click()
    place = page.get_by_role("heading", name="Sign-off").bounding_box()
    assert place
    assert 0 <= place["y"] < 400
    page.context.close()
