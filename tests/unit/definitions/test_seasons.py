"""The windows of the year: worked out from rules, and held against the bank holidays that are known."""

from datetime import date

import pytest
from pydantic import ValidationError

from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.season_rules import EveryWeekOf, EveryYear, Once, easter_sunday
from godwit.definitions.seasons import Season, Window, read_seasons
from godwit.values.working_calendar import CalendarExhausted

HOLIDAYS = read_bank_holidays()
SEASONS = read_seasons()


def of_kind(kind: str, first: str, last: str) -> list[Window]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [one for one in SEASONS.windows_between(start, end, HOLIDAYS) if one.kind == kind]


def days(windows: list[Window]) -> list[str]:
    return [f"{one.starts}/{one.ends}" for one in windows]


@pytest.mark.parametrize("year", range(2012, 2029))
def test_easter_agrees_with_the_bank_holidays(year: int) -> None:
    [easter] = of_kind("easter", f"{year}-03-01", f"{year}-05-01")
    listed = {one.name: one.day for one in HOLIDAYS.holidays if one.day.year == year}
    assert (easter.starts, easter.ends) == (listed["Good Friday"], listed["Easter Monday"])


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, "1818-03-22"),
        (1943, "1943-04-25"),
        (1954, "1954-04-18"),
        (1981, "1981-04-19"),
        (2038, "2038-04-25"),
    ],
)
def test_easter_at_its_ends_and_in_years_that_need_putting_right(year: int, sunday: str) -> None:
    assert easter_sunday(year) == date.fromisoformat(sunday)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-30", "2026-04-10", ["2026-03-30/2026-04-03 4", "2026-04-06/2026-04-10 4"]),
        ("2027-03-22", "2027-04-02", ["2027-03-22/2027-03-26 4", "2027-03-29/2027-04-02 4"]),
        ("2026-05-18", "2026-06-05", ["2026-05-25/2026-05-29 4"]),
        ("2027-05-24", "2027-06-11", ["2027-05-31/2027-06-04 4"]),
        ("2026-12-19", "2027-01-10", ["2026-12-21/2026-12-25 4", "2026-12-28/2027-01-01 3"]),
        ("2026-12-28", "2026-12-31", ["2026-12-28/2027-01-01 3"]),
        ("2027-12-18", "2028-01-09", ["2027-12-27/2027-12-31 3", "2028-01-03/2028-01-07 4"]),
    ],
)
def test_short_weeks(first: str, last: str, expected: list[str]) -> None:
    found = of_kind("four_day_week", first, last)
    assert [f"{one.starts}/{one.ends} {one.name.split()[2]}" for one in found] == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-02-01", "2026-02-28", ["2026-02-16/2026-02-20"]),
        ("2027-02-01", "2027-02-28", ["2027-02-15/2027-02-19"]),
        ("2026-03-20", "2026-04-20", ["2026-03-30/2026-04-10"]),
        ("2026-05-11", "2026-06-12", ["2026-05-25/2026-05-29"]),
        ("2025-10-01", "2025-11-10", ["2025-10-27/2025-10-31"]),
        ("2026-10-01", "2026-11-10", ["2026-10-26/2026-10-30"]),
        ("2028-10-01", "2028-11-10", ["2028-10-23/2028-10-27"]),
        ("2025-12-01", "2026-01-15", ["2025-12-22/2026-01-02"]),
        ("2027-12-01", "2028-01-15", ["2027-12-20/2027-12-31"]),
        ("2026-08-01", "2026-08-02", ["2026-07-22/2026-09-01"]),
    ],
)
def test_school_holidays_by_the_usual_pattern(first: str, last: str, expected: list[str]) -> None:
    found = of_kind("school_holiday", first, last)
    assert days(found) == expected
    assert all(one.status == "estimate" and "your own council's dates" in one.because for one in found)


def test_the_last_five_working_days_of_a_quarter() -> None:
    assert days(of_kind("quarter_end", "2026-01-01", "2026-12-31")) == [
        "2026-03-25/2026-03-31",
        "2026-06-24/2026-06-30",
        "2026-09-24/2026-09-30",
        "2026-12-23/2026-12-31",  # two bank holidays in between
    ]
    assert days(of_kind("quarter_end", "2028-12-01", "2028-12-31")) == ["2028-12-21/2028-12-31"]


def test_a_quarter_that_ends_at_a_weekend() -> None:
    assert days(of_kind("quarter_end", "2027-10-01", "2027-10-31")) == []
    assert days(of_kind("quarter_end", "2028-09-01", "2028-09-30")) == ["2028-09-25/2028-09-30"]


def test_windows_that_cross_new_year_are_found_from_both_sides() -> None:
    for day in ("2026-12-28", "2027-01-01"):
        assert days(of_kind("christmas", day, day)) == ["2026-12-24/2027-01-01"]


def test_each_bank_holiday_has_its_own_name() -> None:
    found = of_kind("bank_holiday", "2026-05-01", "2026-05-31")
    assert [one.name for one in found] == ["Early May bank holiday", "Spring bank holiday"]


def test_rivals_stand_side_by_side_until_one_is_chosen() -> None:
    start, end = date(2026, 2, 20), date(2026, 10, 15)
    both = SEASONS.windows_between(start, end, HOLIDAYS)
    assert {one.variant for one in both if one.kind in ("flu", "qof")} == {"guide", "standards"}
    chosen = SEASONS.choosing({"flu": "guide", "qof": "standards"}).windows_between(start, end, HOLIDAYS)
    assert [(one.kind, one.variant) for one in chosen if one.variant] == [
        ("qof", "standards"),
        ("flu", "guide"),
    ]
    assert [one for one in both if not one.variant] == [one for one in chosen if not one.variant]


def test_a_variant_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="flu: gude"):
        SEASONS.choosing({"flu": "gude"})


@pytest.mark.parametrize(
    ("range_of_days", "variant", "last"),
    [("09-01..12-31", "guide", "2026-12-31"), ("09-01..03-31", None, "2027-03-31")],
)
def test_a_setting_gives_the_days(range_of_days: str, variant: str | None, last: str) -> None:
    seasons = SEASONS.on_days("flu", range_of_days)
    found = seasons.windows_between(date(2026, 10, 7), date(2026, 10, 7), HOLIDAYS)
    assert [(one.variant, str(one.ends)) for one in found] == [(variant, last)]


@pytest.mark.parametrize("text", ["", "09-01", "09-01..02-30", "September"])
def test_days_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"starts|ends|day"):
        SEASONS.on_days("flu", text)


def test_a_kind_that_no_season_has_cannot_be_moved() -> None:
    with pytest.raises(ValueError, match="release_freeze"):
        SEASONS.on_days("release_freeze", "09-01..12-31")


def test_a_practice_adds_its_own() -> None:
    when = Once(every="once", starts=date(2026, 6, 10), ends=date(2026, 6, 12))
    freeze = Season(name="Freeze", kind="release_freeze", when=when, because="said so", status="stated")
    with_it = SEASONS.joined_by([freeze])
    found = with_it.windows_between(date(2026, 6, 12), date(2026, 6, 12), HOLIDAYS)
    assert [one.name for one in found] == ["Freeze"]


def test_no_release_freeze_is_shipped() -> None:
    assert "release_freeze" not in {season.kind for season in SEASONS.seasons}


def test_days_beyond_the_known_bank_holidays_are_refused() -> None:
    with pytest.raises(CalendarExhausted):
        SEASONS.windows_between(date(2028, 12, 1), date(2029, 1, 1), HOLIDAYS)
    with pytest.raises(ValueError, match="before the first"):
        SEASONS.windows_between(date(2026, 2, 2), date(2026, 2, 1), HOLIDAYS)


def test_a_rule_that_no_common_year_can_keep_is_refused() -> None:
    with pytest.raises(ValidationError):
        EveryYear(every="year", starts="02-01", ends="02-29")
    with pytest.raises(ValidationError):
        EveryWeekOf(every="week_of", day="04-31")
    with pytest.raises(ValidationError, match="ends before it starts"):
        Once(every="once", starts=date(2026, 2, 2), ends=date(2026, 2, 1))


def test_windows_come_in_order_of_their_first_day() -> None:
    found = SEASONS.windows_between(date(2025, 1, 1), date(2028, 12, 31), HOLIDAYS)
    assert [one.starts for one in found] == sorted(one.starts for one in found)
