"""A sealed run shows every change: of a file, of the manifest, by a file more or less."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from godwit.records.errors import MachineRefused, RunTampered
from godwit.records.evidence.seal import (
    MANIFEST,
    OUTPUTS,
    exact_json,
    file_sha256,
    read_manifest,
    seal,
    seal_of,
    verify,
)

HELD = OUTPUTS["compare"]
FACTS = {"run": "made up", "counts": {"b": 2, "a": 1}, "name": "Zoë"}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    for name in HELD:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    seal(tmp_path, FACTS, HELD)
    return tmp_path


def test_one_value_has_one_text() -> None:
    one, two = {"b": {"d": 1, "c": [2, 1]}, "a": "é"}, {"a": "é", "b": {"c": [2, 1], "d": 1}}
    assert exact_json(one) == exact_json(two)
    assert exact_json({"b": 1, "a": "é"}) == '{\n  "a": "é",\n  "b": 1\n}\n'
    assert json.loads(exact_json(one)) == one


def test_the_seal_covers_everything_but_itself() -> None:
    assert seal_of(FACTS) == seal_of({**FACTS, "seal": "x"}) == seal_of(dict(reversed(FACTS.items())))
    assert seal_of(FACTS) != seal_of({**FACTS, "counts": {"b": 2, "a": 2}})


def test_the_seal_of_a_manifest_never_changes() -> None:
    assert seal_of({"a": 1}) == "5e36b6560513586ced65eca0e8b025fe88edbcab82ba2cb67a5fcb2d7b202383"


def test_an_untouched_run_is_verified(run: Path) -> None:
    manifest = verify(run)
    assert {key: manifest[key] for key in FACTS} == FACTS
    assert manifest["outputs"] == {name: file_sha256(run / name) for name in HELD}
    assert manifest == read_manifest(run)


def reseal(run: Path) -> None:
    """Change a fact and the seal with it, and leave the files: what a careful forger does."""
    manifest = read_manifest(run)
    manifest["outputs"]["report.html"] = "0" * 64
    manifest["seal"] = seal_of(manifest)
    (run / MANIFEST).write_text(exact_json(manifest), encoding="utf-8")


def rewrite(change: Callable[[str], str]) -> Callable[[Path], object]:
    def changed(run: Path) -> object:
        text = (run / MANIFEST).read_text(encoding="utf-8")
        return (run / MANIFEST).write_text(change(text), encoding="utf-8")

    return changed


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        ("a file changed", lambda run: (run / "report.html").write_text("<P>"), "seal.file_changed"),
        ("a file cut to nothing", lambda run: (run / "report.html").write_text(""), "seal.file_changed"),
        ("a file gone", lambda run: (run / "report.html").unlink(), "seal.file_missing"),
        ("a file added", lambda run: (run / "more.txt").write_text(""), "seal.file_added"),
        ("a folder added", lambda run: (run / "more").mkdir(), "seal.file_added"),
        ("a fact changed", rewrite(lambda text: text.replace("made up", "made ap")), "seal.broken"),
        ("a space added", rewrite(lambda text: text + " "), "seal.broken"),
        ("keys in another order", rewrite(lambda text: json.dumps(json.loads(text)) + "\n"), "seal.broken"),
        ("no JSON", rewrite(lambda text: text[1:]), "seal.broken"),
        ("a list", rewrite(lambda _: "[]\n"), "seal.broken"),
        ("no list of files", rewrite(lambda _: "{}\n"), "seal.broken"),
        ("not UTF-8", lambda run: (run / MANIFEST).write_bytes(b"\xff"), "seal.broken"),
        ("the manifest gone", lambda run: (run / MANIFEST).unlink(), "seal.absent"),
        ("a new seal over a wrong fingerprint", reseal, "seal.file_changed"),
    ],
)
def test_a_change_is_found(run: Path, name: str, change: Callable[[Path], object], rule: str) -> None:
    change(run)
    with pytest.raises(RunTampered) as caught:
        verify(run)
    assert caught.value.rule == rule, name


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(RunTampered, match=r"seal\.absent"):
        verify(tmp_path)


@pytest.mark.parametrize(
    "disturb", [lambda run: (run / "more.txt").write_text(""), lambda run: (run / HELD[0]).unlink()]
)
def test_a_folder_with_other_files_than_a_run_has_is_not_sealed(
    run: Path, disturb: Callable[[Path], object]
) -> None:
    (run / MANIFEST).unlink()
    disturb(run)
    with pytest.raises(MachineRefused, match=r"run\.disturbed"):
        seal(run, FACTS, HELD)
    assert not (run / MANIFEST).exists()
