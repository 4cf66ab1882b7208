"""Write a run so that it is whole or not there: everything under another name first, sealed, then renamed."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path

from godwit.definitions.read import sha256
from godwit.records.errors import MachineRefused, WrongUse
from godwit.records.evidence.held import held
from godwit.records.evidence.seal import DOCUMENT_OUTPUTS, MANIFEST, OUTPUTS, UNFINISHED
from godwit.records.facts import FileFacts
from godwit.records.formats.known import Known

WORK = "work"
"""The folder in an unfinished run where the engine keeps what it works with."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who answers for the private part of a run, and until when it may be kept (an ISO day)."""

    owner: str
    keep_until: str

    @property
    def note(self) -> str:
        """What stands above every private list."""
        return f"Private: patient data. Answerable: {self.owner}. Delete by {self.keep_until}."


@contextmanager
def unfinished(out: Path) -> Iterator[Path]:
    """A private folder beside `out` that becomes `out` if all goes well and is wiped otherwise."""
    out = out.resolve()
    folder = out.with_name(f"{out.name}{UNFINISHED}")
    try:
        _require_free(out, folder)
        if folder.exists():
            with held(folder):
                _wipe(folder)
        folder.mkdir(mode=0o700, parents=True)
        with held(folder):
            yield from _filled(folder, out)
    except OSError as error:
        raise _machine(error) from None


def _filled(folder: Path, out: Path) -> Iterator[Path]:
    """Hand out the folder, then give it its name; whatever stops this, it is wiped."""
    try:
        yield folder
        for path in folder.iterdir():
            path.chmod(0o600)
        if out.exists():
            out.rmdir()
        folder.replace(out)
    finally:
        _wipe(folder)


def _require_free(out: Path, folder: Path) -> None:
    """Nothing that is not ours may be written over or wiped: neither in the folder nor in what an earlier run left."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongUse("run.taken", "the folder for the run already holds something; choose another name")
    if folder.exists():
        known = {*chain.from_iterable(OUTPUTS.values()), *DOCUMENT_OUTPUTS, MANIFEST, WORK}
        ours = folder.is_dir() and {one.name for one in folder.iterdir()} <= known
        if not ours:
            because = "beside the folder for the run is one that Godwit did not make; choose another name"
            raise WrongUse("run.taken", because, folder.name)


def require_outside(out: Path, paths: Iterable[Path]) -> None:
    """A run inside a delivery would be delivered with it the next time, one inside a sealed run break its seal."""
    place = out.resolve()
    if any(path.is_dir() and place.is_relative_to(path.resolve()) for path in paths):
        raise WrongUse("run.inside_delivery", "the run would lie inside what it reads; choose another folder")


def _wipe(folder: Path) -> None:
    """Take away an unfinished run, of now or of an earlier, interrupted command."""
    if folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError:
            because = "what is left of an unfinished run could not be wiped; it holds patient data, remove it by hand"
            raise MachineRefused("machine.leftover", because, folder.name) from None


def _machine(error: OSError) -> MachineRefused:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return MachineRefused("machine.disk_full", "the disk is full; nothing of the run was kept")
    because = f"the run folder could not be written ({error.strerror or 'unknown reason'})"
    return MachineRefused("machine.write", because)


def input_entry(one: FileFacts, side: str | None = None) -> dict[str, object]:
    """What a manifest says of a file that was read, or could not be; `side` is what people call its side."""
    return {
        "side": side or one.side,
        "name": one.public_name,
        "bytes": one.size,
        "sha256": one.sha256,
        "system": one.system,
        "version": one.version,
        "taken_at": one.taken_at,
        "records": one.witnessed,
    }


def definition_entry(name: str, source: Traversable) -> dict[str, str]:
    """What a manifest says of a definition file: its name, edition and hash."""
    edition = next(
        (line.partition(":")[2].strip(' "') for line in source.read_text("utf-8").splitlines()
         if line.startswith("edition:")),
        "",
    )  # fmt: skip
    return {"name": name, "edition": edition, "sha256": sha256(source)}


def format_entries(known: Known) -> Iterator[dict[str, str]]:
    """What a manifest says of every definition file of a format.

    SQL carries no edition of its own: it is of the edition of the layout or mapping beside it.
    """
    found = [definition_entry(name, file) for name, file in known.definitions()]
    edition = next((one["edition"] for one in found if one["edition"]), "")
    return ({**one, "edition": one["edition"] or edition} for one in found)
