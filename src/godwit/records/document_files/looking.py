"""Look at one file: recognise it and open it, whatever it is, and say how it went."""

from __future__ import annotations

import email.errors
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from lxml import etree
from PIL import UnidentifiedImageError
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from godwit.records.document_files.kinds import HEAD, kind_of
from godwit.records.document_files.opened import MOST_BYTES, Opened, State
from godwit.records.document_files.openers import OPENERS, NotWhole, TooMuch, WantsPassword

_BROKEN: tuple[type[Exception], ...] = (
    PyPdfError, UnidentifiedImageError, etree.LxmlError, zipfile.BadZipFile, zlib.error, struct.error, EOFError,
    ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, NotImplementedError,
    RuntimeError, SyntaxError, OSError, email.errors.MessageError,
)  # fmt: skip
"""What the libraries raise on a file that is not as it should be. A picture's are `OSError` and `SyntaxError`, a zip's
`NotImplementedError` and `RuntimeError`; pypdf's own code stumbles over the rest."""


_STATES: Mapping[type[Exception], State] = {
    WantsPassword: "encrypted",
    FileNotDecryptedError: "encrypted",
    TooMuch: "too_large",
    LimitReachedError: "too_large",
    MemoryError: "too_large",
    RecursionError: "too_large",
    NotWhole: "damaged",
}
"""What an error says of a file; any other that is expected says that it does not open."""

_EXPECTED = (*_STATES, *_BROKEN)


def look(path: Path) -> Opened:
    """What comes of opening the file. Never raises for what is in it; for a file that cannot be read, `OSError`."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    kind = kind_of(head)
    if kind is None:
        return Opened("unknown" if head else "empty")
    if path.stat().st_size > MOST_BYTES:
        return Opened("too_large", kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # libraries warn of what they then read all the same, and quote it
            return OPENERS[kind](path, kind)
    except _EXPECTED as error:
        return Opened(_state_of(error), kind)


def _state_of(error: Exception) -> State:
    return next((state for one, state in _STATES.items() if isinstance(error, one)), "unopenable")
