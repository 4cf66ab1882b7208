from datetime import date, tzinfo
from zoneinfo import ZoneInfo

import pytest

from godwit.values import Comparison, Moment, PartialDate, Precision, ValueRefused

LONDON = ZoneInfo("Europe/London")
iso = PartialDate.parse_iso


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("parts", {"day": 1}),
        ("parts", {"month": 1, "day": 1, "minute": 1}),
        ("fraction", {"fraction": "5"}),
        ("fraction", {"month": 1, "day": 1, "hour": 1, "minute": 1, "second": 1, "fraction": ""}),
        ("fraction", {"month": 1, "day": 1, "hour": 1, "minute": 1, "second": 1, "fraction": "5x"}),
        ("zone", {"offset": 841}),
        ("zone", {"offset": -721}),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(rule: str, parts: dict[str, int]) -> None:
    with pytest.raises(ValueRefused, match=rf"partial_date\.{rule}:"):
        PartialDate(2020, **parts)  # type: ignore[arg-type]


def test_the_first_and_last_moment_of_a_year() -> None:
    first_second = date(2020, 1, 1).toordinal() * 86_400
    assert iso("2020").earliest() == Moment(first_second, "")
    assert iso("2020").latest() == Moment(first_second + 366 * 86_400 - 1, "~")


def test_moments_of_zoned_times_are_in_utc() -> None:
    assert iso("2020-01-01T00:30+01:00").earliest() == iso("2019-12-31T23:30").earliest()


def test_a_fraction_is_kept_and_its_normal_form_is_equal() -> None:
    delivered = iso("2020-01-01T00:00:00.500")
    assert delivered.fraction == "500"
    assert delivered.normal().iso() == "2020-01-01T00:00:00.5"
    assert iso("2020-01-01T00:00:00.000").normal().fraction is None


def test_zoned_and_unzoned_are_never_equal() -> None:
    assert iso("2020-01-01T00:00Z") != iso("2020-01-01T00:00")
    assert iso("2020-01-01T00:00Z").without_zone() == iso("2020-01-01T00:00")


def test_a_date_is_not_equal_to_its_text() -> None:
    assert iso("2020") != "2020"


def test_truncation_gives_what_is_there_and_makes_nothing_up() -> None:
    assert iso("2020-02-29T10:11:12.5Z").truncate(Precision.SECOND).iso() == "2020-02-29T10:11:12Z"
    with pytest.raises(ValueRefused, match=r"partial_date\.precision"):
        iso("2020-02").truncate(Precision.DAY)


def test_there_is_no_order_that_pretends_to_be_total() -> None:
    year, day = iso("2020"), iso("2020-06-01")
    assert [year < day, year > day, year == day] == [False, False, False]
    with pytest.raises(TypeError):
        _ = year <= day  # type: ignore[operator]


def test_a_day_holds_an_instant_once_the_zone_is_known() -> None:
    """The hazard of a date that shifts: late on 1 June in UTC is 2 June in London."""
    instant = iso("2020-06-01T23:30:00Z")
    assert iso("2020-06-02").compare(instant) is Comparison.INCOMPARABLE
    assert iso("2020-06-02").contains(instant.seen_in(LONDON).without_zone())


def test_a_zone_that_knows_no_offset_is_refused() -> None:
    class Nowhere(tzinfo):
        def utcoffset(self, _: object) -> None:
            return None

        tzname = dst = utcoffset

    with pytest.raises(ValueRefused, match=r"partial_date\.zone_range"):
        iso("2020-01-01T10:00").in_zone(Nowhere())
    with pytest.raises(ValueRefused, match=r"partial_date\.zone_range"):
        iso("2020-01-01T10:00Z").seen_in(Nowhere())
