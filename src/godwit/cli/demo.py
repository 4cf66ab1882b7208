"""Where the made-up family and practice of the demo lie: in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

import godwit
from godwit.records.errors import InputRefused


def demo_folders() -> tuple[Path, Path]:
    """The source and the target folder of the example family. Raises `InputRefused` when they are not there."""
    package = Path(godwit.__file__).parent
    for family in (package / "examples" / "family", package.parents[1] / "examples" / "family"):
        if (family / "source").is_dir():
            return family / "source", family / "target"
    raise InputRefused("demo.absent", "the example family is not part of this installation")


def demo_practice() -> Path:
    """The file of the example practice. Raises `InputRefused` when it is not there."""
    package = Path(godwit.__file__).parent
    for folder in (package / "examples", package.parents[1] / "examples"):
        found = folder / "practices" / "tern_lane.yaml"
        if found.is_file():
            return found
    raise InputRefused("demo.absent", "the example practice is not part of this installation")
