"""Files of every kind that a document system hands over, whole and broken ones; nothing in them is about anybody."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from docx import Document
from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def pdf(pages: int = 2, password: str | None = None) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=password)
    for page in range(pages):
        canvas.drawString(60, 700, f"Page {page}. Made up.")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture(form: str, size: int = 64, **more: object) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((size, size), 60).save(made, form, **more)
    return made.getvalue()


def fax(pages: int = 3) -> bytes:
    one = Image.new("1", (200, 280))
    made = io.BytesIO()
    one.save(made, "TIFF", save_all=True, append_images=[one.copy()] * (pages - 1), compression="group4")
    return made.getvalue()


def word() -> bytes:
    made = io.BytesIO()
    letter = Document()
    letter.add_paragraph("Dear Doctor")
    letter.save(made)
    return made.getvalue()


def excel() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def packed(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def office97(*parts: str) -> bytes:
    """A compound file: a header, one sector of its table, one of its directory."""
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    head += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    names = (("Root Entry", 5), *((one, 2) for one in parts))
    directory = b"".join(_entry(name, kind) for name, kind in names).ljust(512, b"\x00")
    return head + table + directory


def _entry(name: str, kind: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text), kind, 1, *([0xFFFFFFFF] * 3), b"", 0, 0, 0, 0xFFFFFFFE, 0
    )


MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: letter\r\n\r\nDear Doctor\r\n"
RTF = rb"{\rtf1\ansi Dear {\b Doctor}\bin3 }}}\par}"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(
        b'<!ENTITY c%d "%s">' % (one, (b"&b;" if not one else b"&c%d;" % (one - 1)) * 10) for one in range(9)
    )
    + b"]><a>&c8;</a>"
)

WHOLE: dict[str, tuple[Callable[[], bytes], str, int | None]] = {
    "a.pdf": (pdf, "pdf", 2),
    "a.jpg": (lambda: picture("JPEG"), "jpeg", None),
    "a.png": (lambda: picture("PNG"), "png", None),
    "a.gif": (lambda: picture("GIF"), "gif", None),
    "a.bmp": (lambda: picture("BMP"), "bmp", None),
    "a.webp": (lambda: picture("WEBP"), "webp", None),
    "a.tif": (fax, "tiff", 3),
    "a.rtf": (lambda: RTF, "rtf", None),
    "a.doc": (lambda: office97("1Table", "WordDocument"), "doc", None),
    "a.msg": (lambda: office97("__properties_version1.0"), "msg", None),
    "a.docx": (word, "docx", None),
    "a.xlsx": (excel, "xlsx", None),
    "a.zip": (lambda: packed("letter.txt", b"Dear Doctor"), "zip", None),
    "a.txt": (lambda: "Dear Doctor, £3".encode("cp1252"), "txt", None),
    "b.txt": (lambda: "Dear Doctor".encode("utf-16"), "txt", None),
    "a.html": (lambda: b"<!DOCTYPE html><html><body>Dear Doctor</body></html>", "html", None),
    "a.xml": (lambda: b"<letter><to/></letter>", "xml", None),
    "a.eml": (lambda: MAIL, "eml", None),
}
"""Files that open: what makes each, its kind and its pages."""

BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "empty"),
    "noise.bin": (lambda: bytes(range(32)) * 9, "unknown"),
    "locked.pdf": (lambda: pdf(1, "secret"), "encrypted"),
    "locked.doc": (lambda: office97("EncryptedPackage"), "encrypted"),
    "cut.pdf": (lambda: pdf(20)[:900], "unopenable"),
    "no-end.pdf": (lambda: pdf(1)[:-40], "unopenable"),
    "cut.jpg": (lambda: picture("JPEG", 200)[:2000], "unopenable"),
    "cut.png": (lambda: picture("PNG", 200)[:2000], "unopenable"),
    "cut.rtf": (lambda: RTF[:-1], "damaged"),
    "cut.doc": (lambda: office97("WordDocument")[:1100], "unopenable"),
    "cut.docx": (lambda: word()[:5000], "unopenable"),
    "cut.xml": (lambda: b"<letter><to>", "unopenable"),
    "nothing.html": (lambda: b"<html><body></body></html>", "unopenable"),
    "late.txt": (lambda: b"Dear Doctor " * 900 + b"\x00\x01", "unopenable"),
    "bomb.docx": (lambda: packed("word/document.xml", b" " * (64 << 20)), "too_large"),
    "bomb.png": (lambda: picture_of_nothing(20_000), "too_large"),
    "laughs.xml": (lambda: LAUGHS, "unopenable"),
}
"""Files that do not open as they should, and how that is told."""


def picture_of_nothing(size: int) -> bytes:
    """A small file that would draw to size x size points."""
    made = io.BytesIO()
    Image.new("1", (size, size)).save(made, "PNG")
    return made.getvalue()
