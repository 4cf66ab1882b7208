"""What the engine needs to read an extract's files, each column with its type, and do nothing else: the measure T.

Beside it a second extract for the delta: the first with some records gone, some new and some changed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb

from godwit.records.bulk.encoding import as_utf8, encoding_of
from godwit.records.bulk.layout import Layout
from godwit.records.bulk.loading import bulk_formats
from godwit.records.bulk.recognise import Recognised, recognise
from godwit.records.intake.unpack import unpacked

_TYPES = {"guid": "UUID", "int": "BIGINT", "flag": "BOOLEAN", "number": "DOUBLE"}
_DAYS = {"iso": ("DATE", "TIMESTAMP"), "tpp": ("TIMESTAMP", "TIMESTAMP"), "vision": ("VARCHAR", "VARCHAR")}
_PARTS_IN_1000 = {"gone": 2, "new": 4, "changed": 4}
_TEXTS = ("AssociatedText", "Dosage", "ConsultationSourceTerm")
"""Columns that the second extract changes, in tables that have one of them."""


def recognised(folder: Path, work: Path) -> tuple[Layout, tuple[Recognised, ...]]:
    """The tables of an extract. Raises `LookupError` where there is none."""
    files = unpacked(folder, "source", work / "unpacked", None)
    found = recognise(files, [one.layout for one in bulk_formats().values()], "source")
    if found is None:
        raise LookupError(f"{folder} is no extract")
    return found.layout, found.known


def in_utf8(folder: Path, plain: Path) -> None:
    """Copies of those files that the engine cannot read by itself; made before anything is measured."""
    layout, known = recognised(folder, plain)
    plain.mkdir(exist_ok=True)
    for one in known:
        encoding = encoding_of(one.file.path, layout.grammar.encoding)
        if encoding not in ("ascii", "utf-8"):
            as_utf8(one.file.path, encoding, plain / f"{one.file.number}.csv")


def lines(folder: Path) -> None:
    """`wc -l` over all files."""
    subprocess.run(
        [shutil.which("wc") or "/usr/bin/wc", "-l", *sorted(folder.glob("*.csv"))],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def bare_read(folder: Path, plain: Path) -> int:
    """Read every file, or its copy in `plain` where there is one; returns how many records there were."""
    layout, known = recognised(folder, plain)
    rows = 0
    with duckdb.connect() as engine:
        for one in known:
            copy = plain / f"{one.file.number}.csv"
            rows += _read(engine, layout, one, copy if copy.exists() else one.file.path)
    return rows


def _read(engine: duckdb.DuckDBPyConnection, layout: Layout, one: Recognised, path: Path) -> int:
    kinds = {f"c{place}": _type(layout, one, column) for place, column in enumerate(one.columns)}
    looked_at = [f"count({name})" if kind == "VARCHAR" else f"min({name})" for name, kind in kinds.items()]
    moments = ", timestampformat='%d %b %Y %H:%M:%S'" if layout.grammar.dates == "tpp" else ""
    source = _source(path, kinds, header=one.header, more=moments)
    found = engine.execute(f"SELECT count(*), {', '.join(looked_at)} FROM {source}").fetchone()
    return int(found[0]) if found else 0


def _type(layout: Layout, one: Recognised, column: str) -> str:
    known = layout.tables[one.table].columns.get(column)
    kind = known.type if known else "text"
    if kind in ("date", "moment"):
        return _DAYS[layout.grammar.dates][kind == "moment"]
    if kind == "time" and layout.grammar.dates == "iso":
        return "TIME"
    return _TYPES.get(kind, "VARCHAR")


def _source(path: Path, columns: dict[str, str], header: bool, more: str = "") -> str:
    with path.open("rb") as file:
        ending = "\\r\\n" if file.readline().endswith(b"\r\n") else "\\n"
    return (
        f"read_csv('{path}', header=false, skip={int(header)}, auto_detect=false, delim=',', quote='\"', escape='\"', "
        f"new_line='{ending}', max_line_size=4194304, columns={json.dumps(columns)}{more})"
    )


def later_extract(folder: Path, later: Path) -> None:
    """A second extract of the same EMIS practice: in 1,000 records of a table two gone, four new, four changed."""
    later.mkdir()
    _, known = recognised(folder, later)
    with duckdb.connect(config={"preserve_insertion_order": "true"}) as engine:
        for one in known:
            target = later / one.file.path.name
            if set(_TEXTS).isdisjoint(one.columns):
                target.write_bytes(one.file.path.read_bytes())
                continue
            columns = dict.fromkeys((f"c{place}" for place in range(len(one.columns))), "VARCHAR")
            source = _source(one.file.path, columns, one.header)
            engine.execute(
                f"COPY ({' UNION ALL '.join(_changed(one, source))}) TO '{target}' (HEADER, FORCE_QUOTE *)"
            )


def _changed(one: Recognised, source: str) -> Iterator[str]:
    """The records that stay, one in 250 with another text, and new ones, whose key is made of an old one."""
    gone, new, changed = _PARTS_IN_1000.values()
    chance = "hash(c0) % 1000"
    place = next(place for place, column in enumerate(one.columns) if column in _TEXTS)
    text = (
        f"CASE WHEN {chance} >= {1000 - changed} THEN coalesce(c{place}, '') || ' (seen)' ELSE c{place} END"
    )
    kept = {f"c{at}": f"c{at}" for at in range(len(one.columns))} | {f"c{place}": text}
    names = dict(zip(kept, one.columns, strict=True))
    yield f"SELECT {_as(kept, names)} FROM {source} WHERE {chance} >= {gone}"
    fresh = kept | {"c0": "upper(CAST(CAST(md5(c0) AS UUID) AS VARCHAR))", f"c{place}": f"c{place}"}
    yield f"SELECT {_as(fresh, names)} FROM {source} WHERE {chance} < {new}"


def _as(values: dict[str, str], names: dict[str, str]) -> str:
    return ", ".join(f'{value} AS "{names[name]}"' for name, value in values.items())
