"""Archives as suppliers make them: a zip split into parts by the rules of the format, not by the code under test."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip with these files."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return room.getvalue()


def split(archive: bytes, size: int, folder: Path, stem: str) -> list[Path]:
    """Write a zip in parts of `size` bytes: `stem.z01`, `stem.z02` … `stem.zip`, each entry saying where it begins."""
    whole = bytearray(b"PK\x07\x08" + archive)
    end = whole.rfind(b"PK\x05\x06")
    entries, _, start = struct.unpack("<HLL", whole[end + 10 : end + 20])
    at = start = start + 4
    for _ in range(entries):
        name, extra, comment = struct.unpack("<HHH", whole[at + 28 : at + 34])
        offset = struct.unpack("<L", whole[at + 42 : at + 46])[0] + 4
        whole[at + 34 : at + 36] = struct.pack("<H", offset // size)
        whole[at + 42 : at + 46] = struct.pack("<L", offset % size)
        at += 46 + name + extra + comment
    last = (len(whole) - 1) // size
    whole[end + 4 : end + 8] = struct.pack("<HH", last, start // size)
    whole[end + 16 : end + 20] = struct.pack("<L", start % size)
    paths = []
    for number in range(last + 1):
        path = folder / (f"{stem}.zip" if number == last else f"{stem}.z{number + 1:02d}")
        path.write_bytes(whole[number * size : (number + 1) * size])
        paths.append(path)
    return paths
