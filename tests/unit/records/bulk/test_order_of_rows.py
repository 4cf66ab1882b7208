"""Records are numbered by their place in what was staged, so whatever is staged must stay in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.records.bulk.casting import cast, csv_source
from godwit.records.bulk.layout import ColumnType
from godwit.records.bulk.loading import bulk_formats
from godwit.records.duck import Duck

IN_ORDER = "Batch Copy To File"
"""What the engine calls a copy whose parts are put back in order; any other may swap them."""


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    (tmp_path / "one.csv").write_text("a\n", encoding="utf-8")
    with Duck(tmp_path) as one:
        yield one


def kinds() -> list[tuple[str, ColumnType]]:
    """Every kind of column of every system."""
    return [
        (system, kind)
        for system, format_ in bulk_formats().items()
        for kind in sorted(
            {one.type for table in format_.layout.tables.values() for one in table.columns.values()}
        )
    ]


def plan(duck: Duck, value: str) -> str:
    """How the engine would stage a file of one column."""
    source = csv_source(f"'{duck.work / 'one.csv'}'", 1, "skip=0", numbered=False)
    select = f"SELECT {value} AS value, CASE WHEN {value} IS NULL THEN c0 END AS odd FROM {source}"
    return str(duck.run("test", f"EXPLAIN COPY ({select}) TO '{duck.work / 'x'}' (FORMAT parquet)")[0][1])


@pytest.mark.parametrize(("system", "kind"), kinds())
def test_no_kind_of_value_gives_up_the_order(duck: Duck, system: str, kind: ColumnType) -> None:
    assert IN_ORDER in plan(duck, cast(kind, bulk_formats()[system].layout.grammar, "c0"))


def test_a_long_list_would(duck: Duck) -> None:
    assert IN_ORDER not in plan(duck, "c0 IN ('a', 'b', 'c', 'd', 'e', 'f')")
