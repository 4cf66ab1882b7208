"""The report says what the summary says: no more, nothing dangerous, and the same each time."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from godwit.records.evidence.report import render_report
from tests.support import summaries

Make = Callable[[], dict[str, Any]]
EVERY = [summaries.practice, summaries.empty, summaries.clean, summaries.crowded, summaries.unbalanced]
HOSTILE = "<script>alert('1')</script>\"&'{{ 7*7 }}</style>*/"


def page(summary: dict[str, Any]) -> str:
    return render_report(summary, summaries.manifest())


def words(html: str) -> str:
    """What a person reads, on one line."""
    body = html[html.index("<body") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace(" .", ".").replace(" ,", ",")


def poisoned(value: Any) -> Any:
    """The same structure with hostile text added to every string that is free text."""
    if isinstance(value, dict):
        return {key: one if key in FIXED else poisoned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one) for one in value]
    return value + HOSTILE if isinstance(value, str) else value


FIXED = {"side", "severity", "started_at", "ended_at"}


@pytest.mark.parametrize("make", EVERY)
def test_the_page_is_whole_and_asks_nothing_of_the_network(make: Make) -> None:
    html = page(make())
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")
    assert html.count("<h1>") == 1
    assert not re.search(r"https?:|//\w|\bsrc=|@import|<script|<iframe|<object", html)
    assert all(one.startswith("#") for one in re.findall(r"url\(([^)]*)\)", html))
    assert set(re.findall(r'href="([^"#]*)', html)) <= {"", "data:,"}
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in html


@pytest.mark.parametrize("make", EVERY)
def test_every_link_inside_the_page_leads_somewhere_and_no_id_is_used_twice(make: Make) -> None:
    html = page(make())
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    named = re.findall(r'href="#([^"]+)"', html) + re.findall(r"url\(#([^)]+)\)", html)
    named += [one for group in re.findall(r'aria-labelledby="([^"]+)"', html) for one in group.split()]
    assert set(named) <= set(ids)


@pytest.mark.parametrize("make", EVERY)
def test_headings_never_skip_a_level(make: Make) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", page(make()))]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_everything_is_escaped() -> None:
    summary = poisoned(summaries.practice())
    html = render_report(summary, poisoned(summaries.manifest()))
    assert "<script" not in html
    assert html.count("</style>") == 1
    assert "{{ 7*7 }}" in html
    style = html[html.index("<style>") : html.index("</style>")]
    assert "alert" in style  # the run id is in the header of printed sheets
    assert "'1'" not in style
    assert HOSTILE not in html


def test_the_same_input_gives_the_same_page() -> None:
    assert page(summaries.practice()) == page(summaries.practice())


def test_the_first_screen_answers_in_plain_words() -> None:
    text = words(page(summaries.practice()))
    assert "EMIS Web extract (source) compared with SystmOne extract (target)." in text
    assert "21 November 2026, 09:30" in text
    assert "Every record is accounted for. 6 causes of difference need a clinical decision" in text
    assert "47 records could not be read" in text
    assert "4,632,836 99.8% of source records compared, 240 of them by agreement" in text
    assert "Find out why 3 patients of the source could not be found in the target." in text
    assert text.index("Critical Result has another value") < text.index("High Dosage is worded differently")


def test_a_clean_run_claims_no_more_than_was_compared() -> None:
    text = words(page(summaries.clean()))
    assert "No unexplained difference in what was compared." in text
    assert "It does not mean that every record arrived." in text
    assert "Appointments" in text[text.index("neither side delivered") :]
    assert "registers, such as those of the Quality and Outcomes Framework, were not compared" in text


def test_a_run_that_compared_nothing_says_so() -> None:
    text = words(page(summaries.empty()))
    assert "Nothing was compared: no record was converted from the source or the target." in text
    assert "All records accounted for Nothing read" in text
    assert "no unexplained difference" not in text.lower()
    assert "100%" not in text


def test_a_run_that_does_not_balance_says_where_whatever_the_summary_claims() -> None:
    text = words(page(summaries.unbalanced()))
    assert "The books do not balance. Do not rely on this run." in text
    assert "Source, Allergies, converted: 10,309, but its parts add up to 10,308." in text
    assert "Every record is accounted for" not in text


def test_a_run_that_reports_an_imbalance_is_believed() -> None:
    text = words(page({**summaries.practice(), "balanced": False}))
    assert "The run itself reports that its books do not balance." in text


def test_reasons_and_files_are_part_of_the_books() -> None:
    summary = summaries.practice()
    summary["set_aside"].pop()
    summary["files"][0]["read"] += 1
    text = words(page(summary))
    assert "Source, set aside: 29,754, but its parts add up to 29,750." in text
    assert "File CareRecord_Observation.csv, read: 2,369,567, but its parts add up to 2,369,566." in text


def test_a_clean_run_with_unreadable_records_says_both() -> None:
    summary = summaries.clean()
    summary["entities"]["allergy"] = summaries.entity(1, 0, 0, 0, 0, 0, 0, 2)
    summary["rejected"] = [
        {"side": "source", "entity": "allergy", "rule": "x", "title": "A reason", "records": 2}
    ]
    text = words(page(summary))
    assert "No unexplained difference in what was compared, but 2 records could not be read." in text


def test_beyond_fifty_causes_the_rest_is_folded_and_none_is_lost() -> None:
    html = page(summaries.crowded())
    assert html.index("250 more rows: Causes of difference") > html.index("What it means")
    assert all(f"coniosis {number}<" in html for number in range(300))


def test_files_beyond_the_page_are_counted() -> None:
    text = words(page(summaries.crowded()))
    assert "180 more rows: Files" in text
    assert "700 more rows did not fit on this page. summary.json, beside it, holds them all." in text


def test_billions_are_written_with_separators() -> None:
    assert "4,632,836,000" in words(page(summaries.crowded()))


def test_patients_with_a_difference_are_never_added_up_over_causes() -> None:
    summary = summaries.practice()
    assert "1,902 or more" in words(page(summary))
    summary["patients"]["affected"] = 3_412
    assert "Patients with a difference 3,412" in words(page(summary))


def test_the_manifest_need_not_be_finished() -> None:
    manifest = summaries.manifest()
    del manifest["outputs"], manifest["ended_at"]
    assert "21 November 2026, 09:26" in render_report(summaries.practice(), manifest)


def test_a_missing_part_of_the_summary_is_an_error() -> None:
    summary = summaries.practice()
    del summary["causes"]
    with pytest.raises(KeyError):
        page(summary)


def test_a_rule_is_shown_once_with_all_its_uses() -> None:
    text = words(page(summaries.practice()))
    assert text.count("Seconds that were never recorded are shown as noughts") == 1
    assert "4 places" in text
    assert "63,458" in text


def test_what_was_left_out_is_named_once() -> None:
    summary = summaries.practice()
    summary["not_compared"] = [
        {
            "entity": "allergy",
            "field": "onset",
            "title": "onset: the format of the target has no place for it",
        }
    ]
    assert "Allergies onset the format of the target has no place for it" in words(page(summary))
