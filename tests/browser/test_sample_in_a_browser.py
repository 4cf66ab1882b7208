"""What two readers can do with the sample page, in a real Chromium."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from godwit.records.evidence.sample.gathering import gather_sample
from godwit.records.evidence.sample.page import render_sample
from godwit.records.sampling.drawing import SampleOrder
from tests.support.browsing import DESKTOP, NARROW, accessibility, assert_alone, opened, unfold
from tests.support.sampled import Practice, sampled


def practice() -> Practice:
    """Six patients, the first with something of every kind."""
    made = Practice()
    made.patient(
        1,
        family="Sandpiper",
        given="Wilma Featherstonehaughcholmondeley",
        confidentiality="confidential",
        carer="a daughter (daughter)",
    )
    for number in range(30):
        made.both(
            "observation", 1, code_term='["Cough"]', effective=f"2020-03-{number + 1:02}", text="Better " * 20
        )
    made.both(
        "observation",
        1,
        {"value": "705"},
        code_term='["Body weight"]',
        value="70.5",
        unit="kg",
        effective="2020-03-05",
    )
    made.both(
        "observation", 1, code_term='["Counselling"]', confidentiality="confidential", effective="2020-03-06"
    )
    made.only("source", "allergy", 1, agent="penicillin", onset="2001-02-03")
    made.only("target", "document", 1, title="x" * 90, created="2001-02-03")
    made.both(
        "medication_authorisation",
        1,
        drug_term='["Senna"]',
        status="active",
        dosage="one at night",
        start="2020",
    )
    for person in range(2, 7):
        made.patient(person)
        made.both("problem", person, code_term='["Asthma"]', status="active", onset="1999-01-01")
    return made


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("sample")
    with sampled(practice(), here / "work", SampleOrder(6)) as (duck, sample):
        gathered = gather_sample(duck, sample)
        facts = {"run": "compare-test", "sides": ("Old system", "New system")}
        (here / "sample.html").write_text("".join(render_sample(gathered, facts, {})), encoding="utf-8")
    return here / "sample.html"


def open_first(page: Page) -> None:
    page.get_by_text("SANDPIPER, Wilma").nth(1).click()


def printed_sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_it_opens_from_a_folder_and_asks_for_nothing_else(browser: Browser, file: Path) -> None:
    assert_alone(browser, file)


@pytest.mark.parametrize("width", [DESKTOP, NARROW])
def test_it_breaks_no_rule_of_accessibility(browser: Browser, file: Path, width: int) -> None:
    page = opened(browser, file, width, bypass_csp=True)
    for folded in (True, False):
        if not folded:
            unfold(page)
        broken, kept = accessibility(page)
        assert broken == []
        assert kept > 10
    page.context.close()


def test_a_narrow_screen_scrolls_down_only(browser: Browser, file: Path) -> None:
    page = opened(browser, file, NARROW)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    page.context.close()


def test_only_what_differs_is_left_without_any_script(browser: Browser, file: Path) -> None:
    page = opened(browser, file, java_script_enabled=False)
    open_first(page)
    assert page.get_by_text("Cough").first.is_visible()
    page.get_by_label("Show only what differs").check()
    assert not page.get_by_text("Cough").first.is_visible()
    assert page.get_by_text("Body weight").first.is_visible()
    assert page.get_by_text("penicillin").first.is_visible()
    page.context.close()


def test_a_link_of_the_index_opens_its_patient(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.get_by_role("link", name="P02").click()
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelectorAll('details.patient[open]').length") == 1
    page.context.close()


def test_a_confidential_entry_is_hidden_until_somebody_opens_it(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    open_first(page)
    entry = page.get_by_text("Counselling").first
    assert not entry.is_visible()
    page.get_by_text("Marked confidential. Open to read").first.click()
    assert entry.is_visible()
    page.context.close()


def test_only_open_patients_are_printed_each_from_a_new_sheet(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    closed = printed_sheets(page)
    open_first(page)
    one = printed_sheets(page)
    unfold(page)
    assert closed <= 2
    assert one > closed
    assert printed_sheets(page) >= one + 5
    page.emulate_media(media="print")
    assert page.get_by_text("What the reader found: P01").is_visible()
    page.context.close()


def test_nothing_is_wider_than_the_sheet(browser: Browser, file: Path) -> None:
    page = opened(browser, file, width=688)  # an A4 sheet within its margins
    unfold(page)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    page.context.close()
