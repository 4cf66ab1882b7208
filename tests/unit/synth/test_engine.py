"""Whatever the number of workers, the same bytes; losses and items counted; a twin changed on the way."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from godwit.synth.engine import KINDS, Output, write
from godwit.synth.lives import patient_of
from godwit.synth.model import Patient, Practice
from godwit.synth.places import make_practice
from godwit.synth.writing import Written


@dataclass
class Plain:
    """A writer of one line a patient and one file for each."""

    practice: Practice
    encoding: str = "utf-8"

    @property
    def system(self) -> str:
        return "plain"

    @property
    def losses(self) -> Mapping[str, str]:
        return {"plain_everything": "Everything but the name"}

    def openings(self) -> Mapping[str, str]:
        return {"all.txt": "name\n", "empty.txt": "nothing\n"}

    def patient(self, patient: Patient) -> Written:
        written = Written(losses=Counter({"plain_everything": len(patient.observations)}))
        written.add("all.txt", f"{patient.id} {patient.family}\n")
        written.add(f"patient-{patient.id}.txt", patient.given)
        return written


class Quiet:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int | None, str]] = []
        self.done = 0

    def begin(self, title: str, parts: int | None = None, of: str = "files") -> None:
        self.begun.append((title, parts, of))

    def advance(self) -> None:
        self.done += 1


def without_fours(patient: Patient) -> list[Patient]:
    """Drops every fourth patient, doubles every fifth, renames the others."""
    if patient.id % 4 == 0:
        return []
    return [patient, patient] if patient.id % 5 == 0 else [replace(patient, family="Twin")]


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def written(folder: Path, workers: int, count: int = 120) -> dict[str, str]:
    practice = make_practice(5, count, 0.02)
    outputs = [
        Output(Plain(practice), folder / "source"),
        Output(Plain(practice, "cp1252"), folder / "target", without_fours),
    ]
    write(practice, range(1, count + 1), outputs, workers, Quiet())
    return fingerprints(folder)


def test_one_worker_and_two_write_the_same_bytes(tmp_path: Path) -> None:
    one = written(tmp_path / "one", 1)
    assert one == written(tmp_path / "two", 2)
    assert len(one) == 2 * 2 + 120 + 90


def test_patients_stand_in_their_order_behind_the_opening(tmp_path: Path) -> None:
    written(tmp_path, 1)
    lines = (tmp_path / "source" / "all.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name"
    assert [int(line.split()[0]) for line in lines[1:]] == list(range(1, 121))
    assert (tmp_path / "source" / "empty.txt").read_text(encoding="utf-8") == "nothing\n"


def test_the_twin_is_changed_and_the_source_is_not(tmp_path: Path) -> None:
    written(tmp_path, 1)
    source = (tmp_path / "source" / "all.txt").read_text(encoding="utf-8")
    target = (tmp_path / "target" / "all.txt").read_text(encoding="cp1252").splitlines()
    assert "Twin" not in source
    assert "1 Twin" in target
    assert not any(line.startswith("4 ") for line in target)
    assert sum(line.startswith("5 ") for line in target) == 2


def test_items_and_losses_are_counted_over_all_chunks(tmp_path: Path) -> None:
    practice, quiet = make_practice(5, 120, 0.02), Quiet()
    tally = write(practice, range(1, 121), [Output(Plain(practice), tmp_path)], 1, quiet)
    patients = [patient_of(practice, number) for number in range(1, 121)]
    assert tally.items == Counter({kind: sum(len(getattr(one, kind)) for one in patients) for kind in KINDS})
    assert tally.losses[0]["plain_everything"] == tally.items["observations"]
    assert quiet.begun == [("Making patients", 120, "patients")]
    assert quiet.done == 120


class Broken(Plain):
    """A writer that writes what its encoding cannot hold."""

    def patient(self, patient: Patient) -> Written:
        return Written({"all.txt": f"日本 {patient.id}"}, Counter())


def test_a_character_that_the_encoding_cannot_hold_is_never_swallowed(tmp_path: Path) -> None:
    practice = make_practice(5, 3, 0.02)
    with pytest.raises(UnicodeEncodeError):
        write(practice, range(1, 4), [Output(Broken(practice, "cp1252"), tmp_path)], 1, Quiet())
