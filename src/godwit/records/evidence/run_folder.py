"""Write a run so that it is whole or not there: everything under another name first, sealed, then renamed."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from godwit import __version__
from godwit.definitions.comparison import code_systems, equivalences, severities
from godwit.definitions.read import resource, sha256
from godwit.records.bulk.loading import Opening
from godwit.records.comparing import Compared, compare_deliveries
from godwit.records.duck import Duck
from godwit.records.errors import MachineRefused, WrongUse
from godwit.records.evidence.held import held
from godwit.records.evidence.records_page import FindingRow, render_records
from godwit.records.evidence.report import render_report
from godwit.records.evidence.seal import (
    DELTA_OUTPUTS,
    MANIFEST,
    OUTPUTS,
    PROFILE_OUTPUTS,
    UNFINISHED,
    exact_json,
    seal,
)
from godwit.records.evidence.summary import summarise
from godwit.records.facts import FileFacts
from godwit.records.watch import Watch

_SQL = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who answers for the private part of a run, and until when it may be kept (an ISO day)."""

    owner: str
    keep_until: str


def run_compare(
    paths: tuple[Path, Path],
    systems: tuple[str | None, str | None],
    out: Path,
    watch: Watch,
    keeper: Keeper,
    opening: Opening = Opening(),  # noqa: B008 - frozen
) -> dict[str, Any]:
    """Compare two deliveries into the sealed run folder `out`; returns the summary.

    Raises `WrongUse` when `out` is taken, `InputRefused`, `OutOfBalance` or `MachineRefused`; in each case, and when
    interrupted, no folder of that name is left.
    """
    started = watch.now()
    require_outside(out, paths)
    with unfinished(out) as folder:
        work = folder / "work"
        work.mkdir(mode=0o700)
        with Duck(work, reads=[path for path in paths if path.exists()]) as duck:
            compared = compare_deliveries(paths, systems, duck, watch, opening)
            with watch.step("write the evidence"):
                summary = _write(compared, folder, started, keeper)
                shutil.rmtree(work)
                manifest = _manifest(summary["run"], compared, (started, watch.now()), keeper)
                # The report is hashed into the seal, so it is rendered before there is one.
                _text(folder / "report.html", render_report(summary, {**manifest, "outputs": {}}))
                seal(folder, manifest)
    return summary


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
        known = {*OUTPUTS, *DELTA_OUTPUTS, *PROFILE_OUTPUTS, MANIFEST, "work"}
        ours = folder.is_dir() and {one.name for one in folder.iterdir()} <= known
        if not ours:
            because = "beside the folder for the run is one that Godwit did not make; choose another name"
            raise WrongUse("run.taken", because, folder.name)


def require_outside(out: Path, paths: Iterable[Path]) -> None:
    """A run inside a delivery would be delivered with it the next time."""
    place = out.resolve()
    if any(path.is_dir() and place.is_relative_to(path.resolve()) for path in paths):
        raise WrongUse("run.inside_delivery", "the run would lie inside a delivery; choose another folder")


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


def _write(compared: Compared, folder: Path, started: datetime, keeper: Keeper) -> dict[str, Any]:
    duck = compared.duck
    names = [(one.side, one.number, one.name) for one in _files(compared)]
    columns = {"side": "VARCHAR", "file": "BIGINT", "name": "VARCHAR"}
    duck.load(
        "ledger.file",
        columns,
        ({"side": side, "file": number, "name": name} for side, number, name in names),
    )
    outputs = {
        "findings.parquet": "findings.sql",
        "rejects.parquet": "rejects.sql",
        "set_aside.parquet": "set_aside.sql",
        "issues.parquet": "issues.sql",
    }
    for name, sql in outputs.items():
        written = duck.write_parquet(name, (_SQL / sql).read_text(encoding="utf-8"))
        written.replace(folder / name)
    summary = summarise(_run_id(compared, started), compared)
    _text(folder / "summary.json", exact_json(summary))
    with (folder / "records.html").open("w", encoding="utf-8") as page:
        page.writelines(
            render_records(summary, finding_rows(duck), owner=keeper.owner, keep_until=keeper.keep_until)
        )
    return summary


def finding_rows(duck: Duck) -> Iterator[FindingRow]:
    """The findings as `findings.parquet` holds them, in the order of their numbers."""
    for row in duck.each("findings", (_SQL / "findings.sql").read_text(encoding="utf-8")):
        yield FindingRow(str(row[0]), *row[1:])


def _run_id(compared: Compared, started: datetime) -> str:
    inputs = hashlib.sha256("".join(one.sha256 for one in _files(compared)).encode()).hexdigest()
    return f"compare-{started:%Y%m%dT%H%M%SZ}-{inputs[:8]}"


def _manifest(
    run: str, compared: Compared, times: tuple[datetime, datetime], keeper: Keeper
) -> dict[str, Any]:
    inputs = map(input_entry, _files(compared))
    return manifest_of((run, "compare"), times, keeper, inputs, _definitions(compared))


def manifest_of(
    run: tuple[str, str],
    times: tuple[datetime, datetime],
    keeper: Keeper,
    inputs: Iterable[Mapping[str, object]],
    definitions: Iterable[Mapping[str, str]],
) -> dict[str, Any]:
    """What a manifest says before it is sealed. `run` is its id and its kind, `times` when it began and ended."""
    return {
        "run": run[0],
        "kind": run[1],
        "contract": 1,
        "godwit_version": __version__,
        "started_at": times[0].isoformat(timespec="seconds"),
        "ended_at": times[1].isoformat(timespec="seconds"),
        "private_part": {"owner": keeper.owner, "keep_until": keeper.keep_until},
        "inputs": [dict(one) for one in inputs],
        "definitions": [dict(one) for one in definitions],
    }


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


def _definitions(compared: Compared) -> Iterator[Mapping[str, str]]:
    package = "godwit.definitions.comparison"
    for name in (code_systems.FILE, equivalences.FILE, severities.FILE):
        yield definition_entry(name, resource(package, name))
    formats = {side.format.system: side.format for side in (compared.source, compared.target) if side.format}
    for one in formats.values():
        found = [definition_entry(name, file) for name, file in one.definitions()]
        # SQL carries no edition of its own: it is of the edition of the format's layout or mapping.
        edition = next((one["edition"] for one in found if one["edition"]), "")
        yield from ({**one, "edition": one["edition"] or edition} for one in found)


def definition_entry(name: str, source: Traversable) -> dict[str, str]:
    """What a manifest says of a definition file: its name, edition and hash."""
    edition = next(
        (line.partition(":")[2].strip(' "') for line in source.read_text("utf-8").splitlines()
         if line.startswith("edition:")),
        "",
    )  # fmt: skip
    return {"name": name, "edition": edition, "sha256": sha256(source)}


def _files(compared: Compared) -> list[FileFacts]:
    return [*compared.source.files, *compared.target.files]


def _text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
