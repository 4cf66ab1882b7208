"""NHS numbers: ten digits with a modulus 11 check digit.

A good check digit shows only that the number was not mistyped. The number may still be superseded,
invalidated or another person's, so it is never proof of identity.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from godwit.values.errors import ValueRefused

_TEXT: Final = re.compile(r"[0-9]{10}")
_GROUPED: Final = re.compile(r"([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})")

# Numbers typed to fill a box; each of them passes the check digit.
_PLACEHOLDERS: Final = frozenset({*(digit * 10 for digit in "0123456789"), "0123456789", "9876543210"})

_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NhsNumberRegion(StrEnum):
    """Whose block of numbers an NHS number falls in, by its digits alone; not where the patient lives."""

    ENGLAND_WALES_IOM = "england_wales_iom"
    SCOTLAND = "scotland"
    """Shaped as a Community Health Index number: it starts with a day, a month and two digits of a year."""
    NORTHERN_IRELAND = "northern_ireland"
    TEST = "test"
    """999 000 0000 and upwards: never issued to a person."""
    UNKNOWN = "unknown"
    """In no published block, or where published accounts of the blocks disagree."""


@dataclass(frozen=True, slots=True, repr=False)
class NhsNumber:
    """An NHS number. `text` is its ten digits with nothing between; build from other layouts with `parse`.

    Printing the object shows a mask, so that a log line or a traceback cannot leak a number; ask for `text`
    or `display()` when a person entitled to see it needs it.

    Raises `ValueRefused` (`nhs_number.digits`, `.length`, `.placeholder`, `.check_digit`).
    Source: NHS Data Dictionary, NHS number (modulus 11).
    """

    text: str

    def __post_init__(self) -> None:
        if not _TEXT.fullmatch(self.text):
            raise ValueRefused(_broken_rule(self.text))
        if self.text in _PLACEHOLDERS:
            raise ValueRefused("nhs_number.placeholder")
        if self.check_digit_for(self.text[:9]) != self.text[9]:
            raise ValueRefused("nhs_number.check_digit")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ten digits, written together or 3-3-4 with a single space or hyphen between the groups.

        Raises `ValueRefused` as the class does, and with `nhs_number.layout` for ten digits grouped
        otherwise.
        """
        grouped = _GROUPED.fullmatch(text)
        if grouped is None:
            raise ValueRefused(_broken_rule(re.sub("[ -]", "", text)))
        return cls(grouped[1] + grouped[3] + grouped[4])

    @classmethod
    def is_one(cls, text: str) -> bool:
        """Whether ten digits written together are an NHS number."""
        try:
            cls(text)
        except ValueRefused:
            return False
        return True

    @staticmethod
    def check_digit_for(nine: str) -> str | None:
        """The tenth digit that nine digits call for, or None where it would be 10 and there is no number."""
        weighted = (int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
        check = -sum(weighted) % 11
        return None if check == 10 else str(check)

    @property
    def is_test(self) -> bool:
        """Whether the number is in the range kept for tests: 999 000 0000 upwards."""
        return self.text.startswith("999")

    @property
    def region(self) -> NhsNumberRegion:
        """Whose block the number falls in."""
        block = int(self.text[:3])
        if self.is_test:
            return NhsNumberRegion.TEST
        if 320 <= block <= 399:
            return NhsNumberRegion.NORTHERN_IRELAND
        if 400 <= block <= 499 or 600 <= block <= 799:
            return NhsNumberRegion.ENGLAND_WALES_IOM
        return NhsNumberRegion.SCOTLAND if _starts_with_a_day(self.text) else NhsNumberRegion.UNKNOWN

    def display(self) -> str:
        """The number as people read it: groups of three, three and four with spaces between."""
        return f"{self.text[:3]} {self.text[3:6]} {self.text[6:]}"

    def __repr__(self) -> str:
        return "NhsNumber(***)"


def _starts_with_a_day(text: str) -> bool:
    # The century is not written, so 29 February is always possible.
    day, month = int(text[:2]), int(text[2:4])
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]


def _broken_rule(digits: str) -> str:
    if not re.fullmatch("[0-9]*", digits):
        return "nhs_number.digits"
    return "nhs_number.length" if len(digits) != 10 else "nhs_number.layout"
