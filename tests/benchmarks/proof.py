"""How long a whole comparison takes, beside other programs that compare tables: docs/generated/benchmarks.md.

`python3 dev.py bench FOLDER --proof --patients N` makes a practice and its twin without faults in FOLDER (kept and used
again), and measures in turn: T, the engine's typed read of both sides' files; `godwit compare`, a process of its own,
from files to sealed run; and what datacompy and a Polars join take for the same canonical tables with a carried key,
in environments of their own in FOLDER/peers-venv (made with pip, so the first time needs a package index). Figures
of a pair are kept in FOLDER and used again, so that sizes may be measured on different days; `--anew` measures again.
`--pair PAIR` takes a folder with `source` and `target` that is there already, in UTF-8 copies beside them what the
engine cannot read by itself. Keep the machine quiet.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.benchmarks.extracts import PAGE
from tests.benchmarks.page import put_part
from tests.benchmarks.proof_measured import Measured, keep, kept
from tests.benchmarks.proof_page import page
from tests.benchmarks.proof_runs import Bench, made, measured


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 dev.py bench",
        description=(__doc__ or "").split("\n\n")[0],
        epilog="See the module's text.",
    )
    parser.add_argument("folder", type=Path, help="where practices are made and figures kept")
    parser.add_argument("--proof", action="store_true", help="the whole comparison, as said here")
    parser.add_argument("--patients", type=int, nargs="+", default=[], help="sizes of practices to make")
    parser.add_argument("--density", type=float, default=1.0, help="how full their histories are")
    parser.add_argument("--pair", type=Path, nargs="+", default=[], help="pairs that are there already")
    parser.add_argument("--repeats", type=int, default=1, help="how often each thing is measured")
    parser.add_argument("--peer-gib", type=float, default=16, help="end another program that holds more")
    parser.add_argument("--anew", action="store_true", help="measure pairs again that have figures")
    parser.add_argument("--page", action="store_true", help="write this part of docs/generated/benchmarks.md")
    return parser.parse_args()


def figures(bench: Bench, pair: Path, anew: bool) -> Measured:
    """Those of a pair: kept ones, or new ones, which are kept."""
    file = bench.folder / f"proof-{pair.name}.json"
    if anew or not file.exists():
        keep(measured(bench, pair), file)
    return kept(file)


def main() -> None:
    """Measure, print, and write the page if asked to."""
    given = options()
    given.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.folder.resolve(), given.repeats, given.peer_gib)
    there = [one.resolve() for one in given.pair]
    pairs = [*there, *(made(bench.folder, count, given.density) for count in given.patients)]
    found = [figures(bench, pair, given.anew) for pair in pairs]
    text = page(sorted(found, key=lambda one: one.records))
    sys.stdout.write(text)
    if given.page:
        put_part(PAGE, text)


if __name__ == "__main__":
    main()
