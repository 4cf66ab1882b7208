import pickle
from datetime import date

import pytest

from godwit.definitions.calendars import bank_holidays_from, read_bank_holidays, read_working_calendar
from godwit.definitions.errors import DefinitionError

GOOD = """\
edition: made up
division: england-and-wales
source: nowhere
licence: none
snapshot_on: 2020-01-01
known_from: 2020-01-01
known_to: 2020-12-31
holidays:
  - {day: 2020-04-10, name: Good Friday}
  - {day: 2020-12-28, name: Boxing Day, substitute: true}
"""


def test_the_shipped_snapshot_makes_a_calendar() -> None:
    listed, calendar = read_bank_holidays(), read_working_calendar()
    assert calendar.edition == listed.edition
    assert (calendar.known_from, calendar.known_to) == (date(2012, 1, 1), date(2028, 12, 31))
    assert "Open Government Licence v3.0" in listed.licence
    assert not calendar.is_working_day(date(2022, 9, 19)), "a one-off holiday"


@pytest.mark.parametrize("year", range(2012, 2029))
def test_no_year_has_fewer_than_the_eight_usual_days(year: int) -> None:
    assert sum(holiday.day.year == year for holiday in read_bank_holidays().holidays) >= 8


def test_a_good_file_is_read_as_it_stands() -> None:
    friday, boxing_day = bank_holidays_from(GOOD, "a.yaml").holidays
    assert (friday.name, friday.substitute, boxing_day.substitute) == ("Good Friday", False, True)


@pytest.mark.parametrize(
    ("rule", "place", "was", "becomes"),
    [
        ("yaml", "line 10", "Good Friday}", "Good Friday"),
        ("yaml", "line 9", "Good Friday", "!!python/name:os.system x"),
        ("yaml", "a date cannot be", "2020-04-10", "2020-02-30"),
        ("mapping", "a.yaml", GOOD, "- 1"),
        ("mapping", "row 1", "{day: 2020-04-10, name: Good Friday}", "2020-04-10"),
        ("keys", "a.yaml", "edition: made up", "editon: made up"),
        ("keys", "row 2", "substitute", "instead"),
        ("keys", "row 1", ", name: Good Friday", ""),
        ("type", "a.yaml", "source: nowhere", "source: ''"),
        ("type", "row 1", "2020-04-10", "2020-04-10 10:00:00"),
        ("type", "row 1", "2020-04-10", "10/04/2020"),
        ("type", "row 2", "true", "2"),
        ("range", "a.yaml", "known_to: 2020", "known_to: 2019"),
        ("range", "row 2", "known_to: 2020-12-31", "known_to: 2020-12-25"),
        ("unique", "row 2", "2020-12-28", "2020-04-10"),
        ("sorted", "row 2", "2020-12-28", "2020-04-09"),
        ("weekday", "row 2", "2020-12-28", "2020-12-26"),
    ],
)
def test_a_fault_is_named_with_its_place(rule: str, place: str, was: str, becomes: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        bank_holidays_from(GOOD.replace(was, becomes), "a.yaml")
    assert caught.value.rule == rule
    assert place in str(caught.value)


def test_an_error_travels_between_processes() -> None:
    error = DefinitionError("a.yaml", "rule", "because", row=3)
    assert str(pickle.loads(pickle.dumps(error))) == "a.yaml, row 3: because [rule]"  # noqa: S301  # our own bytes
