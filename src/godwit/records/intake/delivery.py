"""A delivery: the files of one side in name order, whether they lie in a folder, in a zip or alone."""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from godwit.records.errors import InputRefused, MachineRefused
from godwit.records.intake import limits
from godwit.records.intake.names import as_text, withheld_name

_ZIP_MARK = b"PK\x03\x04"
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""Everything Python's zip reader raises on a zip that is not as it should be."""

IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX")
"""Files and folders that operating systems leave behind; they are never part of a delivery."""


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """One file: its number in the delivery (from 1, in name order), its name inside it, its size, how to read it."""

    number: int
    name: str
    size: int
    read: Callable[[], bytes]

    @property
    def public(self) -> str:
        """What it is called before anything is known about the patients in it: its name could be one of theirs."""
        return withheld_name(self.name, self.number)


@dataclass(frozen=True, slots=True)
class Delivery:
    """All files of one side, in name order."""

    files: tuple[DeliveredFile, ...]

    def __iter__(self) -> Iterator[DeliveredFile]:
        return iter(self.files)

    @property
    def size(self) -> int:
        """Bytes in all files, unpacked."""
        return sum(file.size for file in self.files)


def open_delivery(path: Path, side: str) -> Delivery:
    """Raises `InputRefused` naming the side and the rule; nothing is unpacked to disk."""
    try:
        if path.is_dir():
            files = list(_in_folder(path, side))
        elif not path.exists():
            raise InputRefused("delivery.absent", "there is no such file or folder", side)
        elif not path.is_file():
            raise InputRefused("delivery.link", "it is a device, not a file", side)
        elif zipfile.is_zipfile(path):
            files = list(_in_zip(path, side))
        else:
            files = [_alone(path, side)]
    except OSError as error:
        because = f"it could not be opened ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.read", because, side) from None
    if not files:
        raise InputRefused("delivery.empty", "there is no file in it", side)
    if len(files) > limits.MAX_FILES or sum(file.size for file in files) > limits.MAX_TOTAL_BYTES:
        raise InputRefused("delivery.too_large", "it holds more files or bytes than a delivery may", side)
    return Delivery(tuple(files))


def _alone(path: Path, side: str) -> DeliveredFile:
    with path.open("rb") as file:
        if file.read(len(_ZIP_MARK)) == _ZIP_MARK:
            raise InputRefused("zip.damaged", "the zip is damaged or breaks off", side)
    return DeliveredFile(1, as_text(path.name), path.stat().st_size, _reader(path, f"{side} file 1"))


def _in_folder(folder: Path, side: str) -> Iterator[DeliveredFile]:
    for number, path in enumerate(sorted(below(folder)), start=1):
        place = f"{side} file {number}"
        if path.is_symlink() or not path.is_file():
            raise InputRefused("delivery.link", "it is a link or a device, not a file", place)
        name = as_text(path.relative_to(folder).as_posix())
        yield DeliveredFile(number, name, path.stat().st_size, _reader(path, place))


def below(folder: Path) -> Iterator[Path]:
    """Everything in a folder but the folders; a link to a folder counts as a thing, and a folder that cannot be read
    is an error, for what is in it must not be passed over."""

    def refuse(error: OSError) -> None:
        raise error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in (*names, *links) if name not in IGNORED)


def _reader(path: Path, place: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            if path.stat().st_size > limits.MAX_FILE_BYTES:
                raise InputRefused("file.too_large", "the file is larger than any record", place)
            return path.read_bytes()
        except OSError as error:
            because = f"it could not be read ({error.strerror or 'unknown reason'})"
            raise MachineRefused("machine.read", because, place) from None

    return read


def _in_zip(path: Path, side: str) -> Iterator[DeliveredFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except DAMAGED:
        raise InputRefused("zip.damaged", "the list of files in the zip is damaged", side) from None
    files = (one for one in listed if not one.filename.endswith("/"))
    wanted = (one for one in files if not set(PurePosixPath(one.filename).parts) & set(IGNORED))
    members = sorted(wanted, key=lambda one: one.filename)
    names = [one.filename for one in members]
    if len(set(names)) != len(names):
        raise InputRefused("zip.name_twice", "two files in the zip have the same name", side)
    unpacked, packed = sum(one.file_size for one in members), path.stat().st_size
    if unpacked > limits.MAX_FILE_BYTES and unpacked > packed * limits.MAX_RATIO:
        raise InputRefused("zip.bomb", "the zip would unpack to far more than records are", side)
    for number, member in enumerate(members, start=1):
        place = f"{side} file {number}"
        refuse_hostile(member, place, limits.MAX_FILE_BYTES)
        name = as_text(member.filename)
        yield DeliveredFile(number, name, member.file_size, _zip_reader(path, member, place))


def refuse_hostile(member: zipfile.ZipInfo, place: str, largest: int) -> None:
    """Raises `InputRefused` for a member of a zip that would do harm when it is read; `largest` is in bytes."""
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or not name.parts or ":" in name.parts[0]:
        raise InputRefused("zip.path", "the zip has a file that would land outside its folder", place)
    if member.flag_bits & 0x1:
        raise InputRefused("zip.encrypted", "the zip is encrypted; unpack it first", place)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InputRefused("zip.link", "the zip has a link in it, not a file", place)
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > largest or (
        member.file_size > limits.RATIO_COUNTS_FROM and ratio > limits.MAX_RATIO
    ):
        raise InputRefused("zip.bomb", "a file in the zip would unpack to far more than a record is", place)


def _zip_reader(path: Path, member: zipfile.ZipInfo, place: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as file:
                data = file.read(member.file_size + 1)
        except DAMAGED:
            raise InputRefused("zip.damaged", "a file in the zip is damaged", place) from None
        if len(data) != member.file_size:
            raise InputRefused("zip.bomb", "a file in the zip is not as long as the zip says", place)
        return data

    return read
