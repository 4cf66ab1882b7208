"""The one door to DuckDB: pinned settings, a private place to spill, and errors that never quote a value.

Why a door: DuckDB's messages quote the row they stumble on, its extensions download themselves, and its defaults
differ between versions. Inside this module all three are settled; nobody else imports it (an import contract).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from godwit.records.errors import MachineRefused, RecordsError
from godwit.records.patience import patiently

MEMORY_LIMIT = "2GB"
"""A run of one patient needs little; a practice is bounded by this and spills to its own work folder."""

_BATCH = 20_000

_LINE_BYTES = 1 << 20

PRELUDE = Path(__file__).with_name("prelude.sql")
"""Named functions that every SQL text may use (dates, codes, fingerprints)."""


class EngineFailed(RecordsError):
    """A SQL step failed: a defect of Godwit. Names the step and the kind of error, never its text."""


class Duck:
    """One private database in `work`, closed and left to its owner to wipe.

    What does not fit into the memory allowed is spilled into `work`. `reads` are folders or files outside `work` that
    SQL may read; everything else on the machine is out of its reach.
    """

    def __init__(self, work: Path, memory_limit: str = MEMORY_LIMIT, reads: Sequence[Path] = ()) -> None:
        self.work = work
        self._staged = 0
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory_limit,
                "temp_directory": str(work / "spill"),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "true",
                "threads": str(os.cpu_count() or 2),
            },
        )
        self.run("settings", "SET TimeZone = 'UTC'")
        folders = ", ".join(f"'{_quoted(one)}'" for one in (work, *(p for p in reads if p.is_dir())))
        files = ", ".join(f"'{_quoted(one)}'" for one in reads if not one.is_dir())
        self.run("door", f"SET allowed_directories = [{folders}]")
        self.run("door", f"SET allowed_paths = [{files}]")
        self.run("door", "SET enable_external_access = false")
        self.run("prelude", PRELUDE.read_text(encoding="utf-8"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def run(self, step: str, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one SQL text and return its rows. Raises `MachineRefused` or `EngineFailed`, naming the step."""
        try:
            return patiently(
                lambda: self._connection.execute(sql, list(values)).fetchall(), self._connection.interrupt
            )
        except duckdb.Error as error:
            raise _without_values(step, error) from None

    def each(self, step: str, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a batch at a time, on a cursor of its own."""
        try:
            cursor = self._connection.cursor()
            patiently(lambda: cursor.execute(sql), cursor.interrupt)
            while rows := patiently(lambda: cursor.fetchmany(_BATCH), cursor.interrupt):
                yield from rows
        except duckdb.Error as error:
            raise _without_values(step, error) from None

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, object]]) -> int:
        """Append rows to `table` (made if absent) through a staged file; returns how many. Columns are name -> type.

        Raises `LookupError` for a row with a name that is no column: the engine would drop it in silence.
        """
        self._staged += 1
        staged = self.work / f"stage-{self._staged:05d}.ndjson"
        count = longest = 0
        with staged.open("wb") as file:
            for row in rows:
                if not row.keys() <= columns.keys():
                    raise LookupError(f"{table} has no column {sorted(row.keys() - columns.keys())}")
                line = json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n"
                file.write(line)
                count, longest = count + 1, max(longest, len(line))
        shape = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self.run(f"make {table}", f"CREATE TABLE IF NOT EXISTS {table} ({shape})")
        if count:
            types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
            source = f"read_json('{_quoted(staged)}', format='newline_delimited', columns={{{types}}}"
            source += f", maximum_object_size={max(_LINE_BYTES, 2 * longest)})"
            self.run(f"load {table}", f"INSERT INTO {table} SELECT {', '.join(columns)} FROM {source}")
        staged.unlink()
        return count

    def write_parquet(self, name: str, sql: str) -> Path:
        """The rows of a query as a Parquet file in the work folder."""
        target = self.work / name
        self.run(f"write {name}", f"COPY ({sql}) TO '{_quoted(target)}' (FORMAT parquet, COMPRESSION zstd)")
        return target


def read_parquet(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query over one Parquet file, which the query calls `this`. The file is opened and nothing else."""
    with Duck(path.parent) as duck:
        duck.run("open", f"CREATE VIEW this AS SELECT * FROM read_parquet('{_quoted(path)}')")
        return duck.run("read", sql)


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("'", "''")


def _without_values(step: str, error: duckdb.Error) -> RecordsError:
    if isinstance(error, duckdb.OutOfMemoryException):
        return MachineRefused("machine.memory", f"the memory allowed was not enough for step {step}")
    if isinstance(error, duckdb.IOException):
        return MachineRefused("machine.disk", f"the disk refused step {step}: is it full or write-protected?")
    return EngineFailed(
        "engine.failed", f"step {step} failed with {type(error).__name__}; this is a defect of Godwit"
    )
