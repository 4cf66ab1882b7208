"""A test that lacks something says so; where it is required, it fails instead of skipping."""

from pathlib import Path

import pytest

from tests.needs import NO_FIXTURES, find_fixtures, missing

VARIABLE = "GODWIT_REQUIRE_FIXTURES"


def test_a_missing_thing_skips_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(pytest.skip.Exception, match="set GODWIT_FIXTURES"):
        missing(NO_FIXTURES, VARIABLE)


def test_a_missing_thing_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    with pytest.raises(pytest.fail.Exception, match="set GODWIT_FIXTURES"):
        missing(NO_FIXTURES, VARIABLE)


def test_the_records_are_where_the_variable_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GODWIT_FIXTURES", str(tmp_path))
    assert find_fixtures() == tmp_path
    monkeypatch.setenv("GODWIT_FIXTURES", str(tmp_path / "absent"))
    assert find_fixtures() is None
