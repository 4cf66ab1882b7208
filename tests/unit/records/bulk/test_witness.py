"""The second witness counts what a slow and simple reader counts, wherever its pieces happen to be cut."""

import hashlib
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.records.bulk import witness as module
from godwit.records.bulk.witness import Interrupted, witness


def slowly(data: bytes) -> tuple[int, int, int, bool]:
    """Records, blank lines, lines, open quote: byte by byte."""
    inside, records, blank, lines, line = False, 0, 0, 0, b""
    for byte in (data[at : at + 1] for at in range(len(data))):
        inside ^= byte == b'"'
        if byte == b"\n":
            lines += 1
        if byte == b"\n" and not inside:
            blank += line in (b"", b"\r")
            records += line not in (b"", b"\r")
            line = b""
        else:
            line += byte
    return records + bool(line), blank, lines + bool(data and not data.endswith(b"\n")), inside


@settings(max_examples=400, deadline=None)
@given(data=st.text('"\n\r,a\0', max_size=60).map(str.encode), piece=st.integers(1, 9))
def test_it_counts_as_a_slow_reader_does(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, piece: int
) -> None:
    path = tmp_path_factory.mktemp("w") / "x"
    path.write_bytes(data)
    before, module._PIECE = module._PIECE, piece
    try:
        seen = witness(path)
    finally:
        module._PIECE = before
    assert (seen.records, seen.blank, seen.lines, seen.open_quote) == slowly(data)
    assert (seen.size, seen.nul) == (len(data), data.count(b"\0"))
    assert seen.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"plain", (True, True, False)),
        ("café – “x”".encode(), (False, True, False)),
        ("café".encode("cp1252"), (False, False, False)),
        (b"cut short \xc3", (False, False, False)),
        (b"\xef\xbb\xbfmarked", (False, True, True)),
        (b"", (True, True, False)),
    ],
)
@pytest.mark.parametrize("piece", [3, 4, 1 << 20])
def test_it_says_what_the_bytes_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, told: tuple[bool, ...], piece: int
) -> None:
    monkeypatch.setattr(module, "_PIECE", piece)
    (tmp_path / "x").write_bytes(data)
    seen = witness(tmp_path / "x")
    assert (seen.ascii, seen.utf8, seen.mark) == told


def test_it_stops_when_asked(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a")
    stop = Event()
    stop.set()
    with pytest.raises(Interrupted):
        witness(tmp_path / "x", stop)
