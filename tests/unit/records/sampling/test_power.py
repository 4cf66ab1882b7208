"""What a random sample can see: the formula against counting every sample there is."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from godwit.records.sampling.power import power, seen, touched_at


def counted(population: int, touched: int, sample: int) -> float:
    """The share of all samples that hold one of the first `touched` patients."""
    every = list(combinations(range(population), sample))
    return sum(any(one < touched for one in drawn) for drawn in every) / len(every)


@pytest.mark.parametrize("population", [1, 2, 5, 8])
def test_it_is_the_share_of_all_samples_that_hold_a_touched_patient(population: int) -> None:
    for touched in range(population + 1):
        for sample in range(population + 1):
            assert seen(population, touched, sample) == pytest.approx(counted(population, touched, sample))


def test_the_figures_that_the_issue_and_the_literature_give() -> None:
    """Twenty records see a fault in 1% of patients with p = 0.18 and bound its rate below 13.9% (users' notes, M1)."""
    twenty = power(13_000, 20)
    assert {one.rate: round(one.seen, 2) for one in twenty.chances}[0.01] == 0.18
    assert twenty.rules_out_share == pytest.approx(0.139, abs=0.001)
    needed = dict(twenty.needed)
    assert 295 <= needed[0.01] <= 299
    assert (
        2_600 <= needed[0.001] <= 2_995
    )  # without putting anybody back, a little less than the 2,995 with it


@given(some.integers(1, 60), some.data())
def test_what_is_ruled_out_is_the_smallest_number_that_is(population: int, data: some.DataObject) -> None:
    sample = data.draw(some.integers(1, population))
    found = power(population, sample).rules_out
    assert found is not None
    assert seen(population, found, sample) >= 0.95
    assert seen(population, found - 1, sample) < 0.95


@given(some.integers(1, 200), some.floats(0.0001, 1))
def test_a_rate_means_whole_patients_and_at_least_one(population: int, rate: float) -> None:
    assert 1 <= touched_at(rate, population) <= population
    assert touched_at(rate, population) >= rate * population - 1e-6


def test_reading_everybody_sees_everything_and_reading_nobody_sees_nothing() -> None:
    assert {one.seen for one in power(50, 50).chances} == {1.0}
    assert power(50, 50).rules_out == 1
    nobody = power(50, 0)
    assert {one.seen for one in nobody.chances} == {0.0}
    assert nobody.rules_out is None
    assert power(0, 0).chances == ()


@pytest.mark.parametrize("figures", [(5, 6, 1), (5, 1, 6), (5, -1, 1)])
def test_more_than_there_are_is_refused(figures: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="than there are"):
        seen(*figures)
