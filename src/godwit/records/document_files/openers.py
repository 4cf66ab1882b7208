"""Open one file of each kind as far as a reader would: pages counted, pictures drawn, packed parts unpacked.

Every function takes a file of its kind. Raises `NotWhole`, `WantsPassword`, `TooMuch`, or whatever the library raises
on a file that is not as it should be: `looking.look` turns each into a state.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import IO

from lxml import etree, html
from PIL import Image
from pypdf import PdfReader

from godwit.records.document_files import opened
from godwit.records.document_files.kinds import as_text
from godwit.records.document_files.office97 import parts_of
from godwit.records.document_files.opened import Opened

_PICTURES = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "tiff": ("TIFF",), "gif": ("GIF",), "bmp": ("BMP",),
             "webp": ("WEBP",)}  # fmt: skip


class NotWhole(Exception):
    """The file breaks off, or a part of it does."""


class WantsPassword(Exception):
    """Nobody can read the file without a password."""


class TooMuch(Exception):
    """The file would unpack or draw to more than is safe."""


def open_pdf(path: Path, kind: str) -> Opened:
    """Count the pages and read the drawing of the first one."""
    with path.open("rb") as file:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise WantsPassword
        pages = len(reader.pages)
        if pages == 0:
            raise ValueError("no page")
        reader.pages[0].get_contents()
    return Opened("opened", kind, pages)


def open_picture(path: Path, kind: str) -> Opened:
    """Draw every page."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound stands below, for each page
    with Image.open(path, formats=_PICTURES[kind]) as picture:
        pages = min(getattr(picture, "n_frames", 1), opened.MOST_PAGES)
        for page in range(pages):
            picture.seek(page)
            if picture.width * picture.height > opened.MOST_PIXELS:
                raise TooMuch
            picture.load()
    return Opened("opened", kind, pages if kind == "tiff" else None)


_RTF_SIGN = re.compile(rb"\\bin(\d+) ?|\\[\\{}]|[{}]")


def open_rtf(path: Path, kind: str) -> Opened:
    """Every group that is opened is closed."""
    data = _bytes(path)
    depth, at = 0, 0
    while found := _RTF_SIGN.search(data, at):
        at = found.end() + int(found[1] or 0)
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if depth == 0:
            return Opened("opened", kind)
    raise NotWhole


_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt",
            "__properties_version1.0": "msg"}  # fmt: skip


def open_office97(path: Path, kind: str) -> Opened:
    """Every part that the file's own directory names can be reached."""
    parts = parts_of(_bytes(path))
    if "EncryptedPackage" in parts:
        raise WantsPassword
    return Opened("opened", next((_STREAMS[one] for one in parts if one in _STREAMS), kind))


_MAIN = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "content.xml": "odf",
}


def open_zip(path: Path, kind: str) -> Opened:
    """Unpack every part, hold it against its checksum, and read the main part of an Office file."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        _require_harmless(members, path.stat().st_size)
        if archive.testzip() is not None:
            raise NotWhole
        main = next((one for one in _MAIN if one in archive.namelist()), None)
        if main is None:
            return Opened("opened", kind)
        with archive.open(main) as part:
            _read_xml(part)
    return Opened("opened", _MAIN[main])


def _require_harmless(members: list[zipfile.ZipInfo], packed: int) -> None:
    size = sum(one.file_size for one in members)
    thick = size > opened.RATIO_FROM and size > packed * opened.MOST_RATIO
    if thick or size > opened.MOST_BYTES or len(members) > opened.MOST_MEMBERS:
        raise TooMuch
    if any(one.flag_bits & 0x1 for one in members):
        raise WantsPassword


def open_xml(path: Path, kind: str) -> Opened:
    """Well-formed from end to end; nothing that it names elsewhere is fetched."""
    with path.open("rb") as file:
        _read_xml(file)
    return Opened("opened", kind)


def _read_xml(file: IO[bytes]) -> None:
    for _, element in etree.iterparse(file, resolve_entities=False, no_network=True, load_dtd=False):
        element.clear()


def open_html(path: Path, kind: str) -> Opened:
    """Has something in it that a browser would show."""
    page = html.document_fromstring(_bytes(path))
    if not page.text_content().strip() and page.find(".//img") is None:
        raise ValueError("nothing to show")
    return Opened("opened", kind)


def open_text(path: Path, kind: str) -> Opened:
    """Text from end to end."""
    if as_text(_bytes(path)) is None:
        raise ValueError("not text")
    return Opened("opened", kind)


def open_mail(path: Path, kind: str) -> Opened:
    """Headers, a body, and every attachment decoded."""
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    for part in message.walk():
        part.get_payload(decode=True)
    if any(part.defects for part in message.walk()):
        raise NotWhole
    return Opened("opened", kind)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > opened.MOST_BYTES:
        raise TooMuch
    return path.read_bytes()


OPENERS: Mapping[str, Callable[[Path, str], Opened]] = {
    "pdf": open_pdf,
    **dict.fromkeys(_PICTURES, open_picture),
    "rtf": open_rtf,
    "office97": open_office97,
    "zip": open_zip,
    "xml": open_xml,
    "html": open_html,
    "txt": open_text,
    "eml": open_mail,
}
"""What opens each kind that the first bytes tell."""
