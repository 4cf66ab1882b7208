"""`godwit guide build` as somebody types it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from godwit.cli.guide import guide_app

app = typer.Typer()
app.add_typer(guide_app, name="guide")


def build(out: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["guide", "build", "--out", str(out), *options])


def test_it_makes_a_folder_and_says_what_to_open(tmp_path: Path) -> None:
    done = build(tmp_path / "new" / "guide")
    assert done.exit_code == 0
    assert "index.html in a browser" in done.output.replace("\n", "")
    assert (tmp_path / "new" / "guide" / "phase-p15.html").is_file()


def test_it_replaces_an_older_guide_and_takes_the_other_names(tmp_path: Path) -> None:
    assert build(tmp_path).exit_code == 0
    done = build(tmp_path, "--names", "ccg", "--json")
    assert json.loads(done.output)["files"] == len(list(tmp_path.iterdir()))
    assert "Commissioner (CCG)" in (tmp_path / "roles.html").read_text(encoding="utf-8")


def test_it_touches_no_folder_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "letters.docx").touch()
    assert build(tmp_path).exit_code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["letters.docx"]
    assert build(tmp_path / "letters.docx").exit_code == 2


def test_a_disk_that_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert build(tmp_path / "guide").exit_code == 6


def test_names_are_of_today_or_of_2019(tmp_path: Path) -> None:
    assert build(tmp_path, "--names", "pct").exit_code == 2
