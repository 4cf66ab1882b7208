"""`godwit extract lint` and `godwit extract describe` without the terminal: open, stage in private, answer, wipe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from godwit.records.bulk.alone import SIDE, told_of_the_delivery
from godwit.records.bulk.document import Document, read_document
from godwit.records.bulk.document_draft import draft
from godwit.records.bulk.document_lint import answer, lint
from godwit.records.bulk.document_specification import document_of_specification
from godwit.records.bulk.loading import bulk_formats
from godwit.records.bulk.recognise import recognise
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.intake.decrypt import Keys
from godwit.records.intake.unpack import PlainFile, unpacked
from godwit.records.watch import Progress


def lint_delivery(path: Path, document: Path, progress: Progress, keys: Keys | None = None) -> dict[str, Any]:
    """What the linter says of a delivery and its document. Raises `InputRefused`."""
    described = document_of(document)
    with _opened(path, progress, keys) as (duck, files):
        return answer(described, lint(duck, described, files, progress.advance))


def describe_delivery(path: Path, progress: Progress, keys: Keys | None = None) -> str:
    """A draft of the document for a delivery of a system that Godwit knows, as YAML. Raises `InputRefused`."""
    with _opened(path, progress, keys) as (duck, files):
        formats = bulk_formats()
        recognition = recognise(files, [one.layout for one in formats.values()], SIDE)
        if recognition is None:
            raise InputRefused(
                "file.unrecognised", "no table of a bulk extract that Godwit knows is in it", SIDE
            )
        return draft(duck, formats[recognition.layout.system], recognition, progress.advance)


def document_of(path: Path) -> Document:
    """The document at `path`: YAML, or a TPP Specification where the name ends in .csv. Raises `InputRefused`."""
    if not path.is_file():
        raise InputRefused("document.absent", "no such document", "document")
    described = path.suffix.casefold() == ".csv"
    return document_of_specification(path) if described else read_document(path)


@contextmanager
def _opened(
    path: Path, progress: Progress, keys: Keys | None
) -> Iterator[tuple[Duck, tuple[PlainFile, ...]]]:
    """A private room with the delivery's files in it; both are gone afterwards."""
    with told_of_the_delivery(), TemporaryDirectory(prefix="godwit-") as room:
        work = Path(room)
        files = tuple(unpacked(path, SIDE, work / "unpacked", keys))
        progress.begin("read the files", len(files))
        with Duck(work, reads=[path.resolve()]) as duck:
            yield duck, files
