"""The second witness of a file: one pass over its bytes with the standard library alone, in constant memory.

It shares no code with the reader whose count it is held against. A record ends at a line feed outside quotes; a blank
line is none. Only the bytes that matter are kept of each piece: quotes and line feeds; a pair of quotes with neither
between them changes nothing and is dropped, and what is left is short enough to be counted one by one.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Event

_PIECE = 1 << 20
_KEPT = b'"\n\0'
_REST = bytes(one for one in range(256) if one not in _KEPT)
_BLANK = re.compile(rb"\n\r?(?=\n)")


@dataclass(frozen=True, slots=True)
class Witness:
    """What the bytes of a file say. `records` counts the header too; `blank` lines are not in it; `lines` are all line
    ends, the last line without one included. `utf8` is whether the bytes are valid UTF-8 (ASCII is)."""

    sha256: str
    size: int
    records: int
    blank: int
    lines: int
    open_quote: bool
    mark: bool
    nul: int
    ascii: bool
    utf8: bool


class Interrupted(Exception):
    """The witness was asked to stop before the end of the file."""


def witness(path: Path, stop: Event | None = None) -> Witness:
    """Read the file once. Raises `OSError` as reading does, and `Interrupted` once `stop` is set."""
    counting = _Counting()
    digest = hashlib.sha256()
    room = bytearray(
        _PIECE
    )  # one room for every piece: asking for memory each time costs a third of the speed
    with path.open("rb", buffering=0) as file:
        while got := file.readinto(room):
            if stop and stop.is_set():
                raise Interrupted
            piece = room if got == _PIECE else room[:got]
            digest.update(piece)
            counting.add(piece)
    return counting.ended(digest.hexdigest())


class _Counting:
    """Running counts over the pieces of one file."""

    def __init__(self) -> None:
        self.size = self.ends = self.outside = self.blank = self.nul = 0
        self.inside = self.mark = False
        self.ascii = self.utf8 = True
        self._last = b"\n"  # as if a line had just ended: a blank first line is one
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def add(self, piece: bytearray) -> None:
        """One piece, in order."""
        if self.size == 0:
            self.mark = piece.startswith(codecs.BOM_UTF8)
        self._look_at_text(piece)
        left = piece.translate(None, _REST)
        if b"\0" in left:
            self.nul += left.count(b"\0")
            left = left.translate(None, b"\0")
        if b"\n\n" in left or piece.startswith((b"\n", b"\r")):
            self._count_blank(piece)
        self.ends += left.count(b"\n")
        parts = left.replace(b'""', b"").split(b'"')
        self.outside += sum(map(len, parts[int(self.inside) :: 2]))
        self.inside ^= len(parts) % 2 == 0
        self.size += len(piece)
        self._last = (self._last + piece[-2:])[-2:]

    def _look_at_text(self, piece: bytearray) -> None:
        if piece.isascii() and (self.ascii or not self.utf8 or not self._decoder.getstate()[0]):
            return
        self.ascii = False
        if self.utf8:
            self.utf8 = _decodes(self._decoder, piece, final=False)

    def _count_blank(self, piece: bytearray) -> None:
        """Blank lines outside quotes. The two bytes before the piece are looked at again, for a line may end there."""
        joined = self._last + piece
        at, inside, skipped = 0, self.inside, len(self._last)
        for match in _BLANK.finditer(joined):
            if match.end() < skipped:  # seen with the piece before
                continue
            inside ^= joined.count(b'"', max(at, skipped), max(match.end(), skipped)) % 2 == 1
            at = match.end()
            self.blank += not inside

    def ended(self, sha256: str) -> Witness:
        """The counts at the end of the file."""
        unfinished = self.size > 0 and not self._last.endswith(b"\n")
        record = unfinished or self.inside
        utf8 = self.utf8 and _decodes(self._decoder, b"", final=True)
        records = self.outside - self.blank + record
        return Witness(
            sha256, self.size, records, self.blank, self.ends + unfinished, self.inside,
            self.mark, self.nul, self.ascii, utf8,
        )  # fmt: skip


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes | bytearray, final: bool) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True
