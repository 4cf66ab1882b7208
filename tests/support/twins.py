"""Made-up practices written in two shapes, compared, and held against what the writers and planters said of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from godwit.records.asked import Asked
from godwit.records.comparing import Compared, compare_deliveries
from godwit.records.duck import Duck
from godwit.synth.cells import guids
from godwit.synth.faults import read_plan
from godwit.synth.making import Order, make
from godwit.synth.places import SNAPSHOT
from tests.support.comparing import watch

SEED = 11

DAY = SNAPSHOT.date()
"""The day of the comparisons."""


class Unheard:
    """Progress of making that shows nothing."""

    def begin(self, title: str, total: int | None = None, unit: str = "") -> None:
        """Nothing."""

    def advance(self, count: int = 1) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Twin:
    """A made practice: the folders of both sides, and what was said of them."""

    folder: Path
    source: str
    target: str
    seed: int

    def said(self, name: str) -> Any:
        """One of the files beside the two sides."""
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Found:
    """A finding as somebody sees it who holds the answer key: whose, of what, which records."""

    entity: str
    outcome: str
    field: str | None
    reason: str
    people: tuple[str, ...]
    records: tuple[str, ...]
    loss: str | None = None
    severity: str = ""
    cause: str = ""

    def is_about(self, names: set[str]) -> bool:
        """Whether one of the records goes by one of these names."""
        return any(record in names for record in self.records)


def make_twin(
    pair: tuple[str, str], folder: Path, size: tuple[int, float], seed: int, faults: int | str = 0
) -> Twin:
    """A practice of `size` (patients, density) in both shapes of `pair`, with so many faults of each kind, or
    those of a plan in YAML."""
    wanted = f"faults: {{all: {faults}}}" if isinstance(faults, int) else faults
    plan = read_plan(wanted) if faults else None
    patients, density = size
    make(Order(pair[0], patients, seed, folder, twin=pair[1], density=density, faults=plan), Unheard())
    return Twin(folder, pair[0], pair[1], seed)


@contextmanager
def twins_compared(twin: Twin, work: Path) -> Iterator[Compared]:
    """Both sides compared and balanced, the tables still open. `work` must not exist yet."""
    work.mkdir()
    sides = (twin.folder / "source", twin.folder / "target")
    with Duck(work, reads=sides) as duck:
        yield compare_deliveries(sides, Asked(DAY), duck, watch())


def found_in(one: Compared) -> list[Found]:
    """All findings, with the NHS numbers of their patients and the last part of the names of their records."""
    rows = one.duck.run(
        "test",
        """SELECT f.entity, f.outcome, f.field, f.reason, [s.nhs_number, t.nhs_number],
                  [f.source_id, f.target_id], u.loss, f.severity, f.cause
           FROM finding.caused AS f
           LEFT JOIN canonical.patient AS s ON s.side = 'source' AND s.person = f.source_person
           LEFT JOIN canonical.patient AS t ON t.side = 'target' AND t.person = f.target_person
           LEFT JOIN finding.unpaired AS u ON f.outcome <> 'different' AND u.entity = f.entity
               AND u.side = CASE f.outcome WHEN 'missing' THEN 'source' ELSE 'target' END
               AND u.row = coalesce(f.source_row, f.target_row)
           ORDER BY f.finding""",
    )
    return [
        Found(entity, outcome, field, reason, _known(people), tuple(map(_last, _known(records))), loss, *more)
        for entity, outcome, field, reason, people, records, loss, *more in rows
    ]


def names_of(item: int, seed: int) -> set[str]:
    """What an item of a made-up practice goes by in every shape."""
    text = hashlib.blake2b(f"{seed}/item/{item}".encode(), digest_size=16).hexdigest().upper()
    message = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return {str(item), guids(seed, "item")(item).upper(), message}


def _last(name: str) -> str:
    """The part of a record's name that is its own."""
    return name.rpartition("|")[2].rpartition(":")[2].upper()


def _known(cells: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for cell in cells if cell))
