"""Days as numbers: every table says what the working calendar and the arithmetic of dates say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.definitions.guide.duration import Duration
from godwit.plan.days import Days, days_around
from godwit.values import CalendarExhausted
from tests.support.plain_plan import moved
from tests.support.plans import calendar

DAYS = days_around(calendar(), 2025, 2028)
LENGTHS = [Duration(count, unit) for count in (0, 1, 2, 5, 15, 25) for unit in ("d", "wd", "w", "m")]
lengths = st.sampled_from(LENGTHS)
signs = st.sampled_from([1, -1])
numbers = st.integers(0, DAYS.count - 1)
EXAMPLES = settings(max_examples=200)


@EXAMPLES
@given(
    st.dates(date(2026, 3, 1), date(2027, 12, 1)),
    lengths.filter(lambda one: one.count <= 5),
    signs,
    st.booleans(),
)
def test_a_move_is_what_the_calendar_says(day: date, length: Duration, sign: int, to_working: bool) -> None:
    there = moved(calendar(), day, length, sign)
    wanted = calendar().add_working_days(there, 0) if to_working else there
    assert DAYS.day(DAYS.move(length, sign, to_working)[DAYS.number(day)]) == wanted


@pytest.mark.parametrize("length", LENGTHS, ids=str)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_later_day_is_never_moved_to_an_earlier_one(length: Duration, sign: int) -> None:
    for to_working in (True, False):
        table = DAYS.move(length, sign, to_working)
        assert list(table) == sorted(table)


@EXAMPLES
@given(numbers, lengths, signs, st.booleans())
def test_back_is_the_latest_day_that_still_arrives(
    limit: int, length: Duration, sign: int, to_working: bool
) -> None:
    table, latest = DAYS.move(length, sign, to_working), DAYS.back(length, sign, to_working)[limit]
    assert latest == max((day for day in range(DAYS.count) if table[day] <= limit), default=-1)


@EXAMPLES
@given(numbers, lengths, signs)
def test_reach_is_the_earliest_day_that_leads_far_enough(limit: int, length: Duration, sign: int) -> None:
    table, earliest = (
        DAYS.move(length, sign, to_working=False),
        DAYS.reach(length, sign, to_working=False)[limit],
    )
    assert earliest == min((day for day in range(DAYS.count) if table[day] >= limit), default=DAYS.count - 1)
    assert DAYS.reach(length, sign, to_working=True)[limit] == DAYS.up[earliest]


@EXAMPLES
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_working_days_between_are_counted_as_the_calendar_counts(start: date, end: date) -> None:
    found = DAYS.working_between(DAYS.number(start), DAYS.number(end))
    if start <= end:
        assert found == calendar().working_days_between(start, end)
    else:
        assert found == -DAYS.working_between(DAYS.number(end), DAYS.number(start))


def test_round_up_and_down_over_easter() -> None:
    friday = DAYS.number(date(2026, 4, 3))
    assert DAYS.day(DAYS.up[friday]) == date(2026, 4, 7)
    assert DAYS.day(DAYS.down[friday]) == date(2026, 4, 2)
    assert not DAYS.is_working(friday)


def test_a_day_outside_is_the_nearest_end() -> None:
    assert DAYS.number(date(2020, 1, 1)) == 0
    assert DAYS.number(date(2040, 1, 1)) == DAYS.count - 1
    assert DAYS.move(Duration(5, "wd"), 1, True)[DAYS.count - 1] == DAYS.count - 1
    assert DAYS.move(Duration(5, "wd"), -1, False)[0] == 0


def test_whole_years_are_shared_and_end_with_the_calendar() -> None:
    assert days_around(calendar(), 2025, 2028) is DAYS
    assert isinstance(DAYS, Days)
    assert DAYS.day(0) == date(2025, 1, 1)
    assert (
        days_around(calendar(), 2027, 2040).day(days_around(calendar(), 2027, 2040).count - 1)
        == calendar().known_to
    )


def test_years_of_which_nothing_is_known_are_refused() -> None:
    with pytest.raises(CalendarExhausted):
        days_around(calendar(), 2040, 2044)
