"""Evidence packs to test with: made of sealed runs whose content is made up, so that no engine is needed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from godwit.cli.pack import key_app, pack, sign
from godwit.cli.runs import run_app
from godwit.papers.pack.archive import packed
from godwit.papers.pack.gathering import Sources
from godwit.papers.pack.index import INDEX, Index, held, read_index
from godwit.papers.pack.making import Making, make_pack
from godwit.records.evidence.seal import exact_json, seal
from tests.support import summaries
from tests.support.commands import Outcome

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
PRIVATE = ("findings.parquet", "records.html")
OPEN = ("report.html", "summary.json")

Members = dict[str, bytes]


def key_of(number: int) -> Ed25519PrivateKey:
    """A key that is the same in every test run."""
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def sealed_run(folder: Path, summary: Mapping[str, Any] | None = None, kind: str = "compare") -> Path:
    """A sealed run folder with made-up content; its private files are a line each."""
    folder.mkdir(parents=True)
    facts = {**deepcopy(dict(summary or summaries.practice())), "kind": kind}
    manifest = {**summaries.manifest(), "kind": kind, "run": facts["run"], "contract": 1}
    manifest["private_part"] = {"owner": "The practice", "keep_until": "2027-02-19"}
    manifest.pop("outputs")
    for name in PRIVATE:
        (folder / name).write_bytes(f"private {name} of {facts['run']}\n".encode())
    (folder / "report.html").write_bytes(f"<p>{facts['run']}</p>\n".encode())
    (folder / "summary.json").write_bytes(exact_json(facts).encode())
    seal(folder, manifest, expected=(*PRIVATE, *OPEN))
    return folder


def list_summary() -> dict[str, Any]:
    """What a run that held the registration list against one system says, as far as a statement reads it."""
    rows = [{"reason": "x", "title": "x", "do": "x", "patients": 3}]
    system = {"title": "The source", "only_system": rows, "only_list": rows * 2, "different": 14}
    return {"run": "list-1", "kind": "list", "systems": [system]}


def made(run: Path, key: Ed25519PrivateKey | None = None, **sources: Path) -> tuple[Index, bytes]:
    """A pack of a run."""
    return make_pack(Sources(run, **sources), Making(NOW, key))


def rewritten(members: Mapping[str, bytes], place: Path) -> Path:
    """A pack that anybody could write from these members: the zip itself is in order."""
    place.write_bytes(packed(members))
    return place


def resealed(members: Mapping[str, bytes], name: str, data: bytes) -> Members:
    """The members with another file, which the index names by its right hash: what a careful forger changes."""
    index = read_index(members[INDEX])
    evidence = {**index.evidence, name: held(data)}
    changed = index.model_copy(update={"evidence": evidence, "seal": ""}).sealed()
    return {**members, name: data, INDEX: changed.exact()}


app = typer.Typer()
app.command("pack")(pack)
app.command("sign")(sign)
app.add_typer(key_app, name="key")
app.add_typer(run_app, name="run")


def command(*arguments: object, **settings: Any) -> Outcome:
    """One of the commands about packs, in this process."""
    result = CliRunner().invoke(app, [str(one) for one in arguments], **settings)
    return Outcome(result.exit_code, result.stdout, result.stderr)
