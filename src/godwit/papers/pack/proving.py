"""Prove a pack, offline: every byte, the seals of its runs, each signature, the private part if it is given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from godwit.papers.pack.archive import bytes_of, unpacked
from godwit.papers.pack.gathering import OpenRun, opened, sealed_manifest
from godwit.papers.pack.index import (
    INDEX,
    RUN_FILES,
    STATEMENTS,
    Held,
    Index,
    PrivatePart,
    SealedRun,
    held,
    read_index,
)
from godwit.papers.pack.keys import fingerprint
from godwit.papers.pack.making import LISTING, RUN, statements_of
from godwit.papers.pack.signatures import KEY, SIGNATURE, Said, maker_of, people, signed_names
from godwit.papers.pack.told import Told
from godwit.records.errors import RunTampered
from godwit.records.evidence.seal import MANIFEST, file_sha256
from godwit.records.intake.delivery import DAMAGED


@dataclass(frozen=True, slots=True)
class Proved:
    """A pack in which nothing was changed, and what was found in it.

    `known` are the fingerprints of the keys that the reader gave, each of which has signed.
    """

    index: Index
    members: Mapping[str, bytes]
    run: OpenRun
    listing: OpenRun | None
    maker: str | None
    people: tuple[Said, ...]
    known: frozenset[str]
    private: bool


def prove(path: Path, keys: Sequence[Ed25519PublicKey] = (), private: Path | None = None) -> Proved:
    """Prove the pack at `path`. Every key given must have signed it. Raises `RunTampered` naming file and rule."""
    members = unpacked(bytes_of(path))
    if INDEX not in members:
        raise RunTampered("pack.absent", "this is no evidence pack: it has no list of what is in it", INDEX)
    index = read_index(members[INDEX])
    _prove_files(members, index)
    run = _run_in(members, RUN, index.run)
    if run.private().files != index.private.files:
        raise RunTampered("pack.private", "the pack names other private files than its run", INDEX)
    listing = _run_in(members, LISTING, index.listing) if index.listing else None
    maker = maker_of(members, index)
    signed = people(members, index)
    known = _known(keys, {one.fingerprint for one in signed} | ({maker} if maker else set()))
    if private:
        _prove_private(private, index.private)
    return Proved(index, members, run, listing, maker, signed, known, private is not None)


def made_again(proved: Proved) -> tuple[str, ...]:
    """The prints of the statement that come out the same when this Godwit makes them from what the pack proves.

    One that does not is either of another version of Godwit (or, a PDF, of another machine's compression), or says
    something else than the summary of the run.
    """
    bare = proved.index.model_copy(update={"statement": {}})
    try:
        again = statements_of(Told(bare, proved.run, proved.listing))
    except (ValueError, TypeError, LookupError, AttributeError):
        return ()  # the run is of a version that says other things in its summary
    return tuple(name for name, data in again.items() if data == proved.members[name])


def _prove_files(members: Mapping[str, bytes], index: Index) -> None:
    """Nothing missing, nothing more, nothing changed."""
    listed = {**index.evidence, **index.statement}
    folders = (RUN, LISTING) if index.listing else (RUN,)
    if listed.keys() != {*STATEMENTS, *(folder + name for folder in folders for name in RUN_FILES)}:
        raise RunTampered("pack.index", "the list of what is in the pack is not that of a pack", INDEX)
    signed = signed_names(members)
    beside = {name + ending for name in (INDEX, *signed) for ending in (SIGNATURE, KEY)}
    for name in sorted(listed.keys() - members.keys()):
        raise RunTampered("pack.file_missing", "a file of the pack is gone", name)
    for _ in members.keys() - listed.keys() - beside - {INDEX, *signed}:
        raise RunTampered("pack.file_added", "a file was put into the pack after it was made")
    for name, facts in sorted(listed.items()):
        if held(members[name]) != facts:
            raise RunTampered("pack.file_changed", "a file in the pack was changed", name)


def _run_in(members: Mapping[str, bytes], folder: str, expected: SealedRun) -> OpenRun:
    """A run that travels in the pack: its manifest sealed, its open files those of the seal."""
    names = {name: folder + name for name in RUN_FILES}
    for name in names.values():
        if name not in members:
            raise RunTampered("pack.file_missing", "a file of the pack is gone", name)
    manifest = sealed_manifest(members[names[MANIFEST]], names[MANIFEST])
    try:
        run = opened(manifest, {name: members[place] for name, place in names.items()}, folder)
        same = run.sealed() == expected and bool(run.private())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise RunTampered(
            "seal.broken", "the run in the pack is not built like one", names[MANIFEST]
        ) from None
    if not same:
        raise RunTampered("pack.other_run", "the pack holds another run than it names", names[MANIFEST])
    return run


def _known(keys: Sequence[Ed25519PublicKey], signers: set[str]) -> frozenset[str]:
    given = frozenset(map(fingerprint, keys))
    for one in sorted(given - signers):
        raise RunTampered(
            "signature.not_by_key", f"nothing in the pack is signed by the key {one} that you gave"
        )
    return given


def _prove_private(place: Path, expected: PrivatePart) -> None:
    """The private part, as the run folder it lies in or as the zip that was made with the pack."""
    if place.is_dir():
        for name, digest in sorted(expected.files.items()):
            one = place / name
            if one.is_symlink() or not one.is_file() or file_sha256(one) != digest:
                raise RunTampered(
                    "private.changed", "a private file is gone, or not the one that was sealed", name
                )
        return
    if not place.is_file():
        raise RunTampered("private.absent", "there is no such private part", place.name)
    if expected.package != Held(bytes=place.stat().st_size, sha256=file_sha256(place)):
        raise RunTampered(
            "private.changed", "this is not the private part that was made with the pack", place.name
        )
    _prove_package(place, expected.files)


def _prove_package(place: Path, expected: Mapping[str, str]) -> None:
    """That the zip holds just the private files of the run: whoever made the pack may have packed others."""
    try:
        with ZipFile(place) as archive:
            found = {}
            for one in archive.infolist():
                with archive.open(one) as member:
                    found[one.filename] = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
    except DAMAGED:
        raise RunTampered("private.changed", "the private part is damaged", place.name) from None
    if found != expected:
        raise RunTampered("private.changed", "the private part holds other files than the run", place.name)
