"""Encodings are found by looking at the whole file, and only a file that needs it is copied."""

from pathlib import Path

import pytest

from godwit.records.bulk import encoding as module
from godwit.records.bulk.encoding import as_utf8, decoded, encoding_of, repaired
from godwit.records.bulk.readable import readable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x"


@pytest.mark.parametrize(
    ("data", "utf8", "windows"),
    [
        (b"plain", "utf-8", "ascii"),
        (b"", "utf-8", "ascii"),
        ("café".encode(), "utf-8", "utf-8"),
        (b"caf\xe9", "utf-8", "windows-1252"),
        (b"cut \xc3", "utf-8", "windows-1252"),
        ("ab".encode("utf-16"), "utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("piece", [2, 1 << 16])
def test_encodings(
    path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, utf8: str, windows: str, piece: int
) -> None:
    monkeypatch.setattr(module, "_PIECE", piece)
    path.write_bytes(data)
    assert encoding_of(path, "utf-8") == (utf8 if data else "ascii")
    assert encoding_of(path, "windows-1252") == windows


def test_every_byte_of_windows_1252_has_a_letter() -> None:
    assert decoded(b"\x80\x96\xa3\x81") == "€–£\x81"
    assert len(decoded(bytes(range(256)))) == 256


def test_broken_utf8_is_repaired_byte_by_byte() -> None:
    assert repaired("é ".encode() + b"\xa35 \x96 " + "ü".encode()) == "é £5 – ü"


def test_only_what_needs_it_is_copied(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"plain")
    assert readable(path, "windows-1252", tmp_path / "copy").path == path
    path.write_bytes(b"\x93quoted\x94 \x81\x8d")
    copy = readable(path, "windows-1252", tmp_path / "copy")
    assert (copy.path.read_text(encoding="utf-8"), copy.undefined) == ("“quoted” \x81\x8d", 2)
    copy.discard()
    assert not copy.path.exists()


def test_wide_letters_become_utf8(path: Path, tmp_path: Path) -> None:
    path.write_bytes("é\r\nx".encode("utf-16"))
    assert as_utf8(path, "utf-16", tmp_path / "copy").path.read_bytes() == "é\r\nx".encode()
