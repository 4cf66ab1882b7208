"""A folder of documents with its index, as a document system might hand it over for one side."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from godwit.synth.cells import guids
from godwit.synth.folders.contents import content_of
from godwit.synth.model import Document, Patient, Practice

INDEX = "index.csv"
_HEADER = (
    "Document ID", "NHS number", "Date of birth", "Patient ID", "File", "Size", "SHA-256", "Document date", "Received",
    "Type", "Title", "Sender", "Folder", "Workflow state",
)  # fmt: skip
_IN_ONE_FOLDER = 500


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a document is, as the index says it."""

    patient: int
    nhs_number: str
    birth: str
    local_id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a folder: what its line of the index says, and its bytes.

    `stated` are the bytes whose size and hash the index states, where those are others than the file's. Without
    `listed` there is no line, without `there` no file.
    """

    owner: Owner
    document: str
    path: str
    content: bytes
    created: str
    received: str
    kind: str
    title: str
    sender: str
    stated: bytes | None = None
    listed: bool = True
    there: bool = True

    def under(self, folder: str) -> Entry:
        """The same in a folder of another name, as another system would keep it."""
        return replace(self, path=f"{folder}/{self.path.rpartition('/')[2]}")


def entries_of(practice: Practice, patients: Iterable[Patient], system: str) -> Iterator[Entry]:
    """Every document of these patients as `system` would list it."""
    local_id = _local_ids(practice, system)
    for patient in patients:
        owner = Owner(patient.id, patient.nhs_number or "", f"{patient.birth:%d/%m/%Y}", local_id(patient.id))
        for one in patient.documents:
            yield _entry(practice, owner, one)


def _local_ids(practice: Practice, system: str) -> Callable[[int], str]:
    return guids(practice.seed, "patient") if system == "emis" else str


def _entry(practice: Practice, owner: Owner, one: Document) -> Entry:
    name = one.file_name
    sender = next((other.name for other in practice.others if other.id == one.sender), "")
    words = f"{one.title}. Made up for tests; about nobody. {one.uid}"
    return Entry(
        owner,
        one.uid,
        f"{one.id // _IN_ONE_FOLDER:04}/{name}",
        content_of(name.rpartition(".")[2], words),
        f"{one.when.at:%d/%m/%Y}" if one.when.at else "",
        f"{one.entered:%d/%m/%Y}",
        practice.code(one.code).term,
        one.title,
        sender,
    )


def write_folder(folder: Path, entries: Iterable[Entry]) -> int:
    """Write the files and their index into a folder; returns how many files. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(_HEADER)
    files = 0
    for one in entries:
        if one.there:
            place = folder / one.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(one.content)
            files += 1
        if one.listed:
            lines.writerow(_line(one))
    (folder / INDEX).write_bytes(text.getvalue().encode("utf-8"))
    return files


def _line(one: Entry) -> tuple[str | int, ...]:
    stated = one.content if one.stated is None else one.stated
    who = (one.owner.nhs_number, one.owner.birth, one.owner.local_id)
    return (
        one.document, *who, one.path.replace("/", "\\"), len(stated), sha256(stated).hexdigest(), one.created,
        one.received, one.kind, one.title, one.sender, "Letters", "Completed",
    )  # fmt: skip
