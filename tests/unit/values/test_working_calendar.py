import pickle
from collections.abc import Callable
from datetime import date, datetime

import pytest

from godwit.values import CalendarExhausted, ValueRefused, WorkingCalendar

MONDAY, TUESDAY, SATURDAY = date(2020, 6, 1), date(2020, 6, 2), date(2020, 6, 6)
JUNE = WorkingCalendar("made up", MONDAY, date(2020, 6, 30), frozenset({TUESDAY}))


def test_weekends_holidays_and_extra_days_are_days_off() -> None:
    training = JUNE.with_extra_days([date(2020, 6, 3)])
    assert JUNE.next_working_day(MONDAY) == date(2020, 6, 3)
    assert training.next_working_day(MONDAY) == date(2020, 6, 4)
    assert training.edition == JUNE.edition
    assert not JUNE.is_working_day(SATURDAY)


@pytest.mark.parametrize("day", [date(2020, 5, 31), date(2020, 7, 1)])
def test_every_question_about_an_unknown_day_is_refused(day: date) -> None:
    asked: list[Callable[[], object]] = [
        lambda: JUNE.is_working_day(day),
        lambda: JUNE.add_working_days(day, 1),
        lambda: JUNE.add_working_days(day, 0),
        lambda: JUNE.working_days_between(MONDAY, day),
        lambda: JUNE.working_days_between(day, MONDAY),
        lambda: JUNE.effective_trigger(day, after_five=False),
    ]
    for ask in asked:
        with pytest.raises(CalendarExhausted, match=r"2020-06-01 to 2020-06-30 only \(made up\)"):
            ask()


def test_the_last_day_python_can_hold_ends_a_list_like_any_other() -> None:
    calendar = WorkingCalendar("to the end", date(9999, 12, 1), date.max, frozenset())
    with pytest.raises(CalendarExhausted):
        calendar.next_working_day(date.max)


def test_a_date_with_a_time_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError):
        JUNE.is_working_day(datetime(2020, 6, 2))


def test_days_between_count_the_end_and_not_the_start() -> None:
    assert JUNE.working_days_between(MONDAY, date(2020, 6, 8)) == 4
    assert JUNE.working_days_between(date(2020, 6, 8), MONDAY) == -4
    assert JUNE.working_days_between(SATURDAY, SATURDAY) == 0


def test_the_exhausted_range_can_be_shown_and_sent() -> None:
    error = pickle.loads(pickle.dumps(CalendarExhausted("made up", MONDAY, SATURDAY)))  # noqa: S301  # our own bytes
    assert (error.edition, error.known_from, error.known_to) == ("made up", MONDAY, SATURDAY)


def test_a_calendar_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueRefused, match=r"working_calendar\.range"):
        WorkingCalendar("made up", TUESDAY, MONDAY, frozenset())
    with pytest.raises(ValueRefused, match=r"working_calendar\.days"):
        JUNE.with_extra_days([date(2020, 7, 1)])
