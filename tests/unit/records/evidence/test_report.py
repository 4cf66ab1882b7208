"""The report says what the summary says: no more, nothing dangerous, and the same each time."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from godwit.records.evidence.advice import example
from godwit.records.evidence.report import render_report
from godwit.records.evidence.report_parts import SECTIONS, filled
from tests.support import summaries

Make = Callable[[], dict[str, Any]]
EVERY = [
    summaries.practice,
    summaries.told,
    summaries.empty,
    summaries.clean,
    summaries.crowded,
    summaries.unbalanced,
]
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
    assert set(re.findall(r'href="([^"#]*)', html)) <= {"", "data:,", "records.html"}
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


def test_files_are_folded_and_those_beyond_the_page_are_counted() -> None:
    assert "Files as delivered, with their fingerprints: 2 rows" in words(page(summaries.told()))
    text = words(page(summaries.crowded()))
    assert "Files, with what could not be read first: 900 rows" in text
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


def test_the_books_stand_in_one_line_for_each_kind_of_record_and_side() -> None:
    text = words(page(summaries.practice()))
    assert text.count("Source: what was read, and what became of it: ") == 1
    side = text[text.index("Source: what was read, and what became of it Kind of record") :]
    head = "Read = Unreadable + Set aside + Converted = Identical + Equivalent + Agreed + Different + Missing Adds up"
    assert head in side
    assert "Allergies 10,310 1 0 10,309 9,870 402 0 31 6 Yes" in side


def test_where_no_rule_was_used_what_a_format_cannot_hold_is_behind_the_equivalent() -> None:
    loss = {"loss": "day", "title": "Only the day", "source": "notes 2", "entity": "allergy", "field": "onset",
            "records": 3}  # fmt: skip
    summary = {**summaries.practice(), "equivalences": []}
    assert "No rule was used. Nothing was explained away." in words(page(summary))
    with_loss = words(page({**summary, "losses": [loss]}))
    assert "Whatever is equivalent here differs only in what a format cannot hold." in with_loss


def test_without_urgent_causes_the_first_screen_names_the_first_of_the_others() -> None:
    summary = summaries.told()
    summary["causes"] = [{**one, "severity": "low"} for one in summary["causes"]]
    summary["patients"]["urgent"] = 0
    html = page(summary)
    first = html[html.index('id="matters"') : html.index('id="next"')]
    assert (
        "No cause of critical or high risk was found in what was compared. What else differs, first:"
        in words(first.replace("id=", "<body id=", 1))
    )
    assert first.count("<li>") == 2
    text = words(html)
    assert "none of them one of critical or high risk" in text
    assert "Settle the 9 causes of medium or low risk" in text


def test_rows_that_are_not_printed_are_counted_where_they_end() -> None:
    odd = [{"side": "source", "title": f"oddity {one}", "count": 1} for one in range(12)]
    html = page({**summaries.practice(), "issues": odd})
    assert html.count('<tr class="screen">') == 2
    assert '<p class="paper">And 2 more rows, on the screen and in summary.json.</p>' in html


def test_what_was_left_out_is_named_once() -> None:
    summary = summaries.practice()
    summary["not_compared"] = [
        {
            "entity": "allergy",
            "field": "onset",
            "title": "onset: the format of the target has no place for it",
        }
    ]
    text = words(page(summary))
    assert (
        "Left out: the format of the target has no place for it Kind of record What Allergies onset" in text
    )


def test_the_first_screen_gives_the_gravest_cause_an_example_and_what_to_do() -> None:
    html = page(summaries.told())
    first = html[html.index('id="matters"') : html.index('id="next"')]
    text = words(first.replace("id=", "<body id=", 1))
    assert "Critical Result has another value 13 patients, 14 findings" in text
    example = "one record under Observations and results whose value is not the same on both sides"
    assert f"For example: {example} (10 times as large in the target each time). See it side by side" in text
    assert "What to do: Compare each with the laboratory report." in text
    assert 'href="records.html#f101"' in first
    assert 'href="records.html#cause-cause-2"' in first
    assert "3,412 patients of 11,396 have a difference of some kind; 812 of them one of critical" in words(
        html
    )


def test_a_cause_says_its_id_where_one_can_agree_to_it() -> None:
    html = page(summaries.told())
    *single, _ = summaries.told()["causes"]  # the last is a line of several
    assert set(re.findall(r'<code class="id">(.*?)</code>', html)) == {one["cause"] for one in single}
    assert "<code>godwit agreed propose RUN ID --file agreed.yaml</code>" in html
    assert "godwit agreed" not in page(summaries.practice() | {"causes": []})


def test_a_cause_says_what_its_findings_share_and_what_stands_in_it() -> None:
    text = words(page(summaries.told()))
    assert "All of code SNOMED CT 91936005, Allergy to penicillin." in text
    assert "With it on the same records: unit" in text
    assert "5 critical, 4 high" in text
    assert "Part 3: 20 findings and 2 more" in text
    assert "Hazards: H17, H07" in text


def test_hazards_are_named_with_their_causes() -> None:
    text = words(page(summaries.told()))
    table = text[text.index("Hazards, with the causes") :]
    assert (
        "An allergy is lost or only text H02, HZ-05 no warning at the next prescription Allergy not found"
        in table
    )
    assert "Hazards that the causes touch" not in words(page(summaries.practice()))


def test_inherited_degradation_is_told_from_new() -> None:
    text = words(page(summaries.told()))
    assert (
        "2 entries lost their code in this migration; 4 entries of the source had lost theirs before." in text
    )
    assert "Allergies to a drug 2 0.01 3 0.02 0 1 0" in text
    none = {**summaries.told(), "degradation": []}
    assert "No entry of either side is without its code." in words(page(none))
    assert "Entries without their code" not in words(page(summaries.practice()))


def test_every_section_has_an_anchor_that_the_contents_lead_to() -> None:
    summary = summaries.told()
    html = page(summary)
    there = {one.section for one in filled(summary)}
    assert len(there) > 12
    for section in SECTIONS:
        assert (f'<h2 id="{section.id}">' in html) == (section in there)
        assert (f'<li><a href="#{section.id}">{section.title}</a></li>' in html) == (section in there)


def test_the_first_screen_says_whether_the_run_could_see() -> None:
    sentence = "This run planted 296 faults in a copy of its own records and found all of them."
    assert sentence in words(page(summaries.told()))
    assert sentence not in words(page(summaries.practice()))
    blind = words(page({**summaries.told(), "control": summaries.control(missed=2)}))
    assert "This run overlooks faults. Do not rely on it." in blind
    assert sentence not in blind


def test_each_of_the_first_causes_has_an_example_and_what_to_do_is_said_once() -> None:
    summary = summaries.told()
    for one in summary["causes"]:
        one["action"] = "Look at them."
    text = words(page(summary))
    first = text[: text.index("And ")]
    assert first.count("For example:") == 4
    assert first.count("What to do:") == 1


def test_what_was_not_compared_stands_under_its_reason_in_one_line_for_each_kind() -> None:
    why = "the format of the target has no place for it"
    summary = summaries.told()
    summary["not_compared"] = [
        {"entity": "allergy", "field": "onset", "title": f"onset: {why} (3 in the source)"},
        {"entity": "allergy", "field": "end_date", "title": f"end: {why} (1 in the source)"},
        {
            "entity": "allergy",
            "field": "extras",
            "title": "other information: no common field (9 in the source)",
        },
        {
            "entity": "problem",
            "field": "extras",
            "title": "other information: no common field (9 in the source)",
        },
    ]
    text = words(page(summary))
    assert (
        f"Left out: {why} Kind of record What Allergies onset (3 in the source), end (1 in the source)"
        in text
    )
    assert "Left out: no common field Kind of record What Allergies, Problems other information" in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"outcome": "missing", "field": None},
            "one record under Recalls and diary entries, in the source and not",
        ),
        (
            {"outcome": "unexpected", "field": None},
            "one record under Recalls and diary entries, in the target and not",
        ),
        ({"field": "patient"}, "one record that is in one patient's record in the source and in another's"),
        (
            {"entity": "patient", "outcome": "missing", "field": None},
            "one patient, in the source and not in the target",
        ),
        ({"pattern": ["all of one code (see the private page)"]}, "whose due is not the same on both sides"),
    ],
)
def test_an_example_is_told_in_words_of_form(changes: dict[str, Any], expected: str) -> None:
    cause = {"entity": "recall", "field": "due", "outcome": "different", "pattern": []}
    assert expected in example({**cause, **changes})
    assert "private page" not in example({**cause, **changes})
