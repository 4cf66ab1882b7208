"""The seal of a run: every file's hash in the manifest, and one hash over all of the manifest.

A sealed run is proved untouched without any other tool: recompute and compare. The manifest is written in one exact
form, so that even a changed space in it breaks the seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from godwit.records.errors import MachineRefused, RunTampered

MANIFEST = "manifest.json"
RunKind = Literal["compare", "delta", "list", "profile"]

OUTPUTS: Mapping[RunKind, tuple[str, ...]] = {
    "compare": (
        "findings.parquet",
        "issues.parquet",
        "reconciliations.parquet",
        "reconciliations.xlsx",
        "records.html",
        "rejects.parquet",
        "report.html",
        "rounds.parquet",
        "sample.html",
        "set_aside.parquet",
        "summary.json",
        "test-patients.xlsx",
    ),
    "delta": (
        "delta.parquet",
        "issues.parquet",
        "patients.parquet",
        "rejects.parquet",
        "report.html",
        "set_aside.parquet",
        "summary.json",
    ),
    "list": ("columns.yaml", "list.parquet", "list.xlsx", "report.html", "summary.json"),
    "profile": ("cleanup.xlsx", "patients.xlsx", "records.parquet", "report.html", "summary.json"),
}
"""What a whole run of each kind holds beside its manifest; nothing less is ever sealed."""

DOCUMENT_OUTPUTS = ("documents.parquet", "documents.xlsx")
"""What a comparison holds besides, where folders of documents were given."""

UNFINISHED = ".unfinished"
"""Ending of a run folder that is not sealed yet; nothing reads such a folder as a run."""

_CHUNK = 1 << 20


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def exact_json(value: Mapping[str, Any]) -> str:
    """The one way a sealed JSON file is written: two spaces, keys in order, a line end."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def seal_of(manifest: Mapping[str, Any]) -> str:
    """SHA-256 over everything in the manifest but the seal itself."""
    unsealed = {key: value for key, value in manifest.items() if key != "seal"}
    return hashlib.sha256(exact_json(unsealed).encode("utf-8")).hexdigest()


def seal(folder: Path, manifest: Mapping[str, Any], expected: Iterable[str]) -> dict[str, Any]:
    """Hash every file of the folder into the manifest, seal it and write it; returns the sealed manifest.

    Raises `MachineRefused` where the folder holds less or more than `expected`.
    """
    outputs = {path.name: file_sha256(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    if set(outputs) != set(expected):
        raise MachineRefused(
            "run.disturbed", "files of the run came or went while it was made; nothing was kept"
        )
    sealed = {**manifest, "outputs": outputs}
    sealed["seal"] = seal_of(sealed)
    (folder / MANIFEST).write_bytes(exact_json(sealed).encode("utf-8"))
    return sealed


def verify(folder: Path) -> dict[str, Any]:
    """The manifest of a run in which nothing was changed, added or taken away. Raises `RunTampered` naming the file."""
    manifest = read_manifest(folder)
    if manifest.get("seal") != seal_of(manifest):
        raise RunTampered("seal.broken", "the manifest is not the one that was sealed", MANIFEST)
    outputs: Mapping[str, str] = manifest["outputs"]
    present = {path.name for path in folder.iterdir()} - {MANIFEST}
    for name in sorted(set(outputs) - present):
        raise RunTampered("seal.file_missing", "a file of the run is gone", name)
    for name in sorted(present - set(outputs)):
        raise RunTampered("seal.file_added", "a file was added after the run was sealed", name)
    for name, digest in sorted(outputs.items()):
        if (
            (folder / name).is_symlink()
            or not (folder / name).is_file()
            or file_sha256(folder / name) != digest
        ):
            raise RunTampered("seal.file_changed", "a file was changed after the run was sealed", name)
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, whose text must be exactly what sealing writes. Raises `RunTampered`."""
    path = folder / MANIFEST
    if folder.resolve().name.endswith(UNFINISHED):
        raise RunTampered("seal.unfinished", "this run was never finished", MANIFEST)
    if not path.is_file():
        raise RunTampered("seal.absent", "this folder is not a sealed run: it has no manifest", MANIFEST)
    try:
        text = path.read_bytes().decode("utf-8")
        manifest = json.loads(text)
        same = isinstance(manifest, dict) and exact_json(manifest).encode("utf-8") == text.encode("utf-8")
        whole = same and isinstance(manifest.get("outputs"), dict)
    except (ValueError, RecursionError):
        raise RunTampered("seal.broken", "the manifest cannot be read", MANIFEST) from None
    if not whole:
        raise RunTampered("seal.broken", "the manifest is not written as it was sealed", MANIFEST)
    return dict(manifest)
