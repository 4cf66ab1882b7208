"""What some tests need from the machine. Without it they skip and say so; where it is required they fail."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent

NO_FIXTURES = "public test records not found: set GODWIT_FIXTURES"
NO_BROWSER = "Chromium not found: apt-get install chromium, or put chromium or google-chrome on the PATH"


def missing(what: str, required_by: str) -> NoReturn:
    """Skip the test with the reason `what`; fail it instead when the variable `required_by` is 1."""
    if os.environ.get(required_by) == "1":
        pytest.fail(f"{what} ({required_by}=1 makes this a failure)", pytrace=False)
    pytest.skip(what)


def find_fixtures() -> Path | None:
    """The folder of public test records: GODWIT_FIXTURES, else shared/fixtures beside the checkout."""
    named = os.environ.get("GODWIT_FIXTURES")
    folder = Path(named) if named else ROOT.parent / "shared" / "fixtures"
    return folder if folder.is_dir() else None


def find_chromium() -> str | None:
    """The path of a Chromium that is already on the machine."""
    debian = Path("/usr/bin/chromium")
    if debian.exists():
        return str(debian)
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for path in map(shutil.which, names) if path), None)
