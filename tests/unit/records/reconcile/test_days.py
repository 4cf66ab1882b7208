"""Days that ages and spans are reckoned from."""

from datetime import date

import pytest

from godwit.records.reconcile.days import age_bands, band_titles, months_before, year_of_target, years_before


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 3, 1), 12, "2026-03-01"),
        (date(2027, 3, 31), 1, "2027-02-28"),
        (date(2028, 3, 31), 1, "2028-02-29"),
        (date(2027, 1, 15), 1, "2026-12-15"),
        (date(2027, 1, 15), 0, "2027-01-15"),
        (date(2027, 1, 15), 66, "2021-07-15"),
    ],
)
def test_months_before(day: date, months: int, expected: str) -> None:
    assert months_before(day, months) == expected


def test_years_before_is_the_last_birthday_of_that_age() -> None:
    assert years_before(date(2027, 3, 1), 18) == "2009-03-01"


@pytest.mark.parametrize(
    ("day", "first"), [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027), (date(2026, 12, 1), 2026)]
)
def test_the_year_of_targets_begins_in_april(day: date, first: int) -> None:
    assert year_of_target(day) == (date(first, 4, 1), date(first + 1, 3, 31))


def test_bands_are_in_order_and_leave_no_gap() -> None:
    bands = age_bands(date(2027, 3, 1))
    assert list(bands) == sorted(bands)
    assert band_titles()[0] == "0 to 4"
    assert band_titles()[-1] == "85 and over"
    first = next(iter(bands))
    assert (
        "1942-03-01" < first < "1942-03-02"
    )  # who turns 85 today is in the oldest band, with or without a time of day
