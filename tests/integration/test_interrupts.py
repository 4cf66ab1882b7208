"""Stopped in the middle: by a person, by the system, by a full disk. No half run has a name or passes for a run."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from godwit.cli.progress import Bars
from godwit.records import duck
from godwit.records.errors import InputRefused
from godwit.records.patience import patiently
from tests.support import messages as made
from tests.support.bad_files import PRIVATE
from tests.support.commands import Outcome, godwit, names_in

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals to send to a program")
STEPS = (
    "read the source", "read the target", "read codes by the maps", "pair the records", "compare every field",
    "explain what is harmless", "gather the findings", "find the causes", "balance the books",
    "look whether planted faults are found", "reconcile lists and registers", "draw the sample", "write the evidence",
)  # fmt: skip


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    files = {"source": made.good_message(), "target": made.good_bundle()}
    for name, data in files.items():
        made.write_folder(tmp_path / name, {"one": data, "half": data[:200]})
    return tmp_path / "source", tmp_path / "target"


def compared(paths: tuple[Path, Path]) -> Outcome:
    outcome = godwit("compare", *paths, "--out", paths[0].parent / "run", "--json")
    assert [value for value in PRIVATE if value in outcome.out + outcome.err] == []
    return outcome


def nothing_is_left(paths: tuple[Path, Path]) -> bool:
    return names_in(paths[0].parent) == ["source", "target"]


def test_the_steps_are_all_there_are(paths: tuple[Path, Path]) -> None:
    begun: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bars, "begin", lambda _, title, *__: begun.append(title))
        assert compared(paths).code == 0
    assert tuple(begun) == STEPS


# By a person --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS[::3])
def test_interrupted_at_the_start_of_a_step(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def begin(_: Bars, title: str, *__: object) -> None:
        if title == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(Bars, "begin", begin)
    outcome = compared(paths)
    assert (outcome.code, outcome.error["rule"]) == (130, "interrupted")
    assert nothing_is_left(paths)


@pytest.mark.parametrize("call", [1, 5, 60, 200, 400])
def test_interrupted_in_the_middle_of_the_engine(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    calls = iter(range(1, 10**6))
    run = duck.Duck.run

    def stop(self: duck.Duck, *arguments: Any) -> list[tuple[Any, ...]]:
        if next(calls) == call:
            raise KeyboardInterrupt
        return run(self, *arguments)

    monkeypatch.setattr(duck.Duck, "run", stop)
    assert compared(paths).code == 130
    assert nothing_is_left(paths)


WAITING = """
import sys, time
from godwit.cli.app import main
from godwit.cli.progress import Bars

step, begin = sys.argv.pop(1), Bars.begin

def wait(self, title, parts=None):
    begin(self, title, parts)
    if title == step:
        print("waiting", file=sys.stderr, flush=True)
        time.sleep(60)

Bars.begin = wait
main()
"""
QUERYING = """
import sys
from pathlib import Path
from godwit.records.duck import Duck

with Duck(Path(sys.argv[2])) as duck:
    print("waiting", file=sys.stderr, flush=True)
    sql = "SELECT count(*) FROM range(10000000) a, range(1000000) b WHERE hash(a.range + b.range) % 7 = 1"
    list(duck.each("long", sql) if sys.argv[1] == "each" else duck.run("long", sql))
"""


@contextmanager
def waiting(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A program that has said that it waits."""
    words = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while process.stderr.readline() not in ("waiting\n", ""):
            pass
        yield process
        process.kill()


@POSIX
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("step", ["read the target", "write the evidence"])
def test_a_program_that_is_asked_to_stop_leaves_nothing(
    paths: tuple[Path, Path], name: str, step: str
) -> None:
    out = paths[0].parent / "run"
    with waiting(WAITING, step, "compare", *paths, "--out", out, "--json") as process:
        assert names_in(out.parent) == ["run.unfinished", "source", "target"]
        process.send_signal(getattr(signal, name))
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert '"rule": "interrupted"' in said
    assert nothing_is_left(paths)


@POSIX
@pytest.mark.parametrize("how", ["run", "each"])
def test_a_long_query_stops_when_asked(tmp_path: Path, how: str) -> None:
    with waiting(QUERYING, how, tmp_path) as process:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode != 0


@POSIX
def test_what_a_killed_program_leaves_is_no_run_and_the_next_one_clears_it(paths: tuple[Path, Path]) -> None:
    out = paths[0].parent / "run"
    left = out.with_name("run.unfinished")
    with waiting(WAITING, "write the evidence", "compare", *paths, "--out", out) as process:
        busy = compared(paths)
        process.kill()
        process.wait(timeout=60)
    assert (busy.code, busy.error["rule"]) == (2, "run.busy")
    assert names_in(out.parent) == ["run.unfinished", "source", "target"]
    for command in ("show", "verify"):
        for folder in (out, left):
            assert godwit("run", command, folder).code == 3
    assert compared(paths).code == 0
    assert names_in(out.parent) == ["run", "source", "target"]


def test_even_a_whole_run_is_none_before_it_has_its_name(paths: tuple[Path, Path]) -> None:
    assert compared(paths).code == 0
    left = paths[0].parent / "run.unfinished"
    (paths[0].parent / "run").rename(left)
    for command in ("show", "verify"):
        assert godwit("run", command, left, "--json").error["rule"] == "seal.unfinished"
    assert compared(paths).code == 0
    assert names_in(paths[0].parent) == ["run", "source", "target"]


# By a full disk -----------------------------------------------------------------------------------------------


def failing(number: int, calls: list[str], kind: int = errno.ENOSPC) -> Callable[[pytest.MonkeyPatch], None]:
    """Let the `number`-th write of any sort fail, and note every write."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("open", "mkdir", "replace", "chmod"):
            monkeypatch.setattr(Path, name, guarded(name, getattr(Path, name)))

    def guarded(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Path, *arguments: Any, **options: Any) -> Any:
            mode = str(options.get("mode", arguments[0] if arguments else "r"))
            if name != "open" or "w" in mode:
                calls.append(name)
                if len(calls) == number:
                    raise OSError(kind, os.strerror(kind), "Sandpiper")
            return work(self, *arguments, **options)

        return call

    return patch


def writes(paths: tuple[Path, Path]) -> list[str]:
    """Every write of a run that goes well."""
    calls: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        failing(0, calls)(patch)
        assert compared(paths).code == 0
    return calls


def test_a_disk_that_is_full_at_any_write(paths: tuple[Path, Path]) -> None:
    """Of every sort of write the first and the last, and the last few of all."""
    calls = writes(paths)
    assert set(calls) == {"open", "mkdir", "replace", "chmod"}
    ends = {len(calls) - calls[::-1].index(name) for name in set(calls)}
    firsts = {calls.index(name) + 1 for name in set(calls)}
    run = paths[0].parent / "run"
    run.rename(run.with_name("whole"))
    for number in sorted(firsts | ends | {*range(len(calls) - 4, len(calls))}):
        with pytest.MonkeyPatch.context() as patch:
            failing(number, [])(patch)
            outcome = compared(paths)
        assert (outcome.code, outcome.error["rule"]) == (6, "machine.disk_full"), (number, calls[number - 1])
        assert names_in(run.parent) == ["source", "target", "whole"]


def test_a_disk_that_refuses_for_another_reason(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(3, [], errno.EIO)(monkeypatch)
    outcome = compared(paths)
    assert (outcome.code, outcome.error["rule"]) == (6, "machine.write")
    assert nothing_is_left(paths)


LIMITED = """
import resource, sys
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from godwit.cli.app import main
main()
"""


LIMITED_ENGINE = """
import resource, sys
from godwit.cli.app import main
from godwit.records.duck import Duck

size, write = int(sys.argv.pop(1)), Duck.write_parquet

def limited(self, *arguments):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return write(self, *arguments)

Duck.write_parquet = limited
main()
"""
SPILLING = """
import resource, sys
from pathlib import Path
from godwit.records.duck import Duck
from godwit.records.errors import MachineRefused

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with Duck(Path(sys.argv[1]), "50MB") as duck:
        duck.run("sort", "CREATE TABLE t AS SELECT hash(range) AS h, range FROM range(20000000) ORDER BY h")
except MachineRefused as refused:
    print(refused.rule)
"""


def program_of(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=100)


@POSIX
def test_no_room_for_what_the_engine_spills(tmp_path: Path) -> None:
    done = program_of(SPILLING, tmp_path)
    assert done.stdout in ("machine.disk\n", "machine.memory\n"), done.stderr


@POSIX
@pytest.mark.parametrize(
    ("script", "size", "rule"),
    [
        (LIMITED, 0, "machine.write"),
        (LIMITED, 2_000, "machine.write"),
        (LIMITED, 15_000, "machine.write"),
        (LIMITED_ENGINE, 0, "machine.disk"),
        (LIMITED_ENGINE, 150, "machine.disk"),
        (LIMITED_ENGINE, 1_500, "machine.disk"),
    ],
)
def test_no_room_for_a_file(paths: tuple[Path, Path], script: str, size: int, rule: str) -> None:
    """A real limit of the system, for the whole of a run or from the first Parquet file of DuckDB on."""
    done = program_of(script, size, "compare", *paths, "--out", paths[0].parent / "run", "--json")
    assert done.returncode == 6, done.stdout + done.stderr
    assert f'"rule": "{rule}"' in done.stdout
    assert nothing_is_left(paths)


ENGINE = {
    "a full disk": (duckdb.IOException, 6, "machine.disk"),
    "no memory": (duckdb.OutOfMemoryException, 6, "machine.memory"),
    "a defect": (duckdb.ConversionException, 5, "engine.failed"),
    "a defect inside it": (duckdb.InternalException, 5, "engine.failed"),
}


@pytest.mark.parametrize(("kind", "code", "rule"), ENGINE.values(), ids=ENGINE)
@pytest.mark.parametrize("step", ["load canonical.observation", "write rejects.parquet", "findings"])
def test_the_engine_fails(
    paths: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    kind: type[duckdb.Error],
    code: int,
    rule: str,
    step: str,
) -> None:
    run, each = duck.Duck.run, duck.Duck.each
    now: list[str] = []

    def fail(work: Callable[[], Any], stop: Callable[[], object]) -> Any:
        if now[-1] == step:
            raise kind("Could not convert string 'Sandpiper' to INT32")
        return patiently(work, stop)

    def noted(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: duck.Duck, name: str, *arguments: Any) -> Any:
            now.append(name)
            return method(self, name, *arguments)

        return call

    monkeypatch.setattr(duck, "patiently", fail)
    monkeypatch.setattr(duck.Duck, "run", noted(run))
    monkeypatch.setattr(duck.Duck, "each", noted(each))
    outcome = compared(paths)
    assert (outcome.code, outcome.error["rule"]) == (code, rule)
    assert nothing_is_left(paths)


# By a defect --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("Sandpiper"), 5),
        (MemoryError(), 6),
        (RecursionError("Sandpiper"), 5),
        (InputRefused("a.b", "c"), 3),
    ],
)
def test_whatever_is_raised_nothing_is_left_and_nothing_told(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("godwit.records.evidence.compare_run.render_report", fail)
    assert compared(paths).code == code
    assert nothing_is_left(paths)


def test_books_that_do_not_balance_are_never_sealed(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("godwit.records.formats.gpconnect.reader.count_resources", lambda _: 7)
    outcome = compared(paths)
    assert (outcome.code, outcome.error["rule"], outcome.error["place"]) == (4, "books.file", "target file 2")
    assert nothing_is_left(paths)
