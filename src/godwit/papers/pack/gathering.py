"""What a pack is made from, read and proved: a sealed run; if wanted a list run, a plan, agreed differences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from godwit.papers.pack.index import (
    RUN_FILES,
    Beside,
    GateState,
    PlanFacts,
    PrivatePart,
    SealedRun,
)
from godwit.records.errors import MachineRefused, RunTampered, WrongUse
from godwit.records.evidence.seal import MANIFEST, exact_json, seal_of, verify

Facts = dict[str, Any]
PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the parts of a pack lie; only the run must be there."""

    run: Path
    listing: Path | None = None
    plan: Path | None = None
    agreed: Path | None = None


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A proved run as far as it may travel: its manifest, its summary, and the bytes of its open files."""

    manifest: Facts
    summary: Facts
    files: Mapping[str, bytes]

    def sealed(self) -> SealedRun:
        """The run as the index names it."""
        one = self.manifest
        return SealedRun(
            run=one["run"],
            kind=one["kind"],
            seal=one["seal"],
            godwit_version=one["godwit_version"],
            started_at=one["started_at"],
            ended_at=one["ended_at"],
        )

    def private(self) -> PrivatePart:
        """What of the run may not travel."""
        kept = self.manifest["private_part"]
        files = {name: hash_ for name, hash_ in self.manifest["outputs"].items() if name not in RUN_FILES}
        return PrivatePart(owner=kept["owner"], keep_until=kept["keep_until"], files=files)


def open_run(folder: Path, kind: str) -> OpenRun:
    """A run of this kind, proved untouched. Raises `RunTampered`, or `WrongUse` for a run of another kind."""
    manifest = verify(folder)
    if manifest["kind"] != kind:
        because = f"the run is of the kind {manifest['kind']}; one of the kind {kind} is wanted here"
        raise WrongUse("pack.kind", because, folder.name)
    return opened(manifest, {name: _read(folder / name) for name in RUN_FILES})


def sealed_manifest(data: bytes, place: str) -> Facts:
    """The manifest of a run that lies in a pack: as it was written and sealed. Raises `RunTampered`."""
    try:
        manifest: Any = json.loads(data.decode("utf-8"))
        fine = exact_json(manifest).encode("utf-8") == data and manifest["seal"] == seal_of(manifest)
        fine = fine and all(isinstance(one, str) for one in manifest["outputs"].values())
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        fine = False
    if not fine:
        raise RunTampered("seal.broken", "the manifest is not the one that was sealed", place)
    return dict(manifest)


def opened(manifest: Facts, files: Mapping[str, bytes], folder: str = "") -> OpenRun:
    """The open files of a run whose manifest is proved. Raises `RunTampered` where they are not the sealed ones."""
    for name in RUN_FILES:
        sealed = manifest["outputs"].get(name)
        if name != MANIFEST and sealed != hashlib.sha256(files[name]).hexdigest():
            raise RunTampered(
                "seal.file_changed", "a file is not the one that was sealed with its run", folder + name
            )
    return OpenRun(manifest, dict(json.loads(files["summary.json"])), files)


class _Gate(BaseModel):
    model_config = ConfigDict(frozen=True)
    id: str
    name: str
    open: bool
    missing: tuple[str, ...]


class _Plan(BaseModel):
    model_config = ConfigDict(frozen=True)
    practice: str
    go_live: str
    edition: str
    gates: tuple[_Gate, ...]


def plan_facts(folder: Path) -> PlanFacts:
    """What `plan.json` of a plan folder says that a statement repeats. Raises `WrongUse`."""
    data = _read(folder / PLAN)
    try:
        plan = _Plan.model_validate_json(data)
    except ValidationError:
        raise WrongUse("pack.plan", "this is no plan that Godwit made", PLAN) from None
    gates = (
        GateState(id=one.id, name=one.name, open=one.open, missing=len(one.missing)) for one in plan.gates
    )
    beside = Beside(name=PLAN, sha256=hashlib.sha256(data).hexdigest())
    return PlanFacts(
        practice=plan.practice, go_live=plan.go_live, edition=plan.edition, gates=tuple(gates), file=beside
    )


def beside(path: Path) -> Beside:
    """A file that is named by its hash and stays where it is. Raises `MachineRefused`."""
    return Beside(name=path.name, sha256=hashlib.sha256(_read(path)).hexdigest())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        because = f"the file could not be read ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.read", because, path.name) from None
