"""The private page: side by side, grouped, warned about, and honest about what is not on it."""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest

from godwit.records.agreed.applying import AgreedUse, Use, agreed_rows, alarms
from godwit.records.evidence.records_page import MOST_ROWS, FindingRow, render_records
from tests.support import summaries
from tests.support.agreeing import agreement

HOSTILE = "<script>alert(1)</script>"


def page(rows: list[FindingRow] | Iterator[FindingRow]) -> str:
    return "".join(render_records(summaries.practice(), rows))


def cause(place: int) -> dict[str, object]:
    found: dict[str, object] = summaries.practice()["causes"][place]
    return found


DOSAGE = 3


def test_it_says_that_it_is_private_on_screen_and_on_paper() -> None:
    html = page([])
    assert "Private: holds patient data" in html
    assert "Do not e-mail" in html
    assert "<strong>Owner:</strong> not named." in html
    assert "PRIVATE" in html[html.index("@page { @top-left") : html.index("</style>")]
    named = "".join(render_records(summaries.practice(), [], owner="Dr A. Example", keep_until="1 May 2027"))
    assert "<strong>Owner:</strong> Dr A. Example" in named
    assert "<strong>Keep until:</strong> 1 May 2027" in named


def test_groups_come_most_severe_first_and_the_index_leads_to_each() -> None:
    html = page(summaries.findings())
    titles = re.findall(r"<h3>(.*?)</h3>", html)
    assert titles[0] == "Result has another value"
    assert titles[-1] == "Entered by another person"
    assert re.findall(r'href="#(cause-\d+)"', html) == re.findall(r'id="(cause-\d+)"', html)


def test_what_differs_is_marked_on_both_sides() -> None:
    row = summaries.finding(1, cause(DOSAGE), source_value="one tablet", target_value="ten tablets")
    html = page([row])
    assert "<del>" in html[html.index("<tbody") :]
    assert "<ins>" in html[html.index("<tbody") :]
    assert "999 000 0001" in html


def test_no_value_an_empty_value_and_no_record_are_told_apart() -> None:
    html = page([
        summaries.finding(1, cause(DOSAGE), target_value=None),
        summaries.finding(2, cause(DOSAGE), target_value=""),
        summaries.finding(3, cause(2), source_value=None, outcome='missing', field=None),
    ])  # fmt: skip
    assert all(
        f'<span class="absent">{words}</span>' in html
        for words in ("No value", "Empty text", "Not in the target", "The whole record")
    )


def test_rows_beyond_the_limit_are_counted() -> None:
    rows = (summaries.finding(number, cause(DOSAGE)) for number in range(1_204))
    html = page(rows)
    assert html.count('<tr role="row" id="') == MOST_ROWS
    assert "200 of 1,204 findings are on this page. The other 1,004 are in findings.parquet" in html


def test_a_cause_that_the_summary_forgot_is_shown_first() -> None:
    row = summaries.finding(1, {**cause(DOSAGE), "cause": "forgotten"})
    html = page([row])
    assert re.findall(r"<h3>(.*?)</h3>", html)[0] == "Not in the summary: forgotten"
    assert "Do not rely on this run." in html


@pytest.mark.parametrize(
    "column",
    [
        "source_value",
        "target_value",
        "reason",
        "source_file",
        "source_id",
        "patient_key",
        "nhs_number",
        "finding",
    ],
)
def test_everything_is_escaped(column: str) -> None:
    html = page([summaries.finding(1, cause(DOSAGE), **{column: HOSTILE})])
    assert "<script" not in html
    assert re.sub(r"</?(del|ins)>", "", html).count("&lt;script&gt;") == 1


def test_it_asks_nothing_of_the_network() -> None:
    assert not re.search(r"https?:|//\w|\bsrc=|@import|<script|url\(", page(summaries.findings()))


def test_it_comes_in_chunks() -> None:
    rows = (summaries.finding(number, cause(DOSAGE)) for number in range(MOST_ROWS))
    assert len(list(render_records(summaries.practice(), rows))) > 10


def test_without_findings_it_claims_no_more_than_was_compared() -> None:
    html = "".join(render_records(summaries.clean(), []))
    assert "no unexplained difference in what was compared" in html


def test_codes_are_shown_one_to_a_line_and_only_the_new_one_is_marked() -> None:
    coded = {**cause(DOSAGE), "field": "drug"}
    html = page([
        summaries.finding(1, coded, source_value='["emis|A1"]', target_value='["emis|A1","snomed|2"]'),
        summaries.finding(2, coded, source_value='["emis|A1","emis|B2"]', target_value=None),
    ])  # fmt: skip
    assert '<span class="value">emis|A1</span>' in html
    assert '<span class="value">emis|A1\n<ins>snomed|2</ins></span>' in html
    assert '<span class="value">emis|A1\nemis|B2</span>' in html


def test_a_reason_is_put_in_words() -> None:
    html = page([summaries.finding(number, cause(DOSAGE), reason=one)
                 for number, one in enumerate(["lost", "kind_of_new", None])])  # fmt: skip
    found = ("Only the source says it.", "Kind of new.", "No reason was recorded.")
    assert all(f"{words}</td>" in html for words in found)


def test_the_worked_example_comes_first_and_is_not_said_twice() -> None:
    rows = list(summaries.findings())
    found = [row if row.finding != "f101" else replace(row, finding="101") for row in rows]
    html = "".join(render_records(summaries.told(), found))
    start = html.index('id="cause-cause-2"')
    group = html[start : html.index("</details>", start)]
    assert group.index("Worked example") < group.index('id="f101"') < group.index("All others, gravest first")
    assert html.count('id="f101"') == 1
    assert "What these findings share:</strong> 10 times as large in the target each time." in group
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_example_is_kept_however_late_it_comes() -> None:
    summary = summaries.practice()
    summary["causes"][DOSAGE]["example"] = 900
    rows = (summaries.finding(number, cause(DOSAGE), finding=str(number)) for number in range(1_204))
    html = "".join(render_records(summary, rows))
    assert 'id="f900"' in html
    assert "201 of 1,204 findings are on this page. The other 1,003 are in findings.parquet" in html


def test_what_findings_share_is_told_with_values_here() -> None:
    html = "".join(
        render_records(
            summaries.told(), summaries.findings(), shared={"cause-1": ("Entered by: dr example",)}
        )
    )
    assert "Entered by: dr example." in html


def test_a_finding_of_another_kind_than_its_cause_says_so() -> None:
    row = summaries.finding(1, cause(DOSAGE), entity="problem", field="status", risk="problem_closed")
    html = page([replace(row, about="Asthma, 2001")])
    assert "<strong>Problems, active or past</strong>" in html
    assert "An active problem is no longer active." in html
    assert '<strong class="about">Asthma, 2001</strong>' in html


def test_a_line_of_several_causes_lists_them() -> None:
    html = "".join(render_records(summaries.told(), []))
    assert "<li>Part 5: 20 findings, 9 patients</li>" in html


def test_a_cause_says_its_id_and_a_line_of_several_has_none() -> None:
    html = "".join(render_records(summaries.told(), []))
    ids = re.findall(r'<code class="id">(.*?)</code>', html)
    *single, several = summaries.told()["causes"]
    assert set(ids) == {one["cause"] for one in single}
    assert several["cause"] not in ids
    assert "godwit agreed propose RUN ID" in html


def with_agreement(use: Use, findings: int) -> dict[str, object]:
    """The practice, with an agreement in force or gone beyond."""
    summary = summaries.practice()
    uses = [AgreedUse(agreement(), use, findings, 2)]
    beyond = [asdict(one) for one in alarms(uses)]
    return summary | {
        "agreed": agreed_rows(uses),
        "causes": [*({**one, "cause": one["id"]} for one in beyond), *summary["causes"]],
    }


def test_what_is_agreed_stands_last_under_its_agreement() -> None:
    rows = [
        replace(summaries.finding(number, cause(DOSAGE)), cause="gone", agreement="A1") for number in (1, 2)
    ]
    html = "".join(render_records(with_agreement("holds", 2), rows))
    assert "Not in the summary" not in html
    assert re.findall(r"<h3>(.*?)</h3>", html)[-1].startswith("Agreed difference A1: ")
    last = html[html.index('<div id="cause-agreed.A1">') :]
    assert last.count('<tr role="row" id="') == 2
    assert "Nothing until 30 June 2027" in last


def test_what_is_beyond_an_agreement_stands_under_its_own_causes() -> None:
    html = "".join(render_records(with_agreement("outside", 9), []))
    alarm = html[html.index('<div id="cause-agreed.A1">') :].partition("</details>")[0]
    assert "These findings stand under the other causes on this page." in alarm
    assert "findings.parquet" not in alarm
    assert "Id, to agree" not in alarm
