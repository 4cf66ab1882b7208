"""What a person may ask of a comparison beyond the two deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from godwit.records.bulk.loading import Opening
from godwit.records.document_files.reading import DocumentsAsked


@dataclass(frozen=True, slots=True)
class Asked:
    """The wishes of one comparison; every file is read before any work begins, so that a wrong one is told at once.

    `today` decides which agreements have ended, and ages where no extract says when it was taken. `systems` are told
    where content does not show them. `maps` are code maps, `clusters` code lists of registers, `agreed` the agreed
    differences, `previous` the run folder of the round before. `sample` patients are drawn at random with `seed`.
    `documents` are the folders with the files of documents, where they are to be compared too.
    """

    today: date
    systems: tuple[str | None, str | None] = (None, None)
    opening: Opening = Opening()  # noqa: RUF009 - frozen
    maps: tuple[Path, ...] = ()
    clusters: Path | None = None
    agreed: Path | None = None
    previous: Path | None = None
    sample: int = 20
    seed: int = 1
    documents: DocumentsAsked | None = None
