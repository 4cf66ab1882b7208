"""A bulk delivery is opened however it was packed, and what would do harm is refused by name."""

import gzip
import os
import random
from pathlib import Path

import pysequoia
import pytest

from godwit.records.errors import InputRefused, MachineRefused, WrongUse
from godwit.records.intake import limits
from godwit.records.intake.decrypt import Keys
from godwit.records.intake.unpack import unpacked
from tests.support.archives import split, zipped

TABLES = {f"SR{number}.csv": random.Random(number).randbytes(5000 + number) for number in range(6)}  # noqa: S311


def opened(path: Path, work: Path, keys: Keys | None = None) -> dict[str, bytes]:
    return {one.name: one.path.read_bytes() for one in unpacked(path, "source", work, keys)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "delivered"
    made.mkdir()
    return made


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


def test_a_folder_is_read_where_it_lies(folder: Path, work: Path) -> None:
    (folder / "inner").mkdir()
    for name in ("b.csv", "a.csv", "inner/c.csv", ".DS_Store"):
        (folder / name).write_text(name)
    found = unpacked(folder, "source", work)
    assert [(one.number, one.name, one.size) for one in found] == [
        (1, "a.csv", 5),
        (2, "b.csv", 5),
        (3, "inner/c.csv", 11),
    ]
    assert all(one.path.is_relative_to(folder) for one in found)
    assert found[0].public == "file-00001.csv (name withheld)"


def test_a_zip_and_a_file_alone(folder: Path, work: Path) -> None:
    (folder / "x.zip").write_bytes(zipped(TABLES))
    (folder / "one.csv").write_bytes(b"1")
    assert opened(folder / "x.zip", work) == {f"x.zip/{name}": data for name, data in TABLES.items()}
    assert opened(folder / "one.csv", work) == {"one.csv": b"1"}
    assert oct(work.stat().st_mode & 0o777) == "0o700"
    assert not any("SR" in one.name for one in work.iterdir())


def test_zips_in_a_folder_in_a_zip(folder: Path, work: Path) -> None:
    (folder / "FULL_PATIENT.zip").write_bytes(zipped({"p.csv": b"1"}))
    (folder / "outer.zip").write_bytes(zipped({"run/FULL_CLINICAL.zip": zipped({"j.csv": b"2"})}))
    assert opened(folder, work) == {
        "FULL_PATIENT.zip/p.csv": b"1",
        "outer.zip/run/FULL_CLINICAL.zip/j.csv": b"2",
    }


@pytest.mark.parametrize("size", [700, 4000, 29_000])
@pytest.mark.parametrize("given", ["folder", "zip", "first"])
def test_a_zip_in_parts(folder: Path, work: Path, size: int, given: str) -> None:
    parts = split(zipped(TABLES), size, folder, "SRExtract")
    path = {"folder": folder, "zip": parts[-1], "first": parts[0]}[given]
    assert opened(path, work) == {f"SRExtract.zip/{name}": data for name, data in TABLES.items()}


def test_a_zip_cut_into_pieces(folder: Path, work: Path) -> None:
    data = zipped(TABLES)
    for number, start in enumerate(range(0, len(data), 9000), start=1):
        (folder / f"x.zip.{number:03d}").write_bytes(data[start : start + 9000])
    assert set(opened(folder, work).values()) == set(TABLES.values())


@pytest.mark.parametrize("missing", [0, 1, -1])
def test_a_missing_part_is_refused(folder: Path, work: Path, missing: int) -> None:
    parts = split(zipped(TABLES), 9000, folder, "x")
    parts[missing].unlink()
    assert refused(folder, work) == "zip.part_missing"


def test_the_last_numbered_part_missing_is_refused(folder: Path, work: Path) -> None:
    split(zipped(TABLES), 9000, folder, "x")[-2].unlink()
    assert refused(folder, work) == "zip.part_missing"


def test_a_packed_file(folder: Path, work: Path) -> None:
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"x" * 100))
    assert opened(folder, work) == {"a.csv": b"x" * 100}
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"x" * 100)[:-9])
    assert refused(folder, work / "again") == "zip.damaged"
    (folder / "a.csv.gz").write_bytes(b"no")
    assert refused(folder, work / "third") == "zip.damaged"


@pytest.fixture(scope="module")
def key() -> pysequoia.Tsk:
    return pysequoia.Tsk.generate("A practice <practice@example.org>")


def encrypted(data: bytes, key: pysequoia.Tsk) -> bytes:
    return pysequoia.encrypt(data, recipients=[key.extract_certificate()])


def test_an_encrypted_file(folder: Path, work: Path, tmp_path: Path, key: pysequoia.Tsk) -> None:
    (folder / "1_CareRecord_Problem.csv.gpg").write_bytes(encrypted(b"rows", key))
    (folder / "run.zip.pgp").write_bytes(encrypted(zipped({"a.csv": b"more"}), key))
    own = tmp_path / "key.asc"
    own.write_bytes(bytes(key))
    assert opened(folder, work, Keys(own)) == {"1_CareRecord_Problem.csv": b"rows", "run.zip/a.csv": b"more"}


def test_keys_that_do_not_fit_are_told(folder: Path, work: Path, tmp_path: Path, key: pysequoia.Tsk) -> None:
    (folder / "a.csv.gpg").write_bytes(encrypted(b"rows", key))
    assert refused(folder, work) == "pgp.no_key"
    own, other, none = tmp_path / "own", tmp_path / "other", tmp_path / "none"
    own.write_bytes(bytes(key))
    other.write_bytes(bytes(pysequoia.Tsk.generate("another")))
    none.write_text("no key")
    assert refused(folder, work, Keys(other)) == "pgp.unreadable"
    (folder / "a.csv.gpg").write_bytes(encrypted(b"rows" * 1000, key)[:-500])
    assert refused(folder, work, Keys(own)) == "pgp.unreadable"
    assert list(work.iterdir()) == []
    for file, rule in ((none, "key.unusable"), (tmp_path / "absent", "key.unreadable")):
        with pytest.raises(WrongUse) as wrong:
            unpacked(folder, "source", work, Keys(file, "a secret"))
        assert wrong.value.rule == rule
        assert "secret" not in str(wrong.value)
    assert "secret" not in repr(Keys(own, "a secret"))


def refused(path: Path, work: Path, keys: Keys | None = None) -> str:
    with pytest.raises(InputRefused) as error:
        unpacked(path, "source", work, keys)
    assert "source" in str(error.value)
    return error.value.rule


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../out.csv", "zip.path"),
        ("/etc/x.csv", "zip.path"),
        ("C:/x.csv", "zip.path"),
        ("a\\..\\..\\x.csv", "zip.path"),
    ],
)
def test_a_path_out_of_the_folder_is_refused(folder: Path, work: Path, name: str, rule: str) -> None:
    (folder / "x.zip").write_bytes(zipped({name: b"1"}))
    assert refused(folder, work) == rule


def test_bombs_and_nests_are_refused(folder: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "x.zip").write_bytes(zipped({"a.csv": b"0" * (limits.RATIO_COUNTS_FROM + 1)}))
    assert refused(folder, work) == "zip.bomb"
    (folder / "x.zip").unlink()
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"0" * (2 * limits.RATIO_COUNTS_FROM)))
    assert refused(folder, work / "gz") == "zip.bomb"
    (folder / "a.csv.gz").unlink()
    nested = b"1"
    for _ in range(limits.MAX_DEPTH + 2):
        nested = zipped({"x.zip": nested})
    (folder / "x.zip").write_bytes(nested)
    assert refused(folder, work / "nest") == "zip.depth"
    (folder / "x.zip").write_bytes(zipped(TABLES))
    monkeypatch.setattr(limits, "MAX_TOTAL_BYTES", 9000)
    assert refused(folder, work / "total") == "delivery.too_large"
    monkeypatch.setattr(limits, "MAX_FILES", 3)
    monkeypatch.setattr(limits, "MAX_TOTAL_BYTES", 1 << 30)
    assert refused(folder, work / "files") == "delivery.too_large"


def test_what_is_no_file_or_no_zip_is_refused(folder: Path, work: Path, tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere", work) == "delivery.absent"
    assert refused(folder, work) == "delivery.empty"
    (folder / "x.zip").write_bytes(b"PK\x03\x04 and no more")
    assert refused(folder, work) == "zip.damaged"
    (folder / "x.zip").unlink()
    (folder / "link.csv").symlink_to(tmp_path)
    assert refused(folder, work) == "delivery.link"


def test_a_full_disk_is_told(folder: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "x.zip").write_bytes(zipped(TABLES))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(MachineRefused) as error:
        unpacked(folder, "source", work)
    assert error.value.rule == "machine.disk"
