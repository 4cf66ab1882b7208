"""One comparison of a made-up practice and its twin, and what became of every fault planted in the twin."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from tests.benchmarks.expected import read_expected
from tests.support.faults_found import Answer, Review, Seen, review
from tests.support.twins import Found, Twin, found_in, make_twin, twins_compared

FIELD, RECORD, MISSED, HIDDEN = "field", "record", "missed", "hidden"
"""What became of an answer: found at the very field, found at the record, not found, or not to be seen in the pair."""

CLEAN, FAULTY, SYSTEMATIC = "clean", "faulty", "systematic"
SHARE = 0.5
SYSTEMATIC_FAULTS = ("unit_changed", "date_shifted_by_a_day", "dose_changed")


@dataclass(frozen=True)
class Setting:
    """What to make and compare: a pair of shapes, a size, a seed, and which faults the twin has."""

    pair: tuple[str, str]
    patients: int
    density: float
    seed: int
    kind: str
    of_each: int = 0

    @property
    def name(self) -> str:
        """A name for a folder."""
        return f"{'-'.join(self.pair)}-{self.patients}-{self.density}-{self.seed}-{self.kind}-{self.of_each}"

    @property
    def faults(self) -> int | str:
        """How many of each kind, or a plan."""
        if self.kind == SYSTEMATIC:
            return json.dumps({"faults": {name: {"share": SHARE} for name in SYSTEMATIC_FAULTS}})
        return self.of_each


@dataclass(frozen=True)
class Fate:
    """What became of one answer. `severity` is the gravest that the fault was given; `instead` is what
    was found about the record where nothing was found at the field; `shapes` are those that cannot show it."""

    fault: str
    entity: str
    how: str
    severity: str | None = None
    instead: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """One comparison: records of both sides, findings but for what one format has no place for, those beyond the key,
    lines before a clinician, faults asked for that found no place in the records, and what became of each answer."""

    setting: Setting
    records: int
    findings: int
    no_place: int
    beyond: tuple[str, ...]
    lines: int
    not_planted: Mapping[str, int]
    seconds: float
    fates: tuple[Fate, ...]


def measure(setting: Setting, folder: Path) -> Measured:
    """Make, compare and hold against the key; a result that is in the folder already is read and not made again."""
    kept = folder / f"{setting.name}.json"
    if not kept.exists():
        measured = _measure(setting, folder / setting.name)
        kept.write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")
    return _read(json.loads(kept.read_text(encoding="utf-8")))


def _measure(setting: Setting, work: Path) -> Measured:
    begun = monotonic()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    size = setting.patients, setting.density
    twin = make_twin(setting.pair, work / "made", size, setting.seed, setting.faults)
    with twins_compared(twin, work / "work") as one:
        found = found_in(one)
        records = sum(book.source.converted + book.target.converted for book in one.books.values())
        lines = len(one.causes)
    told = [one for one in found if one.reason != "no_place"]
    answered = setting.kind != CLEAN
    held = review(twin, told) if answered else Review([], [], told)
    measured = Measured(
        setting,
        records,
        len(told),
        len(found) - len(told),
        tuple(map(_said, held.beyond)),
        lines,
        twin.said("answers")["not_planted"] if answered else {},
        round(monotonic() - begun, 1),
        tuple(_fates(twin, held)),
    )
    shutil.rmtree(work)
    return measured


def _fates(twin: Twin, held: Review) -> list[Fate]:
    seen = [_fate(twin, one, held.gravest(one.answer)) for one in held.seen]
    return seen + [_hidden(twin, one) for one in held.hidden]


def _fate(twin: Twin, one: Seen, severity: str | None) -> Fate:
    pair = twin.source, twin.target
    if not one.exact and read_expected().why_blind(one.answer["fault"], pair):
        return Fate(one.answer["fault"], one.answer["entity"], HIDDEN, shapes=(" with ".join(sorted(pair)),))
    how = FIELD if one.exact else RECORD if one.about else MISSED
    return Fate(
        one.answer["fault"],
        one.answer["entity"],
        how,
        severity,
        tuple(sorted(set(map(_said, one.about)))),
        causes=tuple(sorted({found.cause for found in one.exact})),
    )


def _hidden(twin: Twin, answer: Answer) -> Fate:
    shapes = tuple(sorted({twin.source, twin.target} - set(answer["visible_in"])))
    entity = "problem" if answer["field"] == "problem" else answer["entity"]
    return Fate(answer["fault"], entity, HIDDEN, shapes=shapes)


def _said(finding: Found) -> str:
    """A finding in words of form: no value, no name."""
    return " ".join(part for part in (finding.entity, finding.outcome, finding.field, finding.reason) if part)


def _read(kept: Mapping[str, Any]) -> Measured:
    setting = Setting(**{**kept["setting"], "pair": tuple(kept["setting"]["pair"])})
    lists = ("instead", "shapes", "causes")
    fates = tuple(Fate(**{**one, **{name: tuple(one[name]) for name in lists}}) for one in kept["fates"])
    return Measured(**{**kept, "setting": setting, "beyond": tuple(kept["beyond"]), "fates": fates})
