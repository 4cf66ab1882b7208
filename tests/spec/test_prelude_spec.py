"""Every row of prelude.yaml holds in the engine that is used."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from godwit.records.duck import PRELUDE, Duck

TABLES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("prelude.yaml").read_text(encoding="utf-8"))
SQL = {
    "gp_guid": "gp_guid(?::VARCHAR)::VARCHAR",
    "gp_listed": "gp_listed(?::VARCHAR[])",
    "gp_extras": "gp_extras(?::VARCHAR[], ?::VARCHAR[])",
    "gp_fingerprint_same": "gp_fingerprint(?::VARCHAR[]) = gp_fingerprint(?::VARCHAR[])",
    "gp_fingerprint": "gp_fingerprint(?::VARCHAR[])",
    "gp_line": "gp_line(?::VARCHAR[])",
    "gp_codes_of": "gp_codes_of(?::VARCHAR, ?::VARCHAR[])",
}
PARTS_OF_OTHERS = {"gp_part", "gp_is_moment", "gp_codes", "gp_verhoeff"}


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    with Duck(tmp_path_factory.mktemp("prelude")) as one:
        yield one


def wanted(answer: Any) -> Any:
    """The answer; "MD5 x" stands for the MD5 of x, so that the table shows what is hashed."""
    if isinstance(answer, str) and answer.startswith("MD5 "):
        return hashlib.md5(answer[4:].encode(), usedforsecurity=False).hexdigest()
    return answer


@pytest.mark.parametrize(("name", "row"), [(name, row) for name in TABLES for row in TABLES[name]["rows"]])
def test_row(duck: Duck, name: str, row: list[Any]) -> None:
    *values, answer, remark = row
    marks = ", ".join("?::VARCHAR" for _ in values)
    sql = f"SELECT {SQL.get(name, f'{name}({marks})')}"
    assert duck.run("test", sql, values) == [(wanted(answer),)], remark


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_printed(name: str) -> None:
    table = TABLES[name]
    assert set(table) == {"title", "columns", "rows"}
    assert table["columns"][-1] == "remark"
    assert all(len(row) == len(table["columns"]) for row in table["rows"])


def test_every_function_of_the_prelude_has_a_table() -> None:
    made = set(re.findall(r"CREATE MACRO (\w+)", PRELUDE.read_text(encoding="utf-8")))
    assert made - PARTS_OF_OTHERS == set(TABLES) - {"gp_fingerprint_same"}
