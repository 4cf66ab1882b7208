"""SNOMED CT identifiers (SCTIDs): their shape, kind, namespace and check digit."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from godwit.values import verhoeff
from godwit.values.errors import ValueRefused


class SnomedKind(StrEnum):
    """What kind of component an identifier is for."""

    CONCEPT = "concept"
    DESCRIPTION = "description"
    RELATIONSHIP = "relationship"


_KINDS: Final = {"0": SnomedKind.CONCEPT, "1": SnomedKind.DESCRIPTION, "2": SnomedKind.RELATIONSHIP}
_FORMATS: Final = {"0": False, "1": True}
_LONG_AT_LEAST: Final = 11  # one digit of item, seven of namespace, two of partition, one to check


@dataclass(frozen=True, slots=True)
class SnomedId:
    """A SNOMED CT identifier as text: 6 to 18 digits that end in a two-digit partition and a check digit.

    The text is kept because a spreadsheet's number cannot hold 18 digits: one that went through a spreadsheet
    often ends in noughts and is refused by its check digit. Nothing here says that the component exists or is
    active.

    Raises `ValueRefused` (`snomed_id.digits`, `.length`, `.leading_zero`, `.check_digit`, `.partition`,
    `.namespace`). Source: SNOMED CT Release File Specification, component identifiers.
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9]*", self.text):
            raise ValueRefused("snomed_id.digits")
        if not 6 <= len(self.text) <= 18:
            raise ValueRefused("snomed_id.length")
        if self.text.startswith("0"):
            raise ValueRefused("snomed_id.leading_zero")
        if not verhoeff.has_good_check_digit(self.text):
            raise ValueRefused("snomed_id.check_digit")
        if self.partition[0] not in _FORMATS or self.partition[1] not in _KINDS:
            raise ValueRefused("snomed_id.partition")
        if self.is_long and len(self.text) < _LONG_AT_LEAST:
            raise ValueRefused("snomed_id.namespace")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the digits as they stand: no spaces, no sign, no decimal point."""
        return cls(text)

    @classmethod
    def with_check_digit(cls, prefix: str) -> Self:
        """Make an identifier from everything but its check digit, for made-up data and tests.

        `prefix` is the item, the namespace if the format is long, and the partition.
        """
        if not re.fullmatch("[0-9]*", prefix):
            raise ValueRefused("snomed_id.digits")
        return cls(prefix + verhoeff.check_digit_for(prefix))

    @property
    def partition(self) -> str:
        """The two digits before the check digit: the format (0 short, 1 long), then the kind."""
        return self.text[-3:-1]

    @property
    def kind(self) -> SnomedKind:
        """What the identifier is for."""
        return _KINDS[self.partition[1]]

    @property
    def is_long(self) -> bool:
        """Whether the identifier names the organisation that made it."""
        return _FORMATS[self.partition[0]]

    @property
    def namespace(self) -> str | None:
        """The seven digits of the organisation that made a long-format identifier; None for short format."""
        return self.text[-10:-3] if self.is_long else None

    def __str__(self) -> str:
        return self.text
