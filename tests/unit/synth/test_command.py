"""`godwit synth` as a person uses it: what it makes, what it says, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from godwit.cli.app import app
from godwit.synth import making
from godwit.synth.faults import FAULT_CLASSES
from godwit.synth.model import Practice

THIN = ("--density", "0.02", "--workers", "1")


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["synth", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()
    }


@pytest.mark.parametrize("system", ["emis", "tpp", "vision", "gp2gp", "gpconnect"])
def test_every_system_is_written(system: str, tmp_path: Path) -> None:
    code, said, _ = run("--system", system, "--patients", "5", "--out", tmp_path / "out", *THIN, "--json")
    assert code == 0
    made = json.loads(said)
    assert (made["system"], made["twin"], made["patients"]) == (system, None, 5)
    assert made["items"]["observations"] > 0
    assert all(one["side"] == "source" and one["records"] for one in made["losses"])
    assert files(tmp_path / "out")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_a_twin_has_both_sides_with_lists_beside(tmp_path: Path) -> None:
    code, said, _ = run(
        "--system", "emis", "--twin", "tpp", "--patients", "4", "--out", tmp_path / "out", *THIN
    )
    assert code == 0
    assert "4 patients" in said
    assert "godwit compare" in said
    assert {one.name for one in (tmp_path / "out").iterdir()} == {
        "source",
        "target",
        "losses.json",
        "practice.json",
    }
    losses = json.loads((tmp_path / "out" / "losses.json").read_text(encoding="utf-8"))
    assert {one["side"] for one in losses} == {"source", "target"}
    assert set(losses[0]) == {"side", "loss", "title", "records"}
    facts = json.loads((tmp_path / "out" / "practice.json").read_text(encoding="utf-8"))
    assert facts["items"]["registrations"] >= 4


def test_faults_come_with_their_answers(tmp_path: Path) -> None:
    plan = tmp_path / "faults.yaml"
    plan.write_text("faults: {record_lost: 2, patient_dropped: 1}\n", encoding="utf-8")
    out = tmp_path / "out"
    code, said, _ = run(
        "--system", "tpp", "--twin", "emis", "--patients", "30", "--faults", plan, "--out", out, *THIN, "--json"
    )  # fmt: skip
    assert code == 0
    assert json.loads(said)["faults"]["planted"] == {"record_lost": 2, "patient_dropped": 1}
    answers = json.loads((out / "answers.json").read_text(encoding="utf-8"))["answers"]
    assert {one["fault"] for one in answers} == {"record_lost", "patient_dropped"}


def test_a_series_has_a_bulk_deltas_and_a_later_bulk(tmp_path: Path) -> None:
    code, said, _ = run(
        "--system", "emis", "--patients", "6", "--deltas", "2", "--out", tmp_path / "out", *THIN, "--json"
    )
    assert code == 0
    assert json.loads(said)["deltas"] == 2
    assert {one.name for one in (tmp_path / "out").iterdir()} == {"bulk", "delta-1", "delta-2", "later"}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", "8"), ("two", "8"), ("other", "9")):
        run("--system", "emis", "--patients", "5", "--seed", seed, "--out", tmp_path / name, *THIN)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert files(tmp_path / "one") != files(tmp_path / "other")


def test_every_fault_is_listed() -> None:
    code, said, _ = run("--list-faults")
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == list(FAULT_CLASSES)


@pytest.mark.parametrize(
    ("words", "rule", "hint"),
    [
        (("--system", "emsi"), "synth.system", "did you mean emis?"),
        (("--system", "emis", "--twin", "tp"), "synth.system", "did you mean tpp?"),
        (("--system", "emis", "--density", "0"), "synth.density", "more than 0"),
        (("--system", "gp2gp", "--deltas", "2"), "", ""),
        (("--system", "emis", "--twin", "tpp", "--deltas", "2"), "synth.deltas_or_twin", "leave out"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_way_out(
    words: tuple[str, ...], rule: str, hint: str, tmp_path: Path
) -> None:
    code, said, heard = run("--patients", "2", "--out", tmp_path / "out", "--json", *words)
    error = json.loads(said)["error"]
    assert code == error["exit"] == 2
    assert rule in error["rule"]
    assert hint in error["because"]
    assert "Traceback" not in heard
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("faults: {record_lots: 3}", "faults.unknown", "line 1"),
        ("faults: [", "faults.shape", "faults.yaml"),
        (b"faults: {\xff: 3}", "faults.encoding", "faults.yaml"),
        (None, "faults.file", "faults.yaml"),
    ],
)
def test_a_file_of_faults_that_cannot_be_used_is_refused(
    text: str | bytes | None, rule: str, place: str, tmp_path: Path
) -> None:
    file = tmp_path / "faults.yaml"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, said, _ = run(
        "--system", "emis", "--twin", "tpp", "--patients", "2", "--faults", file, "--out", tmp_path / "out", "--json"
    )  # fmt: skip
    error = json.loads(said)["error"]
    assert (code, error["rule"]) == (3, rule)
    assert place in error["place"]


def test_faults_need_a_twin(tmp_path: Path) -> None:
    plan = tmp_path / "faults.yaml"
    plan.write_text("faults: {all: 1}", encoding="utf-8")
    code, _, heard = run("--system", "emis", "--patients", "2", "--faults", plan, "--out", tmp_path / "out")
    assert code == 2
    assert "--twin" in heard


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, _, heard = run("--system", "emis", "--patients", "2", "--out", tmp_path)
    assert code == 2
    assert "already holds something" in heard
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_what_an_interrupted_command_left_is_not_wiped_unasked(tmp_path: Path) -> None:
    (tmp_path / "out.unfinished").mkdir()
    code, _, heard = run("--system", "emis", "--patients", "2", "--out", tmp_path / "out")
    assert code == 2
    assert "out.unfinished" in heard


@pytest.mark.parametrize(
    ("error", "exit_code", "rule"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device"), 6, "machine.disk_full"),
        (PermissionError(13, "Permission denied"), 6, "machine.write"),
    ],
)
def test_work_that_stops_leaves_nothing_behind(
    error: BaseException, exit_code: int, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(practice: Practice, *_: object) -> None:
        (tmp_path / "out.unfinished" / "half.csv").write_text(str(practice.seed), encoding="utf-8")
        raise error

    monkeypatch.setattr(making, "write", stop)
    code, said, _ = run("--system", "emis", "--patients", "2", "--out", tmp_path / "out", "--json")
    assert (code, json.loads(said)["error"]["rule"]) == (exit_code, rule)
    assert list(tmp_path.iterdir()) == []
