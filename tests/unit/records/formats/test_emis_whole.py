"""A made-up practice in EMIS's shape goes through the real staging and conversion: every row has exactly one fate."""

from collections import Counter
from pathlib import Path

import pytest

from godwit.records.bulk.bulk_format import load_format
from godwit.records.bulk.converting import Canonical, convert
from godwit.records.bulk.recognise import recognise
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.duck import Duck
from godwit.records.intake.unpack import PlainFile
from godwit.synth.emis.writer import EmisWriter
from tests.support import small_practice

PATIENTS = range(1, 15)


def written(folder: Path, defects: bool) -> list[PlainFile]:
    """The files of the practice, with or without the documented faults of real feeds."""
    folder.mkdir()
    practice = small_practice.practice()
    writer = EmisWriter(practice, defects)
    texts = writer.openings()
    for number in PATIENTS:
        for name, text in writer.patient(small_practice.patient_of(practice, number)).parts.items():
            texts[name] += text
    files = []
    for number, (name, text) in enumerate(sorted(texts.items()), start=1):
        path = folder / name
        path.write_bytes(text.encode())
        files.append(PlainFile(number, name, path, path.stat().st_size))
    return files


def read(duck: Duck, files: list[PlainFile]) -> tuple[StagedSide, Canonical]:
    """The files staged and converted."""
    emis = load_format("emis")
    recognition = recognise(files, [emis.layout], "source")
    assert recognition
    staged = stage_side(duck, "source", emis, recognition)
    return staged, convert(duck, "source", emis, lambda: None)


@pytest.mark.parametrize("defects", [False, True], ids=["clean", "with the faults of real feeds"])
def test_every_row_has_one_fate(tmp_path: Path, defects: bool) -> None:
    (work := tmp_path / "work").mkdir()
    files = written(tmp_path / "delivered", defects)
    with Duck(work, reads=(tmp_path / "delivered",)) as duck:
        staged, canonical = read(duck, files)
        fates: Counter[tuple[str, int, int]] = Counter()
        for part in canonical.parts:
            rows = f"SELECT record_kind, file, record FROM read_parquet('{part.path}') WHERE part = 0"
            fates.update(duck.run("records", rows))
        fates.update(duck.run("aside", "SELECT kind, file, record FROM ledger.set_aside"))
        issues = duck.run("issues", "SELECT count(*) FROM ledger.issue")
    assert len(staged.files) == 21
    assert {one.version for one in staged.files} == {"8.2"}
    assert not [warning for one in staged.files for warning in one.warnings]
    assert set(fates.values()) == {1}
    assert sum(fates.values()) == sum(one.records for one in staged.files)
    assert issues == [(0,)]
    assert len(canonical.people) == len(PATIENTS)
