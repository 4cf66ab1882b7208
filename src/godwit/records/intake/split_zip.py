"""Zip archives in several parts (`.z01`, `.z02` … `.zip`, or `.zip.001` …), which Python cannot open by itself.

The parts are read as one file without being copied. In such an archive the list of files says for each the part it
begins in and how far into it; here that is turned into a place in the whole.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from godwit.records.errors import InputRefused

_NUMBERED = re.compile(
    r"^(?P<stem>.+?)(?:\.z(?P<part>\d{2,3})|(?P<zip>\.zip)\.(?P<piece>\d{3}))$", re.IGNORECASE
)
_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_SIZE, _LOCATOR_SIZE, _END_64_SIZE, _LONGEST_COMMENT = 22, 20, 56, 1 << 16
_TOLD_ELSEWHERE = 0xFFFF


def stem_of(name: str) -> str | None:
    """What the parts of one archive have in common, if the name is that of a part with a number."""
    match = _NUMBERED.match(name)
    return (match["stem"] + (match["zip"] or "")).casefold() if match else None


def in_part_order(parts: Sequence[Path], side: str) -> tuple[Path, ...]:
    """The parts of one archive in order, `.zip` after `.z01` …. Raises `InputRefused` where one is missing."""
    numbered = {
        int(match["part"] or match["piece"]): one for one in parts if (match := _NUMBERED.match(one.name))
    }
    last = [one for one in parts if not _NUMBERED.match(one.name)]
    split = any((match := _NUMBERED.match(one.name)) and match["part"] for one in parts)
    if sorted(numbered) != list(range(1, len(numbered) + 1)) or len(last) != split:
        raise InputRefused("zip.part_missing", "a part of the zip is missing", side)
    ordered = (*(numbered[number] for number in sorted(numbered)), *last)
    if split and _disks(ordered[-1]) != len(ordered):
        raise InputRefused("zip.part_missing", "a part of the zip is missing", side)
    return ordered


class SplitZip(zipfile.ZipFile):
    """An archive in parts; its members have places in the whole. Raises `zipfile.BadZipFile` as any archive does."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self._joined = joined = _Joined(parts)
        super().__init__(io.BufferedReader(joined))
        disks = any(member.volume for member in self.infolist())
        first = _list_disk(_tail(joined, joined.starts[-1]))
        for member in self.infolist() if disks or first else ():
            if max(member.volume, first) >= len(parts):
                raise zipfile.BadZipFile("a part that is not there")
            member.header_offset += joined.starts[member.volume] - joined.starts[first]

    def close(self) -> None:
        """Close the archive and its parts."""
        super().close()
        self._joined.close()


class _Joined(io.RawIOBase):
    """Several files read as one. What says that there are several disks is read as if it said one."""

    def __init__(self, parts: Sequence[Path]) -> None:
        super().__init__()
        self._files = [one.open("rb") for one in parts]
        self._sizes = [one.stat().st_size for one in parts]
        self.starts = [0, *accumulate(self._sizes)]
        self._at = 0
        self._instead: dict[int, bytes] = {}
        self._instead = self._one_disk()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place."""
        return True

    def tell(self) -> int:
        """The place in the whole."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the whole."""
        self._at = max(0, offset + (0, self._at, self.starts[-1])[whence])
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # as RawIOBase means it
        """Read from one part, up to its end."""
        part = bisect_right(self.starts, self._at) - 1
        if part >= len(self._files):
            return 0
        file = self._files[part]
        file.seek(self._at - self.starts[part])
        data = file.read(min(len(buffer), self.starts[part + 1] - self._at))
        for place, bytes_ in self._instead.items():
            data = _overlaid(data, self._at, place, bytes_)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close every part."""
        for file in self._files:
            file.close()
        super().close()

    def _one_disk(self) -> dict[int, bytes]:
        """Bytes to read instead: the end of a long archive must not speak of several disks."""
        tail = _tail(self, self.starts[-1])
        tail_at = self.starts[-1] - len(tail)
        self.seek(0)
        end = tail.rfind(_END)
        locator = end - _LOCATOR_SIZE
        if end < 0 or locator < 0 or tail[locator : locator + 4] != _LOCATOR:
            return {}
        disk, place, _ = struct.unpack("<LQL", tail[locator + 4 : end])
        start = self.starts[disk] if disk < len(self.starts) else 0
        return {tail_at + locator: _LOCATOR + struct.pack("<LQL", 0, start + place, 1)}


def _overlaid(data: bytes, at: int, place: int, instead: bytes) -> bytes:
    """`data`, which begins at `at`, with `instead` from `place` on, as far as they meet."""
    first, last = max(at, place), min(at + len(data), place + len(instead))
    if first >= last:
        return data
    return data[: first - at] + instead[first - place : last - place] + data[last - at :]


def _tail(file: io.RawIOBase | io.BufferedReader, size: int) -> bytes:
    """The last bytes of a file, with the whole end of an archive in them."""
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _LOCATOR_SIZE - _END_64_SIZE))
    tail = b""
    while piece := file.read(1 << 17):
        tail += piece
    return tail


def _list_disk(tail: bytes) -> int:
    """The part, from 0, in which the list of files begins."""
    end = tail.rfind(_END)
    disk: int = struct.unpack("<H", tail[end + 6 : end + 8])[0]
    long = end - _LOCATOR_SIZE - _END_64_SIZE
    if disk == _TOLD_ELSEWHERE and tail[long : long + 4] == _END_64:
        disk = struct.unpack("<L", tail[long + 20 : long + 24])[0]
    return disk


def _disks(last: Path) -> int:
    """How many parts the last part says there are."""
    with last.open("rb") as file:
        tail = _tail(file, last.stat().st_size)
    end = tail.rfind(_END)
    number = struct.unpack("<H", tail[end + 4 : end + 6])[0] if end >= 0 else -1
    return int(number) + 1
