"""Every command that a how-to page of the proof shows in a `sh` block runs as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from godwit.cli.options import UNLOCKED_BY
from tests.support.commands import godwit

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "sign-off-the-data.md",
    "work-through-rounds.md",
    "check-the-registration-list.md",
    "load-maps-and-code-lists.md",
    "check-a-pack.md",
)


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    text = (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UNLOCKED_BY, "a long pass phrase")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for name, text in zip(("codes.csv", "clusters.csv"), blocks(page, "csv"), strict=False):
        (tmp_path / name).write_text(text, encoding="utf-8")
    if "practice/source" in (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8"):
        made = "synth --system emis --twin tpp --patients 20 --density 0.05 --out practice"
        assert godwit(*made.split()).code == 0
    lines = "".join(blocks(page, "sh")).splitlines()
    assert lines
    for line in lines:
        program, *words = shlex.split(line)
        outcome = godwit(*words)
        assert (program, outcome.code) == ("godwit", 0), f"{line}\n{outcome.err}"
