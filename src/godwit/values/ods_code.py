"""Organisation codes given by the NHS Organisation Data Service (ODS)."""

import re
from dataclasses import dataclass
from typing import Final, Self

from godwit.values.errors import ValueRefused

_GP_PRACTICE: Final = re.compile(r"[A-Z][0-9]{5}")


@dataclass(frozen=True, slots=True)
class OdsCode:
    """An organisation's code in capitals: 3 to 12 ASCII letters and digits. `parse` also takes small letters.

    Only the shape is known here. Whether the organisation exists, is open, or was succeeded by another is for
    reference data to say.

    Raises `ValueRefused` (`ods_code.characters`, `ods_code.length`).
    Source: NHS Data Dictionary, organisation code; GP data set field `ods_code` (an3 to an12).
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z0-9]*", self.text):
            raise ValueRefused("ods_code.characters")
        if not 3 <= len(self.text) <= 12:
            raise ValueRefused("ods_code.length")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code in capitals or small letters."""
        # The capital of a Turkish dotless i is an ASCII letter, so other alphabets must not reach upper().
        return cls(text.upper() if text.isascii() else text)

    @property
    def is_gp_practice(self) -> bool:
        """Whether the code has the shape of a GP practice: one letter and five digits.

        Some bodies that are not practices share the shape, among them the codes for "no registered practice".
        """
        return _GP_PRACTICE.fullmatch(self.text) is not None

    def __str__(self) -> str:
        return self.text
