"""What a file may be called where no patient data may stand (logs, errors, manifest): suppliers name files after
patients, so a name is shown only when nothing in it can be one's number or name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

_LONG_NUMBER = re.compile(r"\d{5,}|\d{3}[ _-]\d{3}[ _-]\d{4}")
_WORD = re.compile(r"[^\W_]+")
_WITHHELD = "name withheld"
_ENDINGS = (".xml", ".json", ".zip", ".csv", ".txt", ".pdf", ".html")


def as_text(name: str) -> str:
    """A name that can be written anywhere: bytes of it that are no text are spelled `\\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def withheld_name(name: str, number: int) -> str:
    """What a file is called whose patients are not known: its number and its ending."""
    ending = PurePosixPath(name).suffix.lower()
    return f"file-{number:05d}{ending if ending in _ENDINGS else ''} ({_WITHHELD})"


def public_name(name: str, number: int, private_words: Iterable[str] = ()) -> str:
    """The file's name, or its number and ending where the name holds a long number or one of the private words.

    Case, accents and what stands between the words make no difference: `SMITH_Jose.xml` tells who José Smith-Hall is.
    """
    plain = _plain(name)
    private = (word for words in private_words for word in _WORD.findall(_plain(words)))
    tells = _LONG_NUMBER.search(name) or any(word in plain for word in private if len(word) > 1)
    return withheld_name(name, number) if tells else name


def _plain(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
