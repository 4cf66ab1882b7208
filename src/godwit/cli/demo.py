"""Where the made-up family of the demo lies: in the installed package, or in the checkout."""

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
