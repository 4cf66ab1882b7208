"""Open a bulk delivery so that its files lie plain on disk: folders as they are; archives (in one part or several) and
encrypted files unpacked into a private folder, under limits of size, number and path.

Nothing outside that folder is written, and what is written there has a number for a name, not the one delivered.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from godwit.records.errors import InputRefused
from godwit.records.intake import limits
from godwit.records.intake.decrypt import Keys, decrypt
from godwit.records.intake.delivery import DAMAGED, IGNORED, below, refuse_hostile
from godwit.records.intake.machine import machine_refused
from godwit.records.intake.names import as_text, withheld_name
from godwit.records.intake.split_zip import SplitZip, in_part_order, stem_of

_PIECE = 1 << 20
_ENCRYPTED = (".gpg", ".pgp")
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class PlainFile:
    """One delivered file on disk: its number in the delivery (from 1, in name order), its name there, where it lies."""

    number: int
    name: str
    path: Path
    size: int

    @property
    def public(self) -> str:
        """What it is called before anything is known about what is in it."""
        return withheld_name(self.name, self.number)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file on the way: its name in the delivery, where it lies, and in how many archives it was."""

    name: str
    path: Path
    depth: int = 0


def unpacked(path: Path, side: str, work: Path, keys: Keys | None = None) -> tuple[PlainFile, ...]:
    """The files of a delivery in name order. `path` is a folder or a file; `work` is made and is private.

    Raises `InputRefused` naming the side, the number of the file and the rule; `MachineRefused` for a full disk.
    """
    try:
        work.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        found = sorted(_Unpacking(side, work, keys).all_of(path), key=lambda one: one.name)
        sizes = [one.path.stat().st_size for one in found]
    except OSError as error:
        raise machine_refused(error, side) from None
    if not found:
        raise InputRefused("delivery.empty", "there is no file in it", side)
    numbered = enumerate(zip(found, sizes, strict=True), start=1)
    return tuple(PlainFile(number, one.name, one.path, size) for number, (one, size) in numbered)


@dataclass(slots=True)
class _Unpacking:
    """Opens one delivery, counting files and bytes against their limits."""

    side: str
    work: Path
    keys: Keys | None
    files: int = 0
    size: int = 0
    made: int = 0

    def all_of(self, path: Path) -> Iterator[_Found]:
        """Every plain file of the delivery."""
        if not path.exists():
            raise InputRefused("delivery.absent", "there is no such file or folder", self.side)
        root = path if path.is_dir() else path.parent
        paths = sorted(below(path)) if path.is_dir() else _with_parts(path)
        for parts in _groups(paths):
            last = parts[-1]
            name = as_text(last.relative_to(root).as_posix())
            for one in parts:
                self._count(one)
            if stem_of(parts[0].name):
                with _archive(in_part_order(parts, self.side), self._place) as archive:
                    yield from self._members(archive, _Found(name, last))
            else:
                yield from self._opened(_Found(name, last))

    def _opened(self, one: _Found) -> Iterator[_Found]:
        """The file itself, or what is in it once it is unpacked; then an archive that we unpacked ourselves can go."""
        name = one.name.lower()
        if one.depth > limits.MAX_DEPTH:
            raise InputRefused("zip.depth", "archives lie in archives too deeply", self._place)
        if name.endswith(".zip"):
            with _archive((one.path,), self._place) as archive:
                yield from self._members(archive, one)
        elif name.endswith(_ENCRYPTED):
            target = self._room()
            decrypt(one.path, target, self.keys, self._place)
            self._grow(target.stat().st_size)
            yield from self._opened(_Found(one.name.rpartition(".")[0], target, one.depth + 1))
        elif name.endswith(".gz"):
            target = self._room()
            most = max(one.path.stat().st_size * limits.MAX_RATIO, limits.RATIO_COUNTS_FROM)
            with gzip.GzipFile(filename=str(one.path), mode="rb") as packed:
                self._copy(packed, target, most)
            yield from self._opened(_Found(one.name.rpartition(".")[0], target, one.depth + 1))
        else:
            yield one
            return
        if one.depth:
            one.path.unlink()

    def _members(self, archive: zipfile.ZipFile, outer: _Found) -> Iterator[_Found]:
        files = [one for one in archive.infolist() if not one.filename.endswith("/")]
        members = [one for one in files if not set(PurePosixPath(one.filename).parts) & set(IGNORED)]
        if len({one.filename for one in members}) != len(members):
            raise InputRefused("zip.name_twice", "two files in the zip have the same name", self._place)
        for member in members:
            target = self._room()
            self._count(None)
            refuse_hostile(member, self._place, limits.MAX_TABLE_BYTES)
            try:
                with archive.open(member) as packed:
                    self._copy(packed, target, member.file_size)
            except DAMAGED:
                raise InputRefused("zip.damaged", "a file in the zip is damaged", self._place) from None
            yield from self._opened(
                _Found(f"{outer.name}/{as_text(member.filename)}", target, outer.depth + 1)
            )

    def _copy(self, packed: IO[bytes] | gzip.GzipFile, target: Path, most: int) -> None:
        """Write what a reader gives, and no more than it may be."""
        written = 0
        try:
            with target.open("xb") as plain:
                while piece := packed.read(_PIECE):
                    written += len(piece)
                    if written > most:
                        because = "a file unpacks to more than it should, or than a table is"
                        raise InputRefused("zip.bomb", because, self._place)
                    self._grow(len(piece))
                    plain.write(piece)
        except gzip.BadGzipFile:
            raise InputRefused("zip.damaged", "a file in the zip is damaged", self._place) from None
        except (EOFError, zlib.error):
            raise InputRefused("zip.damaged", "a packed file breaks off or is damaged", self._place) from None

    @property
    def _place(self) -> str:
        return f"{self.side} file {self.files}"

    def _count(self, path: Path | None) -> None:
        """Count a file (on disk, if it lies there) against the limits."""
        self.files += 1
        if path and (path.is_symlink() or not path.is_file()):
            raise InputRefused("delivery.link", "it is a link or a device, not a file", self._place)
        if self.files > limits.MAX_FILES:
            raise InputRefused(
                "delivery.too_large", "it holds more files or bytes than a delivery may", self.side
            )
        self._grow(path.stat().st_size if path else 0)

    def _grow(self, size: int) -> None:
        self.size += size
        if self.size > limits.MAX_TOTAL_BYTES:
            raise InputRefused(
                "delivery.too_large", "it holds more files or bytes than a delivery may", self.side
            )

    def _room(self) -> Path:
        """A place for a file, under a number."""
        self.made += 1
        return self.work / f"{self.made:05d}"


def _groups(paths: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """Files each on its own, and the parts of an archive together."""
    archives: dict[tuple[Path, str], list[Path]] = {}
    alone: list[Path] = []
    for path in paths:
        stem = stem_of(path.name)
        if stem:
            archives.setdefault((path.parent, stem), []).append(path)
        else:
            alone.append(path)
    for path in alone:
        last_of = archives.get((path.parent, path.stem.casefold())) if path.suffix.lower() == ".zip" else None
        if last_of is None:
            yield (path,)
        else:
            last_of.append(path)
    yield from map(tuple, archives.values())


def _with_parts(path: Path) -> list[Path]:
    """A file, and if it is a part of an archive the others beside it."""
    stem = stem_of(path.name) or path.stem.casefold()
    beside = [one for one in path.parent.iterdir() if stem_of(one.name) == stem]
    if not beside:
        return [path]
    last = [one for one in path.parent.iterdir() if one.name.casefold() == f"{stem}.zip"]
    return sorted({path, *beside, *last})


def _archive(parts: tuple[Path, ...], place: str) -> zipfile.ZipFile:
    try:
        return SplitZip(parts) if len(parts) > 1 else zipfile.ZipFile(parts[0])
    except DAMAGED:
        raise InputRefused("zip.damaged", "the list of files in the zip is damaged", place) from None
