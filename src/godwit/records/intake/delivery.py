"""A delivery: the files of one side in name order, whether they lie in a folder, in a zip or alone."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from godwit.records.errors import InputRefused, MachineRefused
from godwit.records.intake import limits
from godwit.records.intake.names import public_name

IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that operating systems leave in folders; they are never part of a delivery."""


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """One file: its number in the delivery (from 1, in name order), its name inside it, its size, how to read it."""

    number: int
    name: str
    size: int
    read: Callable[[], bytes]

    @property
    def public(self) -> str:
        """The name as it may be shown before anything is known about the patients in it."""
        return public_name(self.name, self.number)


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
        elif zipfile.is_zipfile(path):
            files = list(_in_zip(path, side))
        else:
            files = [_alone(path)]
    except OSError as error:
        because = f"it could not be opened ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.read", because, side) from None
    if not files:
        raise InputRefused("delivery.empty", "there is no file in it", side)
    if len(files) > limits.MAX_FILES or sum(file.size for file in files) > limits.MAX_TOTAL_BYTES:
        raise InputRefused("delivery.too_large", "it holds more files or bytes than a delivery may", side)
    return Delivery(tuple(files))


def _alone(path: Path) -> DeliveredFile:
    return DeliveredFile(1, path.name, path.stat().st_size, _reader(path, "file 1"))


def _in_folder(folder: Path, side: str) -> Iterator[DeliveredFile]:
    found = sorted(path for path in folder.rglob("*") if path.name not in IGNORED and not path.is_dir())
    for number, path in enumerate(found, start=1):
        if path.is_symlink() or not path.is_file():
            raise InputRefused(
                "delivery.link", "it is a link or a device, not a file", f"{side} file {number}"
            )
        yield DeliveredFile(
            number,
            path.relative_to(folder).as_posix(),
            path.stat().st_size,
            _reader(path, f"{side} file {number}"),
        )


def _reader(path: Path, place: str) -> Callable[[], bytes]:
    def read() -> bytes:
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise InputRefused("file.too_large", "the file is larger than any record", place)
        return path.read_bytes()

    return read


def _in_zip(path: Path, side: str) -> Iterator[DeliveredFile]:
    with zipfile.ZipFile(path) as archive:
        members = sorted(
            (one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename
        )
    names = [one.filename for one in members]
    if len(set(names)) != len(names):
        raise InputRefused("zip.name_twice", "two files in the zip have the same name", side)
    for number, member in enumerate(members, start=1):
        place = f"{side} file {number}"
        _refuse_hostile(member, place)
        if PurePosixPath(member.filename).name not in IGNORED:
            yield DeliveredFile(number, member.filename, member.file_size, _zip_reader(path, member, place))


def _refuse_hostile(member: zipfile.ZipInfo, place: str) -> None:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
        raise InputRefused("zip.path", "the zip has a file that would land outside its folder", place)
    if member.flag_bits & 0x1:
        raise InputRefused("zip.encrypted", "the zip is encrypted; unpack it first", place)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InputRefused("zip.link", "the zip has a link in it, not a file", place)
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > limits.MAX_FILE_BYTES or (
        member.file_size > limits.RATIO_COUNTS_FROM and ratio > limits.MAX_RATIO
    ):
        raise InputRefused("zip.bomb", "a file in the zip would unpack to far more than a record is", place)


def _zip_reader(path: Path, member: zipfile.ZipInfo, place: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as file:
                data = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise InputRefused("zip.damaged", "a file in the zip is damaged", place) from None
        if len(data) != member.file_size:
            raise InputRefused("zip.bomb", "a file in the zip is not as long as the zip says", place)
        return data

    return read
