"""Load one side that came as a whole practice: unpack, recognise, stage, settle bulk and deltas, convert.

A delivery is looked at before anything is unpacked: one without any table of a bulk extract is left to the readers of
single patients' files.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from godwit.records.bulk import practices, staging, state
from godwit.records.bulk.bulk_format import BulkFormat, load_format
from godwit.records.bulk.checking import Found
from godwit.records.bulk.converting import Canonical, convert
from godwit.records.bulk.practices import choose_practice
from godwit.records.bulk.recognise import Recognition, recognise
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.bulk.state import settle_side
from godwit.records.compare.stage import LEDGER_COLUMNS, Side
from godwit.records.duck import Duck
from godwit.records.facts import FileFacts
from godwit.records.intake.decrypt import Keys
from godwit.records.intake.unpack import PlainFile, unpacked
from godwit.records.rule_words import in_words

SYSTEMS = ("emis", "tpp", "vision")
"""Systems whose bulk extracts Godwit reads."""

REASONS = {**staging.REASONS, **state.REASONS, **practices.REASONS}
"""Why rows are set aside before the SQL of a format sees them."""

_TABULAR = re.compile(r"\.(csv|csv\.gz|gpg|pgp|z\d\d|zip\.\d{3})$", re.IGNORECASE)
_TABULAR_IN_ZIP = re.compile(r"\.(csv|csv\.gz|gpg|pgp|zip)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person gave to open a delivery with: the practice wanted (ODS code) and the key to encrypted files."""

    practice: str | None = None
    keys: Keys | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """A delivery that is known to be a bulk extract: its format and its files."""

    format: BulkFormat
    recognition: Recognition

    @property
    def parts(self) -> int:
        """How many steps loading takes: a file each, and a conversion each."""
        return len(self.recognition.known) + len(self.format.format.conversions)


@cache
def bulk_formats() -> Mapping[str, BulkFormat]:
    """Every bulk format by its system."""
    return {name: load_format(name) for name in SYSTEMS}


def looks_tabular(path: Path) -> bool:
    """Whether a delivery holds tables (or parts of archives that may), judged by names alone."""
    if path.is_dir():
        return any(
            _TABULAR.search(one.name) or _is_zip_of_tables(one) for one in path.rglob("*") if one.is_file()
        )
    return bool(_TABULAR.search(path.name)) or _is_zip_of_tables(path)


def _is_zip_of_tables(path: Path) -> bool:
    if path.suffix.lower() != ".zip" or not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_TABULAR_IN_ZIP.search(name) for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def open_bulk(path: Path, side: Side, system: str | None, work: Path, opening: Opening) -> Extract | None:
    """The delivery as a bulk extract, unpacked into `work` where it is packed; None when it is no such thing.

    Raises `InputRefused` for a delivery that names a table and is not of it, or that cannot be unpacked.
    """
    if system not in (None, *SYSTEMS) or not path.exists() or not (system or looks_tabular(path)):
        return None
    room = work / f"unpacked_{side}"
    files = unpacked(path, side, room, opening.keys)
    formats = {system: bulk_formats()[system]} if system else bulk_formats()
    recognition = recognise(files, [one.layout for one in formats.values()], side)
    return Extract(formats[recognition.layout.system], recognition) if recognition else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """One side in canonical form, what to remember of its files, known or not, and fates counted by table."""

    canonical: Canonical
    staged: StagedSide
    files: tuple[FileFacts, ...]
    census: Mapping[tuple[str, str], int]
    warnings: tuple[str, ...]


def load_bulk(duck: Duck, side: Side, extract: Extract, opening: Opening, done: Callable[[], None]) -> Loaded:
    """Stage, settle and convert one side; its canonical rows lie in the work folder, its ledgers in `ledger.*`."""
    format_, recognition = extract.format, extract.recognition
    staged = stage_side(duck, side, format_, recognition, done)
    quarantine(duck, side, recognition.unknown)
    settled = settle_side(duck, staged)
    choose_practice(duck, staged, opening.practice)
    canonical = convert(duck, side, format_, done)
    known = replace(canonical.known, reasons={**REASONS, **canonical.known.reasons})
    files = tuple(facts_of(duck, staged, recognition.unknown))
    census = {(kind, fate): count for kind, fate, count in duck.run("census", _CENSUS, [side])}
    for one, facts in zip(staged.files, files, strict=False):
        census[one.table, "converted"] = census.get((one.table, "converted"), 0) + facts.converted
    warnings = (*_warnings(staged), *settled.warnings)
    return Loaded(replace(canonical, known=known), staged, files, census, warnings)


def facts_of(duck: Duck, staged: StagedSide, unknown: Sequence[PlainFile]) -> Iterator[FileFacts]:
    """What to remember of every file once its rows have their fate: those that are known first."""
    side = staged.side
    aside = dict(duck.run("count fates", _SET_ASIDE, [side]))
    for one in staged.files:
        gone = aside.get(one.number, 0)
        yield FileFacts(
            side, one.number, one.recognised.file.name, one.public_name, one.size, one.sha256, one.system,
            one.version, one.taken_at, one.records, one.records, gone, one.rejected,
            one.records - one.rejected - gone,
        )  # fmt: skip
    for file in unknown:
        digest = _sha256(file.path)
        yield FileFacts(
            side, file.number, file.name, file.public, file.size, digest, None, "", None, 1, 1, 0, 1, 0
        )


_SET_ASIDE = "SELECT file, count(*) FROM ledger.set_aside WHERE side = ? GROUP BY file"

_CENSUS = """SELECT kind, fate, count(*) FROM (
    SELECT side, kind, 'set_aside' AS fate FROM ledger.set_aside
    UNION ALL SELECT side, kind, 'rejected' FROM ledger.reject
) WHERE side = ? GROUP BY ALL"""


def quarantine(duck: Duck, side: Side, unknown: Sequence[PlainFile]) -> None:
    """A file of no known table counts as one record that could not be read."""
    rows = (
        {"side": side, "entity": "unclassified", "file": one.number, "record": 0, "kind": "file",
         "reason": "file.unrecognised", "detail": "file"}
        for one in unknown
    )  # fmt: skip
    duck.load("ledger.reject", LEDGER_COLUMNS, rows)


def _warnings(staged: StagedSide) -> Iterator[str]:
    """Warnings of all files, alike ones gathered: what, about which column, in how many files or cells."""
    found: Counter[tuple[str, str]] = Counter()
    for file in staged.files:
        for one in file.warnings:
            found[one.rule, f"{file.table} {one.about}".strip()] += one.count
    for (rule, about), count in sorted(found.items()):
        yield f"{in_words(rule)}: {about}" + (f" ({count})" if count > 1 else "")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def told(found: Iterable[Found]) -> Iterator[str]:
    """What checks of a delivery found, as sentences: what, where, how often, and whether it was to be expected."""
    for one in found:
        expected = f"; to be expected: {one.expected}" if one.expected else ""
        where = f"{one.kind} {one.about}".strip()
        yield f"{in_words(one.rule)}: {where} ({one.count:,}{expected})"
