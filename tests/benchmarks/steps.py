"""One measured step in a process of its own, so that its peak memory is its own.

`python -m tests.benchmarks.steps STEP WORK FOLDER...` prints one JSON object: by part the seconds and the processor's
seconds, and the peak memory in MiB. `WORK` is an empty folder for what the step writes.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from godwit.records.bulk import loading, validating
from godwit.records.bulk.loading import Extract, Opening, load_bulk, open_bulk
from godwit.records.bulk.staging import stage_side
from godwit.records.bulk.validating import validate
from godwit.records.bulk.witness import Witness, witness
from godwit.records.changing import find_changes
from godwit.records.compare.stage import make_rooms
from godwit.records.duck import MEMORY_LIMIT, Duck
from godwit.records.watch import Watch
from tests.benchmarks.bare import bare_read, lines

Took = tuple[float, float]
"""Seconds by the clock, and of the processors."""
Parts = dict[str, Took]
SMALL_MEMORY = "1GB"
"""A limit under which a practice of 13,000 cannot be loaded without spilling."""
START = datetime(2027, 1, 1, tzinfo=UTC)
PATIENTS = {"emis": "Admin_Patient", "tpp": "SRPatient", "vision": "Patient"}


class Silent:
    """Progress that nobody watches."""

    def begin(self, title: str, parts: int | None = None) -> None:
        """Say nothing."""

    def advance(self) -> None:
        """Say nothing."""


def now() -> Took:
    return time.perf_counter(), time.process_time()


def since(begun: Took) -> Took:
    ended = now()
    return ended[0] - begun[0], ended[1] - begun[1]


def timed(work: Callable[[], object]) -> Took:
    begun = now()
    work()
    return since(begun)


def peak_memory() -> float:
    """Most MiB this program held. Where the system tells it, since it began: getrusage counts its parent's too."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="ascii")) if status.exists() else None
    held = int(found.group(1)) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1024


def opened(duck: Duck, folder: Path) -> Extract:
    make_rooms(duck)
    extract = open_bulk(folder, "source", None, duck.work, Opening())
    if extract is None:
        raise LookupError(f"{folder} is no extract")
    return extract


def wc(_: Path, folder: Path) -> Parts:
    return {"wc": timed(lambda: lines(folder))}


def bare(_: Path, folder: Path) -> Parts:
    """The files in UTF-8, where copies were needed, lie beside the folder."""
    counted: list[int] = []
    plain = folder.with_name(f"{folder.name}.plain")
    return {"bare": timed(lambda: counted.append(bare_read(folder, plain))), "records": (sum(counted), 0)}


def witnessed(_: Path, folder: Path) -> Parts:
    return {"witness": timed(lambda: [witness(one) for one in sorted(folder.glob("*.csv"))])}


def validated(work: Path, folder: Path) -> Parts:
    """Every field checked and the issues written: the engine's part, and with the second witness beside it."""
    with Duck(work, reads=[folder]) as duck:
        extract = opened(duck, folder)
        format_, known = extract.format, extract.recognition.known
        both = timed(lambda: [validate(duck, format_, one, "odd") for one in known])
        counts = {one.file.path: witness(one.file.path) for one in known}

        def told(path: Path) -> Witness:
            return counts[path] if path in counts else witness(path)

        vars(validating)["witness"] = told  # counted beforehand, so that the engine is alone
        alone = timed(lambda: [validate(duck, format_, one, "odd") for one in known])
    return {"validate": alone, "validate and witness": both}


def staged(work: Path, folder: Path) -> Parts:
    with Duck(work, reads=[folder]) as duck:
        extract = opened(duck, folder)
        every = timed(lambda: stage_side(duck, "source", extract.format, extract.recognition))
        wanted = PATIENTS[extract.format.layout.system]
        one = timed(lambda: stage_side(duck, "target", extract.format, extract.recognition, tables=[wanted]))
    return {"stage": every, "stage patients only": one}


def loaded(work: Path, folder: Path, memory: str = MEMORY_LIMIT) -> Parts:
    """The whole load, and within it staging, settling and the canonical form."""
    parts: Parts = {}

    def watched(name: str) -> None:
        step = getattr(loading, name)

        def call(*arguments: Any, **options: Any) -> Any:
            begun = now()
            try:
                return step(*arguments, **options)
            finally:
                parts[f"load: {name}"] = since(begun)

        setattr(loading, name, call)

    for name in ("stage_side", "settle_side", "convert"):
        watched(name)
    with Duck(work, memory, reads=[folder]) as duck:

        def whole() -> None:
            load_bulk(duck, "source", opened(duck, folder), Opening(), lambda: None)

        return {"load": timed(whole), **parts}


def loaded_small(work: Path, folder: Path) -> Parts:
    return {"load, little memory": loaded(work, folder, SMALL_MEMORY)["load"]}


def changed(work: Path, folder: Path, later: Path) -> Parts:
    """What two extracts differ in, with full rows: the step itself, once both are staged."""
    watch = Watch(lambda: START + timedelta(seconds=time.perf_counter()), Silent())
    with Duck(work, reads=[folder, later]) as duck:
        find_changes((folder, later), None, duck, watch, Opening())
    return {"delta": (watch.timings["find what changed"], 0)}


STEPS: dict[str, Callable[..., Parts]] = {
    "wc": wc, "bare": bare, "witness": witnessed, "validate": validated, "stage": staged, "load": loaded,
    "load_small": loaded_small, "delta": changed,
}  # fmt: skip


def main(name: str, *paths: str) -> None:
    """Measure one step and print what it took."""
    told = {"parts": STEPS[name](*map(Path, paths)), "memory": peak_memory()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
