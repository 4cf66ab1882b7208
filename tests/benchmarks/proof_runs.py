"""What is run to measure one pair: the bare read, the command, and other programs in environments of their own."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.benchmarks import peers
from tests.benchmarks.bare import in_utf8, lines
from tests.benchmarks.extracts import godwit, measure
from tests.benchmarks.proof_measured import Measured, PeerFigures, Took, peer_figures
from tests.benchmarks.watched import Ran, run

SIDES = ("source", "target")
NEEDS = {
    "datacompy-pandas": ("datacompy", ("datacompy==1.1.0", "pyarrow")),
    "datacompy-polars": ("datacompy", ("datacompy==1.1.0", "pyarrow")),
    "polars-join": ("polars", ("polars==2.1.0",)),
}
"""The environment of each program and what is installed in it; apart, as datacompy binds itself to an older Polars.
The engine's own join needs none."""
NO_FAILURE = (0, 1)
"""Exit codes of a comparison that was done."""


@dataclass(frozen=True)
class Bench:
    """Where things are made, how often each is measured, and how much memory another program may take."""

    folder: Path
    repeats: int
    peer_gib: float


def made(folder: Path, patients: int, density: float) -> Path:
    """A practice and its twin, made once."""
    pair = folder / f"pair-{patients}-{density:g}"
    if not pair.exists():
        words = ["synth", "--system", "emis", "--twin", "tpp", "--patients", str(patients)]
        godwit(*words, "--density", str(density), "--out", str(pair), "--json")
    return pair


def measured(bench: Bench, pair: Path) -> Measured:
    """Everything of one pair, and the tables wiped again."""
    for side in SIDES:
        lines(pair / side)  # so that every step finds the files in the page cache
        if not (plain := pair / f"{side}.plain").exists():
            in_utf8(pair / side, plain)
    found = _whole(bench, pair)
    tables = bench.folder / "tables"
    shutil.rmtree(tables, ignore_errors=True)
    found = _with_tables(found, bench.folder / "work", pair, tables)
    found = replace(found, peers={name: _peer(bench, name, tables) for name in peers.PEERS})
    shutil.rmtree(tables)
    return found


def _whole(bench: Bench, pair: Path) -> Measured:
    """T and the command in turn."""
    reads, runs = [], []
    for _ in range(bench.repeats):
        reads.append([_bare(pair / side, bench.folder / "work") for side in SIDES])
        runs.append(_compared(pair, bench.folder / "run"))
    summary = runs[-1][1]
    return Measured(
        pair.name,
        summary["patients"]["source"],
        sum(records for _, records in reads[-1]),
        sum(one["findings"] for one in summary["causes"]),
        tuple((sum(took[0] for took, _ in sides), sum(took[1] for took, _ in sides)) for sides in reads),
        tuple((ran.seconds, ran.processor) for ran, _ in runs),
        max(ran.peak for ran, _ in runs),
        {title: tuple(one["timings"][title] for _, one in runs) for title in summary["timings"]},
    )


def _bare(folder: Path, work: Path) -> tuple[Took, int]:
    """What it took, and records, of the typed read of one side."""
    parts: dict[str, Any] = dict(measure("bare", work, folder)["parts"])  # type: ignore[call-overload]
    return parts["bare"], int(parts["records"][0])


def _compared(pair: Path, out: Path) -> tuple[Ran, dict[str, Any]]:
    """The command as a person runs it, and the summary of its run folder."""
    shutil.rmtree(out, ignore_errors=True)
    command = str(Path(sys.executable).with_name("godwit"))
    words = [command, "compare", *(str(pair / side) for side in SIDES), "--out", str(out), "--json"]
    ran = _done(run(words, passing=NO_FAILURE))
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    shutil.rmtree(out)
    _say(f"{pair.name} compare: {ran.seconds:.1f} s, {ran.peak:,.0f} MiB")
    return ran, summary


def _with_tables(found: Measured, work: Path, pair: Path, tables: Path) -> Measured:
    """The canonical tables written, and what that told."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    words = [sys.executable, "-m", "tests.benchmarks.proof_tables", *map(str, (pair, work, tables))]
    told = json.loads(_done(run(words)).out.splitlines()[-1])
    shutil.rmtree(work)
    return replace(
        found,
        rows=sum(told["rows"].values()),
        tables=len(list((tables / SIDES[0]).iterdir())),
        shared=tuple(told["steps"]),
        memory=told["memory"],
        processor=told["processor"],
    )


def _peer(bench: Bench, name: str, tables: Path) -> PeerFigures:
    """One program over all tables, as often as asked, but once if it does not come to an end."""
    python = _python(bench.folder, *NEEDS[name]) if name in NEEDS else sys.executable
    words = [str(python), "-P", peers.__file__, name, str(tables)]
    runs: list[Ran] = []
    for _ in range(bench.repeats):
        runs.append(run(words, most_mib=bench.peer_gib * 1024))
        _say(f"{name}: {runs[-1].seconds:.1f} s, {runs[-1].peak:,.0f} MiB {runs[-1].failed}")
        if runs[-1].failed:
            _say(runs[-1].said)
            break
    return peer_figures([one.out for one in runs], max(one.peak for one in runs), runs[-1].failed)


def _python(folder: Path, name: str, needs: tuple[str, ...]) -> Path:
    """The Python of an environment, made if it is not there. Raises `SystemExit` where that fails."""
    place = folder / "peers-venv" / name
    python = place / "bin" / "python"
    if not python.exists():
        _done(run([sys.executable, "-m", "venv", str(place)]))
        installed = run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *needs])
        if installed.failed:
            shutil.rmtree(place)
        _done(installed)
    return python


def _done(ran: Ran) -> Ran:
    if ran.failed:
        raise SystemExit(f"{ran.failed}\n{ran.out[-2000:]}\n{ran.said[-2000:]}")
    return ran


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
