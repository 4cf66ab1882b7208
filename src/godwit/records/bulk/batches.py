"""Which files of a delivery were written together, and in which order a bulk extract and its deltas follow each other.

Suppliers tell the order in three ways, and each is read where it is there: a range of processing numbers and a time in
the file's name (EMIS), a word and a time in the name (Vision), a manifest beside the files (TPP). Nothing is guessed
from the order of files in a folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath

from godwit.records.errors import InputRefused

_WHOLE_WORD = "full"
_RUN_FOLDER = re.compile(r"(?<!\d)(\d{8}_\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of one table. `name` is its path in the delivery; it may hold a patient's name and is never shown."""

    number: int
    name: str
    table: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """What the supplier's manifest in `folder` says of one file: a delta or not, and from when to when it reaches."""

    folder: str
    file: str
    delta: bool
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file's place in the order. `whole`: True for a bulk, False for a delta, None where nothing marks it."""

    file: int
    table: str
    sha256: str
    series: str
    processing: str
    taken_at: str
    folder: str
    whole: bool | None = None
    since: str = ""
    until: str = ""

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last processing number, where the name tells them."""
        numbers = [int(one) for one in self.processing.split("-") if one.isdigit()]
        return (numbers[0], numbers[-1]) if numbers else None


@dataclass(frozen=True, slots=True)
class Batch:
    """Files written together. `number` counts the batches of one side from 1, in the order in which they were taken."""

    number: int
    series: str
    parts: tuple[Part, ...]

    @property
    def whole(self) -> bool:
        """Whether it starts anew: at least one of its files is a bulk."""
        return any(part.whole for part in self.parts)

    @property
    def taken_at(self) -> str:
        """When it was taken, as digits (year first); empty where nothing says so."""
        return max((part.taken_at for part in self.parts), default="")

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last processing number."""
        spans = [part.span for part in self.parts if part.span]
        return (min(one[0] for one in spans), max(one[1] for one in spans)) if spans else None

    def renews(self, table: str) -> bool:
        """Whether it has a bulk file of a table."""
        return any(part.whole and part.table == table for part in self.parts)

    def marked(self, whole: bool) -> Batch:
        """The same batch with every file that nothing marks taken as bulk or delta."""
        parts = (replace(one, whole=whole) if one.whole is None else one for one in self.parts)
        return replace(self, parts=tuple(parts))


def in_order(
    arrivals: Iterable[Arrival], file_name: str, side: str, manifest: Sequence[ManifestLine] = ()
) -> tuple[Batch, ...]:
    """The batches of one side in the order in which they were taken, whatever their series.

    `file_name` is the layout's pattern. Raises `InputRefused` where one table comes twice and nothing tells which is
    later, or where a series has no bulk.
    """
    pattern = re.compile(file_name, re.IGNORECASE)
    runs = _Runs(manifest)
    parts = sorted((_part(one, pattern, runs) for one in arrivals), key=_order)
    _require_order(parts, side)
    grouped = [tuple(group) for _, group in groupby(parts, key=_together)]
    grouped.sort(key=lambda group: group[0].taken_at)
    batches = [Batch(number, group[0].series, group) for number, group in enumerate(grouped, start=1)]
    return tuple(_with_starts(batches, side))


def require_unbroken(batches: Sequence[Batch], side: str) -> None:
    """Raises `InputRefused` where a batch between two others is missing. A bulk starts anew; overlap is lawful."""
    for series in sorted({batch.series for batch in batches}):
        _require_numbers([batch for batch in batches if batch.series == series], side)
    ends: dict[tuple[str, str], str] = {}
    for batch in batches:
        for part in batch.parts:
            end = ends.get((part.table, part.series), "")
            if part.whole is False and end and part.since > end:
                raise _gap("there is time between two extracts that no file covers", batch, side)
            ends[part.table, part.series] = max(part.until, end)


def _require_numbers(series: list[Batch], side: str) -> None:
    last = 0
    for batch in series:
        if batch.span is None:
            continue
        first, end = batch.span
        missing = first - last - 1
        if last and not batch.whole and missing > 0:
            raise _gap(f"{missing} of the supplier's processing numbers before it are missing", batch, side)
        last = end if batch.whole else max(last, end)


def _gap(because: str, batch: Batch, side: str) -> InputRefused:
    return InputRefused("delta.gap", because, f"{side} batch {batch.number}, file {batch.parts[0].file}")


class _Runs:
    """What the manifests say, by folder: of each file, and when the run was taken (some files have no date)."""

    def __init__(self, manifest: Sequence[ManifestLine]) -> None:
        self.lines = {(one.folder, _stem(one.file)): one for one in manifest}
        self.taken_at: dict[str, str] = {}
        for one in manifest:
            self.taken_at[one.folder] = max(_digits(one.until), self.taken_at.get(one.folder, ""))


def _part(arrival: Arrival, pattern: re.Pattern[str], runs: _Runs) -> Part:
    path = PurePosixPath(arrival.name)
    found = pattern.search(path.name)
    said = {name: text or "" for name, text in found.groupdict().items()} if found else {}
    folder = path.parent.as_posix()
    processing = said.get("processing", "").lower()
    line = runs.lines.get((folder, _stem(path.name)))
    taken_at = _digits(said.get("taken_at", "")) or runs.taken_at.get(folder, "") or run_of(folder)
    return Part(
        arrival.number,
        arrival.table,
        arrival.sha256,
        said.get("agreement", "").strip("{}").lower(),
        processing,
        taken_at,
        "" if found and (processing or said.get("taken_at")) else folder,
        not line.delta if line else _word(processing),
        _digits(line.since) if line else "",
        _digits(line.until) if line else "",
    )


def _word(processing: str) -> bool | None:
    """What a word instead of a number says: `full` is a bulk, any other word a delta."""
    return processing == _WHOLE_WORD if processing and not processing[0].isdigit() else None


def says_delta(word: str | None) -> bool:
    """Whether a manifest's word for a file says that it is a delta; whatever is no yes is a bulk."""
    return (word or "").strip().lower()[:1] in ("y", "t", "1")


def run_of(folder: str) -> str:
    """When a run was taken by the name of its folder (20270301_0215), as digits; empty where the name does not say."""
    found = _RUN_FOLDER.findall(folder)
    return _digits(found[-1]) if found else ""


def _digits(moment: str) -> str:
    """A moment written in any way as its digits, to the minute at least, so that moments order as texts."""
    return re.sub(r"\D", "", moment).ljust(14, "0") if moment else ""


def _stem(name: str) -> str:
    return PurePosixPath(name).name.lower().removesuffix(".gpg").removesuffix(".csv")


def _order(part: Part) -> tuple[object, ...]:
    """Bulk before delta where all else is equal: a bulk of the same minute is what the delta builds on."""
    start = part.span[0] if part.span else 0
    bulk_first = _word(part.processing) is not True
    return (
        part.series,
        part.taken_at,
        start,
        bulk_first,
        part.processing,
        part.folder,
        part.table,
        part.file,
    )


def _together(part: Part) -> tuple[str, ...]:
    """What files of one batch have in common."""
    return (part.series, part.taken_at, part.processing, part.folder)


def _require_order(parts: list[Part], side: str) -> None:
    silent: dict[str, Part] = {}
    for part in parts:
        if part.taken_at or part.span:
            continue
        other = silent.setdefault(part.table, part)
        if other.folder != part.folder:
            because = "two folders hold the same table, and neither name nor manifest says which is later"
            raise InputRefused("delta.order_unknown", because, f"{side} files {other.file} and {part.file}")


def _with_starts(batches: list[Batch], side: str) -> Iterator[Batch]:
    """Where nothing marks it, the first batch of a series is its bulk. A series of deltas alone is refused: it has
    nothing to build on."""
    started: set[str] = set()
    for batch in batches:
        one = batch if batch.series in started else batch.marked(whole=True)
        if one.series not in started and not any(
            one.whole for one in (one, *batches) if one.series == batch.series
        ):
            because = "these are deltas, and the bulk extract they build on is not here"
            raise InputRefused("delta.no_bulk", because, f"{side} batch {one.number}")
        started.add(one.series)
        yield one
