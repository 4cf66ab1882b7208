"""`godwit extract lint` and `godwit extract describe` at the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pysequoia
import pytest
from typer.testing import CliRunner

from godwit.cli.exits import Exit
from godwit.cli.extract import extract_app
from godwit.records.bulk.document import read_document
from godwit.records.bulk.document_gaps import gaps

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "check-a-documented-extract.md"
PEOPLE, WEIGHTS = "id,sex\n1,F\n2,M\n", "id,person,taken_on,weight\n1,1,2020-03-05,82.5\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The example of the how-to page."""
    (block,) = re.findall(
        r"^```yaml\n(.*?)^```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    file = tmp_path / "extract.yaml"
    file.write_text(block, encoding="utf-8")
    return file


def delivery(folder: Path, people: str = PEOPLE) -> Path:
    here = folder / "delivery"
    here.mkdir()
    (here / "Person.csv").write_text(people, encoding="utf-8")
    (here / "Weight.csv").write_text(WEIGHTS, encoding="utf-8")
    return here


def run(*words: str | Path) -> tuple[int, str]:
    outcome = CliRunner().invoke(extract_app, [str(word) for word in words])
    return outcome.exit_code, outcome.output


def test_the_example_of_the_page_meets_every_duty(document: Path) -> None:
    assert [one for one in gaps(read_document(document)) if one.breaks] == []


def test_sound_files_leave_with_nothing_broken(tmp_path: Path, document: Path) -> None:
    code, said = run("lint", delivery(tmp_path), "--document", document)
    assert code == Exit.DONE
    assert "0 broken" in said
    assert "does not say that either conforms" in said


def test_a_broken_promise_is_exit_code_1_and_quotes_no_value(tmp_path: Path, document: Path) -> None:
    code, said = run("lint", delivery(tmp_path, "id,sex\n1,Zygote\n"), "--document", document, "--json")
    told = json.loads(said)
    rules = {one["rule"] for one in told["findings"] if one["breaks"]}
    assert (code, told["broken"]) == (Exit.FINDINGS, 2)
    assert rules == {"document.value_outside", "document.length_broken"}
    assert "Zygote" not in said


def test_a_document_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("system: x\ntables: 1\n", encoding="utf-8")
    code, said = run("lint", delivery(tmp_path), "--document", file)
    assert code == Exit.REFUSED
    assert "line 2" in said


def test_a_draft_is_written_and_not_over_another(tmp_path: Path) -> None:
    here = tmp_path / "vision"
    here.mkdir()
    name = "FULL_Z99999_staff_data_extract-2027-03-01-010000.csv"
    (here / name).write_text('3,A,G1234567,"Adams","Sarah","Dr",F,9\n', encoding="utf-8")
    out = tmp_path / "draft.yaml"
    assert run("describe", here, "--out", out)[0] == Exit.DONE
    assert run("lint", here, "--document", out)[0] == Exit.FINDINGS
    assert run("describe", here, "--out", out)[0] == Exit.USAGE


def test_an_encrypted_delivery_is_opened_with_its_key(tmp_path: Path, document: Path) -> None:
    key = pysequoia.Tsk.generate("A practice <practice@example.org>")
    own, here = tmp_path / "practice.key", delivery(tmp_path)
    own.write_bytes(bytes(key))
    for file in list(here.iterdir()):
        data = pysequoia.encrypt(file.read_bytes(), recipients=[key.extract_certificate()])
        file.rename(here / f"{file.name}.gpg").write_bytes(data)
    code, said = run("lint", here, "--document", document)
    assert (code, "delivery file 1" in said, "[pgp.no_key]" in said) == (Exit.REFUSED, True, True)
    assert run("lint", here, "--document", document, "--key", own)[0] == Exit.DONE


def test_a_draft_of_an_encrypted_delivery(tmp_path: Path) -> None:
    key = pysequoia.Tsk.generate("A practice <practice@example.org>")
    own, here = tmp_path / "practice.key", tmp_path / "vision"
    own.write_bytes(bytes(key))
    here.mkdir()
    name = "FULL_Z99999_staff_data_extract-2027-03-01-010000.csv.gpg"
    rows = b'3,A,G1234567,"Adams","Sarah","Dr",F,9\n'
    (here / name).write_bytes(pysequoia.encrypt(rows, recipients=[key.extract_certificate()]))
    assert run("describe", here, "--out", tmp_path / "draft.yaml")[0] == Exit.REFUSED
    assert run("describe", here, "--out", tmp_path / "draft.yaml", "--key", own)[0] == Exit.DONE
