"""A run over whole extracts that is killed or finds the disk full: no half run has a name, the next one is whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.books import faults
from tests.support.commands import godwit, json_of, names_in
from tests.support.twins import make_twin

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="Windows has no signals and no limits of this sort"),
    pytest.mark.usefixtures("no_control"),
]

KILLED = """
import os, signal, sys
from godwit.records.duck import Duck

step, run = sys.argv.pop(1), Duck.run

def killed(self, name, *arguments):
    if name.startswith(step):
        os.kill(os.getpid(), signal.SIGKILL)
    return run(self, name, *arguments)

Duck.run = killed
from godwit.cli.app import main
main()
"""
KILLED_IN_THE_MIDDLE = """
import os, signal, sys, threading
from godwit.records.duck import Duck

step, run = sys.argv.pop(1), Duck.run

def killed(self, name, *arguments):
    if name.startswith(step):
        threading.Timer(0.005, os.kill, (os.getpid(), signal.SIGKILL)).start()
    answer = run(self, name, *arguments)
    if name.startswith(step):
        signal.pause()
    return answer

Duck.run = killed
from godwit.cli.app import main
main()
"""
LIMITED = """
import resource, sys
from godwit.records.duck import Duck

step, size, run = sys.argv.pop(1), int(sys.argv.pop(1)), Duck.run

def limited(self, name, *arguments):
    if name.startswith(step):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return run(self, name, *arguments)

Duck.run = limited
from godwit.cli.app import main
main()
"""
TIMES = ("report.html", "records.html", "sample.html", "summary.json")
"""Outputs in which the time of the run stands."""
COMPARE_STEPS = ("stage", "state of the target", "write findings.parquet")
"""While files are read, while they are settled, while the evidence is written; each is a whole run and another."""


@dataclass(frozen=True)
class Scene:
    """Two extracts of one practice, in a room of their own, and what comes of them undisturbed."""

    room: Path

    @property
    def words(self) -> list[str]:
        return ["compare", "source", "target", "--out", "run", "--json"]

    def program(self, script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-c", script, *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=100, cwd=self.room)

    def again(self) -> dict[str, Any]:
        """The run made whole now; its outputs by name."""
        room = self.room
        words = ["compare", room / "source", room / "target", "--out", room / "run", "--json"]
        assert godwit(*words).code in (0, 1)
        assert names_in(room) == ["run", "source", "target"]
        assert godwit("run", "verify", room / "run").code == 0
        assert faults(room / "run") == []
        return outputs(room / "run")


def outputs(run: Path) -> dict[str, Any]:
    """What a run came to, without the time it was made."""
    summary = json_of(run / "summary.json")
    told = {name: summary[name] for name in ("entities", "files", "causes", "census", "issues")}
    found = json_of(run / "manifest.json")["outputs"]
    return told | {name: digest for name, digest in found.items() if name not in TIMES}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "twin"
    return make_twin(("emis", "vision"), folder, (4, 0.05), seed=3, faults=1).folder


@pytest.fixture(scope="module")
def undisturbed(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return settled(practice, tmp_path_factory.mktemp("undisturbed")).again()


@pytest.fixture
def scene(practice: Path, tmp_path: Path) -> Scene:
    return settled(practice, tmp_path)


def settled(practice: Path, room: Path) -> Scene:
    for side in ("source", "target"):
        shutil.copytree(practice / side, room / side)
    return Scene(room)


@pytest.mark.parametrize("step", COMPARE_STEPS)
def test_killed_at_any_step_the_next_run_is_the_same(
    scene: Scene, undisturbed: dict[str, Any], step: str
) -> None:
    done = scene.program(KILLED, step, *scene.words)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert "run" not in names_in(scene.room)
    assert godwit("run", "verify", scene.room / "run.unfinished").code == 3
    assert scene.again() == undisturbed


@pytest.mark.parametrize("step", ["write canonical_source_observation"])
def test_killed_while_the_engine_writes(scene: Scene, undisturbed: dict[str, Any], step: str) -> None:
    done = scene.program(KILLED_IN_THE_MIDDLE, step, *scene.words)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert "run" not in names_in(scene.room)
    assert scene.again() == undisturbed


@pytest.mark.parametrize("step", ["delta of CareRecord_Observation: keys"])
def test_a_delta_killed_at_any_step(scene: Scene, step: str) -> None:
    words = ["delta", "source", "source", "--out", "run", "--json"]
    assert scene.program(KILLED, step, *words).returncode == -signal.SIGKILL
    assert "run" not in names_in(scene.room)
    room = scene.room
    assert godwit("delta", room / "source", room / "source", "--out", room / "run").code == 0
    assert godwit("run", "verify", room / "run").code == 0
    assert names_in(room) == ["run", "source", "target"]


def test_a_profile_that_is_killed(scene: Scene) -> None:
    assert (
        scene.program(
            KILLED, "write canonical_source_observation", "extract", "profile", "source", "--out", "run"
        ).returncode
        < 0
    )
    assert "run" not in names_in(scene.room)
    room = scene.room
    assert godwit("extract", "profile", room / "source", "--out", room / "run").code in (0, 1)
    assert names_in(room) == ["run", "source", "target"]


FULL = [
    ("stage file-", 300),
    ("write canonical_source", 0),
    ("write set_aside", 1_000),
]


@pytest.mark.parametrize(("step", "size"), FULL)
def test_a_disk_that_is_full_from_a_step_on(
    scene: Scene, undisturbed: dict[str, Any], step: str, size: int
) -> None:
    """A real limit of the system on what a file may hold, as a full disk has it: one clear line, and nothing left."""
    done = scene.program(LIMITED, step, size, *scene.words)
    assert done.returncode == 6, done.stdout + done.stderr
    assert '"rule": "machine.' in done.stdout
    assert "Traceback" not in done.stderr
    assert names_in(scene.room) == ["source", "target"]
    if (step, size) in (FULL[0], FULL[-1]):
        assert scene.again() == undisturbed


def test_a_disk_that_is_full_while_a_packed_delivery_is_opened(scene: Scene) -> None:
    zipped = shutil.make_archive(str(scene.room / "packed"), "zip", scene.room / "source")
    done = scene.program(LIMITED, "prelude", 2_000, "compare", zipped, "target", "--out", "run", "--json")
    assert done.returncode == 6, done.stdout + done.stderr
    assert '"rule": "machine.' in done.stdout
    assert names_in(scene.room) == ["packed.zip", "source", "target"]


def test_a_disk_that_is_full_while_a_practice_is_made(tmp_path: Path) -> None:
    """The practice is whole or not there."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
    script = limited + "from godwit.cli.app import main; main()"
    words = ["synth", "--system", "emis", "--patients", "10", "--density", "0.05", "--workers", "1", "--json"]
    done = Scene(tmp_path).program(script, *words, "--out", "made")
    assert done.returncode == 6, done.stdout + done.stderr
    assert names_in(tmp_path) == []
