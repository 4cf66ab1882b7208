"""Writes patients chunk by chunk, in this process or in several, in bounded memory and always to the same bytes.

Every patient is a function of the seed and the patient's number, and chunks are joined in their order; so neither the
number of workers nor the order in which they finish can be seen in the files.
"""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from godwit.synth.lives import patient_of
from godwit.synth.model import Patient, Practice
from godwit.synth.refusal import SynthRefused
from godwit.synth.writing import Writer, Written

PatientChange = Callable[[Patient], list[Patient]]
"""The twin's version of a patient: nobody where it is dropped, others besides where they appear."""
CHUNK = 50
"""Patients a worker makes before it hands over their lines: some 15 megabytes at full density."""
KINDS = (
    "registrations", "addresses", "contacts", "relations", "consultations", "observations", "problems", "allergies",
    "immunisations", "authorisations", "issues", "referrals", "recalls", "documents", "alerts", "appointments",
)  # fmt: skip
"""The kinds of item of a patient, by the names of the model."""


class Progress(Protocol):
    """Whatever shows how far the work is."""

    def begin(self, title: str, parts: int | None = None, of: str = "files") -> None:
        """A step of so many parts begins."""

    def advance(self) -> None:
        """One part is done."""


@dataclass(frozen=True, slots=True)
class Output:
    """One writer, the folder its files go to, and what happens to a patient before it writes."""

    writer: Writer
    folder: Path
    change: PatientChange | None = None


@dataclass(slots=True)
class Tally:
    """What was written: items by kind, as the model has them, and what each output's shape could not hold."""

    items: Counter[str] = field(default_factory=Counter)
    losses: list[Counter[str]] = field(default_factory=list)

    def count(self, patient: Patient) -> None:
        """Add a patient's items, by kind."""
        for kind in KINDS:
            self.items[kind] += len(getattr(patient, kind))


@dataclass(slots=True)
class _Chunk:
    """What one chunk of patients came to: for each output, bytes by file."""

    patients: int
    files: list[dict[str, bytes]]
    tally: Tally


def write(
    practice: Practice, patients: Sequence[int], outputs: Sequence[Output], workers: int, progress: Progress
) -> Tally:
    """Write these patients through every output; the folders are made if need be and must hold none of the files.

    Raises `SynthRefused` when a worker process dies, `OSError` when the disk does not take the files.
    """
    progress.begin("Making patients", len(patients), "patients")
    for output in outputs:
        output.folder.mkdir(parents=True, exist_ok=True)
        for name, text in output.writer.openings().items():
            (output.folder / name).write_bytes(text.encode(output.writer.encoding))
    total = Tally(losses=[Counter() for _ in outputs])
    for chunk in _chunks(practice, patients, outputs, workers):
        _append(chunk, outputs)
        total.items += chunk.tally.items
        for suffered, more in zip(total.losses, chunk.tally.losses, strict=True):
            suffered.update(more)
        for _ in range(chunk.patients):
            progress.advance()
    return total


def _append(chunk: _Chunk, outputs: Sequence[Output]) -> None:
    for output, files in zip(outputs, chunk.files, strict=True):
        for name, content in files.items():
            with (output.folder / name).open("ab") as file:
                file.write(content)


def _chunks(
    practice: Practice, patients: Sequence[int], outputs: Sequence[Output], workers: int
) -> Iterator[_Chunk]:
    numbers = [patients[start : start + CHUNK] for start in range(0, len(patients), CHUNK)]
    crew = _Crew(practice, tuple((output.writer, output.change) for output in outputs))
    if workers <= 1 or len(numbers) == 1:
        return map(crew.make, numbers)
    return _in_processes(crew, numbers, min(workers, len(numbers)))


def _in_processes(crew: _Crew, numbers: Sequence[Sequence[int]], workers: int) -> Iterator[_Chunk]:
    """The chunks in their order; never more than two for each worker are on the way, which bounds the memory."""
    with ProcessPoolExecutor(workers, get_context("spawn"), _hire, (crew,)) as pool:
        waiting: deque[Future[_Chunk]] = deque()
        try:
            for some in numbers:
                with _deaf():
                    waiting.append(pool.submit(_work, some))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            because = "a process that made patients was stopped, most likely for want of memory; use fewer --workers"
            raise SynthRefused("synth.worker", because) from None
        finally:
            for one in waiting:
                one.cancel()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes begun inside do not hear Ctrl-C: the one that begins them does, and stops them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Crew:
    """What one process needs to make chunks. Plain enough to be handed to another process."""

    def __init__(self, practice: Practice, outputs: tuple[tuple[Writer, PatientChange | None], ...]) -> None:
        self.practice = practice
        self.outputs = outputs

    def make(self, numbers: Sequence[int]) -> _Chunk:
        """One chunk: every patient is made once and written through each output."""
        texts: list[dict[str, list[str]]] = [{} for _ in self.outputs]
        tally = Tally(losses=[Counter() for _ in self.outputs])
        for number in numbers:
            patient = patient_of(self.practice, number)
            tally.count(patient)
            for place, (writer, change) in enumerate(self.outputs):
                for one in [patient] if change is None else change(patient):
                    _gather(writer.patient(one), texts[place], tally.losses[place])
        files = [
            {name: "".join(parts).encode(writer.encoding) for name, parts in some.items()}
            for some, (writer, _) in zip(texts, self.outputs, strict=True)
        ]
        return _Chunk(len(numbers), files, tally)


def _gather(written: Written, texts: dict[str, list[str]], losses: Counter[str]) -> None:
    for name, text in written.parts.items():
        texts.setdefault(name, []).append(text)
    losses.update(written.losses)


_hired: list[_Crew] = []


def _hire(crew: _Crew) -> None:
    """Begin a worker process with everything it needs."""
    _hired[:] = [crew]


def _work(numbers: Sequence[int]) -> _Chunk:
    return _hired[0].make(numbers)
