"""What a file may be called where no patient data may stand (logs, errors, manifest): suppliers name files after
patients, so a name is shown only when nothing in it can be one's number or name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_LONG_NUMBER = re.compile(r"\d{5,}|\d{3}[ _-]\d{3}[ _-]\d{4}")
_WITHHELD = "name withheld"


def public_name(name: str, number: int, private_words: Iterable[str] = ()) -> str:
    """The file's name, or its number and ending where the name holds a long number or one of the private words."""
    lowered = name.casefold()
    tells = _LONG_NUMBER.search(name) or any(
        word in lowered for word in map(str.casefold, private_words) if len(word) > 1
    )
    if not tells:
        return name
    return f"file-{number:05d}{PurePosixPath(name).suffix.lower()[:8]} ({_WITHHELD})"
