"""From an order to a folder: one practice written in one shape or two, with its answer key and lists of losses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from godwit.synth.deltas import write_series
from godwit.synth.engine import Output, Progress, Tally, write
from godwit.synth.faults import FaultPlan, Faults, plant
from godwit.synth.folders.making import make_folders
from godwit.synth.lives import patient_of
from godwit.synth.model import Patient, Practice
from godwit.synth.places import SNAPSHOT, make_practice
from godwit.synth.refusal import SynthRefused
from godwit.synth.writers import known, writer_of
from godwit.synth.writing import Writer

SOURCE, TARGET, PRACTICE, LOSSES, ANSWERS = "source", "target", "practice.json", "losses.json", "answers.json"
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Order:
    """What to make. Without `twin` the files lie directly in `out`; with it in `out/source` and `out/target`."""

    system: str
    patients: int
    seed: int
    out: Path
    twin: str | None = None
    faults: FaultPlan | None = None
    density: float = 1.0
    workers: int = 1
    documents: bool = False  # folders with the files of documents as well
    file_faults: int = 0  # of each kind, in the files of the twin
    deltas: int = 0  # a series instead: a bulk, so many deltas, and the later bulk
    snapshot: datetime = SNAPSHOT


def make(order: Order, progress: Progress) -> dict[str, Any]:
    """Write the practice of an order and return what came of it: items by kind, losses, faults.

    The folder is whole or not there: everything is written under another name first. Raises `SynthRefused` when the
    order cannot be carried out or the folder is taken, `OSError` when the disk does not take it.
    """
    if order.faults is not None and order.twin is None:
        raise SynthRefused("synth.faults_need_twin", "faults are planted in a twin; say which with --twin")
    if order.documents and order.twin is None:
        raise SynthRefused("synth.documents_need_twin", "documents are made for two sides; add --twin")
    if order.file_faults and not order.documents:
        raise SynthRefused("synth.file_faults_need_documents", "faults of files need files; add --documents")
    if order.deltas and order.twin is not None:
        raise SynthRefused(
            "synth.deltas_or_twin", "a series of deltas has no twin; leave out --deltas or --twin"
        )
    practice = make_practice(order.seed, order.patients, order.density, order.snapshot)
    with _whole_or_not(order.out) as folder:
        if order.deltas:
            return _series(order, practice, folder, progress)
        return _written(order, practice, folder, progress)


def _series(order: Order, practice: Practice, folder: Path, progress: Progress) -> dict[str, Any]:
    """A bulk, deltas and a later bulk, each in a folder of its own."""
    progress.begin("Making patients", order.patients, "patients")
    tally = Tally()
    patients = _counted(practice, order.patients, tally, progress)
    write_series(practice, patients, known(order.system), folder, order.deltas)
    return {**_facts(order, tally), "deltas": order.deltas}


def _counted(practice: Practice, patients: int, tally: Tally, progress: Progress) -> Iterator[Patient]:
    for number in range(1, patients + 1):
        patient = patient_of(practice, number)
        tally.count(patient)
        yield patient
        progress.advance()


def _written(order: Order, practice: Practice, folder: Path, progress: Progress) -> dict[str, Any]:
    writers = [writer_of(system, practice) for system in (order.system, order.twin) if system]
    faults = _planted(order, practice, progress)
    if order.twin is None:
        outputs = [Output(writers[0], folder)]
    else:
        change = faults.change if faults else None
        outputs = [Output(writers[0], folder / SOURCE), Output(writers[1], folder / TARGET, change)]
    tally = write(practice, range(1, order.patients + 1), outputs, order.workers, progress)
    facts = _facts(order, tally)
    if order.documents and order.twin is not None:
        change = faults.change if faults else None
        systems = (known(order.system), known(order.twin))
        facts["files"] = make_folders(practice, systems, folder, order.file_faults, change, progress)
    losses = _losses(writers, tally)
    if order.twin is not None:
        _json(folder / PRACTICE, facts)
        _json(folder / LOSSES, losses)
        if faults:
            _json(folder / ANSWERS, faults.answer_key())
    summary = {**facts, "losses": losses}
    return {**summary, "faults": _fault_counts(faults)} if faults else summary


def _planted(order: Order, practice: Practice, progress: Progress) -> Faults | None:
    if order.faults is None:
        return None
    progress.begin("Planting faults")
    return plant(practice, order.faults, order.patients)


def _fault_counts(faults: Faults) -> dict[str, Any]:
    key = faults.answer_key()
    return {"planted": key["planted"], "not_planted": key["not_planted"], "answers": len(key["answers"])}


def _facts(order: Order, tally: Tally) -> dict[str, Any]:
    return {
        "system": known(order.system),
        "twin": known(order.twin) if order.twin else None,
        "seed": order.seed,
        "density": order.density,
        "snapshot": order.snapshot.isoformat(),
        "patients": order.patients,
        "items": dict(sorted(tally.items.items())),
    }


def _losses(writers: Sequence[Writer], tally: Tally) -> list[dict[str, Any]]:
    """Each loss of each side's shape that was suffered, the commonest first."""
    return [
        {"side": side, "loss": name, "title": writer.losses[name], "records": count}
        for side, writer, suffered in zip((SOURCE, TARGET), writers, tally.losses, strict=False)
        for name, count in suffered.most_common()
        if count
    ]


def _json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@contextmanager
def _whole_or_not(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its name when all went well, and is taken away otherwise."""
    out = out.resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SynthRefused("synth.taken", "the folder to make already holds something; choose another name")
    folder = out.with_name(f"{out.name}{_UNFINISHED}")
    if folder.exists():
        because = "what an interrupted command left lies beside the folder to make; remove it, or choose another name"
        raise SynthRefused("synth.leftover", because, folder.name)
    folder.mkdir(parents=True)
    try:
        yield folder
        if out.exists():
            out.rmdir()
        folder.replace(out)
    finally:
        if folder.exists():
            shutil.rmtree(folder)
