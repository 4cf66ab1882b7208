"""The commands about evidence packs: make a key, make a pack, sign it, prove it; and that no patient is in it."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from godwit.cli.options import UNLOCKED_BY
from godwit.papers.pack.archive import unpacked
from tests.support import canaries
from tests.support.canaries import NUMBERS, Tokens, inside
from tests.support.commands import Outcome, godwit, json_of
from tests.support.messages import write_folder
from tests.support.packs import PRIVATE, command, list_summary, sealed_run

PHRASE = "a long pass phrase"
SIGNED_AS = ("--name", "Dr A. Example", "--role", "lead_gp", "--meaning", "SO-02")


@pytest.fixture(autouse=True)
def _unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UNLOCKED_BY, PHRASE)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a sealed run and a key."""
    sealed_run(tmp_path / "run")
    assert command("key", "make", "--out", tmp_path / "key.pem").code == 0
    return tmp_path


def refused(outcome: Outcome, code: int, rule: str) -> None:
    assert (outcome.code, outcome.error["rule"]) == (code, rule), outcome.out


def test_from_key_to_proof(place: Path) -> None:
    key, pack, private = place / "key.pem", place / "pack.zip", place / "private.zip"
    made = command(
        "pack", place / "run", "--out", pack, "--key", key, "--with-private", private, "--json"
    ).answer
    assert made["files"] == 6
    signed = command("sign", pack, "--key", key, *SIGNED_AS, "--json").answer
    assert (signed["seal"], signed["fingerprint"]) == (made["seal"], made["maker"])
    proved = command(
        "run", "verify", pack, "--key", place / "key.pem.pub", "--private", private, "--json"
    ).answer
    assert proved["maker"] == {"fingerprint": made["maker"], "known": True}
    assert [one["name"] for one in proved["signatures"]] == ["Dr A. Example"]
    assert proved["private_checked"]
    assert proved["statement_made_again"] == ["statement.html", "statement.pdf"]
    for words in (("pack", place / "run", "--out", place / "2.zip"), ("run", "verify", pack)):
        assert command(*words).code == 0


def test_what_people_read(place: Path) -> None:
    pack = place / "pack.zip"
    made = command("pack", place / "run", "--out", pack)
    assert "Not signed" in made.out
    told = command("run", "verify", pack).out
    assert "Untouched since it was made" in told
    assert "Not signed by who made it" in told
    assert "No person has signed it" in told
    assert "Made again from the run's summary, and the same: statement.html, statement.pdf" in told
    command("sign", pack, "--key", place / "key.pem", *SIGNED_AS)
    told = command("run", "verify", pack).out
    assert "SO-02 signed by Dr A. Example (lead_gp)" in told
    assert "its name is only claimed" in told


def test_list_plan_and_agreements_are_named(place: Path) -> None:
    sealed_run(place / "list", list_summary(), kind="list")
    plan = place / "plan"
    plan.mkdir()
    gate = {
        "id": "G5",
        "name": "Data sign-off",
        "open": False,
        "missing": ["x", "y"],
        "signed_by": ["lead_gp"],
    }
    facts = {
        "practice": "Mill Lane Surgery",
        "go_live": "2027-03-01",
        "edition": "2026-11",
        "gates": [gate],
        "tasks": [],
    }
    (plan / "plan.json").write_text(json.dumps(facts), encoding="utf-8")
    (place / "agreed.yaml").write_text("[]\n", encoding="utf-8")
    more = ("--list", place / "list", "--plan", plan, "--agreed", place / "agreed.yaml")
    assert command("pack", place / "run", "--out", place / "p.zip", *more).code == 0
    members = unpacked((place / "p.zip").read_bytes())
    assert {"list/summary.json", "list/manifest.json", "list/report.html"} < set(members)
    page = members["statement.html"].decode()
    assert "Mill Lane Surgery" in page
    assert "agreed.yaml" in page
    assert command("run", "verify", place / "p.zip", "--json").answer["list"] == "list-1"


@pytest.mark.skipif(os.name != "posix", reason="only there do files have modes")
def test_only_the_owner_reads_the_key_and_the_private_part(place: Path) -> None:
    command("pack", place / "run", "--out", place / "p.zip", "--with-private", place / "private.zip")
    for name in ("key.pem", "private.zip"):
        assert (place / name).stat().st_mode & 0o777 == 0o600
    (place / "key.pem").chmod(0o644)
    refused(command("sign", place / "p.zip", "--key", place / "key.pem", *SIGNED_AS, "--json"), 2, "key.open")


def test_nothing_is_written_over(place: Path) -> None:
    (place / "taken").write_bytes(b"mine")
    refused(command("key", "make", "--out", place / "taken", "--json"), 2, "file.taken")
    refused(command("pack", place / "run", "--out", place / "taken", "--json"), 2, "file.taken")
    other = ("--out", place / "p.zip", "--with-private", place / "taken")
    refused(command("pack", place / "run", *other, "--json"), 2, "file.taken")
    assert (place / "taken").read_bytes() == b"mine"
    assert not (place / "p.zip").exists()


def test_a_refused_pack_leaves_nothing(place: Path) -> None:
    before = sorted(place.iterdir())
    (place / "run" / "findings.parquet").write_bytes(b"changed")
    more = ("--out", place / "p.zip", "--with-private", place / "private.zip", "--json")
    refused(command("pack", place / "run", *more), 3, "seal.file_changed")
    sealed_run(place / "delta", kind="delta")
    refused(command("pack", place / "delta", *more), 2, "pack.kind")
    assert sorted(one for one in place.iterdir() if one.name != "delta") == before


def test_a_missing_plan_leaves_no_private_part(place: Path) -> None:
    more = (
        "--plan",
        place / "none",
        "--out",
        place / "p.zip",
        "--with-private",
        place / "private.zip",
        "--json",
    )
    refused(command("pack", place / "run", *more), 6, "machine.read")
    assert not (place / "private.zip").exists()
    assert not (place / "p.zip").exists()


def test_a_changed_pack_is_not_signed(place: Path) -> None:
    pack = place / "p.zip"
    command("pack", place / "run", "--out", pack)
    pack.write_bytes(pack.read_bytes().replace(b"Dosage", b"Dotage", 1))
    for words in (("sign", pack, "--key", place / "key.pem", *SIGNED_AS), ("run", "verify", pack)):
        outcome = command(*words, "--json")
        refused(outcome, 3, "pack.file_changed")
        assert outcome.error["place"]


def test_a_signature_that_may_not_be_leaves_the_pack_as_it_was(place: Path) -> None:
    pack, key = place / "p.zip", place / "key.pem"
    command("pack", place / "run", "--out", pack)
    before = pack.read_bytes()
    wrong = ("--name", "B", "--role", "practice_manager", "--meaning", "SO-02")
    refused(command("sign", pack, "--key", key, *wrong, "--json"), 2, "sign.role")
    assert pack.read_bytes() == before


def test_keys_and_private_parts_belong_to_packs(place: Path) -> None:
    outcome = command("run", "verify", place / "run", "--key", place / "key.pem.pub", "--json")
    refused(outcome, 2, "verify.folder")
    refused(command("run", "verify", place / "nothing", "--json"), 3, "seal.absent")
    (place / "text").write_text("text", encoding="utf-8")
    refused(command("run", "verify", place / "text", "--json"), 3, "pack.damaged")


def test_a_private_key_is_no_public_one(place: Path) -> None:
    command("pack", place / "run", "--out", place / "p.zip")
    outcome = command("run", "verify", place / "p.zip", "--key", place / "key.pem", "--json")
    refused(outcome, 2, "key.unreadable")


def test_pass_phrases(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "phrase").write_text(f"{PHRASE}\n", encoding="utf-8")
    (place / "other").write_text("quite another phrase\n", encoding="utf-8")
    command("pack", place / "run", "--out", place / "p.zip")
    sign = ("sign", place / "p.zip", "--key", place / "key.pem", *SIGNED_AS, "--json")
    refused(command(*sign, "--passphrase-file", place / "other"), 2, "key.unreadable")
    monkeypatch.delenv(UNLOCKED_BY)
    refused(command(*sign), 2, "key.passphrase")
    assert command(*sign, "--passphrase-file", place / "phrase").code == 0
    short = ("key", "make", "--out", place / "k2.pem", "--json", "--passphrase-file")
    (place / "phrase").write_text("short\n", encoding="utf-8")
    refused(command(*short, place / "phrase"), 2, "key.passphrase_short")
    assert not list(place.glob("k2*"))


def test_no_value_of_a_record_is_in_a_pack(tmp_path: Path) -> None:
    """Every value of these records is a token; the private part must show them, and nothing else may."""
    tokens = Tokens()
    sides: dict[str, dict[str, bytes]] = {"source": {}, "target": {}}
    for number in NUMBERS:
        # The same person on both sides, with other records: so everything about the records is a finding.
        one, other = (canaries.message(tokens, number) for _ in range(2))
        person, records = one.partition("</agentDirectory>")[0], other.partition("</agentDirectory>")[2]
        sides["source"][f"{number}.xml"] = one.encode()
        sides["target"][f"{number}.xml"] = f"{person}</agentDirectory>{records}".encode()
    for side, files in sides.items():
        write_folder(tmp_path / side, files)
    run = tmp_path / "run"
    assert godwit("compare", tmp_path / "source", tmp_path / "target", "--out", run).code == 0
    outcomes = [
        command("key", "make", "--out", tmp_path / "key.pem"),
        command(
            "pack",
            run,
            "--out",
            tmp_path / "p.zip",
            "--key",
            tmp_path / "key.pem",
            "--with-private",
            tmp_path / "s.zip",
        ),
        command("sign", tmp_path / "p.zip", "--key", tmp_path / "key.pem", *SIGNED_AS),
        command("run", "verify", tmp_path / "p.zip", "--private", tmp_path / "s.zip"),
    ]
    assert [(one.code, inside(one.out + one.err)) for one in outcomes] == [(0, [])] * 4
    members = unpacked((tmp_path / "p.zip").read_bytes())
    pdf = "\n".join(page.extract_text() for page in PdfReader(BytesIO(members["statement.pdf"])).pages)
    assert inside(pdf) == []
    for name, data in members.items():
        if name != "statement.pdf" and not name.endswith(".sig"):
            assert inside(name + data.decode("utf-8")) == [], name
    assert not set(members) & {*PRIVATE, *(f"run/{name}" for name in PRIVATE)}
    assert len(inside((run / "records.html").read_text("utf-8"))) > 50
    assert set(json_of(run / "manifest.json")["outputs"]) > set(PRIVATE)
