"""The directory of an Office 97 file (a compound file): which parts it has, each followed to its end.

Source: Microsoft's open specification of the compound file binary format (MS-CFB), sections 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
_LAST_SECTOR = 0xFFFFFFFA
_IN_HEADER, _SMALL = 109, 4096
_STREAM = 2


def parts_of(data: bytes) -> tuple[str, ...]:
    """The names of all parts. Raises `ValueError` or `struct.error` where the file breaks off or leads astray."""
    head = _HEADER.unpack_from(data)
    size = 1 << head[5]
    if head[5] not in (9, 12):
        raise ValueError("no such size of sectors")
    table = _table(data, size, head[15], head[16])
    directory = b"".join(_sectors(data, table, head[10], size))
    names = []
    for at in range(0, len(directory) - _ENTRY.size + 1, _ENTRY.size):
        name, length, kind, start, wanted = _entry(directory, at)
        if kind == _STREAM:
            names.append(name[: max(0, length - 2)].decode("utf-16-le"))
            if wanted >= _SMALL and sum(map(len, _sectors(data, table, start, size))) < wanted:
                raise ValueError("a part breaks off")
    if not names:
        raise ValueError("no part in it")
    return tuple(names)


def _entry(directory: bytes, at: int) -> tuple[bytes, int, int, int, int]:
    """Name, length of the name in bytes, kind, first sector, bytes."""
    found = _ENTRY.unpack_from(directory, at)
    return found[0], found[1], found[2], found[11], found[12]


def _table(data: bytes, size: int, more: int, count: int) -> list[int]:
    """Where each sector goes on, from the sectors that the header and its continuations name."""
    listed = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    each = size // 4
    for _ in range(count):
        if more >= _LAST_SECTOR:
            break
        found = struct.unpack(f"<{each}I", _sector(data, more, size))
        listed += found[:-1]
        more = found[-1]
    table: list[int] = []
    for one in listed:
        if one < _LAST_SECTOR:
            table += struct.unpack(f"<{each}I", _sector(data, one, size))
    return table


def _sectors(data: bytes, table: list[int], start: int, size: int) -> Iterator[bytes]:
    """The sectors of one part, in order. Raises `ValueError` where the chain runs in a ring or out of the file."""
    left = len(table)
    while start < _LAST_SECTOR:
        if start >= len(table) or left < 0:
            raise ValueError("a part leads astray")
        yield _sector(data, start, size)
        start, left = table[start], left - 1


def _sector(data: bytes, number: int, size: int) -> bytes:
    found = data[(number + 1) * size : (number + 2) * size]
    if len(found) < size:
        raise ValueError("the file breaks off")
    return found
