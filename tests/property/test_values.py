"""What holds for every value, not only for the examples: looked for with made-up input."""

from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise, product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.values import (
    Comparison,
    NhsNumber,
    OdsCode,
    PartialDate,
    Precision,
    ReadV2Key,
    SnomedId,
    ValueRefused,
    WorkingCalendar,
    verhoeff,
)

LONDON = ZoneInfo("Europe/London")
DIGITS = "0123456789"

# ------------------------------------------------------------------------------------------------ made-up input


def is_date(clock: tuple[int, int, int, int, int, int]) -> bool:
    try:
        PartialDate(*clock)
    except ValueRefused:
        return False
    return True


# Few values for each part, so that two dates often lie close together; the ends of every range are among them.
CLOCKS = st.tuples(
    st.sampled_from([1999, 2020, 2021]),
    st.sampled_from([1, 2, 3, 10, 12]),
    st.sampled_from([1, 2, 25, 28, 29, 31]),
    st.sampled_from([0, 1, 2, 12, 23]),
    st.sampled_from([0, 30, 59]),
    st.sampled_from([0, 1, 59]),
).filter(is_date)
FRACTIONS = (
    st.none()
    | st.sampled_from(["0", "000", "5", "50", "500", "49", "05"])
    | st.from_regex("[0-9]{1,9}", fullmatch=True)
)
OFFSETS = st.sampled_from([-720, -330, 0, 60, 840])
ANY_OFFSET = st.none() | OFFSETS


@st.composite
def partial_dates(
    draw: st.DrawFn,
    offsets: st.SearchStrategy[int | None] = ANY_OFFSET,
    clocks: st.SearchStrategy[tuple[int, ...]] = CLOCKS,
) -> PartialDate:
    clock: list[Any] = list(draw(clocks)[: draw(st.sampled_from(Precision))])
    whole = replace(PartialDate(*clock), offset=draw(offsets))
    return replace(whole, fraction=draw(FRACTIONS)) if len(clock) == Precision.SECOND else whole


LOCAL = partial_dates(offsets=st.none())
ZONED = partial_dates(offsets=OFFSETS)
ANYWHERE = partial_dates(clocks=st.datetimes().map(lambda moment: moment.timetuple()[:6]))

# ------------------------------------------------------------------------------------------------ dates and times


@given(ANYWHERE)
def test_iso_text_reads_back_with_every_part(value: PartialDate) -> None:
    assert astuple(PartialDate.parse_iso(value.iso())) == astuple(value)


@given(ANYWHERE)
def test_hl7_text_reads_back_with_every_part(value: PartialDate) -> None:
    zone = value.iso()[len(value.without_zone().iso()) :].replace("Z", "+00:00")
    clock = value.without_zone().iso().translate(str.maketrans("", "", "-T:"))
    hl7 = clock + zone.replace(":", "")
    assert astuple(PartialDate.parse_hl7(hl7)) == astuple(value)


@given(partial_dates())
def test_the_normal_form_is_equal_and_stays_as_it_is(value: PartialDate) -> None:
    assert value.normal() == value
    assert hash(value.normal()) == hash(value)
    assert astuple(value.normal().normal()) == astuple(value.normal())


@given(partial_dates(), partial_dates())
def test_equal_values_hash_alike_and_compare_as_the_same(one: PartialDate, other: PartialDate) -> None:
    assert (one == other) == (one.compare(other) is Comparison.SAME)
    assert one != other or hash(one) == hash(other)


@given(ZONED.filter(lambda value: value.precision >= Precision.MINUTE), OFFSETS)
def test_an_instant_is_equal_to_itself_on_another_clock(instant: PartialDate, offset: int) -> None:
    seen = instant.seen_in(timezone(timedelta(minutes=offset)))
    assert seen.offset == offset
    assert (seen, hash(seen)) == (instant, hash(instant))


@given(ANYWHERE, st.sampled_from(Precision))
def test_a_truncated_value_contains_the_whole_one(value: PartialDate, precision: Precision) -> None:
    if precision <= value.precision:
        assert value.truncate(precision).contains(value)
        assert value.truncate(precision).precision is precision
    else:
        with pytest.raises(ValueRefused):
            value.truncate(precision)


@given(partial_dates(), partial_dates())
def test_a_comparison_turned_round_gives_the_turned_answer(one: PartialDate, other: PartialDate) -> None:
    assert other.compare(one) == one.compare(other).seen_from_the_other()
    assert (one < other) == (other > one)


@given(st.lists(partial_dates(), min_size=3, max_size=6))
def test_before_is_a_strict_partial_order(values: list[PartialDate]) -> None:
    before = {(i, j) for (i, a), (j, b) in product(enumerate(values), repeat=2) if a < b}
    assert not any(i == j for i, j in before)
    assert not any((j, i) in before for i, j in before)
    assert all((i, k) in before for (i, j), (h, k) in product(before, repeat=2) if j == h)


def slow_span(value: PartialDate) -> tuple[Fraction, Fraction]:
    """Start and end (not included, unless they are the same point), in seconds, worked out another way."""
    year, month, day, hour, minute, second = astuple(value)[:6]
    start = datetime(year, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=UTC)
    if month is None:
        end = start.replace(year=year + 1)
    elif day is None:
        end = start.replace(year=year + month // 12, month=month % 12 + 1)
    else:
        size = {3: "days", 4: "hours", 5: "minutes", 6: "seconds"}[value.precision]
        end = start + timedelta(**{size: 1})
    point = Fraction(f"0.{value.fraction or 0}")
    first, after = (Fraction(int(at.timestamp()) - 60 * (value.offset or 0)) for at in (start, end))
    return (first + point, first + point) if point else (first, after)


def slow_comparison(one: PartialDate, other: PartialDate) -> Comparison:
    (a, b), (c, d) = slow_span(one), slow_span(other)
    if (a, b) == (c, d):
        return Comparison.SAME
    if b < c or (b == c and a != b):
        return Comparison.BEFORE
    if d < a or (d == a and c != d):
        return Comparison.AFTER
    if c <= a and b <= d:
        return Comparison.WITHIN
    return Comparison.CONTAINS if a <= c and d <= b else Comparison.OVERLAPS


@given(st.tuples(LOCAL, LOCAL) | st.tuples(ZONED, ZONED))
def test_on_one_clock_the_comparison_is_that_of_the_spans(pair: tuple[PartialDate, PartialDate]) -> None:
    assert pair[0].compare(pair[1]) == slow_comparison(*pair)


@given(LOCAL, ZONED)
def test_an_unwritten_zone_gives_an_answer_only_where_all_zones_agree(
    local: PartialDate, zoned: PartialDate
) -> None:
    found = {replace(local, offset=offset).compare(zoned) for offset in range(-720, 841, 30)}
    answer = local.compare(zoned)
    for sure in (Comparison.BEFORE, Comparison.AFTER):
        assert (answer is sure) == (found == {sure})
    for sure in (Comparison.WITHIN, Comparison.CONTAINS):
        assert (answer is sure) == (found <= {sure, Comparison.SAME})


@given(LOCAL)
def test_every_candidate_in_a_zone_was_shown_there(local: PartialDate) -> None:
    candidates = local.candidates_in_zone(LONDON)
    assert all(astuple(found.seen_in(LONDON).without_zone()) == astuple(local) for found in candidates)
    assert all(one < other for one, other in pairwise(candidates))


@given(st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1)))  # whole-minute offsets
def test_an_instant_is_among_the_candidates_of_what_london_showed(moment: datetime) -> None:
    instant = PartialDate.parse_iso(f"{moment:%Y-%m-%dT%H:%M:%S}Z")
    assert instant in instant.seen_in(LONDON).without_zone().candidates_in_zone(LONDON)


# ------------------------------------------------------------------------------------------------ identifiers


def one_digit_wrong(text: str) -> set[str]:
    return {text[:at] + digit + text[at + 1 :] for at in range(len(text)) for digit in DIGITS} - {text}


def neighbours_swapped(text: str) -> set[str]:
    swapped = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)}
    return swapped - {text}


def accepted(parse: Callable[[str], object], texts: set[str]) -> list[str]:
    return [text for text in texts if rule_for(parse, text) is None]


def rule_for(parse: Callable[[str], object], text: str) -> str | None:
    """The rule that refuses a text, after checking that the refusal says nothing else."""
    try:
        parse(text)
    except ValueRefused as error:
        assert str(error) == str(ValueRefused(error.rule))  # noqa: PT017  # the rule is not known beforehand
        assert error.__context__ is None  # noqa: PT017
        return error.rule
    return None


@given(st.text(DIGITS, min_size=9, max_size=9))
def test_nine_digits_have_one_check_digit_or_none(nine: str) -> None:
    good = accepted(NhsNumber, {nine + last for last in DIGITS})
    expected = NhsNumber.check_digit_for(nine)
    placeholder = rule_for(NhsNumber, f"{nine}{expected}") == "nhs_number.placeholder"
    assert good == ([] if expected is None or placeholder else [nine + expected])


@given(st.text(DIGITS, min_size=9, max_size=9).filter(NhsNumber.check_digit_for))
def test_a_slip_in_an_nhs_number_is_caught(nine: str) -> None:
    number = f"{nine}{NhsNumber.check_digit_for(nine)}"
    assert accepted(NhsNumber, one_digit_wrong(number) | neighbours_swapped(number)) == []


@given(st.text(DIGITS, min_size=1, max_size=17))
def test_verhoeff_catches_a_wrong_digit_and_a_swap(prefix: str) -> None:
    text = prefix + verhoeff.check_digit_for(prefix)
    assert verhoeff.has_good_check_digit(text)
    assert not any(map(verhoeff.has_good_check_digit, one_digit_wrong(text) | neighbours_swapped(text)))


@pytest.mark.parametrize(
    "parse",
    [
        NhsNumber,
        NhsNumber.parse,
        OdsCode.parse,
        SnomedId.parse,
        ReadV2Key.parse,
        PartialDate.parse_iso,
        PartialDate.parse_hl7,
    ],
)
@given(
    st.text() | st.text("0123456789.:-+TZ ") | st.from_regex(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}", fullmatch=True)
)
def test_any_text_is_read_or_refused_without_being_repeated(
    parse: Callable[[str], object], text: str
) -> None:
    rule_for(parse, text)


# ------------------------------------------------------------------------------------------------ working days

FIRST, LAST = date(2018, 1, 1), date(2023, 12, 31)
DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
COUNTS = st.integers(-60, 60)
CALENDARS = st.builds(
    WorkingCalendar, st.just("made up"), st.just(FIRST), st.just(LAST), st.frozensets(DAYS, max_size=30)
)


@given(CALENDARS, DAYS, COUNTS)
def test_counting_back_undoes_counting_on(calendar: WorkingCalendar, start: date, count: int) -> None:
    working = calendar.add_working_days(start, 0)
    assert calendar.add_working_days(calendar.add_working_days(working, count), -count) == working


@given(CALENDARS, DAYS, COUNTS)
def test_days_between_is_the_count_that_led_there(calendar: WorkingCalendar, start: date, count: int) -> None:
    if count or calendar.is_working_day(start):
        assert calendar.working_days_between(start, calendar.add_working_days(start, count)) == count


@given(CALENDARS, DAYS, DAYS)
def test_days_between_is_a_plain_count(calendar: WorkingCalendar, start: date, end: date) -> None:
    span = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    worked = [day for day in span if day.weekday() < 5 and day not in calendar.holidays]
    onwards = sum(start < day <= end for day in worked)
    backwards = sum(end <= day < start for day in worked)
    assert calendar.working_days_between(start, end) == onwards - backwards


@given(CALENDARS, DAYS, DAYS, st.booleans())
def test_a_later_request_is_never_counted_from_an_earlier_day(
    calendar: WorkingCalendar, one: date, other: date, after_five: bool
) -> None:
    first, second = sorted((one, other))
    early, late = (calendar.effective_trigger(day, after_five) for day in (first, second))
    assert early <= late
    assert calendar.is_working_day(early)


@given(CALENDARS, DAYS, DAYS)
def test_an_extra_day_off_never_brings_a_date_forward(
    calendar: WorkingCalendar, start: date, extra: date
) -> None:
    assert calendar.with_extra_days([extra]).add_working_days(start, 5) >= calendar.add_working_days(start, 5)
