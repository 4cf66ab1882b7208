"""Days as files write them."""

import pytest

from godwit.values.written_day import read_day

UK, BARE, ISO = "day/month/year", "yearmonthday", "year-month-day"


@pytest.mark.parametrize(
    ("text", "orders", "day"),
    [
        ("1/2/1950", [UK], "1950-02-01"),
        ("01/Feb/1950", [UK], "1950-02-01"),
        ("19500201", [UK, BARE], "1950-02-01"),
        ("1950-02-01T00:00:00.000", [ISO], "1950-02-01"),
        ("1950-02-01 00:00", [ISO], "1950-02-01"),
        ("1950-02-01 09:30", [ISO], ""),
        ("31/02/1950", [UK], ""),
        ("01/02/50", [UK], ""),
        ("1950201", [BARE], ""),
        ("01/Foo/1950", [UK], ""),
        ("1/2/0950", [UK], ""),
        ("", [UK, BARE, ISO], ""),
    ],
)
def test_a_day_is_read_in_the_first_order_that_fits(text: str, orders: list[str], day: str) -> None:
    assert read_day(text, orders) == day
