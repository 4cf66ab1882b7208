"""Read version 2 keys: a five-byte code with the two-byte code of the term that was chosen."""

import re
from dataclasses import dataclass
from typing import Final, Self

from godwit.values.errors import ValueRefused

_CODE: Final = re.compile(r"(?=.{5}$)[A-Za-z0-9]+\.*")
_TERM_CODE: Final = re.compile(r"[A-Za-z0-9]{2}")


@dataclass(frozen=True, slots=True)
class ReadV2Key:
    """A Read v2 code and term code, such as `0111.` and `00`; the terminology maps are keyed by both.

    Case matters: codes that differ only in the case of a letter are different codes. A supplier's own longer
    codes are not Read codes and are refused.

    Raises `ValueRefused` (`read_code.code`, `read_code.term_code`).
    """

    code: str
    term_code: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueRefused("read_code.code")
        if not _TERM_CODE.fullmatch(self.term_code):
            raise ValueRefused("read_code.term_code")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the two parts written together, code first."""
        return cls(text[:5], text[5:])

    @property
    def text(self) -> str:
        """Both parts together: the key of a map row, compared exactly."""
        return self.code + self.term_code

    def __str__(self) -> str:
        return self.text
