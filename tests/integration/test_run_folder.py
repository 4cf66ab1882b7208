"""The run folder as the contract lists it: files, columns, sums, permissions, and a seal that shows every change."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from godwit.records.errors import RunTampered
from godwit.records.evidence.seal import exact_json, seal_of, verify
from tests.support import messages as made
from tests.support.books import faults
from tests.support.commands import Row, godwit, json_of, names_in, rows_of

FAMILY = Path(__file__).resolve().parents[2] / "examples" / "family"
FILES = {
    "findings.parquet", "issues.parquet", "manifest.json", "reconciliations.parquet", "reconciliations.xlsx",
    "records.html", "rejects.parquet", "report.html", "rounds.parquet", "sample.html", "set_aside.parquet",
    "summary.json", "test-patients.xlsx",
}  # fmt: skip
FINDINGS = """
    finding cause entity outcome field severity patient_key nhs_number source_file source_record source_id
    target_file target_record target_id source_value target_value reason risk detail about agreement change traits
"""
SUMMARY = {"run", "kind", "source", "target", "entities", "balanced", "causes", "registers", "timings"}
ENTITIES = """
    patient registration consultation observation problem allergy immunisation medication_authorisation
    medication_issue referral recall document appointment practitioner organisation
"""
OUTCOMES = {"source", "target", "identical", "equivalent", "agreed", "different", "missing", "unexpected"}


def make(out: Path) -> Path:
    """A run of the example family, with a broken and a doubtful file beside it."""
    for side in ("source", "target"):
        shutil.copytree(FAMILY / side, out.parent / side, dirs_exist_ok=True)
    doubtful = made.observation("o2", "2026-02-31")
    made.write_folder(out.parent / "source", {"z-half.xml": made.good_message()[:300]})
    made.write_folder(
        out.parent / "target", {"z-odd.json": made.good_bundle(doubtful, None, number=made.NUMBERS[3])}
    )
    outcome = godwit("compare", out.parent / "source", out.parent / "target", "--out", out)
    assert outcome.code == 0, outcome.err
    return out


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "run")


@pytest.fixture
def copy(run: Path, tmp_path: Path) -> Path:
    return shutil.copytree(run, tmp_path / "run")


# What is in it ------------------------------------------------------------------------------------------------


def test_the_files(run: Path) -> None:
    assert set(names_in(run)) == FILES


def columns(path: Path) -> list[str]:
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    return [str(row[0]) for row in rows]


def test_the_columns(run: Path) -> None:
    assert columns(run / "findings.parquet") == FINDINGS.split()
    for name in ("rejects", "set_aside", "issues"):
        assert columns(run / f"{name}.parquet") == [
            "side",
            "entity",
            "file",
            "record",
            "kind",
            "reason",
            "detail",
        ]


def test_the_findings(run: Path) -> None:
    for row in rows_of(run / "findings.parquet"):
        assert row["outcome"] in ("different", "missing", "unexpected")
        assert row["severity"] in ("critical", "high", "medium", "low")
        assert (row["field"] is not None) == (row["outcome"] == "different")
        assert (
            (row["source_file"] is None) == (row["outcome"] == "unexpected") == (row["source_record"] is None)
        )
        assert (row["target_file"] is None) == (row["outcome"] == "missing") == (row["target_record"] is None)
        assert row["patient_key"]


def test_the_summary(run: Path) -> None:
    summary = json_of(run / "summary.json")
    assert set(summary) >= SUMMARY
    assert set(summary["entities"]) >= set(ENTITIES.split())
    assert all(set(one) == OUTCOMES for one in summary["entities"].values())
    assert summary["balanced"] is True
    for one in summary["causes"]:
        assert set(one) >= {
            "cause",
            "title",
            "entity",
            "field",
            "outcome",
            "severity",
            "findings",
            "patients",
        }


def test_the_manifest(run: Path) -> None:
    manifest = json_of(run / "manifest.json")
    assert set(manifest["outputs"]) == FILES - {"manifest.json"}
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((run / name).read_bytes()).hexdigest() == digest
    for one in manifest["inputs"]:
        data = [path.read_bytes() for path in sorted((run.parent / one["side"]).iterdir())]
        sizes = {hashlib.sha256(each).hexdigest(): len(each) for each in data}
        assert sizes[one["sha256"]] == one["bytes"]
    assert len(manifest["inputs"]) == 10
    assert all(len(one["sha256"]) == 64 and one["edition"] for one in manifest["definitions"])
    unsealed = {key: value for key, value in manifest.items() if key != "seal"}
    text = json.dumps(unsealed, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert hashlib.sha256(text.encode()).hexdigest() == manifest["seal"]


def test_the_books_worked_out_again(run: Path) -> None:
    assert faults(run) == []


@pytest.mark.parametrize("bucket", ["identical", "converted", "rejected"])
def test_the_sums_would_notice(copy: Path, bucket: str) -> None:
    """The control: one record more in one place, and the test above fails."""
    summary = json_of(copy / "summary.json")
    one = summary["entities"]["observation"]
    (one if bucket == "identical" else one["source"])[bucket] += 1
    (copy / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert faults(copy) != []


def test_every_set_aside_record_has_a_reason_in_words(run: Path) -> None:
    for one in json_of(run / "summary.json")["set_aside"]:
        assert one["title"] != one["reason"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_only_the_owner_may_read_it(run: Path) -> None:
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in run.iterdir()} == {0o600}


# The same again -----------------------------------------------------------------------------------------------


def without_times(node: Any) -> Any:
    """A JSON tree without the run's name, times, timings, and the hashes that follow from them."""
    if isinstance(node, dict):
        leave = ("run", "timings", "started_at", "ended_at", "seal", "keep_until", "outputs")
        return {key: without_times(item) for key, item in node.items() if key not in leave}
    return [without_times(item) for item in node] if isinstance(node, list) else node


def test_two_runs_of_the_same_files_say_the_same(run: Path, tmp_path: Path) -> None:
    again = make(tmp_path / "again")
    for name in sorted(FILES):
        if name.endswith(".parquet"):
            assert rows_of(run / name) == rows_of(again / name), name
            assert (run / name).read_bytes() == (again / name).read_bytes(), name
        if name.endswith(".json"):
            assert without_times(json_of(run / name)) == without_times(json_of(again / name)), name
    pages = [re.sub(r"\d{8}T\d{6}Z", "", (one / "records.html").read_text("utf-8")) for one in (run, again)]
    assert pages[0] == pages[1]


# The seal -----------------------------------------------------------------------------------------------------


def verified(run: Path) -> Row:
    """What `run verify` answers: the rule it refuses by and the file it names, or nothing."""
    outcome = godwit("run", "verify", run, "--json")
    shown = godwit("run", "show", run, "--json")
    assert (outcome.code, shown.code) in ((0, 0), (3, 3))
    return {} if outcome.code == 0 else outcome.error


def test_an_untouched_run_is_whole_wherever_it_lies(copy: Path) -> None:
    assert verified(copy) == {}
    assert verified(copy.rename(copy.with_name("elsewhere"))) == {}


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize(("share", "bit"), [(0.0, 1), (0.35, 32), (1.0, 1)])
def test_one_changed_byte_is_noticed(copy: Path, name: str, share: float, bit: int) -> None:
    data = bytearray((copy / name).read_bytes())
    data[round(share * (len(data) - 1))] ^= bit
    (copy / name).write_bytes(data)
    error = verified(copy)
    assert error["place"] == name
    assert error["rule"] == ("seal.broken" if name == "manifest.json" else "seal.file_changed")


def test_every_byte_of_the_manifest_counts(copy: Path) -> None:
    """Also those that a reader of text would forgive: line ends, blanks, the mark at the start, the order."""
    path = copy / "manifest.json"
    text = path.read_bytes()
    manifest = json.loads(text)
    forgiven = [
        text.replace(b"\n", b"\r\n"), text.replace(b"\n", b"\r", 1), text[:-1], text + b" ", text + b"\n",
        b"\xef\xbb\xbf" + text, b" " + text, text.replace(b"  ", b"\t"), json.dumps(manifest).encode(),
        text.replace(b'"contract": 1', b'"contract": 1.0'), text.replace(b'"kind"', b'"kin\\u0064"'),
        text.replace(b'"contract": 1,', b'"contract": 1,\n  "contract": 1,'), text.replace(b"{", b'{"a": NaN, ', 1),
        text.replace(b'"compare"', b'"\\ud800"'), b"[" * 100_000, b"", b"null", b"\xff",
    ]  # fmt: skip
    for changed in forgiven:
        assert changed != text
        path.write_bytes(changed)
        assert verified(copy)["rule"] == "seal.broken", changed[:80]


def test_every_single_bit_of_the_manifest_counts(copy: Path) -> None:
    """Each byte once, straight at the function, because there are thousands."""
    path = copy / "manifest.json"
    text = path.read_bytes()
    for at in range(0, len(text), 7):
        path.write_bytes(text[:at] + bytes([text[at] ^ 1 << at % 8]) + text[at + 1 :])
        with pytest.raises(RunTampered):
            verify(copy)


def drop(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rename(path: Path) -> None:
    path.rename(path.with_name("other"))


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("change", [drop, cut, empty, rename, as_folder])
def test_a_file_that_is_gone_cut_emptied_or_renamed(
    copy: Path, name: str, change: Callable[[Path], None]
) -> None:
    change(copy / name)
    assert verified(copy)["rule"].startswith("seal.")


@pytest.mark.parametrize("name", ["new.txt", ".hidden", "Findings.parquet.bak", "work"])
def test_a_file_or_folder_more(copy: Path, name: str) -> None:
    (copy / name).mkdir() if name == "work" else (copy / name).write_bytes(b"")
    assert (verified(copy)["rule"], verified(copy)["place"]) == ("seal.file_added", name)


@pytest.mark.skipif(os.name != "posix", reason="Windows makes links for few")
def test_a_link_to_the_same_bytes(copy: Path) -> None:
    (copy / "report.html").rename(copy.parent / "elsewhere.html")
    (copy / "report.html").symlink_to(copy.parent / "elsewhere.html")
    assert verified(copy)["rule"] == "seal.file_changed"


def test_two_files_that_changed_places(copy: Path) -> None:
    (copy / "rejects.parquet").rename(copy / "x")
    (copy / "issues.parquet").rename(copy / "rejects.parquet")
    (copy / "x").rename(copy / "issues.parquet")
    assert verified(copy)["rule"] == "seal.file_changed"


def edited(copy: Path, change: Callable[[Row], object]) -> Row:
    """The manifest written anew, in its exact form, after a change."""
    manifest = json_of(copy / "manifest.json")
    change(manifest)
    (copy / "manifest.json").write_bytes(exact_json(manifest).encode("utf-8"))
    return manifest


def test_a_summary_edited_together_with_its_hash(copy: Path) -> None:
    summary = json_of(copy / "summary.json")
    summary["entities"]["observation"]["missing"] += 1
    (copy / "summary.json").write_bytes(exact_json(summary).encode("utf-8"))
    digest = hashlib.sha256((copy / "summary.json").read_bytes()).hexdigest()
    edited(copy, lambda manifest: manifest["outputs"].update({"summary.json": digest}))
    assert verified(copy)["rule"] == "seal.broken"


@pytest.mark.parametrize("seal", ["0" * 64, "", None, 5])
def test_an_edited_seal(copy: Path, seal: object) -> None:
    edited(copy, lambda manifest: manifest.update(seal=seal))
    assert verified(copy)["rule"] == "seal.broken"


def test_a_manifest_sealed_anew_has_another_seal(copy: Path) -> None:
    """Whoever seals anew cannot be caught by the folder alone: the seal that people signed is what tells."""
    before = json_of(copy / "manifest.json")["seal"]
    edited(copy, lambda manifest: manifest.update(kind="other"))
    edited(copy, lambda manifest: manifest.update(seal=seal_of(manifest)))
    assert json_of(copy / "manifest.json")["seal"] != before


@pytest.mark.parametrize("what", ["nothing", "a file", "an empty folder"])
def test_what_is_no_run(tmp_path: Path, what: str) -> None:
    path = tmp_path / "run"
    if what == "a file":
        path.write_bytes(b"x")
    if what == "an empty folder":
        path.mkdir()
    assert verified(path)["rule"] == ("pack.damaged" if what == "a file" else "seal.absent")
