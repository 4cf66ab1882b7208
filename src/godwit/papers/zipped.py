"""Office files are zip files, and a zip file holds the time it was made: here that time is always the same."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""


def repacked(packed: bytes) -> bytes:
    """The same zip file, same order and content, with every entry dated `LONG_AGO`."""
    target = BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            entry = ZipInfo(name, LONG_AGO)
            entry.create_system = 0  # else the file tells which kind of machine made it
            entry.compress_type = ZIP_DEFLATED
            copy.writestr(entry, source.read(name))
    return target.getvalue()
