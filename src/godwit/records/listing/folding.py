"""Names, addresses and postcodes without their form: small letters, no accents, no punctuation, single blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_APOSTROPHES = re.compile("['\u2019`\u00b4]")
_NO_LETTER = re.compile(r"[^0-9a-z]+")
_SOUNDS = {letter: digit for letters, digit in (
    ("bfpv", "1"), ("cgjkqsxz", "2"), ("dt", "3"), ("l", "4"), ("mn", "5"), ("r", "6")
) for letter in letters}  # fmt: skip


def fold(text: str) -> str:
    """What a text says, without its form: `O’Brien-Smith ` becomes `obrien smith`."""
    plain = text
    if not text.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return _NO_LETTER.sub(" ", _APOSTROPHES.sub("", plain.casefold())).strip()


def soundex(name: str) -> str:
    """The American soundex of a name (its first letter and three digits); empty where it has no letter."""
    letters = [one for one in fold(name) if one.isalpha()]
    if not letters:
        return ""
    digits, last = "", _SOUNDS.get(letters[0], "")
    for one in letters[1:]:
        code = _SOUNDS.get(one, "")
        if code and code != last:
            digits += code
        if one not in "hw":  # an h or w does not part two letters of one sound; a vowel does
            last = code
    return (letters[0] + digits + "000")[:4]


def plain_postcode(text: str) -> str:
    """A postcode in capitals without blanks."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def plain_address(text: str, postcode: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The words of an address without its postcode, short forms written out."""
    found = [words.get(one, one) for one in fold(text).split()]
    code = [one.casefold() for one in postcode.split()]
    for parts in (code, ["".join(code)]):
        if parts and parts[0] and found[-len(parts) :] == parts:
            found = found[: -len(parts)]
    return tuple(found)
