"""The `godwit` command for tests: in this process, where it is fast, or as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from typer.testing import CliRunner

from godwit.cli.app import app

Row = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a command left behind on the terminal."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> dict[str, Any]:
        """The error that `--json` printed."""
        return dict(json.loads(self.out)["error"])

    @property
    def answer(self) -> dict[str, Any]:
        """The object that `--json` printed: the whole of standard output."""
        return dict(json.loads(self.out))


def godwit(*arguments: object) -> Outcome:
    """Run the command in this process."""
    result = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=True)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def godwit_program(*arguments: object, **settings: Any) -> Outcome:
    """Run the installed program to its end."""
    done = subprocess.run(
        program(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
        **settings,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def program(*arguments: object) -> Sequence[str]:
    """The words that start the installed program of this environment."""
    name = "godwit.exe" if os.name == "nt" else "godwit"
    return [str(Path(sys.executable).with_name(name)), *map(str, arguments)]


def rows_of(path: Path) -> list[Row]:
    """A Parquet file as plain rows, read without the project's own door."""
    with duckdb.connect(":memory:") as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def json_of(path: Path) -> dict[str, Any]:
    """A JSON file of a run."""
    return dict(json.loads(path.read_bytes().decode("utf-8")))


def names_in(folder: Path) -> list[str]:
    """What lies in a folder, by name."""
    return sorted(path.name for path in folder.iterdir())
