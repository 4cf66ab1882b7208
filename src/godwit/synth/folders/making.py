"""The folders of documents of a practice and its twin, beside their extracts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from godwit.synth.engine import PatientChange, Progress
from godwit.synth.folders.faults import FOLDER_FAULTS, plant_in_folder
from godwit.synth.folders.writing import entries_of, write_folder
from godwit.synth.lives import patient_of
from godwit.synth.model import Patient, Practice

SOURCE, TARGET, ANSWERS = "source-documents", "target-documents", "document-answers.json"
_KEPT_IN = "filed"


def make_folders(
    practice: Practice,
    systems: tuple[str, str],
    folder: Path,
    of_each: int,
    change: PatientChange | None,
    progress: Progress,
) -> int:
    """Write the folders of the source and of the target; returns how many files.

    `of_each` faults of every kind are planted in the target, and `ANSWERS` says what should be found: each check with
    the number of its patient in the practice. `change` is what record faults made of a patient. Raises `OSError`.
    """
    source, target = systems
    files = write_folder(folder / SOURCE, entries_of(practice, _patients(practice, progress), source))
    patients = (
        one for patient in _patients(practice, progress) for one in (change(patient) if change else [patient])
    )
    entries = [one.under(_KEPT_IN) for one in entries_of(practice, patients, target)]
    entries, answers = plant_in_folder(entries, dict.fromkeys(FOLDER_FAULTS, of_each))
    if of_each:
        text = json.dumps([asdict(one) for one in answers], indent=1)
        (folder / ANSWERS).write_text(f"{text}\n", encoding="utf-8")
    return files + write_folder(folder / TARGET, entries)


def _patients(practice: Practice, progress: Progress) -> Iterator[Patient]:
    progress.begin("Making documents", practice.patients, "patients")
    for number in range(1, practice.patients + 1):
        yield patient_of(practice, number)
        progress.advance()
