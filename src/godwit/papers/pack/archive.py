"""The one way a pack is written: a zip whose members are stored, in order, without dates or traces of a machine.

Because nothing about it is free, a pack is proved by writing it again: every byte must come out the same. What a zip
can hide (a second file of one name, bytes before, between or behind, a path out of the folder, a bomb) cannot be there.
It is written here and not by Python's zip writer, whose bytes may change from one version to the next.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from godwit.papers.zipped import LONG_AGO
from godwit.records.errors import MachineRefused, RunTampered
from godwit.records.intake.delivery import DAMAGED

MAX_PACK_BYTES: Final = 1 << 30
"""No pack is larger: it holds pages and summaries, never records."""

MAX_MEMBERS: Final = 2_000
"""A dozen files of evidence and three for each signature."""

Members = Mapping[str, bytes]

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_LISTED: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_VERSION, _FLAGS, _STORED, _NO_TIME, _FIRST_DAY = 20, 0, 0, 0, 0x21
_OWNER_MAY_READ: Final = 0o600 << 16
_PLAIN: Final = re.compile(r"[\w./-]{1,100}", re.ASCII)
_CHUNK: Final = 1 << 20


def packed(members: Members) -> bytes:
    """The members as a zip, in the order of their names; the same members always give the same bytes."""
    files, listing = bytearray(), bytearray()
    for name in sorted(members):
        label, data = name.encode("ascii"), members[name]
        facts = (_FLAGS, _STORED, _NO_TIME, _FIRST_DAY, zlib.crc32(data), len(data), len(data), len(label), 0)
        where = len(files)
        files += _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts) + label + data
        listing += _LISTED.pack(
            b"PK\x01\x02", _VERSION, _VERSION, *facts, 0, 0, 0, _OWNER_MAY_READ, where
        ) + label  # fmt: skip
    count = len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), len(files), 0)
    return bytes(files + listing + end)


def write_private(files: Mapping[str, Path], target: IO[bytes]) -> None:
    """Files that may be larger than memory as a zip of the same kind, for the private part."""
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name, LONG_AGO)
            entry.create_system = 0  # else the file tells which kind of machine made it
            with files[name].open("rb") as source, archive.open(entry, "w", force_zip64=True) as member:
                while piece := source.read(_CHUNK):
                    member.write(piece)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that may be a pack. Raises `RunTampered` where it cannot be one, `MachineRefused`."""
    try:
        if path.stat().st_size > MAX_PACK_BYTES:
            raise RunTampered("pack.too_large", "the file is larger than any pack")
        return path.read_bytes()
    except OSError as error:
        because = f"the pack could not be read ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.read", because) from None


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a pack that is, byte for byte, as `packed` writes it. Raises `RunTampered`."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
            # Refused before anything is unpacked: what is stored cannot be more than the file that holds it.
            if len(listed) > MAX_MEMBERS or sum(one.file_size for one in listed) > len(data):
                raise RunTampered("pack.not_ours", "the zip holds more than a pack can")
            if any(one.compress_type != ZIP_STORED for one in listed):
                raise RunTampered("pack.not_ours", "a file in the zip is compressed; a pack never is")
            members = {one.filename: _member(archive, one) for one in listed}
        same = packed(members) == data
    except DAMAGED:
        raise RunTampered("pack.damaged", "this is no pack, or it was damaged or changed") from None
    if not same:
        because = (
            "the zip is not byte for byte as it was written: something was changed, repeated or put beside"
        )
        raise RunTampered("pack.not_ours", because)
    return members


def _member(archive: ZipFile, entry: ZipInfo) -> bytes:
    """One member; where its bytes are not those of its checksum, the error names it, if its name can be shown."""
    try:
        return archive.read(entry)
    except DAMAGED:
        place = entry.filename if _PLAIN.fullmatch(entry.filename) else None
        raise RunTampered("pack.file_changed", "a file in the pack was changed", place) from None
