"""The bytes of a made-up document: a small but whole file of its kind, always the same for the same document."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Mapping

_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4z"
    "NDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJx"
    "FDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ"
    "mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+v//Z"
)
"""A picture of one grey point."""


def content_of(ending: str, words: str) -> bytes:
    """A file of the kind that the ending promises, with the words in it."""
    return _MAKERS[ending](words)


def _pdf(words: str) -> bytes:
    drawing = f"BT /F1 11 Tf 60 760 Td ({_plain(words)}) Tj ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font 5 0 R >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
    ]
    made = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, part in enumerate(parts, start=1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % start for start in starts)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table)
    return bytes(made)


def _rtf(words: str) -> bytes:
    return f"{{\\rtf1\\ansi {_plain(words)}\\par}}".encode("latin-1")


def _tif(words: str) -> bytes:
    """A page of one white row of eight points, with the words as its description."""
    text = _plain(words).encode("latin-1") + b"\x00"
    tags = [
        (256, 4, 1, 8), (257, 4, 1, 1), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 0), (270, 2, len(text), 0),
        (273, 4, 1, 0), (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, 1, 1),
    ]  # fmt: skip
    end = 8 + 2 + 12 * len(tags) + 4
    places = {270: end, 273: end + len(text)}
    entries = b"".join(
        struct.pack("<HHII", tag, kind, count, places.get(tag, value)) for tag, kind, count, value in tags
    )
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(tags)) + entries + b"\x00" * 4 + text + b"\x00"


def _jpg(words: str) -> bytes:
    """The picture with the words as its comment."""
    text = _plain(words).encode("latin-1")
    return _JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + _JPEG[2:]


def _txt(words: str) -> bytes:
    return f"{words}\n".encode()


def _plain(words: str) -> str:
    """Words without what means something to a PDF or an RTF."""
    return "".join(one if one.isascii() and one not in "()\\{}" else " " for one in words)


_MAKERS: Mapping[str, Callable[[str], bytes]] = {
    "pdf": _pdf,
    "rtf": _rtf,
    "tif": _tif,
    "jpg": _jpg,
    "txt": _txt,
}
