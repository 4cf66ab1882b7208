import logging
import pickle

import pytest

from godwit.values import NhsNumber, NhsNumberRegion, ValueRefused

NUMBER = NhsNumber.parse("999 000 0018")


def first_number_from(start: str) -> NhsNumber:
    """The first number of a block; made here and not written down, as it may be somebody's."""
    for nine in range(int(start), int(start) + 100):
        digit = NhsNumber.check_digit_for(f"{nine:09}")
        if digit is not None:
            return NhsNumber(f"{nine:09}{digit}")
    raise LookupError


def test_the_layout_does_not_matter_to_equality() -> None:
    assert {NUMBER, NhsNumber("9990000018"), NhsNumber.parse("999-000-0018")} == {NUMBER}


def test_the_constructor_takes_the_plain_digits_only() -> None:
    with pytest.raises(ValueRefused, match=r"nhs_number\.digits"):
        NhsNumber("999 000 0018")


def test_it_shows_itself_when_asked() -> None:
    assert (NUMBER.text, NUMBER.display(), NUMBER.is_test) == ("9990000018", "999 000 0018", True)


def test_no_way_of_printing_shows_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("any").info("%s %r %s", NUMBER, NUMBER, [NUMBER])
    printed = [caplog.text, str(NUMBER), repr(NUMBER), f"{NUMBER}", f"{(NUMBER,)}"]
    assert not any("0018" in text for text in printed)


def test_it_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(NUMBER)) == NUMBER  # noqa: S301  # our own bytes


@pytest.mark.parametrize(
    ("start", "region"),
    [
        ("010170000", NhsNumberRegion.SCOTLAND),
        ("290299000", NhsNumberRegion.SCOTLAND),
        ("311299000", NhsNumberRegion.SCOTLAND),
        ("300299000", NhsNumberRegion.UNKNOWN),
        ("310470000", NhsNumberRegion.UNKNOWN),
        ("010070000", NhsNumberRegion.UNKNOWN),
        ("011370000", NhsNumberRegion.UNKNOWN),
        ("320000001", NhsNumberRegion.NORTHERN_IRELAND),
        ("399999000", NhsNumberRegion.NORTHERN_IRELAND),
        ("400000000", NhsNumberRegion.ENGLAND_WALES_IOM),
        ("500000000", NhsNumberRegion.UNKNOWN),
        ("799999000", NhsNumberRegion.ENGLAND_WALES_IOM),
        ("998999000", NhsNumberRegion.UNKNOWN),
        ("999000000", NhsNumberRegion.TEST),
    ],
)
def test_the_block_tells_the_region(start: str, region: NhsNumberRegion) -> None:
    assert first_number_from(start).region is region
