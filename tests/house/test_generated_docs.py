"""Generated pages are what the generator makes today."""

import importlib.util
from types import ModuleType

import pytest

from tests.needs import ROOT


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    if spec is None or spec.loader is None:
        pytest.fail("docs/generate.py is gone")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_up_to_date() -> None:
    made = generator()
    stale = [
        name
        for name in made.PAGES
        if not (made.FOLDER / name).is_file()
        or (made.FOLDER / name).read_text(encoding="utf-8") != made.page(name)
    ]
    assert stale == [], "run: python3 dev.py docs"


def test_no_page_is_left_over() -> None:
    made = generator()
    assert {one.name for one in made.FOLDER.iterdir()} - made.MEASURED == set(made.PAGES)


def test_cells_cannot_break_a_table() -> None:
    assert generator().cell("a|b\nc") == "a\\|b ⏎ c"
