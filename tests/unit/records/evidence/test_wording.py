"""How figures, dates and names are written."""

import pytest

from godwit.records.evidence import wording


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 7, "0%"),
        (7, 7, "100%"),
        (999_999, 1_000_000, "99.9%"),
        (1, 1_000_000, "less than 0.1%"),
        (1, 3, "33.3%"),
    ],
)
def test_a_percentage_is_never_rounded_up_to_all(part: int, whole: int, text: str) -> None:
    assert wording.percent(part, whole) == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-11-21T09:30:00+00:00", "21 November 2026, 09:30"),
        ("2026-07-01T23:05:00Z", "2 July 2026, 00:05"),
        ("2026-07-01T23:05:00", "1 July 2026, 23:05"),
    ],
)
def test_an_instant_is_shown_as_the_clocks_of_england_show_it(iso: str, text: str) -> None:
    assert wording.moment(iso) == text


def test_amounts_have_units() -> None:
    assert [wording.size(one) for one in (1, 999, 1_000, 3_312_004_118, 10**16)] == [
        "1 byte", "999 bytes", "1.0 kB", "3.3 GB", "10,000.0 TB",
    ]  # fmt: skip
    assert [wording.duration(one) for one in (0.04, 59.9, 61, 7_260)] == [
        "0.0 seconds", "59.9 seconds", "1 minute 1 second", "2 hours 1 minute",
    ]  # fmt: skip
    assert (wording.count(1, "record"), wording.count(2_000, "record")) == ("1 record", "2,000 records")


def test_names_of_the_model_become_words() -> None:
    assert wording.place("allergy", "onset") == "Allergies, onset"
    assert wording.place("observation", None) == "Observations and results"
    assert wording.place(None, None) == "All kinds of record"
    assert wording.place("new_entity", "new_field") == "New entity, new field"


def test_an_nhs_number_is_grouped_and_anything_else_left_alone() -> None:
    assert wording.nhs_number("9990000001") == "999 000 0001"
    assert wording.nhs_number("A12") == "A12"


def test_text_for_a_style_sheet_cannot_leave_its_quotes() -> None:
    assert wording.css_text('a"</style>') == r"a\22 \3c \2f style\3e "
