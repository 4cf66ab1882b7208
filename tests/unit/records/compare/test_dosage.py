"""Directions as they are read, and what is not understood."""

import pytest

from godwit.records.compare.dosage import read_direction, same_direction


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("One daily", {"amount": "1", "frequency": "1 a day"}),
        ("TWO daily", {"amount": "2", "frequency": "daily"}),
        ("2.50ml qds", {"amount": "2.5", "unit": "mL", "frequency": "4 a day"}),
        ("1-2 tabs up to four times a day", {"amount": "1..2", "unit": "tablet", "frequency": "at most 4 a day"}),
        ("Take ONE or TWO every 4 to 6 hours", {"amount": "1..2", "frequency": "every 4..6 hours"}),
        ("Apply thinly once or twice a day", {"verb": "apply", "manner": "thinly", "frequency": "1..2 a day"}),
        ("half a tablet nocte", {"amount": "0.5", "unit": "tablet", "hour": "at night"}),
        ("1 drop b.d. to both eyes", {"amount": "1", "unit": "drop", "frequency": "2 a day", "place": "each eye"}),
        ("SIX ONCE A WEEK on Mondays", {"amount": "6", "frequency": "1 a week", "weekday": "on Mondays"}),
        ("every 4 hours; max 8 in 24 hours", {"frequency": "every 4 hours", "most": "8 in 24 hours"}),
        ("One tds 20 minutes before food", {"amount": "1", "frequency": "3 a day", "food": "20 minutes before food"}),
        ("One daily for 5 days.", {"amount": "1", "frequency": "1 a day", "course": "for 5 days"}),
        ("mdu", {"told": "as directed"}),
    ],
)  # fmt: skip
def test_a_direction_is_read(text: str, says: dict[str, str]) -> None:
    assert read_direction(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tablets twice a day",
        "One tablet two",
        "One bd twice a day",
        "One bd and one nocte",
        "One in the morning then two at night",
        "Do not take one daily",
        "ONE or TWO every 4-6 hours; max 8",
        "One ; two",
        "1/12",
        "1½ tabs daily",
        "1 1/2 tablets daily",
        "1,000 units daily",
        "1,5 ml daily",
        "One drop od",
        "two 5ml spoonfuls bd",
        "One daily (max)",
        "One daily - see letter",
        "8am and 8pm",
    ],
)
def test_any_doubt_is_not_understood(text: str) -> None:
    assert read_direction(text) is None


@pytest.mark.parametrize(
    ("units", "same"),
    [
        (("tablet", "tablet"), True),
        (("tablets", "tab"), True),
        (("Tablet ", None), True),
        ((None, None), False),
        (("capsule", "tablet"), False),
        (("stone", "tablet"), False),
    ],
)
def test_a_number_alone_counts_what_the_quantity_counts(
    units: tuple[str | None, str | None], same: bool
) -> None:
    assert same_direction("One bd", "1 tablet bd", units) is same


def test_what_is_not_understood_is_not_even_equal_to_itself() -> None:
    assert not same_direction("as the doctor said", "as the doctor said")
