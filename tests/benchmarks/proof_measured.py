"""What one comparison of a practice and its twin came to, beside what other programs came to with the same tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

Took = tuple[float, float]
"""Seconds by the clock, and of the processors."""


@dataclass(frozen=True)
class PeerFigures:
    """One program: what each run took (reading the tables too, its start not), the most MiB it held, tables it
    finished, rows of both sides in them, values it found to differ, and why it ended early: empty where it did not."""

    runs: tuple[Took, ...]
    peak: float
    tables: int
    rows: int
    values: int
    ended: str = ""

    @property
    def took(self) -> float:
        """The median run, in seconds."""
        return median(seconds for seconds, _ in self.runs)

    @property
    def used(self) -> float:
        """The processors' seconds of the median run."""
        return median(used for _, used in self.runs)


@dataclass(frozen=True)
class Measured:
    """One pair. `read` is T and `whole` the command: by run, seconds by the clock and of the processors; `steps` the
    seconds that its summary tells. `records` are those read of both sides, `rows` the canonical ones; `shared` the
    steps that another program does as well once it has the tables. `memory` and `processor` are by step, of one run."""

    name: str
    patients: int
    records: int
    findings: int
    read: tuple[Took, ...]
    whole: tuple[Took, ...]
    peak: float
    steps: Mapping[str, tuple[float, ...]]
    rows: int = 0
    tables: int = 0
    shared: tuple[str, ...] = ()
    memory: Mapping[str, float] = field(default_factory=dict)
    processor: Mapping[str, float] = field(default_factory=dict)
    peers: Mapping[str, PeerFigures] = field(default_factory=dict)

    @property
    def took(self) -> float:
        """The command's median run, in seconds."""
        return median(seconds for seconds, _ in self.whole)

    @property
    def bare(self) -> float:
        """T, in seconds."""
        return median(seconds for seconds, _ in self.read)

    @property
    def processor_ratio(self) -> float:
        """The processors' seconds of the command over those of T: steadier than the clock on a busy machine."""
        return median(used for _, used in self.whole) / median(used for _, used in self.read)

    @property
    def matching(self) -> float:
        """Seconds from canonical tables to findings."""
        return sum(median(self.steps[one]) for one in self.shared)

    @property
    def matching_used(self) -> float:
        """The processors' seconds of the same."""
        return sum(self.processor[one] for one in self.shared)

    @property
    def matching_peak(self) -> float:
        """The most MiB held meanwhile."""
        return max((self.memory[one] for one in self.shared if one in self.memory), default=0.0)

    def ratios(self, peer: str) -> tuple[float, float] | None:
        """How many times as long a program took as Godwit with the same tables, by the clock and of the processors;
        None where it did not finish."""
        found = self.peers[peer]
        return None if found.ended else (found.took / self.matching, found.used / self.matching_used)


def peer_figures(outs: Sequence[str], peak: float, ended: str) -> PeerFigures:
    """From what the runs of a program printed, a line of JSON per table; counts are those of the last run."""
    runs = [[json.loads(line) for line in one.splitlines() if line.startswith("{")] for one in outs]
    took = tuple(
        (sum(line["seconds"] for line in one), sum(line["processor"] for line in one)) for one in runs
    )
    last = runs[-1]
    rows, values = (sum(int(line[name]) for line in last) for name in ("rows", "values"))
    return PeerFigures(took, peak, len(last), rows, values, ended)


def keep(measured: Measured, file: Path) -> None:
    """Write it down."""
    file.write_text(json.dumps(asdict(measured), indent=1), encoding="utf-8")


def kept(file: Path) -> Measured:
    """What was written down."""
    told = json.loads(file.read_text(encoding="utf-8"))
    told["peers"] = {name: PeerFigures(**one) for name, one in told["peers"].items()}
    return Measured(**told)
