"""Figures of whole comparisons: what is kept of them, and the page they make."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.page import growth, put_part
from tests.benchmarks.proof_measured import Measured, keep, kept, peer_figures
from tests.benchmarks.proof_page import page
from tests.benchmarks.watched import run

FINISHED = "\n".join(
    json.dumps({"table": name, "rows": 10, "values": 2, "alone": 1, "seconds": 4.0, "processor": 3.0})
    for name in ("one", "two")
)
ONE = Measured(
    "pair-1000", 1000, 2_000_000, 3, ((5.0, 9.0),), ((50.0, 90.0),), 2000,
    {"pair the records": (2.0,), "read the source": (8.0,)}, 20, 2, ("pair the records",),
    {"pair the records": 700.0}, {"pair the records": 3.0},
    {"datacompy-pandas": peer_figures([FINISHED], 900, ""), "polars-join": peer_figures([FINISHED], 900, "")},
)  # fmt: skip
ENDED = {
    "datacompy-pandas": peer_figures([FINISHED.splitlines()[0]], 16_400, "ended for holding more than 16 GiB")
}
TWICE = replace(ONE, patients=2000, records=4_000_000, whole=((100.0, 180.0),), peers=ENDED)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    keep(ONE, tmp_path / "kept.json")
    read = kept(tmp_path / "kept.json")
    assert (read.took, read.bare, read.matching, read.matching_peak) == (50, 5, 2, 700)
    assert read.ratios("datacompy-pandas") == pytest.approx((4, 2))


def test_a_program_that_did_not_finish_has_no_ratio() -> None:
    assert TWICE.ratios("datacompy-pandas") is None
    text = page([ONE, TWICE])
    assert (
        "| datacompy, on pandas |  |  |  |  | 16,400 | 1 of 2 | ended for holding more than 16 GiB |" in text
    )
    assert "datacompy, on pandas: 4.0 times as long as Godwit at 1,000 patients, 2.0 times" in text
    assert "datacompy, on Polars: not measured" in text
    assert "the whole comparison 1.00" in text


def test_growth_is_the_exponent() -> None:
    assert growth([(size, 3 * size**2) for size in (1, 10, 100)]) == pytest.approx(2)


def test_a_part_takes_the_place_of_the_one_before_and_leaves_the_others(tmp_path: Path) -> None:
    put_part(tmp_path / "page.md", "# One\n\nold\n\n## More\n")
    put_part(tmp_path / "page.md", "# Two\n\nsecond\n")
    put_part(tmp_path / "page.md", "# One\n\nnew\n")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == "# One\n\nnew\n\n# Two\n\nsecond\n"


def test_a_program_is_watched() -> None:
    ran = run([sys.executable, "-c", "import sys; print('out'); sys.exit(3)"])
    assert (ran.out.strip(), ran.failed) == ("out", "exit code 3")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a program holds")
def test_a_program_that_holds_too_much_is_ended() -> None:
    ran = run([sys.executable, "-c", "import time; held = b'1' * 2**29; time.sleep(60)"], most_mib=256)
    assert ran.failed == "ended for holding more than 0.25 GiB"
    assert ran.seconds < 60
