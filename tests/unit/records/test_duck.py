"""The one door to the engine: nothing outside is reached, no error quotes a value, odd texts travel unharmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.records.duck import Duck, EngineFailed, read_parquet
from godwit.records.errors import MachineRefused

COLUMNS = {"name": "VARCHAR", "number": "BIGINT"}
ODD = [
    "",
    " ",
    "null",
    "é e\u0301 ß ñ 😀",
    "a'b\"c\\d",
    "'; DROP TABLE odd; --",
    "{braces} %s $1 ?",
    "line\none\r\ntab\tend",
    "nul\x00inside",
    '{"a": [1]}',
    "2010-01-01",
    "1e999999",
    "true",
    "\u2028\u200f\ufeff",
    "x" * 100_000,
]


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    with Duck(tmp_path / "work") as one:
        yield one


@pytest.fixture(autouse=True)
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{outside}/secret.csv')",
        "SELECT * FROM read_text('{outside}/secret.csv')",
        "SELECT * FROM '{outside}/secret.csv'",
        "SELECT * FROM read_text('{outside}/inner/../secret.csv')",
        "SELECT * FROM glob('{outside}/*')",
        "COPY (SELECT 1) TO '{outside}/made.csv'",
        "ATTACH '{outside}/made.db' AS made",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['{outside}']",
        "RESET enable_external_access",
    ],
)
def test_nothing_outside_the_work_folder_is_reached(duck: Duck, tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises((EngineFailed, MachineRefused)):
        duck.run("test", sql.format(outside=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv", "work"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST('canary' AS INTEGER)",
        "SELECT 'canary'::DATE",
        "SELECT error('canary')",
        "SELECT canary FROM canary",
        "canary",
        "SELECT from_json('canary', '[\"VARCHAR\"]')",
    ],
)
def test_an_error_names_the_step_and_no_value(duck: Duck, sql: str) -> None:
    with pytest.raises(EngineFailed) as caught:
        duck.run("make a table", sql)
    assert "make a table" in str(caught.value)
    assert "canary" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_an_error_while_reading_rows_names_no_value_either(duck: Duck) -> None:
    with pytest.raises(EngineFailed) as caught:
        list(duck.each("read rows", "SELECT error('canary') FROM range(3)"))
    assert "canary" not in str(caught.value)


def test_an_error_while_loading_names_no_value_either(duck: Duck) -> None:
    with pytest.raises(EngineFailed) as caught:
        duck.load("bad", COLUMNS, [{"name": "a", "number": "canary"}])
    assert "canary" not in str(caught.value)


def test_odd_texts_are_loaded_and_read_as_they_are(duck: Duck) -> None:
    assert duck.load("odd", COLUMNS, ({"name": text, "number": n} for n, text in enumerate(ODD))) == len(ODD)
    assert duck.run("test", "SELECT name FROM odd ORDER BY number") == [(text,) for text in ODD]


def test_odd_texts_survive_parquet(duck: Duck, work: Path) -> None:
    duck.load("odd", COLUMNS, [*({"name": text, "number": n} for n, text in enumerate(ODD)), {"number": 99}])
    path = duck.write_parquet("odd 'quoted'.parquet", "SELECT * FROM odd ORDER BY number")
    assert path.parent == work
    found = read_parquet(path, "SELECT name FROM this ORDER BY number")
    assert found == [*((text,) for text in ODD), (None,)]


def test_no_rows_make_an_empty_table_with_its_columns(duck: Duck) -> None:
    assert duck.load("empty", COLUMNS, []) == 0
    assert duck.run("test", "SELECT name, number FROM empty") == []
    path = duck.write_parquet("empty.parquet", "SELECT * FROM empty")
    assert read_parquet(path, "SELECT count(*) FROM this") == [(0,)]


def test_rows_are_added_to_a_table_that_is_there(duck: Duck) -> None:
    for number in (1, 2):
        duck.load("more", COLUMNS, [{"name": "a", "number": number}])
    assert duck.run("test", "SELECT number FROM more ORDER BY number") == [(1,), (2,)]


def test_a_key_that_is_absent_is_null(duck: Duck) -> None:
    duck.load("things", COLUMNS, [{"name": "a"}, {"number": 2}, {}])
    assert duck.run("test", "SELECT * FROM things") == [("a", None), (None, 2), (None, None)]


def test_a_key_without_a_column_is_refused_and_not_dropped(duck: Duck) -> None:
    with pytest.raises(LookupError, match="colour"):
        duck.load("things", COLUMNS, [{"name": "a"}, {"name": "b", "colour": "canary"}])


def test_the_staged_file_is_gone_after_loading(duck: Duck, work: Path) -> None:
    duck.load("things", COLUMNS, [{"name": "a"}])
    assert [path for path in work.iterdir() if path.suffix == ".ndjson"] == []


def test_rows_come_in_batches_without_a_gap(duck: Duck) -> None:
    found = [number for (number,) in duck.each("test", "SELECT range FROM range(45000)")]
    assert found == list(range(45_000))


def test_the_order_of_rows_and_the_time_zone_are_settled(duck: Duck) -> None:
    assert duck.run("test", "SELECT current_setting('TimeZone')") == [("UTC",)]
    assert duck.run("test", "SELECT current_setting('preserve_insertion_order')") == [(True,)]


def test_too_little_memory_is_the_machines_fault(work: Path) -> None:
    with Duck(work, memory_limit="10MB") as duck, pytest.raises(MachineRefused, match=r"machine\.memory"):
        duck.run("test", "SELECT list(range) FROM range(20000000)")
