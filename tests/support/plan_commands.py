"""Plans made by the command for tests: in a fresh folder, with or without its letters, which take the longest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.cli import plan_files
from tests.support.commands import Outcome, godwit

TODAY, GO_LIVE = "2027-01-11", "2027-06-18"
PRACTICES = Path(__file__).resolve().parents[2] / "examples" / "practices"
ONE_LINE = "practice: Dabchick House\n"


def without_letters(patch: pytest.MonkeyPatch) -> None:
    """Leave the letters and sheets for the wall out; everything else is made as ever."""
    nothing: Iterator[tuple[str, bytes]] = iter(())
    patch.setattr(plan_files, "plan_documents", lambda *_: nothing)
    patch.setattr(plan_files, "_wall", lambda *_: nothing)
    patch.setattr(plan_files, "RUNS", 20)


def plan(command: str, *words: object, today: str = TODAY) -> Outcome:
    """One of the plan's commands, on a fixed day."""
    return godwit("plan", command, *words, "--today", today)


def made(
    folder: Path, practice: str | None = ONE_LINE, facts: str | None = None, area: str | None = None
) -> Outcome:
    """`godwit plan make` from texts, into `folder`/plan; the files of the texts lie beside it."""
    words: list[object] = ["--go-live", GO_LIVE, "--out", folder / "plan"]
    for name, text in (("practice", practice), ("facts", facts), ("area", area)):
        if text is not None:
            file = folder / f"{name}.yaml"
            file.write_text(text, encoding="utf-8")
            words += [f"--{name}", file]
    return plan("make", *words)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}
