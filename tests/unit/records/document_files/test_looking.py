"""Files are recognised by what is in them and opened from end to end; a broken one never does harm."""

import os
import time
from pathlib import Path

import pytest

from godwit.records.document_files import crew
from godwit.records.document_files.crew import Crew, Opener
from godwit.records.document_files.kinds import kind_of, misleads
from godwit.records.document_files.looking import look
from godwit.records.document_files.opened import Opened
from godwit.records.errors import MachineRefused
from tests.support.made_files import BROKEN, WHOLE, pdf


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_opens(tmp_path: Path, name: str) -> None:
    make, kind, pages = WHOLE[name]
    path = tmp_path / "without-an-ending"
    path.write_bytes(make())
    assert look(path) == Opened("opened", kind, pages)
    assert not misleads(name, kind)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told(tmp_path: Path, name: str) -> None:
    make, state = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(make())
    assert look(path).state == state


@pytest.mark.parametrize("name", ["a.pdf", "a.tif", "a.docx", "a.doc", "a.rtf", "a.zip", "a.png", "a.eml"])
def test_no_cut_and_no_changed_byte_does_harm(tmp_path: Path, name: str) -> None:
    whole = WHOLE[name][0]()
    path = tmp_path / name
    for part in range(1, 12):
        at = len(whole) * part // 12
        for wounded in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            path.write_bytes(wounded)
            look(path)  # whatever it says, it says so


def test_an_ending_that_promises_another_kind_misleads() -> None:
    assert misleads("letter.pdf", "jpeg")
    assert misleads("letter.doc", "rtf")
    assert not misleads("letter.TIFF", "tiff")
    assert not misleads("letter.dat", "pdf")
    assert not misleads("letter", "pdf")
    assert not misleads("letter.html", "txt")
    assert not misleads("letter.pdf", None)


def test_the_first_bytes_decide() -> None:
    assert kind_of(b"\r\n%PDF-1.7") == "pdf"
    assert kind_of(b"") is None
    assert kind_of(b"RIFF\x00\x00\x00\x00AVI ") is None
    assert kind_of(b"Re: something\n\nDear Doctor") == "txt"


def test_a_file_that_gives_no_answer_is_left_and_the_next_one_opens(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    waits, opens = tmp_path / "waits.pdf", tmp_path / "opens.pdf"
    os.mkfifo(waits)
    opens.write_bytes(pdf(1))
    opener = Opener(seconds=60)
    try:
        assert opener.open(opens) == Opened("opened", "pdf", 1)
        opener._seconds = 0.2
        assert opener.open(waits) == Opened("hung")
        opener._seconds = 60
        assert opener.open(opens) == Opened("opened", "pdf", 1)
        assert opener._process is not None
        opener._process.kill()
        opener._process.wait()
        assert opener.open(opens) == Opened("opened", "pdf", 1)
    finally:
        opener.stop()
    assert opener._process is None


def test_a_process_that_cannot_begin_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_WORKER", "godwit.no_such_module")
    with pytest.raises(MachineRefused, match=r"machine\.worker"), Crew(1) as opening:
        list(opening.open_all([("a", tmp_path / "a.pdf")]))


def test_a_crew_tells_of_every_file_once(tmp_path: Path) -> None:
    paths = [(name, tmp_path / name) for name in WHOLE]
    for name, path in paths:
        path.write_bytes(WHOLE[name][0]())
    paths.append(("gone", tmp_path / "gone.pdf"))
    with Crew(40, seconds=60) as opening:
        found = list(opening.open_all(paths))
    assert len(found) == len(paths)
    assert {name: one.state for name, one in found} == {
        **dict.fromkeys(WHOLE, "opened"),
        "gone": "unopenable",
    }


def test_ctrl_c_ends_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    waits = tmp_path / "waits.pdf"
    os.mkfifo(waits)
    opening = Crew(1, seconds=60)
    (opener,) = opening._all

    def interrupted(*_files: object, **_how: object) -> None:
        # Not a signal: it would end these tests if it came a moment too late.
        while opener._process is None:
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(crew, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt), opening:
        list(opening.open_all([("waits", waits)]))
    assert opener._process is None
