"""What a file's bytes are, and a copy of it as UTF-8 where they are something else.

A file of a system that writes Windows-1252 is taken as it is when it is plain ASCII or, against the rule, valid UTF-8.
The five bytes that Windows-1252 does not define become the control characters of the same number, and are counted.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Encoding = Literal["ascii", "utf-8", "utf-16", "windows-1252"]

_PIECE = 1 << 16
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_DECODED = "".join(chr(one) if one in _UNDEFINED else bytes([one]).decode("cp1252") for one in range(256))


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy as UTF-8, and how many undefined bytes the original has."""

    path: Path
    undefined: int = 0


def encoding_of(path: Path, declared: Literal["utf-8", "windows-1252"]) -> Encoding:
    """The encoding to read a file in. UTF-8 that is declared is believed here; broken bytes show when it is read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    plain = True
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if plain and piece[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and file.tell() <= _PIECE:
                return "utf-16"
            if declared == "utf-8":
                return "utf-8"
            if plain and piece.isascii():
                continue
            plain = False
            if not _decodes(decoder, piece):
                return "windows-1252"
    whole = plain or _decodes(decoder, b"", final=True)
    return ("ascii" if plain else "utf-8") if whole else "windows-1252"


def as_utf8(path: Path, encoding: Encoding, target: Path) -> Copied:
    """A copy in UTF-8, without the mark at the start. Pieces in plain ASCII are copied as they are."""
    if encoding == "utf-16":
        return _wide(path, target)
    undefined = 0
    with path.open("rb") as source, target.open("wb") as copy:
        while piece := source.read(_PIECE):
            if piece.isascii():
                copy.write(piece)
            else:
                undefined += sum(piece.count(one) for one in _UNDEFINED)
                copy.write(decoded(piece).encode("utf-8"))
    return Copied(target, undefined)


def decoded(piece: bytes) -> str:
    """Windows-1252 as text."""
    return codecs.charmap_decode(piece, "strict", _DECODED)[0]


def repaired(record: bytes) -> str:
    """Text of bytes that should be UTF-8: what is none is read as Windows-1252, byte by byte."""
    return record.decode("utf-8", _REPAIR)


def _wide(path: Path, target: Path) -> Copied:
    with path.open("r", encoding="utf-16", errors="replace", newline="") as source, target.open("wb") as copy:
        while piece := source.read(_PIECE):
            copy.write(piece.encode("utf-8", "replace"))
    return Copied(target)


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _repair(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return decoded(error.object[error.start : error.end]), error.end


_REPAIR = "godwit-windows-1252"
codecs.register_error(_REPAIR, _repair)
