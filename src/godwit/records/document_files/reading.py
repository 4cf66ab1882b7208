"""Read both folders of documents: every index line, every file hashed, every content opened once; into `filed.*`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from godwit.records.document_files.crew import Crew
from godwit.records.document_files.folder import Folder, digest, open_folder
from godwit.records.document_files.index_file import Index, read_index
from godwit.records.document_files.index_map import load_index_map
from godwit.records.document_files.kinds import misleads
from godwit.records.document_files.opened import Opened
from godwit.records.duck import Duck
from godwit.records.watch import Watch

SIDES = ("source", "target")
OPEN_AT_MOST = 50_000
"""Contents that are opened unless more are asked for; the fingerprints of the rest are compared all the same."""

_SAID = ("nhs_number", "birth_date", "local_id", "sha256", "document", "created", "received", "type", "title", "sender",
         "specialty", "folder", "state", "code")  # fmt: skip
SAID_COLUMNS = {
    "side": "VARCHAR",
    "line": "BIGINT",
    "path": "VARCHAR",
    "size": "BIGINT",
    **dict.fromkeys(_SAID, "VARCHAR"),
}
REJECT_COLUMNS = {"side": "VARCHAR", "line": "BIGINT", "rule": "VARCHAR"}
FILE_COLUMNS = {
    "side": "VARCHAR", "number": "BIGINT", "path": "VARCHAR", "size": "BIGINT", "sha256": "VARCHAR", "kind": "VARCHAR",
    "state": "VARCHAR", "pages": "BIGINT", "misnamed": "BOOLEAN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentsAsked:
    """Two folders of documents, source and target, and for each the map of its index, if it needs one."""

    folders: tuple[Path, Path]
    maps: tuple[Path | None, Path | None] = (None, None)
    open_at_most: int = OPEN_AT_MOST


@dataclass(frozen=True, slots=True)
class OpenedSide:
    """One side before any of its files is read: what its folder and its index hold."""

    side: str
    folder: Folder
    index: Index


@dataclass(frozen=True, slots=True)
class OpenedDocuments:
    """Both sides, and how many contents are to be opened at most."""

    sides: tuple[OpenedSide, OpenedSide]
    open_at_most: int


Hashed = Mapping[int, tuple[str, str | None]]
"""Each file's SHA-256 and its kind as its first bytes tell it, by its number."""


def open_documents(asked: DocumentsAsked) -> OpenedDocuments:
    """Look into both folders and read both indexes, so that a wrong one is told before the long work begins.

    Raises `InputRefused` for a folder, an index or a map that cannot be read as a whole, and `MachineRefused`.
    """
    first, second = (
        _open(folder, path, side) for folder, path, side in zip(asked.folders, asked.maps, SIDES, strict=True)
    )
    return OpenedDocuments((first, second), asked.open_at_most)


def _open(path: Path, columns: Path | None, side: str) -> OpenedSide:
    told = load_index_map(columns, f"map of the {side} index") if columns else None
    place = f"{side} documents"
    folder = open_folder(path, told, place)
    return OpenedSide(side, folder, read_index(folder.index, told, f"{place}, index"))


def read_documents(duck: Duck, opened: OpenedDocuments, watch: Watch) -> None:
    """Fill `filed.said`, `filed.reject` and `filed.file`: every file hashed, every content opened. `MachineRefused`."""
    hashed = [_hashed(one, watch) for one in opened.sides]
    came = _came(opened, hashed, watch)
    duck.run("rooms", "CREATE SCHEMA filed")
    for one, known in zip(opened.sides, hashed, strict=True):
        duck.load("filed.said", SAID_COLUMNS, _said(one))
        duck.load("filed.reject", REJECT_COLUMNS, _rejects(one))
        duck.load("filed.file", FILE_COLUMNS, _files(one, known, came))


def _hashed(side: OpenedSide, watch: Watch) -> Hashed:
    found = {}
    with watch.step(f"hash the documents of the {side.side}", len(side.folder.files)):
        for one in side.folder.files:
            found[one.number] = digest(one, f"{side.side} documents")
            watch.progress.advance()
    return found


def _came(opened: OpenedDocuments, hashed: Sequence[Hashed], watch: Watch) -> dict[str, Opened]:
    """What came of opening each content once; of more than `open_at_most`, those whose fingerprints come first: a fair
    draw."""
    sides = zip(opened.sides, hashed, strict=True)
    places = {known[one.number][0]: one.at for side, known in sides for one in side.folder.files}
    chosen = sorted(places)[: opened.open_at_most]
    came: dict[str, Opened] = {}
    with watch.step("open the documents", len(chosen)), Crew(len(chosen)) as crew:
        for sha256, one in crew.open_all((name, places[name]) for name in chosen):
            came[sha256] = one
            watch.progress.advance()
    return came


def _said(side: OpenedSide) -> Iterator[dict[str, object]]:
    for row in side.index.rows:
        yield {"side": side.side, "line": row.line, "path": row.path, **row.said}


def _rejects(side: OpenedSide) -> Iterator[dict[str, object]]:
    for line, rule in side.index.rejects:
        yield {"side": side.side, "line": line, "rule": rule}


def _files(side: OpenedSide, hashed: Hashed, came: Mapping[str, Opened]) -> Iterator[dict[str, object]]:
    for one in side.folder.files:
        sha256, first_look = hashed[one.number]
        opened = came.get(sha256) or Opened("not_tried" if one.size else "empty", first_look)
        kind = opened.kind or first_look
        yield {
            "side": side.side,
            "number": one.number,
            "path": one.path,
            "size": one.size,
            "sha256": sha256,
            "kind": kind,
            "state": opened.state,
            "pages": opened.pages,
            "misnamed": misleads(one.path, kind),
        }
