"""Run n+1 against run n: fixed, still there, new, back again, or gone so that nobody can tell."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.records.errors import InputRefused
from tests.support.rounds_of import CAUSE, Entry, Series, Trial, Wrong, states

A, B, C = Entry(1, "a", "1"), Entry(1, "b", "2"), Entry(2, "c", "1")
BROKEN = Trial((A, B, C), (Wrong(0), Wrong(1), Wrong(2)))
ALL_STILL = [("still", "a"), ("still", "b"), ("still", "c")]


@pytest.fixture
def series(tmp_path: Path) -> Series:
    return Series(tmp_path)


def test_the_first_round_is_all_new(series: Series) -> None:
    found = series.go(BROKEN)
    assert (found.round, found.previous) == (1, None)
    assert states(series.memory) == [("new", "a"), ("new", "b"), ("new", "c")]
    assert found.counts == {"new": 3, "still": 0, "regressed": 0, "fixed": 0, "gone": 0}


def test_nothing_done_and_all_is_still_there(series: Series) -> None:
    series.go(BROKEN)
    found = series.go(BROKEN.but(target="t2"))
    assert found.round == 2
    assert states(series.memory) == ALL_STILL
    assert {one["first_round"] for one in series.memory} == {1}


def test_one_is_put_right_comes_back_and_is_put_right_again(series: Series) -> None:
    series.go(BROKEN)
    mended = BROKEN.but(wrong=(Wrong(0), Wrong(2)))
    found = series.go(mended.but(target="t2"))
    assert states(series.memory) == [("fixed", "b"), ("still", "a"), ("still", "c")]
    assert found.counts["fixed"] == 1
    found = series.go(BROKEN.but(target="t3"))
    assert states(series.memory) == [("regressed", "b"), ("still", "a"), ("still", "c")]
    assert [one["returns"] for one in series.memory if one["record"] == "b"] == [1]
    series.go(BROKEN.but(target="t4"))
    assert states(series.memory) == ALL_STILL
    found = series.go(mended.but(target="t5"))
    assert (found.round, found.counts["fixed"]) == (5, 1)


def test_what_was_fixed_long_ago_is_remembered_and_not_counted_again(series: Series) -> None:
    series.go(BROKEN)
    clean = BROKEN.but(wrong=())
    assert series.go(clean.but(target="t2")).counts["fixed"] == 3
    assert series.go(clean.but(target="t3")).counts["fixed"] == 0
    assert len(series.memory) == 3
    assert series.go(BROKEN.but(target="t4")).counts["regressed"] == 3


def test_another_order_of_rows_and_other_causes_are_the_same_findings(series: Series) -> None:
    series.go(BROKEN)
    turned = Trial((C, B, A), (Wrong(0, cause="x"), Wrong(1, cause="x"), Wrong(2, cause="x")), target="t2")
    series.go(turned)
    assert states(series.memory) == ALL_STILL
    assert {(one["cause_before"], one["cause"]) for one in series.memory} == {(CAUSE, "x")}


def test_another_field_or_outcome_is_another_finding(series: Series) -> None:
    series.go(BROKEN.but(wrong=(Wrong(0),)))
    series.go(
        BROKEN.but(wrong=(Wrong(0, field="unit"), Wrong(0, field=None, outcome="missing")), target="t2")
    )
    assert states(series.memory) == [("fixed", "a"), ("new", "a"), ("new", "a")]


def test_ids_that_a_system_makes_anew_do_not_matter(series: Series) -> None:
    series.go(BROKEN)
    anew = tuple(Entry(one.patient, f"new-{one.id}", one.code, one.day) for one in (A, B, C))
    series.go(Trial(anew, (Wrong(0), Wrong(2)), target="t2", source="s2"))
    assert states(series.memory) == [("fixed", "b"), ("still", "new-a"), ("still", "new-c")]


def test_without_ids_records_are_told_by_what_they_are_about(series: Series) -> None:
    plain = (Entry(1, None, "1"), Entry(1, None, "1"), Entry(2, None, "1"))
    series.go(Trial(plain, (Wrong(0), Wrong(1), Wrong(2))))
    found = series.go(Trial(plain, (Wrong(1), Wrong(2)), target="t2"))
    assert found.counts == {"new": 0, "still": 2, "regressed": 0, "fixed": 1, "gone": 0}


def test_a_twin_that_breaks_is_not_taken_for_the_one_that_was_mended(series: Series) -> None:
    twins = (A, Entry(1, "twin", "1"))
    series.go(Trial(twins, (Wrong(0),)))
    series.go(Trial(twins, (Wrong(1),), target="t2"))
    assert states(series.memory) == [("fixed", "a"), ("new", "twin")]


def test_a_record_that_left_the_source_was_not_put_right(series: Series) -> None:
    series.go(BROKEN)
    found = series.go(Trial((A, C), (Wrong(0), Wrong(1)), source="s2", target="t2"))
    assert states(series.memory) == [("gone", "b"), ("still", "a"), ("still", "c")]
    assert found.counts["fixed"] == 0
    series.go(BROKEN.but(target="t3"))
    assert states(series.memory) == ALL_STILL


def test_a_patient_who_left_was_not_put_right(series: Series) -> None:
    series.go(BROKEN)
    series.go(Trial((A, B), (Wrong(0), Wrong(1)), patients=(1, 3), source="s2", target="t2"))
    assert states(series.memory) == [("gone", "c"), ("still", "a"), ("still", "b")]


def test_what_should_not_be_in_the_target_is_fixed_when_it_is_gone(series: Series) -> None:
    extra = Trial((A,), (Wrong(0, None, "unexpected"),), extra=(Entry(2, "made-up"),))
    series.go(extra)
    assert states(series.memory) == [("new", "made-up")]
    series.go(Trial((A,), target="t2"))
    assert states(series.memory) == [("fixed", "made-up")]


def test_an_unexpected_record_under_a_new_id_is_still_there(series: Series) -> None:
    unexpected = (Wrong(0, None, "unexpected"),)
    series.go(Trial((A,), unexpected, extra=(Entry(2, "one"),)))
    series.go(Trial((A,), unexpected, extra=(Entry(2, "two"),), target="t2"))
    assert states(series.memory) == [("still", "two")]


def test_the_same_files_again_are_no_further_round(series: Series) -> None:
    series.go(BROKEN)
    found = series.go(BROKEN)
    assert (found.round, found.repeat, found.same_source, found.same_target) == (1, True, True, True)
    assert states(series.memory) == ALL_STILL
    assert [one["round"] for one in series.row["history"]] == [1]


def test_what_came_again_is_told(series: Series) -> None:
    series.go(BROKEN)
    found = series.go(BROKEN.but(target="t2", rules="r2"))
    assert (found.same_source, found.same_target, found.rules_changed) == (True, False, True)


def test_a_clean_round_after_a_clean_one(series: Series) -> None:
    series.go(BROKEN.but(wrong=()))
    assert series.go(BROKEN.but(wrong=(), target="t2")).counts == dict.fromkeys(
        ("new", "still", "regressed", "fixed", "gone"), 0
    )


def test_runs_that_cannot_follow_one_another(series: Series) -> None:
    series.go(BROKEN)
    before = series.previous
    with pytest.raises(InputRefused) as error:
        series.go(BROKEN.but(systems=("tpp", "emis")))
    assert error.value.rule == "round.other_systems"
    with pytest.raises(InputRefused) as error:
        series.go(Trial((Entry(7, "a"),), patients=(7,), target="t2"))
    assert error.value.rule == "round.other_patients"
    series.previous, series.ran = before, -3
    with pytest.raises(InputRefused) as error:
        series.go(BROKEN.but(target="t2"))
    assert error.value.rule == "round.later"
    assert "900000000" not in str(error.value)


ENTRIES = tuple(Entry(number % 3 + 1, f"id{number}", str(number % 2)) for number in range(6))
ROUNDS = st.lists(st.sets(st.integers(0, 5)), min_size=2, max_size=4)


@settings(max_examples=10, deadline=None)
@given(ROUNDS)
def test_every_finding_stands_where_a_plain_reading_of_the_rounds_puts_it(
    tmp_path_factory: pytest.TempPathFactory, wrong: list[set[int]]
) -> None:
    series = Series(tmp_path_factory.mktemp("rounds"))
    for number, broken in enumerate(wrong):
        found = tuple(Wrong(one) for one in sorted(broken))
        series.go(Trial(ENTRIES, found, target=f"t{number}"))
        seen = set().union(*wrong[: number + 1])
        assert states(series.memory) == sorted(
            (plainly(wrong[: number + 1], one), f"id{one}") for one in seen
        )


def plainly(rounds: list[set[int]], one: int) -> str:
    """Where a finding stands, by looking at every round there was."""
    there = [one in broken for broken in rounds]
    if not there[-1]:
        return "fixed"
    if not any(there[:-1]):
        return "new"
    return "still" if there[-2] else "regressed"
