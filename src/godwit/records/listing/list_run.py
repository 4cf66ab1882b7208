"""Hold a registration list against a system, or two, so that the result is whole or not there: a sealed run folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from godwit.definitions.read import resource
from godwit.records.bulk.loading import Opening
from godwit.records.compare.stage import Side
from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import SheetWriter
from godwit.records.evidence.run_folder import (
    Keeper,
    definition_entry,
    input_entry,
    manifest_of,
    require_outside,
    unfinished,
)
from godwit.records.evidence.seal import LIST_OUTPUTS, exact_json, seal
from godwit.records.listing.column_map import load_column_map, map_text
from godwit.records.listing.fields import FILE
from godwit.records.listing.holding import Held, hold
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
    started = watch.now()
    require_outside(out, order.paths)
    with unfinished(out) as folder:
        work = folder / "work"
        work.mkdir(mode=0o700)
        with Duck(work, reads=[one for one in order.paths if one.exists()]) as duck:
            read = _read(duck, order, watch)
            with watch.step("hold the list against them"):
                since = order.list_day.isoformat() if order.list_day else None
                held = hold(read.listed, {one.side: one.entries for one in read.systems}, since, read.day)
            with watch.step("write the reports"):
                summary = summarise_list(_run_id(read, started), read, held, watch.timings)
                _write(duck, folder, read, held, keeper, write_sheets, started.date())
        _text(folder / "summary.json", exact_json(summary))
        shutil.rmtree(work)
        manifest = _manifest(summary, read, (started, watch.now()), keeper)
        _text(folder / "report.html", render_list(summary, manifest))
        seal(folder, manifest, LIST_OUTPUTS)
    return summary


def _read(duck: Duck, order: Order, watch: Watch) -> Read:
    told = load_column_map(order.columns) if order.columns else None
    with watch.step("read the list"):
        listed = read_list(order.list_file, told, order.opening.practice)
    systems = read_systems(duck, order.sides, order.system, order.opening, watch)
    taken = systems[0].taken_at
    day = order.list_day or (date.fromisoformat(taken[:10]) if taken else order.today or watch.now().date())
    return Read(listed, told is None, systems, order.list_day, day)


def _write(  # noqa: PLR0913, PLR0917 - what a folder is made of
    duck: Duck, folder: Path, read: Read, held: Held, keeper: Keeper, write_sheets: SheetWriter, day: date
) -> None:
    duck.load("list_line", COLUMNS, lines(read.listed, held))
    duck.write_parquet("list.parquet", "SELECT * FROM list_line ORDER BY ALL").replace(
        folder / "list.parquet"
    )
    sheets = list_sheets(read.listed, held, keeper.owner, keeper.keep_until)
    (folder / "list.xlsx").write_bytes(write_sheets("Registration list", day, sheets))
    _text(folder / "columns.yaml", map_text(read.listed.map))


def _run_id(read: Read, started: datetime) -> str:
    hashes = [read.listed.sha256, *(file.sha256 for one in read.systems for file in one.files)]
    return f"list-{started:%Y%m%dT%H%M%SZ}-{hashlib.sha256(''.join(hashes).encode()).hexdigest()[:8]}"


def _manifest(
    summary: Mapping[str, Any], read: Read, times: tuple[datetime, datetime], keeper: Keeper
) -> dict[str, Any]:
    listed = read.listed
    own = {
        "side": "list", "name": "registration list", "bytes": listed.size, "sha256": listed.sha256, "system": "",
        "version": "", "taken_at": summary["list_day"], "records": listed.lines,
    }  # fmt: skip
    inputs = [own, *(input_entry(file, one.side) for one in read.systems for file in one.files)]
    return manifest_of((summary["run"], "list"), times, keeper, inputs, _definitions(read.systems))


def _definitions(systems: tuple[System, ...]) -> Iterator[dict[str, str]]:
    fields = definition_entry(f"list/{FILE}", resource(__package__ or "", FILE))
    yield fields
    sql = definition_entry("list/patients.sql", resource(__package__ or "", f"{SQL.name}/patients.sql"))
    yield {**sql, "edition": fields["edition"]}
    known = {one.canonical.known.system: one for one in systems}
    for one in known.values():
        for name, file in one.canonical.known.definitions():
            entry = definition_entry(name, file)
            yield {**entry, "edition": entry["edition"] or one.edition}


def _text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
