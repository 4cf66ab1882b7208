"""Packs, signatures and keys as people read them on a terminal, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from godwit.cli.show import print_json
from godwit.papers.pack.index import STATEMENTS, Index
from godwit.papers.pack.proving import Proved, made_again
from godwit.papers.pack.signatures import Said


def show_key(private: Path, public: Path, mark: str, as_json: bool) -> None:
    """Where a new key lies and what it is known by."""
    if as_json:
        print_json({"private": private.name, "public": public.name, "fingerprint": mark})
        return
    typer.echo(f"Private key: {private} (keep it to yourself; with its pass phrase it is your signature)")
    typer.echo(f"Public key:  {public} (give it to everybody who is to know your signature)")
    typer.echo(f"Fingerprint: {mark}")


def show_pack(index: Index, out: Path, digest: str, as_json: bool) -> None:
    """What was made."""
    files = len(index.evidence) + len(index.statement) + 1
    if as_json:
        facts = {"pack": index.pack, "file": out.name, "sha256": digest, "seal": index.seal, "files": files}
        package = index.private.package.model_dump() if index.private.package else None
        print_json(
            {
                **facts,
                "run": index.run.run,
                "run_seal": index.run.seal,
                "maker": index.maker,
                "private": package,
            }
        )
        return
    typer.echo(f"Pack:  {out} ({files} files, no patient data)")
    typer.echo(f"Seal:  {index.seal}")
    typer.echo(
        f"Signed by the key {index.maker}"
        if index.maker
        else "Not signed: its seal shows changes, not who made it."
    )
    if index.private.package:
        typer.echo("The private part is patient data. Keep it where the run folder may be kept.")
    typer.echo(
        f"Next: read statement.html in it, then godwit sign {out} --key … --name … --role … --meaning SO-02"
    )


def show_signed(said: Said, as_json: bool) -> None:
    """The signature that was added."""
    if as_json:
        print_json({**_person(said, None), "pack": said.pack, "seal": said.seal})
        return
    typer.echo(f"Signed: {said.name} ({said.role}), {said.meaning}, {said.signed_at}")
    typer.echo(f"By the key {said.fingerprint}")
    typer.echo(said.says)


def show_proved(proved: Proved, as_json: bool) -> None:
    """What was checked, and who signed."""
    if as_json:
        print_json(_facts(proved))
        return
    index = proved.index
    typer.echo(f"Untouched since it was made: {index.pack}, seal {index.seal}")
    typer.echo(
        f"Checked: every byte of the file, {len(proved.members)} files by hash, the run {index.run.run} by its seal"
    )
    if index.listing:
        typer.echo(f"Checked: the list run {index.listing.run} by its seal")
    for words in _again_words(proved):
        typer.echo(words)
    typer.echo(_private_words(proved))
    typer.echo(f"Made and signed by {_key_words(proved.maker, proved)}" if proved.maker else
               "Not signed by who made it: nothing here shows who that was.")  # fmt: skip
    for one in proved.people:
        typer.echo(
            f"{one.meaning} signed by {one.name} ({one.role}), {one.signed_at}, {_key_words(one.fingerprint, proved)}"
        )
    if not proved.people:
        typer.echo("No person has signed it.")


def _again_words(proved: Proved) -> Iterator[str]:
    same = made_again(proved)
    if same:
        yield f"Made again from the run's summary, and the same: {', '.join(same)}"
    if other := [name for name in STATEMENTS if name not in same]:
        yield f"Not the same when made again: {', '.join(other)}. Made by another version of Godwit, or not what"
        yield "the summary says: read run/report.html instead."


def _private_words(proved: Proved) -> str:
    if proved.private:
        return "Checked: the private part, file by file"
    return "Not checked: the private part; give it with --private"


def _key_words(mark: str, proved: Proved) -> str:
    known = "known: you gave it" if mark in proved.known else "not known: its name is only claimed"
    return f"key {mark} ({known})"


def _facts(proved: Proved) -> dict[str, Any]:
    index = proved.index
    maker = {"fingerprint": proved.maker, "known": proved.maker in proved.known} if proved.maker else None
    return {
        "pack": index.pack,
        "sealed": True,
        "files": len(proved.members),
        "seal": index.seal,
        "run": index.run.run,
        "run_seal": index.run.seal,
        "list": index.listing.run if index.listing else None,
        "statement_made_again": list(made_again(proved)),
        "private_checked": proved.private,
        "maker": maker,
        "signatures": [_person(one, proved) for one in proved.people],
    }


def _person(one: Said, proved: Proved | None) -> dict[str, Any]:
    facts = one.model_dump(include={"name", "role", "meaning", "signed_at", "fingerprint"})
    return facts if proved is None else {**facts, "known": one.fingerprint in proved.known}
