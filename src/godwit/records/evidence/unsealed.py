"""A run while it is made: folder and engine first, the seal last. Every kind of run begins and ends here."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from godwit import __version__
from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import ListSheet, SheetWriter
from godwit.records.evidence.run_folder import WORK, Keeper, require_outside, unfinished
from godwit.records.evidence.seal import OUTPUTS, RunKind, exact_json, seal
from godwit.records.facts import FileFacts
from godwit.records.watch import Watch

Facts = dict[str, Any]
Render = Callable[[Mapping[str, Any], Mapping[str, Any]], str]
"""Makes `report.html` of the summary and of the manifest, which has no hashes and no seal yet."""


@dataclass(frozen=True, slots=True)
class UnsealedRun:
    """A run that is not sealed yet: where it lies, its engine, its clock, when it began and who keeps it."""

    kind: RunKind
    folder: Path
    duck: Duck
    watch: Watch
    keeper: Keeper
    started: datetime

    def id_of(self, hashes: Iterable[str]) -> str:
        """The id of the run: its kind, when it began, and a part of the hash over the hashes of what it read."""
        inputs = hashlib.sha256("".join(hashes).encode()).hexdigest()
        return f"{self.kind}-{self.started:%Y%m%dT%H%M%SZ}-{inputs[:8]}"

    def name_files(self, files: Iterable[FileFacts]) -> None:
        """Make `ledger.file`, which lists of a run look up the names of files in."""
        columns = {"side": "VARCHAR", "file": "BIGINT", "name": "VARCHAR"}
        rows = ({"side": one.side, "file": one.number, "name": one.name} for one in files)
        self.duck.load("ledger.file", columns, rows)

    def keep_text(self, name: str, chunks: Iterable[str]) -> None:
        """Write a file of text, with line ends as they are."""
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)

    def keep_rows(self, name: str, sql: str) -> None:
        """Keep the rows of a query as a Parquet file."""
        self.duck.write_parquet(name, sql).replace(self.folder / name)

    def keep_sheets(self, name: str, title: str, sheets: Sequence[ListSheet], write: SheetWriter) -> None:
        """Keep lists as a spreadsheet file that bears the day on which the run began."""
        (self.folder / name).write_bytes(write(title, self.started.date(), sheets))

    def manifest(
        self,
        run: str,
        inputs: Iterable[Mapping[str, object]],
        definitions: Iterable[Mapping[str, str]],
    ) -> Facts:
        """What the manifest says as long as the run has no end, no hashes and no seal."""
        return {
            "run": run,
            "kind": self.kind,
            "contract": 1,
            "godwit_version": __version__,
            "started_at": _moment(self.started),
            "private_part": {"owner": self.keeper.owner, "keep_until": self.keeper.keep_until},
            "inputs": [dict(one) for one in inputs],
            "definitions": [dict(one) for one in definitions],
        }

    def close(self, summary: Facts, manifest: Facts, render: Render, also: tuple[str, ...] = ()) -> None:
        """End the run: what the engine worked with is wiped, summary and report are written, and all of it is sealed.

        The report is hashed into the seal, so it is rendered before there is one. `also` are files that this run holds
        beyond those of its kind.
        """
        shutil.rmtree(self.duck.work)
        ended = {**manifest, "ended_at": _moment(self.watch.now())}
        self.keep_text("summary.json", [exact_json(summary)])
        self.keep_text("report.html", [render(summary, ended)])
        seal(self.folder, ended, (*OUTPUTS[self.kind], *also))


@contextmanager
def unsealed_run(
    kind: RunKind, out: Path, reads: Sequence[Path], watch: Watch, keeper: Keeper
) -> Iterator[UnsealedRun]:
    """A run that becomes the folder `out` once it was closed; `reads` are files or folders that its engine may read.

    Raises `WrongUse` when `out` is taken or lies inside what is read, `MachineRefused` when it cannot be written; in
    each case, and whatever else stops the run, no folder of that name is left.
    """
    started = watch.now()
    require_outside(out, reads)
    with unfinished(out) as folder:
        work = folder / WORK
        work.mkdir(mode=0o700)
        with Duck(work, reads=[one for one in reads if one.exists()]) as duck:
            yield UnsealedRun(kind, folder, duck, watch, keeper, started)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
