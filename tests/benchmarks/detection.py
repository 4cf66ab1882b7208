"""How many planted faults a comparison finds, and how much it finds that is none: docs/generated/detection.md.

`python -m tests.benchmarks.detection FOLDER` makes practices in several pairs of shapes, clean and with faults,
compares them, and prints the page; `--page` writes it to docs/generated. Every pair and seed makes a clean twin and one
with faults of every kind; the first seed of a pair also one in which half the patients have the same few faults.
Practices are wiped, results are kept in FOLDER and used again: for new figures give an empty one. The exit code is 1
where a target is missed: 99.9% of visible safety-critical answers at the right field, 1 false finding in 10,000 records
of clean twins, 50 lines before a clinician.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from godwit.synth.writers import SYSTEMS
from tests.benchmarks.detecting import CLEAN, FAULTY, SYSTEMATIC, Measured, Setting, measure
from tests.benchmarks.detection_page import MOST_FALSE, MOST_LINES, faulty, page, tally
from tests.benchmarks.expected import read_expected

PAGE = Path(__file__).parents[2] / "docs" / "generated" / "detection.md"
PAIRS = ("emis-tpp", "tpp-emis", "vision-tpp", "emis-vision", "emis-gpconnect", "tpp-tpp")
LEAST_FOUND = 0.999
MESSAGES = {"gp2gp", "gpconnect"}
"""Shapes with a file for each patient, which take longer to read: half as many patients are made."""


def settings(given: argparse.Namespace) -> Iterator[Setting]:
    """Every comparison that is asked for."""
    for name in given.pairs:
        source, _, target = name.partition("-")
        for number, seed in enumerate(given.seeds):
            for wanted in given.patients:
                patients = wanted // 2 if MESSAGES & {source, target} else wanted
                size = (source, target), patients, given.density, seed
                yield Setting(*size, CLEAN)
                yield Setting(*size, FAULTY, given.of_each)
                if number == 0 and wanted == given.patients[0]:
                    yield Setting(*size, SYSTEMATIC)


def failures(found: Sequence[Measured]) -> Iterator[str]:
    """Targets that were missed."""
    expected = read_expected()
    safety = tally((one for one in faulty(found) if expected.classes[one.fault].safety), expected)
    if safety.field < LEAST_FOUND * safety.visible:
        yield f"safety-critical: {safety.field:,} of {safety.visible:,} found at the field"
    clean = [one for one in found if one.setting.kind == CLEAN]
    false, records = sum(one.findings for one in clean), sum(one.records for one in clean)
    if false * 10_000 > MOST_FALSE * records:
        yield f"clean twins: {false:,} findings in {records:,} records"
    yield from (f"{one.setting.name}: {one.lines} lines" for one in found if one.lines > MOST_LINES)


def options(words: Sequence[str]) -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python3 dev.py detect", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("folder", type=Path, help="where practices are made and results kept")
    pairs = [f"{source}-{target}" for source in SYSTEMS for target in SYSTEMS]
    parser.add_argument(
        "--pairs", nargs="+", choices=pairs, default=PAIRS, metavar="PAIR", help="such as emis-tpp"
    )
    parser.add_argument(
        "--patients", type=int, nargs="+", default=[300], help="sizes; half that for messages"
    )
    parser.add_argument("--density", type=float, default=0.3, help="how full the histories are")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="one practice each")
    parser.add_argument("--of-each", type=int, default=20, help="faults of each kind")
    parser.add_argument("--page", action="store_true", help="write docs/generated/detection.md")
    return parser.parse_args(words)


def main() -> None:
    """Make, compare, print, and judge."""
    given = options(sys.argv[1:])
    given.folder.mkdir(parents=True, exist_ok=True)
    found = []
    for setting in settings(given):
        found.append(measure(setting, given.folder.resolve()))
        sys.stderr.write(f"{setting.name}: {found[-1].findings:,} findings, {found[-1].seconds:.0f} s\n")
    words = [word for word in sys.argv[1:] if word not in ("--page", str(given.folder))]
    text = page(found, shlex.join(["python3", "dev.py", "detect", "FOLDER", *words, "--page"]))
    sys.stdout.write(text)
    if given.page:
        PAGE.write_text(text, encoding="utf-8")
    if told := list(failures(found)):
        raise SystemExit("\n".join(told))


if __name__ == "__main__":
    main()
