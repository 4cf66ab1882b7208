"""Read from a whole practice's extract the patients and their registrations, and nothing else.

Only the files are read that those two are made of: the tables that their SQL names, and what settles their state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from godwit.records.bulk.bulk_format import BulkFormat
from godwit.records.bulk.converting import Canonical, convert, open_canonical
from godwit.records.bulk.loading import Extract, Opening, facts_of, open_bulk
from godwit.records.bulk.practices import choose_practice
from godwit.records.bulk.recognise import Recognition
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.bulk.state import settle_side
from godwit.records.bulk.state_rules import load_state_rules
from godwit.records.compare.stage import Side, make_rooms
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.facts import FileFacts
from godwit.records.listing.entry import Entry
from godwit.records.steps import sql_text
from godwit.records.watch import Watch

SQL = Path(__file__).parent / "sql"
ENTITIES = ("patient", "registration", "organisation", "practitioner")
_RAW = re.compile(r"\braw\.(\w+)")
_FACTS = ("nhs_number", "family", "given", "title", "birth_date", "sex", "address", "postcode", "death_date",
          "registration", "start", "end_date", "usual_gp", "gp_code", "practice", "dispensing", "mileage",
          "institution", "sensitive")  # fmt: skip


@dataclass(frozen=True, slots=True)
class System:
    """One system's patients, and what to remember of the extract they came from. `left_unread` counts its files that
    tell nothing of registrations."""

    side: Side
    title: str
    taken_at: str | None
    files: tuple[FileFacts, ...]
    left_unread: int
    warnings: tuple[str, ...]
    entries: tuple[Entry, ...]
    canonical: Canonical


@dataclass(frozen=True, slots=True)
class _Read:
    """One side before its patients are listed."""

    side: Side
    staged: StagedSide
    canonical: Canonical
    files: tuple[FileFacts, ...]
    left_unread: int
    warnings: tuple[str, ...]


def read_systems(
    duck: Duck, paths: Sequence[tuple[Side, Path]], system: str | None, opening: Opening, watch: Watch
) -> tuple[System, ...]:
    """The patients of each side. Raises `InputRefused` where a delivery is no bulk extract."""
    make_rooms(duck)
    read = []
    for side, path in paths:
        extract = _opened(duck, side, path, system, opening)
        with watch.step(f"read the {side}", extract.parts):
            read.append(_read(duck, side, extract, opening, watch))
    open_canonical(duck, {one.side: one.canonical for one in read})
    return tuple(_system(duck, one) for one in read)


def _opened(duck: Duck, side: Side, path: Path, system: str | None, opening: Opening) -> Extract:
    if not path.exists():
        raise InputRefused("delivery.absent", "there is no such file or folder", side)
    extract = open_bulk(path, side, system, duck.work, opening)
    if extract is None:
        because = "this is no bulk extract of a system that Godwit reads"
        raise InputRefused("delivery.not_an_extract", because, side)
    return extract


def _read(duck: Duck, side: Side, extract: Extract, opening: Opening, watch: Watch) -> _Read:
    slim, tables = _slim(extract.format), _tables(extract)
    staged = stage_side(duck, side, slim, extract.recognition, watch.progress.advance, tables)
    settled = settle_side(duck, staged)
    choose_practice(duck, staged, opening.practice)
    canonical = convert(duck, side, slim, watch.progress.advance)
    files = tuple(facts_of(duck, staged, ()))
    unread = len(extract.recognition.known) + len(extract.recognition.unknown) - len(files)
    return _Read(side, staged, canonical, files, unread, tuple(settled.warnings))


def _slim(format_: BulkFormat) -> BulkFormat:
    """The format with what these entities are made of, and no more; what it sets aside of other tables is not asked."""
    conversions = tuple(one for one in format_.format.conversions if one.entity in ENTITIES)
    named = _named(format_)
    prepared = tuple(one for one in format_.format.prepared if one.removesuffix(".sql") in named)
    changes = {"conversions": conversions, "prepared": prepared, "set_aside": None}
    return replace(format_, format=format_.format.model_copy(update=changes))


def _tables(extract: Extract) -> frozenset[str] | None:
    """The tables to read; all of them where the extract is a series, whose order all of its tables tell."""
    rules = load_state_rules(extract.format.package)
    if _is_series(extract.recognition, rules.patients):
        return None
    also = [rules.patients, rules.sharing and rules.sharing.table, rules.manifest and rules.manifest.table]
    return _named(extract.format) | {one for one in also if one}


def _is_series(recognition: Recognition, patients: str) -> bool:
    return sum(one.table == patients for one in recognition.known) > 1


def _named(format_: BulkFormat) -> frozenset[str]:
    """Every name after `raw.` in the SQL of our entities, in what that SQL is prepared from, and so on."""
    prepared = {one.removesuffix(".sql"): f"prepared/{one}" for one in format_.format.prepared}
    texts = [f"canonical/{one.sql}" for one in format_.format.conversions if one.entity in ENTITIES]
    texts += [format_.layout.practices] if format_.layout.practices else []
    found: set[str] = set()
    while texts:
        names = set(_RAW.findall(format_.sql(texts.pop()))) - found
        texts += [prepared[one] for one in names if one in prepared]
        found |= names
    return frozenset(found)


def _system(duck: Duck, one: _Read) -> System:
    return System(
        one.side, one.staged.format.layout.title, one.staged.taken_at, one.files, one.left_unread, one.warnings,
        tuple(_entries(duck, one.side)), one.canonical,
    )  # fmt: skip


def _entries(duck: Duck, side: Side) -> Iterator[Entry]:
    sql = f"SELECT person, state, {', '.join(_FACTS)} FROM ({sql_text(SQL, 'patients.sql', side=side)})"
    for person, state, *facts in duck.each("patients", f"{sql} ORDER BY person"):
        told = {name: fact for name, fact in zip(_FACTS, facts, strict=True) if fact}
        yield Entry(side, person, _plain_words(told), state)


def _plain_words(told: dict[str, str]) -> dict[str, str]:
    """Marks as the list tells them, and days without a clock."""
    for name in ("birth_date", "death_date", "start", "end_date"):
        if name in told and told[name][:1].isdigit():
            told[name] = told[name][:10]
    if "dispensing" in told:
        told["dispensing"] = (
            "yes" if told["dispensing"].casefold() in ("y", "yes", "1", "true", "d") else "no"
        )
    return told
