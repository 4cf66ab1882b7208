"""Long files of tests are begun first."""

from tests.house.tree import ROOT
from tests.order import LONG, rank


def test_every_long_file_is_there_and_comes_before_the_short_ones() -> None:
    for start in LONG:
        assert list((ROOT / "tests").glob(f"{start}*")), start
        assert rank(f"tests/{start}x.py::test_a") < rank("tests/unit/values/test_moments.py::test_a")


def test_the_longest_comes_first() -> None:
    assert rank("tests/property/test_fuzzed_extracts.py::test_a") == 0
    assert rank("tests/integration/test_bulk_layouts.py::test_a") > rank("tests/house/test_canary.py::test_a")
