"""The command as people and programs use it: help with examples, pure JSON, exit codes, usage errors."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from godwit import __version__
from godwit.cli.app import app
from tests.support import messages as made
from tests.support.commands import godwit, godwit_program, json_of, names_in

FAMILY = Path(__file__).resolve().parents[2] / "examples" / "family"


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command and group."""
    yield words
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*words, name))


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runs") / "run"
    done = godwit_program("compare", FAMILY / "source", FAMILY / "target", "--out", out)
    assert done.code == 0, done.err
    assert "The books balance" in done.out
    assert "read the source" in done.err
    return out


# Help ---------------------------------------------------------------------------------------------------------


def test_the_commands_are_those_of_the_contract() -> None:
    contract = {("compare",), ("demo",), ("run", "show"), ("run", "verify"), ("extract", "inspect")}
    assert contract <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(("godwit", *words)) for words in COMMANDS])
def test_every_command_helps_with_an_example_that_is_one_of_its_own(words: tuple[str, ...]) -> None:
    outcome = godwit(*words, "--help")
    assert outcome.code == 0
    example = shlex.split(outcome.out.partition("Example: ")[2])
    assert example[: 1 + len(words)] == ["godwit", *words]


@pytest.mark.parametrize("words", [words for words in COMMANDS if words], ids=" ".join)
def test_a_command_without_its_arguments_is_wrong_usage(words: tuple[str, ...]) -> None:
    if words not in (("version",), ("demo",), ("plan", "check-guide")):
        outcome = godwit(*words)
        assert outcome.code == 2
        assert "Usage: " in outcome.out + outcome.err


def test_the_program_says_its_version() -> None:
    outcome = godwit_program("version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{__version__}\n", "")


BROUGHT = """
import sys
from godwit.cli.app import app
app(sys.argv[2:], standalone_mode=False)
print([name for name in sys.argv[1].split() if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "without"),
    [
        (["version"], "duckdb yaml jinja2 docx lxml"),
        (["plan", "--help"], "duckdb cryptography ortools"),
        (["compare", "--help"], "docx reportlab icalendar cryptography ortools"),
        (["synth", "--help"], "duckdb jinja2 docx xlsxwriter"),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else "",
)
def test_a_command_does_not_wait_for_what_only_others_need(words: list[str], without: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROUGHT, without, *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["compare", "a"],
        ["compare", "a", "b"],
        ["compare", "a", "b", "--out"],
        ["compare", "a", "b", "--out", "c", "--fail-on", "sometimes"],
        ["compare", "a", "b", "c", "--out", "d"],
        ["extract", "inspect", "a", "--nonsense"],
        ["run", "mend", "a"],
    ],
)
def test_wrong_usage_is_exit_two_and_silent_on_standard_output(words: list[str]) -> None:
    outcome = godwit(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err


@pytest.mark.parametrize("option", ["--system", "--source-system", "--target-system"])
def test_an_unknown_system_is_wrong_usage(tmp_path: Path, option: str) -> None:
    words = ["compare", FAMILY / "source", FAMILY / "target", "--out", tmp_path / "run", "--json"]
    outcome = godwit(*words, option, "curlew")
    assert (outcome.code, outcome.error["rule"]) == (2, "system.unknown")
    assert "gp2gp, gpconnect" in outcome.err
    assert names_in(tmp_path) == []


def test_a_system_that_is_named_is_believed(tmp_path: Path) -> None:
    words = ["compare", FAMILY / "source", FAMILY / "target", "--out", tmp_path / "run", "--json"]
    assert godwit(*words, "--source-system", "gpconnect").code == 3
    assert godwit(*words, "--system", "gpconnect").code == 3
    assert godwit(*words, "--source-system", "gp2gp", "--target-system", "gpconnect").code == 0


# JSON ---------------------------------------------------------------------------------------------------------


def test_json_is_all_there_is_on_standard_output(run: Path, tmp_path: Path) -> None:
    """The demo too: see `test_the_demo_runs_twice`."""
    good = tmp_path / "good.json"
    good.write_bytes(made.good_bundle())
    words = {
        "comparison": ["compare", FAMILY / "source", FAMILY / "target", "--out", tmp_path / "run"],
        "inspection": ["extract", "inspect", good],
        "summary": ["run", "show", run],
        "proof": ["run", "verify", run],
    }
    for what, one in words.items():
        assert only_json(*one), what


def only_json(*words: object, **settings: Any) -> bool:
    """Whether a program of its own, in the narrowest encoding, prints one object and nothing else, and ends well."""
    outcome = godwit_program(*words, "--json", env={**os.environ, "PYTHONIOENCODING": "ascii"}, **settings)
    assert (outcome.code, outcome.err) == (0, "")
    return isinstance(json.loads(outcome.out), dict)


def test_a_narrow_terminal_still_shows_everything(run: Path) -> None:
    outcome = godwit_program(
        "run", "show", run, env={**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "40"}
    )
    assert outcome.code == 0
    assert "The books balance" in outcome.out


def test_an_error_is_one_object_and_one_line(tmp_path: Path) -> None:
    outcome = godwit_program("compare", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "run", "--json")
    assert outcome.code == 3
    assert outcome.answer == {
        "error": {
            "exit": 3, "rule": "delivery.absent", "because": "there is no such file or folder", "place": "source",
        }
    }  # fmt: skip
    assert outcome.err == "godwit: source: there is no such file or folder [delivery.absent]\n"
    plain = godwit_program("compare", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "run")
    assert (plain.code, plain.out, plain.err) == (3, "", outcome.err)


def test_what_is_shown_is_what_was_sealed(run: Path) -> None:
    assert godwit("run", "show", run, "--json").answer == json_of(run / "summary.json")
    manifest = json_of(run / "manifest.json")
    proof = godwit("run", "verify", run, "--json").answer
    assert proof == {"run": manifest["run"], "sealed": True, "files": 12, "seal": manifest["seal"]}


def test_what_people_see(run: Path) -> None:
    shown, proved = godwit("run", "show", run), godwit("run", "verify", run)
    assert (shown.code, proved.code) == (0, 0)
    assert "GP2GP" in shown.out
    assert json_of(run / "manifest.json")["seal"] in proved.out.replace("\n", "")


# Exit codes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("low", 1), ("medium", 1), ("high", 1), ("critical", 0), (None, 0)]
)
def test_findings_fail_only_from_the_risk_asked_for(tmp_path: Path, fail_on: str | None, code: int) -> None:
    """A body weight in another unit: a finding of high risk."""
    for name, unit in (("a", "kg"), ("b", "lb")):
        weight = made.observation(valueQuantity={"value": 72.5, "unit": unit})
        bundle = made.bundle(made.patient(), weight)
        (tmp_path / name).write_bytes(made.as_json(bundle))
    option = ["--fail-on", fail_on] if fail_on else []
    outcome = godwit("compare", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "run", "--json", *option)
    assert {one["severity"] for one in outcome.answer["causes"]} == {"high"}
    assert outcome.code == code
    assert godwit("run", "verify", tmp_path / "run").code == 0


def test_no_finding_never_fails(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(made.good_bundle())
    words = ["compare", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "run", "--fail-on", "low"]
    assert godwit(*words).code == 0


# Journeys -----------------------------------------------------------------------------------------------------


@pytest.mark.timeout(300)  # two whole stories
def test_the_demo_runs_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = godwit("demo", "--patients", "30")
    monkeypatch.delenv("GODWIT_FIXTURES", raising=False)  # the public pairs once are enough
    assert first.code == 0
    assert only_json("demo", "--patients", "30", cwd=tmp_path)
    beside = [
        f"{name}{part}"
        for name in ("godwit-demo", "godwit-demo-2")
        for part in ("", "-plan", "-practice", "-family")
    ]
    assert names_in(tmp_path) == sorted(beside)
    assert "Planted on purpose: 13 differences; found: 13" in first.out
    assert "godwit run verify godwit-demo" in first.out
    assert godwit("run", "verify", "godwit-demo").code == 0


def test_a_file_a_folder_and_a_zip_are_inspected_alike(tmp_path: Path) -> None:
    data = made.good_message()
    folder = made.write_folder(tmp_path / "folder", {"one.xml": data})
    places = [folder, folder / "one.xml", made.write_zip(tmp_path / "one.zip", [("one.xml", data)])]
    answers = [godwit("extract", "inspect", place, "--json") for place in places]
    assert [one.code for one in answers] == [0, 0, 0]
    assert answers[0].answer == answers[1].answer == answers[2].answer
    facts = answers[0].answer
    assert (facts["system"], facts["versions"], facts["patients"]) == ("gp2gp", ["RCMR_IN030000UK06"], 1)
    assert facts["snapshot"] == {"earliest": "2024-04-01", "latest": "2024-04-01"}
    shown = godwit("extract", "inspect", folder)
    assert shown.code == 0
    assert "Nothing wrong was found" in shown.out


def test_an_inspection_writes_nothing(tmp_path: Path) -> None:
    folder = made.write_folder(tmp_path / "folder", {"one.xml": made.good_message()})
    godwit("extract", "inspect", folder)
    assert (names_in(tmp_path), names_in(folder)) == (["folder"], ["one.xml"])
