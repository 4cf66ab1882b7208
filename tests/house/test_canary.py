"""No value of any record gets out: not to a terminal, not into a file for everyone, not into a name or an error.

Every value of the records below is a token. Commands succeed and fail over them in every way there is, and no token may
show. The private files of a run must show them: else the test would prove nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import etree

from godwit.records import duck
from godwit.records.errors import InputRefused, OutOfBalance, ValueUnreadable
from godwit.records.formats import FORMATS
from godwit.records.patience import patiently
from godwit.values import ValueRefused
from tests.support import canaries
from tests.support.canaries import NUMBERS, Tokens, as_bytes, family, inside
from tests.support.commands import Outcome, godwit, names_in, rows_of
from tests.support.messages import write_folder, write_zip

EVERYONES = ("manifest.json", "summary.json", "report.html")
PRIVATE = ("findings.parquet", "records.html")
TOKENS = Tokens()
XML = [canaries.message(TOKENS, number).encode() for number in NUMBERS]
JSON = [as_bytes(canaries.bundle(TOKENS, number)) for number in NUMBERS]
READERS = {"gp2gp": XML, "gpconnect": JSON}


def told(outcome: Outcome) -> list[str]:
    return inside(outcome.out + outcome.err)


def silent(*arguments: object, code: int | None = None) -> Outcome:
    """Run a command twice, for people and for programs, and let no token out."""
    for extra in ((), ("--json",)):
        outcome = godwit(*arguments, *extra)
        assert told(outcome) == [], arguments[:2]
        if extra == () and "--out" in arguments:
            _put_away(Path(str(arguments[-1])))
    assert code in (None, outcome.code)
    return outcome


def _put_away(run: Path) -> None:
    if run.exists():
        run.rename(run.with_name("first"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deliveries whose file names are tokens too, one of each with a broken file, and their run."""
    folder = tmp_path_factory.mktemp("canary")
    for side, (ending, good) in {"source": ("xml", XML), "target": ("json", JSON)}.items():
        names = [f"{TOKENS.word()}/{NUMBERS[0]}.{ending}", f"dr/{family(good[1]).upper()}_old.{ending}"]
        broken = {
            f"{TOKENS.word()}.{ending}": good[0][:-200],
            f"{family(good[0])}.{TOKENS.word()}": b"{" + good[0],
        }
        write_folder(folder / side, {**dict(zip(names, good, strict=True)), **broken})
    silent("compare", folder / "source", folder / "target", "--out", folder / "run", code=0)
    return folder


# The control --------------------------------------------------------------------------------------------------


def test_the_records_are_full_of_tokens() -> None:
    for data in chain(XML, JSON):
        assert len(set(inside(data.decode()))) > 100


def test_every_kind_of_record_is_read() -> None:
    for system, files in READERS.items():
        reading = FORMATS[system].read(files[0], 1)
        assert len({row.entity for row in reading.rows}) >= 5
        assert reading.rejects or system == "gp2gp"
        assert len({issue.rule for issue in reading.issues}) >= 3


def test_the_private_files_do_show_them(place: Path) -> None:
    tokens = inside((place / "run" / "records.html").read_text("utf-8"))
    assert len(set(tokens)) > 50
    for row in rows_of(place / "run" / "findings.parquet"):
        tokens += inside(str(row))
    ledgers = [str(row) for row in rows_of(place / "run" / "rejects.parquet")]
    assert len(set(tokens)) > 100
    assert any(inside(row) for row in ledgers)


@pytest.mark.parametrize("text", ["x zq12qz", "ZQ12QZ", "8012-07-14", "80120714", "770771.5", "9990000018"])
def test_a_token_is_known_when_it_is_seen(text: str) -> None:
    assert inside(text)


# A run that goes well -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERYONES)
def test_the_files_for_everyone_show_none(place: Path, name: str) -> None:
    assert inside((place / "run" / name).read_text("utf-8")) == []


def test_no_name_shows_one(place: Path) -> None:
    assert [name for name in names_in(place / "run") if inside(name)] == []


def test_no_command_shows_one(place: Path) -> None:
    silent("run", "show", place / "run", code=0)
    silent("run", "verify", place / "run", code=0)
    for side in ("source", "target"):
        silent("extract", "inspect", place / side, code=0)


def test_nothing_is_logged(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        silent("extract", "inspect", place / "target", code=0)
    assert caplog.text == ""


# Files that cannot be read ------------------------------------------------------------------------------------


def wounds(data: bytes) -> Iterator[bytes]:
    """The file broken off, cut out, doubled, with wrong bytes, at many places."""
    for share in range(1, 24):
        at = len(data) * share // 24
        yield data[:at]
        yield data[:at] + data[at + 7 :]
        yield data[:at] + b"\xff" + data[at:]
        yield data[:at] + b'\x00<&"{' + data[at:]
        yield data[:at] + data[at - 40 : at] + data[at:]


SHAPES = [
    b'{"resourceType": "zq1qz", "entry": []}', b'{"resourceType": "Bundle", "entry": "zq1qz"}', b'["zq1qz"]',
    b'"zq1qz"',
    b'{"resourceType": "Bundle", "zq1qz": 1, "zq1qz": 2, "entry": []}', b'{"zq1qz": NaN}', b"<zq1qz/>", b"zq1qz",
    b"<!DOCTYPE zq1qz><a/>", b'<?xml version="1.0" encoding="zq1qz"?><a/>', b"<a>&zq1qz;</a>", b"<zq1qz:a/>",
    b'<?xml version="zq1qz"?><a/>', b"<a zq1qz='1' zq1qz='2'/>", b"PK\x03\x04zq1qz",
]  # fmt: skip


@pytest.mark.parametrize("system", READERS)
def test_no_wound_tells(tmp_path: Path, system: str) -> None:
    path = tmp_path / "zq1qz.dat"
    codes = set()
    for data in chain(wounds(READERS[system][0]), SHAPES):
        path.write_bytes(data)
        outcome = godwit("extract", "inspect", path, "--system", system, "--json")
        codes.add(outcome.code)
        assert told(outcome) == []
    assert codes <= {0, 3}
    assert 3 in codes


@pytest.mark.parametrize("system", READERS)
def test_no_exception_tells_even_before_it_is_caught(system: str) -> None:
    found = [raised(system, data) for data in chain(wounds(READERS[system][0]), SHAPES)]
    errors = [error for error in found if error is not None]
    assert len(errors) > len(SHAPES)
    for error in errors:
        assert isinstance(error, InputRefused)
        assert inside(f"{error} {error!r} {error.args}") == []
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None


def raised(system: str, data: bytes) -> Exception | None:
    """What a reader raises, whatever it is."""
    try:
        FORMATS[system].read(data, 1)
    except Exception as error:  # noqa: BLE001 - any at all: the test looks what it is
        return error
    return None


def test_a_bad_zip_tells_nothing(tmp_path: Path) -> None:
    good = write_zip(tmp_path / "a.zip", [("zq1qz.json", JSON[0]), ("../zq2qz.json", JSON[1])])
    silent("extract", "inspect", good, code=3)
    whole = write_zip(tmp_path / "b.zip", [("zq1qz.json", JSON[0]), ("zq2qz.json", JSON[1])]).read_bytes()
    for wound in wounds(whole):
        (tmp_path / "c.zip").write_bytes(wound)
        assert told(godwit("extract", "inspect", tmp_path / "c.zip", "--json")) == []


def test_a_file_alone_is_not_named(tmp_path: Path) -> None:
    for name, data in {"zq1qz.json": JSON[0][:99], "zq2qz.zq3qz": b""}.items():
        (tmp_path / name).write_bytes(data)
        silent("extract", "inspect", tmp_path / name, code=3)


def test_values_refused_do_not_quote_themselves() -> None:
    for error in (ValueRefused("nhs_number.length"), ValueUnreadable("value.shape", "a.b")):
        assert inside(str(error)) == []


# Everything that can fail on the way --------------------------------------------------------------------------


def engine(step: str, kind: type[duckdb.Error]) -> Callable[[pytest.MonkeyPatch], None]:
    """The engine quotes a row in one step, as it does."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        run, now = duck.Duck.run, [""]

        def fail(work: Callable[[], Any], stop: Callable[[], object]) -> Any:
            if step in now[-1]:
                raise kind("Conversion Error: could not read 'zq1qz' of 9990000018")
            return patiently(work, stop)

        def noted(self: duck.Duck, name: str, *arguments: Any) -> Any:
            now.append(name)
            return run(self, name, *arguments)

        monkeypatch.setattr(duck, "patiently", fail)
        monkeypatch.setattr(duck.Duck, "run", noted)

    return patch


def broken(where: str, error: BaseException) -> Callable[[pytest.MonkeyPatch], None]:
    """Something in the middle raises an error that quotes a value."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return lambda monkeypatch: monkeypatch.setattr(where, fail)


ROOM = "godwit.records"
FAILURES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], int]] = {
    "the engine while loading": (engine("load canonical.patient", duckdb.ConversionException), 5),
    "the engine while pairing": (engine("paired.observation", duckdb.InvalidInputException), 5),
    "the engine while writing": (engine("write findings", duckdb.IOException), 6),
    "the engine out of memory": (engine("finding", duckdb.OutOfMemoryException), 6),
    "the engine with a defect": (engine("books", duckdb.InternalException), 5),
    "a converter": (broken(f"{ROOM}.formats.mapping.remaining", ValueError("zq1qz")), 5),
    "a key that is not there": (broken(f"{ROOM}.comparing.pair_people", KeyError("zq1qz")), 5),
    "a codec": (
        broken(f"{ROOM}.compare.matching.gather", UnicodeDecodeError("utf-8", b"zq1qz", 0, 1, "zq1qz")), 5
    ),
    "an XML parser": (
        broken(f"{ROOM}.formats.gp2gp.reader.count_records", etree.XMLSyntaxError("zq1qz", 1, 1, 1)), 5
    ),
    "too deep a recursion": (broken(f"{ROOM}.compare.matching.judge", RecursionError("zq1qz")), 5),
    "a file system": (
        broken(f"{ROOM}.evidence.compare_run.render_report", OSError(5, "Input/output error", "zq1qz")), 6
    ),
    "a report": (broken(f"{ROOM}.evidence.compare_run.render_report", TypeError("zq1qz")), 5),
    "no memory": (broken(f"{ROOM}.comparing.name_causes", MemoryError("zq1qz")), 6),
    "a person": (broken(f"{ROOM}.comparing.list_causes", KeyboardInterrupt("zq1qz")), 130),
    "a group of errors": (
        broken(f"{ROOM}.compare.matching.find_differences", ExceptionGroup("zq1qz", [ValueError("zq2qz")])), 5
    ),
    "the control": (broken(f"{ROOM}.evidence.proof.control", ValueError("zq1qz")), 5),
    "a reconciliation": (broken(f"{ROOM}.evidence.proof.reconcile", KeyError("zq1qz")), 5),
    "a spreadsheet": (broken("godwit.cli.compare.write_sheets", OSError(28, "No space", "zq1qz")), 6),
    "books that do not balance": (
        broken(f"{ROOM}.comparing.require_balance", OutOfBalance("a.b", "c")), 4
    ),
}  # fmt: skip


@pytest.mark.parametrize(("patch", "code"), FAILURES.values(), ids=FAILURES)
def test_no_failure_tells(
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    patch: Callable[[pytest.MonkeyPatch], None],
    code: int,
) -> None:
    patch(monkeypatch)
    outcome = godwit("compare", place / "source", place / "target", "--out", tmp_path / "run", "--json")
    assert told(outcome) == []
    assert outcome.code == code
    assert outcome.error["because"] in outcome.err
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("name", [*EVERYONES, *PRIVATE])
def test_a_run_that_was_changed_tells_nothing(place: Path, tmp_path: Path, name: str) -> None:
    for path in (place / "run").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() + (b"zq1qz" if path.name == name else b""))
    (tmp_path / "work").mkdir()
    silent("run", "verify", tmp_path, code=3)
    silent("run", "show", tmp_path, code=3)
