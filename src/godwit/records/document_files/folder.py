"""The files of one side: every file of a folder but its index, hashed, with its kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from godwit.records.document_files.index_map import IndexMap
from godwit.records.document_files.kinds import HEAD, kind_of
from godwit.records.errors import InputRefused
from godwit.records.intake.delivery import below
from godwit.records.intake.machine import machine_refused

_CHUNK = 1 << 20
MOST_FILES = 5_000_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in the folder: its number there (from 1, in order of names), where it lies, its path in the folder."""

    number: int
    at: Path
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of documents: its index, and all its other files."""

    index: Path
    files: tuple[FoundFile, ...]


def open_folder(folder: Path, told: IndexMap | None, place: str) -> Folder:
    """What is in a folder of documents. Raises `InputRefused` for no folder, no index or a link; `MachineRefused`."""
    if not folder.is_dir():
        raise InputRefused("documents.absent", "there is no such folder of documents", place)
    try:
        paths = sorted(below(folder))
        index = _index(folder, told, place)
        files = tuple(_files(folder, [one for one in paths if one != index], place))
    except OSError as error:
        raise machine_refused(error, place) from None
    return Folder(index, files)


def _files(folder: Path, paths: list[Path], place: str) -> Iterator[FoundFile]:
    if len(paths) > MOST_FILES:
        raise InputRefused("documents.too_many", "there are more files in it than a practice has", place)
    for number, path in enumerate(paths, start=1):
        if path.is_symlink() or not path.is_file():
            raise InputRefused(
                "documents.link", "it is a link or a device, not a file", f"{place} file {number}"
            )
        yield FoundFile(number, path, path.relative_to(folder).as_posix(), path.stat().st_size)


def _index(folder: Path, told: IndexMap | None, place: str) -> Path:
    if told is not None and told.file:
        index = folder / told.file
        if index.parent != folder or index.is_symlink() or not index.is_file():
            raise InputRefused(
                "documents.no_index", "the index that the map names is not in the folder", place
            )
        return index
    found = [one for one in folder.iterdir() if one.suffix.lower() == ".csv" and one.is_file()]
    named = [one for one in found if "index" in one.stem.lower()] or found
    if len(named) != 1:
        because = "no file of the folder is plainly its index (a CSV file); name it in a map"
        raise InputRefused("documents.no_index", because, place)
    return named[0]


def digest(file: FoundFile, place: str) -> tuple[str, str | None]:
    """The SHA-256 of a file and its kind, in one reading. Raises `MachineRefused` without its name."""
    sha = hashlib.sha256()
    try:
        with file.at.open("rb") as opened:
            head = opened.read(HEAD)
            sha.update(head)
            while chunk := opened.read(_CHUNK):
                sha.update(chunk)
    except OSError as error:
        raise machine_refused(error, f"{place} file {file.number}") from None
    return sha.hexdigest(), kind_of(head)
