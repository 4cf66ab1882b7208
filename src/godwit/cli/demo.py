"""Where the made-up family, practice and faults of the demo lie: in the installed package, or in the checkout."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import godwit
from godwit.records.errors import InputRefused


def demo_folders() -> tuple[Path, Path]:
    """The source and the target folder of the example family. Raises `InputRefused` when they are not there."""
    source = _example("family", "family/source")
    return source, source.with_name("target")


def demo_practice() -> Path:
    """The file of the example practice. Raises `InputRefused` when it is not there."""
    return _example("practice", "practices/tern_lane.yaml")


def demo_faults() -> Path:
    """The file of the faults to plant. Raises `InputRefused` when it is not there."""
    return _example("list of faults", "faults/a_few.yaml")


def _example(what: str, path: str) -> Path:
    package = Path(godwit.__file__).parent
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / path).exists():
            return folder / path
    raise InputRefused("demo.absent", f"the example {what} is not part of this installation")


def public_pairs() -> list[tuple[str, Path, Path]]:
    """The public pairs of real test records, where somebody keeps them: name, GP2GP message, GP Connect bundle.

    They are other people's files and do not come with Godwit; `GODWIT_FIXTURES` names the folder they are in.
    """
    folder = Path(os.environ.get("GODWIT_FIXTURES", "")) / "gp2gp-xml-to-gpconnect"
    cases = folder / "CASES.csv"
    if not os.environ.get("GODWIT_FIXTURES") or not cases.is_file():
        return []
    with cases.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["case"], folder / row["input"], folder / row["expected"]) for row in rows]
