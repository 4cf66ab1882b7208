"""How fast extracts of a whole practice are read, checked and loaded: docs/generated/benchmarks.md.

`python -m tests.benchmarks.extracts FOLDER` makes practices in FOLDER (some 0.5 GB for 1,000 patients and system; they
are kept and used again) and prints a table; `--page` writes it to its part of the page. T is what the engine needs to
read the same files typed and do nothing else, measured in the same run; every step runs in a process of its own, all of
them in turn, several times. Seconds belong to a machine and are never judged, ratios to T are: with `--small`, a
practice of 650, the exit code is 1 when a step takes more than twice what it may. Keep the machine quiet: two cores are
soon busy. Whole comparisons are measured by `tests.benchmarks.proof`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

from godwit.records.duck import MEMORY_LIMIT
from tests.benchmarks.bare import in_utf8, later_extract
from tests.benchmarks.page import machine, put_part, table
from tests.benchmarks.steps import SMALL_MEMORY

PAGE = Path(__file__).parents[2] / "docs" / "generated" / "benchmarks.md"
SYSTEMS = ("emis", "tpp")
STEPS = ("wc", "bare", "witness", "validate", "stage", "load", "load_small", "delta")
TARGETS = {"validate": 1.8, "load": 8.0, "delta": 1.5}
"""Most a step may take, in T."""
UNCOUNTED = ("wc", "delta")
"""Parts of which the processor's seconds are not known."""
TITLES = {
    "wc": "`wc -l`", "bare": "T: typed read of all files, nothing else", "witness": "second witness alone, one core",
    "validate": "every field checked, issues written", "validate and witness": "the same, second witness beside it",
    "stage": "staged and held against the second witness", "stage patients only": "one table of the extract staged",
    "load": "load: staged, witnessed, settled, canonical", "load: stage_side": "of it: staged and witnessed",
    "load: settle_side": "of it: bulk and deltas settled", "load: convert": "of it: canonical",
    "load, little memory": f"load with {SMALL_MEMORY} instead of {MEMORY_LIMIT}",
    "delta": "delta of two staged extracts, full rows",
}  # fmt: skip
SMALL = 650
LOOSE = 2
"""How many times its target a step may take on a busy machine of the small practice before it counts as broken."""


@dataclass
class Figures:
    """What one extract came to: seconds and processor's seconds by part, and the memory of each step in MiB."""

    patients: int
    system: str
    records: int = 0
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    processor: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, float] = field(default_factory=dict)

    def add(self, told: dict[str, object]) -> None:
        parts = dict(told["parts"])  # type: ignore[call-overload]
        self.records = int(parts.pop("records", [self.records])[0])
        for part, (seconds, processor) in parts.items():
            self.seconds[part].append(seconds)
            self.processor[part].append(processor)
        first = next(iter(parts))
        self.memory[first] = max(self.memory.get(first, 0.0), float(str(told["memory"])))

    def ratio(self, part: str) -> float:
        """The median of a part over the median of T."""
        return median(self.seconds[part]) / median(self.seconds["bare"])

    def rows(self) -> Iterator[list[str]]:
        for part, took in self.seconds.items():
            target = TARGETS.get(part)
            yield [
                TITLES[part],
                f"{median(took):.2f}",
                f"{min(took):.2f} to {max(took):.2f}",
                f"{self.ratio(part):.2f}",
                f"{target:.1f}" if target else "",
                f"{median(self.processor[part]) / median(self.processor['bare']):.2f}"
                if part not in UNCOUNTED
                else "",
                f"{self.memory[part]:,.0f}" if part in self.memory else "",
            ]

    def broken(self) -> list[str]:
        return [
            f"{TITLES[part]}: {self.ratio(part):.1f} T, at most {LOOSE * most} T"
            for part, most in TARGETS.items()
            if part in self.seconds and self.ratio(part) > LOOSE * most
        ]


def made(folder: Path, patients: int) -> Path:
    """A practice and its twin, made once; with a later extract of the source and readable copies for T."""
    twin = folder / f"practice-{patients}"
    if not twin.exists():
        words = ["synth", "--system", SYSTEMS[0], "--twin", SYSTEMS[1], "--patients", str(patients)]
        godwit(*words, "--out", str(twin), "--json")
    for side in ("source", "target"):
        plain = twin / f"{side}.plain"
        if not plain.exists():
            in_utf8(twin / side, plain)
    if not (twin / "later").exists():
        later_extract(twin / "source", twin / "later")
    return twin


def godwit(*words: str) -> None:
    """Run the command. Raises `SystemExit` with what it said where it fails."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("godwit")), *words], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)


def measure(step: str, work: Path, *paths: Path) -> dict[str, object]:
    """One step in a process of its own, in an empty work folder."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    words = [sys.executable, "-m", "tests.benchmarks.steps", step, *map(str, (work, *paths))]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    shutil.rmtree(work)
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    sys.stderr.write(f"{paths[0].parent.name}/{paths[0].name} {step}: {told}\n")
    return told


def all_steps(folder: Path, patients: int, runs: int, steps: Sequence[str]) -> list[Figures]:
    """Every step on both sides of a practice, in turn, `runs` times; the delta only where there is a later extract."""
    twin = made(folder, patients)
    sides = {"source": Figures(patients, SYSTEMS[0]), "target": Figures(patients, SYSTEMS[1])}
    for _ in range(runs):
        for side, figures in sides.items():
            for step in steps:
                if step == "delta" and side == "target":
                    continue
                later = [twin / "later"] if step == "delta" else []
                figures.add(measure(step, folder / "work", twin / side, *later))
    return list(sides.values())


def slope(sizes: Sequence[Figures], part: str) -> str:
    """How cost grows from one size to the next: 1 is in proportion, 2 with the square."""
    told = []
    for one, other in pairwise(sizes):
        grown = log(median(other.seconds[part]) / median(one.seconds[part]))
        told.append(
            f"{grown / log(other.records / one.records):.2f} ({one.patients:,} to {other.patients:,})"
        )
    return ", ".join(told)


def page(found: Sequence[Figures], runs: int) -> str:
    """The page: how it was measured, a table for each extract, how cost grows."""
    measured = " ".join(str(one) for one in sorted({one.patients for one in found}))
    how = (
        f"Measured with `python3 dev.py bench FOLDER --patients {measured} --page`, "
        f"each step in a process of its own, {runs} times in turn; files in the page cache. Seconds are wall time: "
        "median, and lowest to highest. T is the engine's typed read of the same files, doing nothing else."
    )
    parts = [f"# Benchmarks of extracts\n\n{how}\n\n{machine()}\n"]
    head = ["Step", "Seconds", "Range", "in T", "At most", "Processor, in T's", "Peak MiB"]
    for one in found:
        parts.append(f"## {one.patients:,} patients, {one.system.upper()}: {one.records:,} records\n")
        parts.append(table(head, one.rows()))
    for system in SYSTEMS:
        sizes = [one for one in found if one.system == system]
        if len(sizes) > 1:
            told = [
                f"{TITLES[part]}: {slope(sizes, part)}"
                for part in ("bare", "load")
                if part in sizes[0].seconds
            ]
            parts.append(f"## Growth, {system.upper()}\n\nExponent of the records; 1 is in proportion.\n")
            parts.append("\n".join(f"- {one}" for one in told) + "\n")
    return "\n".join(parts)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Measure extracts of whole practices.",
        epilog="With --proof: whole comparisons; --proof --help says more.",
    )
    parser.add_argument("folder", type=Path, help="where practices are made and kept")
    parser.add_argument("--patients", type=int, nargs="+", default=[1000], help="sizes")
    parser.add_argument("--runs", type=int, default=3, help="how often each step is measured")
    parser.add_argument(
        "--steps", nargs="+", choices=STEPS, default=STEPS, help="only these; wc and bare always"
    )
    parser.add_argument("--small", action="store_true", help=f"{SMALL} patients, judged")
    parser.add_argument("--page", action="store_true", help="write docs/generated/benchmarks.md")
    return parser.parse_args()


def main() -> None:
    """Measure, print, and judge if asked to."""
    given = options()
    given.folder.mkdir(parents=True, exist_ok=True)
    folder = given.folder.resolve()
    steps = [one for one in STEPS if one in given.steps or one in ("wc", "bare")]
    found: list[Figures] = []
    for patients in [SMALL] if given.small else given.patients:
        found += all_steps(folder, patients, given.runs, steps)
    text = page(found, given.runs)
    sys.stdout.write(text)
    if given.page:
        put_part(PAGE, text)
    broken = [line for one in found for line in one.broken()] if given.small else []
    if broken:
        raise SystemExit("\n".join(broken))


if __name__ == "__main__":
    main()
