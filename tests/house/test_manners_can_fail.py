"""Each checker of test_manners is shown something bad, and must say so."""

from pathlib import PurePosixPath

import pytest

from tests.house import test_manners as manners
from tests.house.tree import Checker

# Put together from pieces, so that the checkers do not find these samples in this very file.
SLASH = "/"
SKIP = "@pytest.mark." + "skip"

BAD: list[tuple[Checker, str]] = [
    (manners.bare_excepts, "try:\n  f()\nexcept:\n  raise"),
    (manners.silenced_errors, "try:\n  f()\nexcept ValueError:\n  pass"),
    (manners.silenced_errors, "try:\n  f()\nexcept ValueError:\n  ..."),
    (manners.silenced_errors, "def g():\n  try:\n    f()\n  except ValueError:\n    return None"),
    (manners.silenced_errors, "for x in y:\n  try:\n    f()\n  except ValueError:\n    continue"),
    (manners.silenced_errors, "with contextlib.suppress(ValueError):\n  f()"),
    (manners.asserts, "assert x"),
    (manners.lossy_reading, "read_csv(x, ignore_errors=true)"),
    (manners.lossy_reading, "read_csv(x, NULL_PADDING := true)"),
    (manners.lossy_reading, "read_csv(x, auto_detect = True)"),
    (manners.machine_paths, f"see {SLASH}work/thing"),
    (manners.machine_paths, f'"{SLASH}home/someone"'),
    (manners.machine_paths, "C:" + "\\Users\\someone"),
    (manners.engine_imports, "import duckdb"),
    (manners.engine_imports, "from duckdb.typing import VARCHAR"),
    (manners.engine_imports, "importlib.import_module('duckdb')"),
    (manners.reasonless_skips, f"import pytest\n{SKIP}\ndef test_a(): ..."),
    (manners.reasonless_skips, f"import pytest\n{SKIP}if(True)\ndef test_a(): ..."),
    (manners.reasonless_skips, "import pytest\npytest.skip()"),
    (manners.unexplained_dependencies, '[project]\ndependencies = [\n    "a>=1",\n]'),
    (manners.unexplained_dependencies, '[dependency-groups]\ndev = [\n    "a",\n    "b",  # why\n]'),
    (manners.unexplained_dependencies, '[build-system]\nrequires = ["a"]'),
]

GOOD: list[tuple[Checker, str]] = [
    (manners.bare_excepts, "try:\n  f()\nexcept ValueError:\n  raise"),
    (manners.silenced_errors, "try:\n  f()\nexcept ValueError as e:\n  raise A from e"),
    (manners.lossy_reading, "read_csv(x, auto_detect=false)"),
    (manners.machine_paths, f"https://example.org{SLASH}home/page and ./work/x"),
    (manners.engine_imports, "from godwit.records import duck"),
    (manners.reasonless_skips, f"import pytest\n{SKIP}(reason='x')\ndef test_a(): ..."),
    (
        manners.unexplained_dependencies,
        '[build-system]\nrequires = ["a"]  # why\n[x]\nclassifiers = [\n    "b",\n]',
    ),
    (manners.unexplained_dependencies, '[project]\ndependencies = [\n    "a",  # why\n]\nx = [\n    "b",\n]'),
]


@pytest.mark.parametrize(("checker", "sample"), BAD)
def test_bad_is_seen(checker: Checker, sample: str) -> None:
    assert len(checker(sample)) == 1


@pytest.mark.parametrize(("checker", "sample"), GOOD)
def test_good_is_left_alone(checker: Checker, sample: str) -> None:
    assert checker(sample) == []


def test_a_dumping_ground_is_seen() -> None:
    names = [
        PurePosixPath("src/godwit/utils.py"),
        PurePosixPath("src/godwit/common/a.py"),
        PurePosixPath("a/core_x.py"),
    ]
    assert manners.dumping_grounds(names) == ["src/godwit/utils.py", "src/godwit/common/a.py"]
