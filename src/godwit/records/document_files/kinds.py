"""What kind of file something is, by its first bytes and never by its name; and which names go with each kind."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

HEAD = 8192
"""Bytes of a file that are looked at to tell its kind."""

NAMES: Mapping[str, str] = {
    "pdf": "PDF", "jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "gif": "GIF", "bmp": "BMP", "webp": "WebP",
    "rtf": "RTF", "doc": "Word 97", "xls": "Excel 97", "ppt": "PowerPoint 97", "msg": "Outlook message",
    "office97": "Office 97", "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "odf": "OpenDocument",
    "zip": "Zip", "empty": "Empty", "txt": "Text", "html": "HTML", "xml": "XML", "eml": "E-mail",
}  # fmt: skip
"""Kinds that are recognised, as people call them."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf",), "jpeg": ("jpg", "jpeg", "jpe", "jfif"), "png": ("png",), "tiff": ("tif", "tiff"),
    "gif": ("gif",), "bmp": ("bmp", "dib"), "webp": ("webp",), "rtf": ("rtf",), "doc": ("doc", "dot"),
    "xls": ("xls", "xlt"), "ppt": ("ppt", "pps"), "msg": ("msg",), "docx": ("docx", "docm", "dotx"),
    "xlsx": ("xlsx", "xlsm"), "pptx": ("pptx", "ppsx"), "odf": ("odt", "ods", "odp"), "zip": ("zip",),
    "txt": ("txt", "text", "csv", "log", "asc"), "html": ("html", "htm", "mht"), "xml": ("xml", "xhtml"),
    "eml": ("eml",),
}  # fmt: skip
_KIND_OF_ENDING = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}
_PLAIN = ("txt", "html", "xml", "eml")
"""Kinds of plain text: an ending of one of them on another is no lie that stops anybody from reading it."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office97"),
    (b"PK\x03\x04", "zip"),
)
_PDF_WITHIN = 1024
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAIL = re.compile(r"(?im)^(from|to|subject|date|received|mime-version|message-id|return-path):\s")
_FEWEST_MAIL_HEADERS = 2
_HTML = re.compile(r"(?is)^\s*(<\?xml.{0,200}?\?>\s*)?(<!--.*?-->\s*)?(<!doctype html|<html|<head|<body)")


def kind_of(head: bytes) -> str | None:
    """The kind of a file from its first `HEAD` bytes; None where they are of no kind that is known."""
    if not head:
        return None
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    found = next((kind for mark, kind in _MARKS if head.startswith(mark)), None)
    if found:
        return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:2] == b"BM" and head[6:10] == b"\x00" * 4:
        return "bmp"
    text = as_text(head)
    return None if text is None else _kind_of_text(text)


def as_text(data: bytes) -> str | None:
    """Bytes as text, in the encoding they are most likely in; None where they are no text."""
    told = next((encoding for mark, encoding in _ENCODINGS if data.startswith(mark)), None)
    texts = (_decoded(data, encoding) for encoding in ((told,) if told else ("utf-8", "cp1252")))
    return next((text for text in texts if not _NO_TEXT.search(text)), None)


def _decoded(data: bytes, encoding: str) -> str:
    """Bytes in an encoding; what is no text where they are not in it. They may end within a character."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return "\x00"


def _kind_of_text(text: str) -> str:
    if _HTML.match(text):
        return "html"
    if re.match(r"\s*<(\?xml|[A-Za-z_][\w.:-]*[\s>/])", text):
        return "xml"
    headers = text.partition("\n\n")[0]
    if len({one.lower() for one in _MAIL.findall(headers)}) >= _FEWEST_MAIL_HEADERS:
        return "eml"
    return "txt"


def misleads(name: str, kind: str | None) -> bool:
    """Whether the ending of a name is that of another kind: such a file may not open with a double click."""
    _, dot, ending = name.rpartition(".")
    promised = _KIND_OF_ENDING.get(ending.lower()) if dot else None
    if promised is None or kind is None or kind == "office97":
        return False
    return promised != kind and not (promised in _PLAIN and kind in _PLAIN)
