"""`dev.py test`: everything is run, what was said is shown, and one failure is a failure."""

import sys

import pytest

import dev

MEETS = """
import pathlib, sys, time
mine, other = map(pathlib.Path, sys.argv[1:3])
mine.touch()
while not other.exists():
    time.sleep(0.01)
"""
"""A step that ends only once another has begun."""


@pytest.fixture(autouse=True)
def every_program_is_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "program", lambda _: sys.executable)


def test_every_step_is_told_and_the_first_bad_code_counts(capfd: pytest.CaptureFixture[str]) -> None:
    ends = {"one": 0, "two": 3, "three": 4, "four": 0}
    steps = {name: ["x", "-c", f"print('this is {name}'); exit({code})"] for name, code in ends.items()}
    assert dev.check(steps) == 3
    said = capfd.readouterr().out
    assert [name for name in ends if f"this is {name}" not in said] == []
    assert said.endswith(
        "one      ok\ntwo      FAILED (exit code 3)\nthree    FAILED (exit code 4)\nfour     ok\n"
    )


def test_nothing_waits_for_another(tmp_path_factory: pytest.TempPathFactory) -> None:
    room = tmp_path_factory.mktemp("room")
    one, two = str(room / "one"), str(room / "two")
    assert dev.check({"one": ["x", "-c", MEETS, one, two], "two": ["x", "-c", MEETS, two, one]}) == 0
