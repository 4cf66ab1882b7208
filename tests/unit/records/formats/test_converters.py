"""Every converter: what it makes of good values, and that it keeps what it cannot read."""

from collections.abc import Mapping
from typing import Any

import pytest

from godwit.definitions.comparison import read_code_systems
from godwit.records.errors import ValueUnreadable
from godwit.records.formats import converters
from godwit.records.formats.converters import (
    Converted,
    Converter,
    Nodes,
    Picked,
    Setting,
    civil,
    plain_number,
)
from godwit.values import PartialDate

ISO = Setting(PartialDate.parse_iso, read_code_systems())
HL7 = Setting(PartialDate.parse_hl7, read_code_systems())
SNOMED = "http://snomed.info/sct"
SNOMED_OID = "2.16.840.1.113883.2.1.3.2.4.15"


def run(
    converter: Converter, *nodes: Any, values: Mapping[str, str] | None = None, setting: Setting = ISO
) -> Converted:
    picked: Nodes = [(("path", position), node) for position, node in enumerate(nodes)]
    return converter(Picked("field", picked, values or {}, setting))


# Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nodes", "value", "original"),
    [
        (["one"], "one", None),
        ([" one  two "], " one  two ", None),
        (["one", "two"], "one\ntwo", None),
        (["one", "", "two"], "one\ntwo", "one\n\ntwo"),
        (["", "  "], None, "\n  "),
        ([None, "two"], "two", "\ntwo"),
        ([True], "true", None),
        ([], None, None),
    ],
)
def test_texts_are_joined_as_delivered(nodes: list[Any], value: str | None, original: str | None) -> None:
    made = run(converters.text, *nodes)
    assert made.values.get("field") == value
    assert made.original.get("field") == original
    assert len(made.used) == len(nodes)


def test_words_are_joined_with_spaces() -> None:
    assert run(converters.words, "Mary", "Ann").values == {"field": "Mary Ann"}


@pytest.mark.parametrize(
    "converter",
    [
        converters.text,
        converters.words,
        converters.moment,
        converters.number,
        converters.choice,
        converters.flag,
    ],
)
def test_a_branch_where_a_text_belongs_quarantines_the_record(converter: Converter) -> None:
    with pytest.raises(ValueUnreadable) as caught:
        run(converter, {"secret": "token"})
    assert (caught.value.rule, caught.value.path) == ("value.shape", "path")
    assert "token" not in str(caught.value)


# Moments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivered", "canonical"),
    [
        ("2010", "2010"),
        ("2010-06", "2010-06"),
        ("2010-06-01", "2010-06-01"),
        ("2010-06-01T08:30:00Z", "2010-06-01T09:30:00+01:00"),
        ("2010-06-01T08:30:00+00:00", "2010-06-01T09:30:00+01:00"),
        ("2010-06-01T09:30:00+01:00", "2010-06-01T09:30:00+01:00"),
        ("2010-01-01T08:30:00+00:00", "2010-01-01T08:30:00Z"),
        ("2010-06-01T23:30:00Z", "2010-06-02T00:30:00+01:00"),
        ("2010-06-01T08:30", "2010-06-01T08:30+01:00"),
        ("2010-06-01T08:30:15.250Z", "2010-06-01T09:30:15.25+01:00"),
        ("2010-06-01T08:30:15.000Z", "2010-06-01T09:30:15+01:00"),
    ],
)
def test_iso_moments_are_told_in_english_civil_time(delivered: str, canonical: str) -> None:
    made = run(converters.moment, delivered)
    assert made.values == {"field": canonical}
    assert made.original == ({} if canonical == delivered else {"field": delivered})
    assert made.issues == []


@pytest.mark.parametrize(
    ("delivered", "canonical"),
    [
        ("2010", "2010"),
        ("201006", "2010-06"),
        ("20100601", "2010-06-01"),
        ("20100101083000", "2010-01-01T08:30:00Z"),
        ("20100601083000", "2010-06-01T08:30:00+01:00"),
        ("201006010830", "2010-06-01T08:30+01:00"),
        ("20100601083000+0000", "2010-06-01T09:30:00+01:00"),
        ("20101031003000", "2010-10-31T00:30:00+01:00"),
        ("20101031020000", "2010-10-31T02:00:00Z"),
    ],
)
def test_hl7_moments_without_zone_are_english_civil_time(delivered: str, canonical: str) -> None:
    assert run(converters.moment, delivered, setting=HL7).values == {"field": canonical}


@pytest.mark.parametrize(
    ("delivered", "why"),
    [
        ("2010-10-31T01:30:00", "the clocks showed it twice"),
        ("2010-03-28T01:30:00", "the clocks skipped it"),
    ],
)
def test_a_local_time_that_cannot_be_placed_keeps_no_zone(delivered: str, why: str) -> None:
    made = run(converters.moment, delivered)
    assert made.values == {"field": delivered}, why
    assert made.issues == []


@pytest.mark.parametrize("date", ["2010", "2010-06", "2010-06-01", "1900-01-01"])
@pytest.mark.parametrize("zone", ["", "Z", "+14:00", "-12:00"])
def test_a_date_is_never_moved_by_a_zone(date: str, zone: str) -> None:
    assert civil(PartialDate.parse_iso(date + zone)) == date


def test_the_two_passes_of_a_repeated_hour_stay_apart() -> None:
    first, second = (
        run(converters.moment, text).values for text in ("2010-10-31T00:30:00Z", "2010-10-31T01:30:00Z")
    )
    assert first == {"field": "2010-10-31T01:30:00+01:00"}
    assert second == {"field": "2010-10-31T01:30:00Z"}


@pytest.mark.parametrize(
    "text", ["2010-02-30", "31/01/2010", "2010-06-01T25:00:00Z", "yesterday", "", " 2010", "0000-01-01"]
)
def test_a_moment_that_cannot_be_is_kept_with_an_issue(text: str) -> None:
    made = run(converters.moment, text)
    assert made.values == {"field": f"unreadable:{text}"}
    assert made.original == {"field": text}
    assert made.issues == [("moment.unreadable", "path")]


def test_only_the_first_of_several_moments_is_used() -> None:
    made = run(converters.moment, "2010", "2011")
    assert made.values == {"field": "2010"}
    assert made.used == [("path", 0)], "the second is left for the extras"


# Numbers, words of a list, flags ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivered", "plain"),
    [
        ("72", "72"),
        ("72.50", "72.5"),
        ("072.50", "72.5"),
        (" 7 ", "7"),
        ("100", "100"),
        ("1.0", "1"),
        ("0.0", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("-1.50", "-1.5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("1.5e2", "150"),
        ("1.5E-2", "0.015"),
        ("1e30", "1" + "0" * 30),
    ],
)
def test_numbers_are_plain_decimals(delivered: str, plain: str) -> None:
    assert plain_number(delivered) == plain


@pytest.mark.parametrize(
    "delivered",
    ["1234567890123456789012345678901", "0.1234567890123456789012345678901", "5" * 400],
)
def test_a_long_number_is_kept_exactly_or_refused_but_never_rounded(delivered: str) -> None:
    assert run(converters.number, delivered).values["field"] in (delivered, f"unreadable:{delivered}")


@pytest.mark.parametrize(
    "delivered",
    [
        "", "abc", "1,234.5", "<5", "5 mg", "NaN", "sNaN", "Infinity", "-inf", "1e999999", "1e-999999",
        "0e999999", "1_000", "1e31", "--1", "1/2",
    ],
)  # fmt: skip
def test_what_is_not_a_number_is_kept_with_an_issue(delivered: str) -> None:
    made = run(converters.number, delivered)
    assert made.values == {"field": f"unreadable:{delivered}"}
    assert made.original == {"field": delivered}
    assert made.issues == [("number.unreadable", "path")]


def test_a_word_is_translated_by_the_value_map() -> None:
    made = run(converters.choice, "resolved", values={"resolved": "past"})
    assert (made.values, made.original, made.issues) == ({"field": "past"}, {"field": "resolved"}, [])


def test_a_word_the_map_does_not_know_is_kept_with_an_issue() -> None:
    made = run(converters.choice, "odd", values={"resolved": "past"})
    assert (made.values, made.issues) == ({"field": "unreadable:odd"}, [("choice.unknown", "path")])


def test_without_a_map_any_word_will_do() -> None:
    made = run(converters.choice, "odd")
    assert (made.values, made.original, made.issues) == ({"field": "odd"}, {}, [])


@pytest.mark.parametrize(
    ("node", "value", "issues"),
    [
        (True, "true", 0),
        (False, "false", 0),
        ("true", "true", 0),
        ("false", "false", 0),
        ("yes", "unreadable:yes", 1),
        ("1", "unreadable:1", 1),
    ],
)
def test_flags(node: object, value: str, issues: int) -> None:
    made = run(converters.flag, node)
    assert (made.values, len(made.issues)) == ({"field": value}, issues)
    assert made.original == ({"field": str(node)} if issues else {})
