#!/usr/bin/env python3
"""Sets Godwit up beside itself and runs it, from a bare checkout: `python3 dev.py help`.

Needs Python 3.11 or newer and nothing else. Everything goes into `.venv` beside this file: the exact
versions in `requirements.lock`, each checked against its hash, and the project itself, editable.
A stamp, written last, says that all of it was done; a later start only compares the stamp.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NEEDS_PYTHON = (3, 11)
# Raise this when the way of setting up changes, so that every checkout is set up anew.
SETUP_VERSION = "1"

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "godwit-stamp"
LOCK = ROOT / "requirements.lock"
ON_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if ON_WINDOWS else "bin")
DEMO_FOLDER = ROOT / "godwit-demo"

HELP = """\
python3 dev.py COMMAND

  demo [options]    the whole story on a made-up practice, written to ./godwit-demo
  test              every check: style, types, doors between rooms, tests
  test ARGUMENTS    only pytest, with these arguments
  lint              the checks without the tests
  fix               put the code into house style, and mend what can be mended by itself
  docs              make the pages of docs/generated anew
  bench FOLDER      how fast whole practices are read and loaded, or compared (--proof); --help says more
  detect FOLDER     how many planted faults a comparison finds; --help says more
  run ARGUMENTS     the godwit command itself
  lock [options]    work out requirements.lock again from pyproject.toml
  help              this page

Examples

  python3 dev.py demo
  python3 dev.py test tests/house -k sizes
  python3 dev.py run --help
  python3 dev.py lock --upgrade-package ruff

The first start sets up .venv and takes some seconds. To begin again, delete .venv.
"""


class SetupError(Exception):
    """Setting up failed; the message is one sentence for the person at the terminal."""


# ---------------------------------------------------------------- starting programs


def say(line: str) -> None:
    """Tell the person at the terminal; standard output belongs to the command that was asked for."""
    print(line, file=sys.stderr, flush=True)


def program(name: str) -> str:
    """The path of a program inside `.venv`."""
    return str(BIN / (name + ".exe" if ON_WINDOWS else name))


def start(command: Sequence[str], folder: Path | None = ROOT) -> int:
    """Run a command in `folder`, or where the person stands when that is None; return its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=folder, check=False).returncode


def must(command: Sequence[str], failure: str) -> None:
    """Run a step of the set-up; stop with `failure` when it does not succeed."""
    if start(command) != 0:
        raise SetupError(failure)


# ---------------------------------------------------------------- setting up


def digest(*parts: bytes) -> str:
    """One hash over several parts, each kept apart by its length."""
    total = hashlib.sha256()
    for part in parts:
        total.update(b"%d:" % len(part) + part)
    return total.hexdigest()


def wanted_stamp() -> list[str]:
    """Two lines: what the installed packages came from, and what the project's own entry came from."""
    if not LOCK.is_file():
        raise SetupError("requirements.lock is missing: restore it from git.")
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    packages = digest(LOCK.read_bytes(), python.encode(), SETUP_VERSION.encode(), str(VENV).encode())
    project = digest((ROOT / "pyproject.toml").read_bytes())
    return [packages, project]


def found_stamp() -> list[str]:
    """The stamp of the last finished set-up; empty when there is none, or when its Python is gone."""
    if not (STAMP.is_file() and Path(program("python")).exists()):
        return []
    return STAMP.read_text(encoding="ascii").split()


def write_stamp(lines: Sequence[str]) -> None:
    """Write the stamp in one move, so that it is whole or absent."""
    draft = STAMP.with_name(STAMP.name + ".part")
    draft.write_text("\n".join(lines) + "\n", encoding="ascii")
    draft.replace(STAMP)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process set up; others wait. The system lets go of the lock when a process dies."""
    with (ROOT / ".venv.lock").open("a+b") as handle:
        if sys.platform == "win32":
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """Make an empty `.venv`, so that nothing of an older lock stays behind."""
    # Debian has both only once python3-venv is installed.
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetupError(
            "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    must(
        [sys.executable, "-m", "venv", str(VENV)],
        "The folder .venv could not be made; the lines above say why.",
    )


def locked_entry(name: str) -> str:
    """The lines of one package in the lock: its version and its hashes."""
    entry = re.search(rf"^{name}==.*(?:\n +--hash=.*)+\n", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if entry is None:
        raise SetupError(f"requirements.lock has no entry for {name}: python3 dev.py lock")
    return entry.group()


def install_uv() -> bool:
    """Install uv from its own lines of the lock; False when this machine cannot have it."""
    only_uv = VENV / "uv.lock.txt"
    only_uv.write_text(locked_entry("uv"), encoding="utf-8")
    command = [program("python"), "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes"]
    done = subprocess.run([*command, "-r", str(only_uv)], cwd=ROOT, check=False, capture_output=True)
    return done.returncode == 0


def installer() -> list[str]:
    """The start of an install command: uv when it is there, pip otherwise."""
    if Path(program("uv")).exists():
        return [program("uv"), "pip", "install", "-q", "--python", program("python")]
    return [program("python"), "-m", "pip", "install", "-qq"]


def install_packages() -> None:
    """Install the locked packages, by uv if possible, else by pip."""
    rest = ["--require-hashes", "-r", str(LOCK)]
    if install_uv() and start([*installer(), *rest]) == 0:
        return
    say("uv could not do it here; pip will, more slowly.")
    must(
        [program("python"), "-m", "pip", "install", "-qq", *rest],
        "The packages in requirements.lock could not be installed; the lines above say why.",
    )


def install_project() -> None:
    """Make `import godwit` and the `godwit` command point at this checkout."""
    must(
        # The build backend is in the lock, so nothing is fetched here.
        [*installer(), "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        "The project itself could not be installed; the lines above say why.",
    )


def set_up() -> None:
    """Bring `.venv` into the state that the lock and pyproject.toml ask for, if it is not there yet."""
    if found_stamp() == wanted_stamp():
        return
    with one_at_a_time():
        wanted, found = wanted_stamp(), found_stamp()
        if found == wanted:  # another process has just done it
            return
        begun = time.monotonic()
        say("Setting up .venv ...")
        STAMP.unlink(missing_ok=True)
        if found[:1] != wanted[:1]:
            make_venv()
            install_packages()
        install_project()
        write_stamp(wanted)
        say(f"Set up in {time.monotonic() - begun:.1f} s.")


# ---------------------------------------------------------------- commands

CHECKS = {
    "style": ["ruff", "check", "--quiet"],
    "layout": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy", "--no-error-summary"],
    "doors": ["lint-imports"],
}
# Sharing out the tests pays for all of them; one test alone starts faster without. A file goes to one worker whole, so
# that what its tests share is made once; tests/conftest.py puts the long files first.
ALL_TESTS = {
    "tests": ["pytest", "-n", "auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder"]
}


def check(steps: dict[str, list[str]]) -> int:
    """Run every step even when one fails, say how each went, and return the first bad exit code.

    All run at once: what the last one says is seen as it comes, what the others say when it has ended.
    """
    *others, last = steps
    with contextlib.ExitStack() as files:
        said = {name: files.enter_context(tempfile.TemporaryFile()) for name in others}
        begun = {name: begin(steps[name], out) for name, out in said.items()}
        print(f"\n== {last}: {steps[last][0]}", flush=True)
        ended = start([program(steps[last][0]), *steps[last][1:]])
        results = {name: one.wait() for name, one in begun.items()} | {last: ended}
        for name, out in said.items():
            out.seek(0)
            print(f"\n== {name}: {steps[name][0]}\n{out.read().decode(errors='replace')}", end="")
    print()
    for name, code in results.items():
        print(f"{name:8} {'ok' if code == 0 else f'FAILED (exit code {code})'}")
    return next((code for code in results.values() if code != 0), 0)


def begin(step: list[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a step that says what it has to say into a file."""
    return subprocess.Popen([program(step[0]), *step[1:]], cwd=ROOT, stdout=said, stderr=said)


def demo(arguments: list[str]) -> int:
    """The whole story on a made-up practice."""
    chosen = any(argument.split("=")[0] in ("--out", "--help") for argument in arguments)
    where = [] if chosen else ["--out", str(DEMO_FOLDER)]
    return start([program("godwit"), "demo", *where, *arguments], folder=None)


def test(arguments: list[str]) -> int:
    """Every check; or, with arguments, only pytest with them."""
    if arguments:
        return start([program("pytest"), *arguments])
    return check({**CHECKS, **ALL_TESTS})


def lint(_arguments: list[str]) -> int:
    """The checks without the tests."""
    return check(CHECKS)


def fix(_arguments: list[str]) -> int:
    """House style, by machine."""
    mended = start([program("ruff"), "check", "--fix"])  # first, for it may leave lines to lay out
    return start([program("ruff"), "format"]) or mended


def docs(_arguments: list[str]) -> int:
    """The pages of docs/generated, made anew."""
    return start([program("python"), "-m", "docs.generate"])


def bench(arguments: list[str]) -> int:
    """Figures of extracts of whole practices, or with --proof of comparisons, made in a folder that is kept."""
    which = "proof" if "--proof" in arguments else "extracts"
    return start([program("python"), "-m", f"tests.benchmarks.{which}", *arguments])


def detect(arguments: list[str]) -> int:
    """Figures of planted faults found, from practices made in a folder that keeps the results."""
    return start([program("python"), "-m", "tests.benchmarks.detection", *arguments])


def run(arguments: list[str]) -> int:
    """The godwit command."""
    return start([program("godwit"), *arguments], folder=None)


def lock(arguments: list[str]) -> int:
    """Work out requirements.lock again: names, versions and hashes, for every system, and no addresses."""
    inputs = ["pyproject.toml", "--group", "dev", "--universal", "--python-version", "3.11"]
    quiet = ["-q", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    output = ["--generate-hashes", "-o", LOCK.name]
    return start([program("uv"), "--no-config", "pip", "compile", *inputs, *quiet, *output, *arguments])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "test": test,
    "lint": lint,
    "fix": fix,
    "docs": docs,
    "bench": bench,
    "detect": detect,
    "run": run,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Run one command; 2 means that it was not understood, or that setting up failed."""
    if sys.version_info < NEEDS_PYTHON:
        found = f"{sys.version_info[0]}.{sys.version_info[1]}"
        say(f"Godwit needs Python 3.11 or newer; this is Python {found}.")
        return 2
    name = arguments[0] if arguments else "help"
    if name in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    if name not in COMMANDS:
        say(f"There is no command {name!r}.\n\n{HELP}")
        return 2
    try:
        set_up()
        return COMMANDS[name](arguments[1:])
    except SetupError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
