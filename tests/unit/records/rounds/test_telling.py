"""What the summary says of rounds, and how many there may be."""

from pathlib import Path

import pytest

from godwit.records.rounds.round import limit, standing
from tests.support.rounds_of import CAUSE, Entry, Series, Trial, Wrong

TRIAL = Trial((Entry(1, "a"), Entry(2, "b")), (Wrong(0), Wrong(1, cause="secret.9990001234")))


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "within"), (3, "within"), (4, "near"), (5, "last"), (6, "beyond"), (9, "beyond")],
)
def test_there_are_five_rounds(number: int, said: str) -> None:
    assert limit() == 5
    assert standing(number) == said


def test_the_counter_goes_on_and_past_the_limit(tmp_path: Path) -> None:
    series = Series(tmp_path)
    said = []
    for number in range(6):
        series.go(TRIAL.but(target=f"t{number}"))
        said.append((series.row["round"], series.row["standing"]))
    assert said == [(1, "within"), (2, "within"), (3, "within"), (4, "near"), (5, "last"), (6, "beyond")]
    assert [one["found"] for one in series.row["history"]] == [2] * 6
    assert series.row["previous"] == "run-5"


def test_a_cause_that_no_summary_names_is_told_by_its_kind_alone(tmp_path: Path) -> None:
    series = Series(tmp_path)
    series.go(TRIAL)
    assert {one["cause"] for one in series.row["causes"]} == {CAUSE, "observation.different"}
    assert "9990001234" not in str(series.row)


def test_what_has_come_back_stands_first_and_what_is_fixed_last(tmp_path: Path) -> None:
    series = Series(tmp_path)
    low = Wrong(1, cause="observation.low", severity="low")
    series.go(TRIAL.but(wrong=(Wrong(0), low)))
    series.go(TRIAL.but(wrong=(Wrong(0),), target="t2"))
    assert [one["fixed"] for one in series.row["causes"]] == [0, 1]
    series.go(TRIAL.but(wrong=(low,), target="t3"))
    assert [(one["regressed"], one["fixed"]) for one in series.row["causes"]] == [(1, 0), (0, 1)]
    assert series.row["causes"][1]["title"] == "Observations: value changed"
