"""What other programs make of the same tables; for the Python of an environment that has them, outside the project.

`python -P peers.py PEER FOLDER` compares FOLDER/source/*.parquet with those of FOLDER/target, smallest table first, and
prints a JSON object per table: its seconds, with reading it, and the processors'; rows of both sides; values that
differ in rows with the same key; rows without a partner. Needs nothing of Godwit.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Counts = tuple[int, int, int]
"""Rows of both sides, values that differ, rows without a partner."""
OTHER = "__target"


def datacompy_pandas(source: Path, target: Path) -> Counts:
    """datacompy's comparison of two pandas frames, and its report."""
    pandas = import_module("pandas")
    return _datacompy("PandasCompare", pandas.read_parquet(source), pandas.read_parquet(target))


def datacompy_polars(source: Path, target: Path) -> Counts:
    """datacompy's comparison of two Polars frames, and its report."""
    polars = import_module("polars")
    return _datacompy("PolarsCompare", polars.read_parquet(source), polars.read_parquet(target))


def _datacompy(kind: str, source: object, target: object) -> Counts:
    found = getattr(import_module("datacompy"), kind)(source, target, join_columns=["key"])
    found.report()
    alone = len(found.df1_unq_rows) + len(found.df2_unq_rows)
    rows = 2 * len(found.intersect_rows) + alone
    return rows, sum(int(one["unequal_cnt"]) for one in found.column_stats), alone


def polars_join(source: Path, target: Path) -> Counts:
    """A full outer join on the key; every column of every row held against its other, and the differing values listed:
    key, column, both values."""
    polars = import_module("polars")
    sides = [polars.scan_parquet(one) for one in (source, target)]
    names = [one for one in sides[0].collect_schema().names() if one != "key"]
    rows = sum(int(one.select(polars.len()).collect().item()) for one in sides)
    here = [one.with_columns(here=polars.lit(value=True)) for one in sides]
    joined = here[0].join(here[1], on="key", how="full", coalesce=True, suffix=OTHER)
    differs = {one: polars.col(one).ne_missing(polars.col(one + OTHER)) for one in names}
    alone = polars.col("here").is_null() | polars.col(f"here{OTHER}").is_null()
    found = joined.filter(polars.any_horizontal(alone, *differs.values())).collect(engine="streaming")
    both = found.filter(~alone)
    listed = [
        both.filter(differing).select(
            "key", polars.lit(name).alias("column"), source=name, target=f"{name}{OTHER}"
        )
        for name, differing in differs.items()
    ]
    values = sum(one.height for one in listed)
    return rows, values, found.height - both.height


def duckdb_join(source: Path, target: Path) -> Counts:
    """The same in SQL, as Godwit's engine does it."""
    engine = import_module("duckdb").connect()
    told = engine.execute(f"SELECT column_name FROM (DESCRIBE FROM '{source}')").fetchall()
    names = [name for (name,) in told if name != "key"]
    pairs = "".join(f', s."{one}", t."{one}" AS "{one}{OTHER}"' for one in names)
    differs = " OR ".join(["alone", *(f's."{one}" IS DISTINCT FROM t."{one}"' for one in names)])
    engine.execute(
        f"""CREATE TABLE found AS
            SELECT coalesce(s.key, t.key) AS key, s.key IS NULL OR t.key IS NULL AS alone{pairs}
            FROM '{source}' AS s FULL JOIN '{target}' AS t ON s.key = t.key WHERE {differs}"""
    )
    listed = [
        f"""SELECT key, '{one}' AS field, "{one}" AS source, "{one}{OTHER}" AS target FROM found
            WHERE NOT alone AND "{one}" IS DISTINCT FROM "{one}{OTHER}\""""
        for one in names
    ]
    nothing = "SELECT 0 AS key, '' AS field, '' AS source, '' AS target WHERE false"
    engine.execute(f"CREATE TABLE listed AS {' UNION ALL '.join([nothing, *listed])}")
    counted = engine.execute(
        f"""SELECT (SELECT count(*) FROM '{source}') + (SELECT count(*) FROM '{target}'),
                   (SELECT count(*) FROM listed), (SELECT count(*) FROM found WHERE alone)"""
    ).fetchone()
    return int(counted[0]), int(counted[1]), int(counted[2])


PEERS: dict[str, tuple[Callable[[Path, Path], Counts], tuple[str, ...]]] = {
    "datacompy-pandas": (datacompy_pandas, ("pandas", "pyarrow", "datacompy")),
    "datacompy-polars": (datacompy_polars, ("polars", "datacompy")),
    "polars-join": (polars_join, ("polars",)),
    "duckdb-join": (duckdb_join, ("duckdb",)),
}
"""What compares, and what it imports: that is done before anything is measured."""


def main(name: str, folder: Path) -> None:
    """Compare every table and tell what each took."""
    compare, modules = PEERS[name]
    for one in modules:
        import_module(one)
    for source in sorted((folder / "source").glob("*.parquet"), key=lambda one: (one.stat().st_size, one)):
        begun, used = time.perf_counter(), time.process_time()
        rows, values, alone = compare(source, folder / "target" / source.name)
        told = {"table": source.stem, "rows": rows, "values": values, "alone": alone}
        took = {"seconds": time.perf_counter() - begun, "processor": time.process_time() - used}
        sys.stdout.write(json.dumps({**told, **took}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
