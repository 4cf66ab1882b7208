"""Cells of comma-separated files, shared by the writers of the bulk shapes: quoting, and keys made from numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

_ALL_BITS = (1 << 128) - 1
_MIX = 0x9E3779B97F4A7C15F39CC0605CEDC835  # odd, so that multiplying by it never maps two numbers to one
_KINDS = {
    "patient": 1,
    "item": 2,
    "staff": 3,
    "organisation": 4,
    "site": 5,
    "session": 6,
    "person": 7,
    "slot": 8,
}


def quoted(text: str | None) -> str:
    """A cell in quotes, whatever the text holds; nothing at all is the empty cell."""
    if not text:
        return '""'
    return '"' + text.replace('"', '""') + '"' if '"' in text else '"' + text + '"'


def row(cells: Iterable[str | None]) -> str:
    """A line of quoted cells with its end; for reference files, where speed is no matter."""
    return ",".join(map(quoted, cells)) + "\r\n"


def guids(seed: int, kind: str) -> Callable[[int], str]:
    """A maker of GUIDs from ids: the same id gives the same GUID, and no two ids, kinds or practices share one."""
    return partial(_guid, ((seed & 0xFFFFFFFF) << 96) | (_KINDS[kind] << 88))


def _guid(base: int, number: int) -> str:
    text = f"{((base + number + 1) * _MIX) & _ALL_BITS:032X}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
