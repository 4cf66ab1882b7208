"""The canonical tables of a comparison as Parquet files with a carried key, for programs that compare tables.

`python -m tests.benchmarks.proof_tables PAIR WORK OUT` compares PAIR/source with PAIR/target in WORK, an empty folder,
and writes OUT/source/ENTITY.parquet and OUT/target/ENTITY.parquet: those columns that Godwit compares, and `key`, equal
in two records that Godwit paired. It prints one JSON object: rows by side, the steps that such a program does too, and
of each step the processors' seconds and the most memory.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from godwit.records.asked import Asked
from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.matching import stages
from godwit.records.compare.stage import SIDES
from godwit.records.comparing import Compared, compare_deliveries
from godwit.records.duck import Duck
from godwit.records.watch import Watch
from tests.benchmarks.steps import START, Silent, peak_memory

RESET = Path("/proc/self/clear_refs")
FORGET_THE_MOST = "5"
"""Written to the file above, the system forgets the most memory that this process has held so far."""


@dataclass
class MemoryWatch(Watch):
    """Notes of each step the processors' seconds as well, and the most MiB held where the system tells it."""

    most: dict[str, float] = field(default_factory=dict)
    used: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, title: str, parts: int | None = None) -> Iterator[None]:
        if RESET.exists():
            RESET.write_text(FORGET_THE_MOST, encoding="ascii")
        begun = time.process_time()
        with super().step(title, parts):
            yield
        self.used[title] = time.process_time() - begun
        if RESET.exists():
            self.most[title] = peak_memory()


def write_tables(compared: Compared, out: Path) -> dict[str, int]:
    """Write the tables of both sides that hold anything; returns how many rows each side has."""
    rows: dict[str, int] = dict.fromkeys(SIDES, 0)
    for entity in ENTITIES.values():
        found = compared.duck.run(
            "count", f"SELECT side, count(*) FROM canonical.{entity.name} GROUP BY side"
        )
        for side in SIDES if found else ():
            rows[side] += dict(found).get(side, 0)
            _write(compared, entity, side, out / side)
    return rows


def _write(compared: Compared, entity: Entity, side: str, folder: Path) -> None:
    name = entity.name
    columns = ", ".join(["", *(f'c."{one}"' for one in compared.terms.scheme.columns(entity))])
    folder.mkdir(parents=True, exist_ok=True)
    compared.duck.write_parquet(
        f"{name}.parquet",
        f"""SELECT {_key(side)} AS key{columns}
            FROM canonical.{name} AS c LEFT JOIN paired.{name} AS p ON p.{side}_row = c.row
            WHERE c.side = '{side}'""",
    ).replace(folder / f"{name}.parquet")


def _key(side: str) -> str:
    """The row in the source; a record of the target without a partner has its own, below nought."""
    return "c.row" if side == "source" else "coalesce(p.source_row, -c.row)"


def main(pair: Path, work: Path, out: Path) -> None:
    """Compare, write, tell."""
    watch = MemoryWatch(lambda: START + timedelta(seconds=time.perf_counter()), Silent())
    paths = (pair / "source", pair / "target")
    with Duck(work, reads=paths) as duck:
        compared = compare_deliveries(paths, Asked(date(2027, 3, 1)), duck, watch)
        rows = write_tables(compared, out)
        steps = [title for title, _ in stages(duck, compared.terms)]
    told = {"rows": rows, "steps": steps, "memory": watch.most, "processor": watch.used}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
