"""Bars never hide a record and never run over the edge."""

import pytest

from godwit.records.evidence.charts import LEAST, outcome_chart, parts, severity_chart, shares
from tests.support import summaries


@pytest.mark.parametrize(
    "counts",
    [[1, 1], [1_000_000, 1], [10**9, 1, 1, 1, 1, 1], [0, 5], [1] * 6, [99, 1, 0, 100_000, 3, 2_000_000]],
)
def test_a_bar_is_full_and_every_part_can_be_seen(counts: list[int]) -> None:
    widths = shares(counts, sum(counts))
    assert sum(widths) == pytest.approx(100)
    assert all((width > 0.9 * LEAST) == (count > 0) for width, count in zip(widths, counts, strict=True))


def test_nothing_is_drawn_for_nothing() -> None:
    assert shares([0, 0], 0) == [0, 0]
    assert parts({"identical": 0}, 0) == ()
    assert outcome_chart(summaries.empty()).bars == ()
    assert severity_chart(summaries.empty()).bars == ()


def test_parts_stand_one_after_the_other() -> None:
    found = parts({"identical": 3, "equivalent": 0, "missing": 1}, 4)
    assert [(one.look, one.start, one.width) for one in found] == [("identical", 0, 75), ("missing", 75, 25)]


def test_every_bar_has_its_figures_in_words() -> None:
    chart = outcome_chart(summaries.practice())
    allergies = next(bar for bar in chart.bars if bar.name == "Allergies")
    assert allergies.note == "10,272 agree, 31 different, 6 missing, 11 unexpected"
    assert "9,870 identical, 402 equivalent, 0 agreed" in allergies.figures
    assert [len(row) for row in chart.table.rows] == [7] * len(chart.bars)


def test_findings_add_up_by_severity() -> None:
    chart = severity_chart(summaries.practice())
    assert chart.table.rows[0] == ("Critical", 3, 29)
    assert sum(int(str(row[2])) for row in chart.table.rows) == sum(
        one["findings"] for one in summaries.practice()["causes"]
    )
