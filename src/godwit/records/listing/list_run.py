"""Hold a registration list against a system, or two, so that the result is whole or not there: a sealed run folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from godwit.definitions.read import resource
from godwit.records.bulk.loading import Opening
from godwit.records.compare.stage import Side
from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import SheetWriter
from godwit.records.evidence.run_folder import Keeper, definition_entry, format_entries, input_entry
from godwit.records.evidence.unsealed import unsealed_run
from godwit.records.listing.column_map import load_column_map, map_text
from godwit.records.listing.fields import FILE
from godwit.records.listing.holding import hold
from godwit.records.listing.lines import COLUMNS, lines
from godwit.records.listing.list_file import read_list
from godwit.records.listing.page import render_list
from godwit.records.listing.sheets import list_sheets
from godwit.records.listing.summary import Read, summarise_list
from godwit.records.listing.system import SQL, System, read_systems
from godwit.records.watch import Watch


@dataclass(frozen=True, slots=True)
class Order:
    """What to hold against what. `list_day` is the day the list speaks of; `today` counts ages where nothing tells a
    better day; `columns` is the column map, else the headers are read."""

    list_file: Path
    source: Path
    target: Path | None = None
    columns: Path | None = None
    system: str | None = None
    list_day: date | None = None
    today: date | None = None
    opening: Opening = Opening()  # noqa: RUF009 - frozen

    @property
    def sides(self) -> list[tuple[Side, Path]]:
        """The systems to read."""
        both: tuple[tuple[Side, Path | None], ...] = (("source", self.source), ("target", self.target))
        return [(side, path) for side, path in both if path]

    @property
    def paths(self) -> list[Path]:
        """All that is read."""
        return [self.list_file, *(path for _, path in self.sides)]


def run_list(
    order: Order, out: Path, watch: Watch, keeper: Keeper, write_sheets: SheetWriter
) -> dict[str, Any]:
    """Reports A, B and C in the sealed run folder `out`; returns the summary.

    Raises `WrongUse` when `out` is taken, `InputRefused`, `OutOfBalance` or `MachineRefused`; in each case, and when
    interrupted, no folder of that name is left.
    """
    with unsealed_run("list", out, order.paths, watch, keeper) as run:
        read = _read(run.duck, order, watch)
        with watch.step("hold the list against them"):
            since = order.list_day.isoformat() if order.list_day else None
            held = hold(read.listed, {one.side: one.entries for one in read.systems}, since, read.day)
        with watch.step("write the reports"):
            summary = summarise_list(run.id_of(_hashes(read)), read, held, watch.timings)
            run.duck.load("list_line", COLUMNS, lines(read.listed, held))
            run.keep_rows("list.parquet", "SELECT * FROM list_line ORDER BY ALL")
            sheets = list_sheets(read.listed, held, keeper)
            run.keep_sheets("list.xlsx", "Registration list", sheets, write_sheets)
            run.keep_text("columns.yaml", [map_text(read.listed.map)])
            manifest = run.manifest(
                summary["run"], _inputs(read, summary["list_day"]), _definitions(read.systems)
            )
            run.close(summary, manifest, render_list)
    return summary


def _read(duck: Duck, order: Order, watch: Watch) -> Read:
    told = load_column_map(order.columns) if order.columns else None
    with watch.step("read the list"):
        listed = read_list(order.list_file, told, order.opening.practice)
    systems = read_systems(duck, order.sides, order.system, order.opening, watch)
    taken = systems[0].taken_at
    day = order.list_day or (date.fromisoformat(taken[:10]) if taken else order.today or watch.now().date())
    return Read(listed, told is None, systems, order.list_day, day)


def _hashes(read: Read) -> list[str]:
    return [read.listed.sha256, *(file.sha256 for one in read.systems for file in one.files)]


def _inputs(read: Read, list_day: str | None) -> Iterator[Mapping[str, object]]:
    listed = read.listed
    yield {
        "side": "list", "name": "registration list", "bytes": listed.size, "sha256": listed.sha256, "system": "",
        "version": "", "taken_at": list_day, "records": listed.lines,
    }  # fmt: skip
    yield from (input_entry(file, one.side) for one in read.systems for file in one.files)


def _definitions(systems: tuple[System, ...]) -> Iterator[dict[str, str]]:
    fields = definition_entry(f"list/{FILE}", resource(__package__ or "", FILE))
    yield fields
    sql = definition_entry("list/patients.sql", resource(__package__ or "", f"{SQL.name}/patients.sql"))
    yield {**sql, "edition": fields["edition"]}
    known = {one.canonical.known.system: one.canonical.known for one in systems}
    for one in known.values():
        yield from format_entries(one)
