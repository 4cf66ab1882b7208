"""A small practice given as plain Python, put into the tables that a comparison leaves, for tests of samples."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from godwit.records.bulk.converting import canonical_columns
from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck
from godwit.records.sampling.drawing import Sample, SampleOrder, draw

TODAY = date(2027, 3, 1)
DEFAULT = SampleOrder()

FILLS = {name: frozenset((*one.field_names, *one.role_names)) for name, one in ENTITIES.items()}
"""A format that fills everything."""

_PAIR = {
    "source_row": "BIGINT",
    "target_row": "BIGINT",
    "scope": "BIGINT",
    "rung": "VARCHAR",
    "form": "UBIGINT",
}
_CAUSED = {
    "finding": "VARCHAR", "entity": "VARCHAR", "field": "VARCHAR", "source_row": "BIGINT", "target_row": "BIGINT",
    "source_value": "VARCHAR", "target_value": "VARCHAR", "reason": "VARCHAR", "severity": "VARCHAR",
}  # fmt: skip
_VERDICT = {"entity": "VARCHAR", "source_row": "BIGINT", "target_row": "BIGINT", "field": "VARCHAR", "rule": "VARCHAR",
            "reason": "VARCHAR"}  # fmt: skip


@dataclass
class Practice:
    """Records of both sides. A person has one number on both."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    pairs: list[tuple[str, int, int]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    alone: set[int] = field(default_factory=set)
    agreed: dict[str, str] = field(default_factory=dict)
    """Agreements by the number of the finding that they accept."""

    def patient(self, person: int, **fields: Any) -> None:
        """A registered patient of both sides."""
        known = {
            "family": f"Family{person}",
            "given": f"Given{person}",
            "nhs_number": f"99900{person:05}",
            "birth_date": f"19{person % 80 + 10}-05-04",
            "sex": "female",
            "local_id": f"L{person}",
        }
        self.both("patient", person, **{**known, **fields})
        self.both("registration", person, kind="regular", status="active", start="2001-02-03")

    def both(self, entity: str, person: int, changed: Mapping[str, Any] | None = None, **fields: Any) -> None:
        """A record on both sides; each of `changed` is a finding."""
        source = self._row("source", entity, person, fields)
        target = self._row("target", entity, person, {**fields, **(changed or {})})
        self.pairs.append((entity, source, target))
        for name, value in (changed or {}).items():
            self._find(entity, source, target, name, fields.get(name), value)

    def explained(
        self, entity: str, person: int, rule: str, changed: Mapping[str, Any], **fields: Any
    ) -> None:
        """A record on both sides, written otherwise, which a rule explains."""
        source = self._row("source", entity, person, fields)
        target = self._row("target", entity, person, {**fields, **changed})
        self.pairs.append((entity, source, target))
        self.verdicts += [
            {"entity": entity, "source_row": source, "target_row": target, "field": name, "rule": rule}
            for name in changed
        ]

    def only(self, side: str, entity: str, person: int, **fields: Any) -> None:
        """A record of one side."""
        row = self._row(side, entity, person, fields)
        source, target = (row, None) if side == "source" else (None, row)
        self._find(entity, source, target, None, None, None)

    def _row(self, side: str, entity: str, person: int, fields: Mapping[str, Any]) -> int:
        number = len(self.rows) + 1
        head = {"side": side, "row": number, "file": 1, "record": number, "part": 0, "person": person}
        self.rows.append((entity, {**head, "record_kind": entity, **fields}))
        return number

    def _find(
        self, entity: str, source: int | None, target: int | None, name: str | None, one: Any, two: Any
    ) -> None:
        self.findings.append({
            "finding": str(len(self.findings) + 1), "entity": entity, "field": name, "source_row": source,
            "target_row": target, "source_value": one, "target_value": two, "severity": "high",
            "reason": "changed" if name else "no_counterpart",
        })  # fmt: skip

    def load(self, duck: Duck, shuffle: int = 0) -> None:
        """Put everything into tables; with `shuffle` in another order, and persons under other numbers."""
        chance = random.Random(shuffle)  # noqa: S311 - shuffles made-up rows
        rows = list(self.rows)
        people = {one["person"]: one["person"] for _, one in rows}
        if shuffle:
            chance.shuffle(rows)
            people = dict(zip(people, chance.sample(sorted(people), len(people)), strict=True))
        for name in ("canonical", "paired", "finding"):
            duck.run("rooms", f"CREATE SCHEMA {name}")
        for entity in ENTITIES.values():
            mine = ({**one, "person": people[one["person"]]} for name, one in rows if name == entity.name)
            duck.load(f"canonical.{entity.name}", canonical_columns(entity), mine)
            pairs = [
                {"source_row": source, "target_row": target, "scope": 1, "rung": "content"}
                for name, source, target in self.pairs if name == entity.name
            ]  # fmt: skip
            duck.load(f"paired.{entity.name}", _PAIR, pairs)
        persons = [
            {"scope": scope, "source_person": one, "target_person": one}
            for scope, (old, one) in enumerate(sorted(people.items()), start=1) if old not in self.alone
        ]  # fmt: skip
        duck.load(
            "paired.person", dict.fromkeys(("scope", "source_person", "target_person"), "BIGINT"), persons
        )
        duck.load("finding.caused", _CAUSED, self.findings)
        accepted = [{"finding": finding, "agreement": one} for finding, one in self.agreed.items()]
        duck.load("finding.agreed", {"finding": "VARCHAR", "agreement": "VARCHAR"}, accepted)
        duck.load("finding.verdict", _VERDICT, self.verdicts)


@contextmanager
def opened(practice: Practice, work: Path, shuffle: int = 0) -> Iterator[Duck]:
    """The practice in the tables of an engine. `work` must not exist yet."""
    work.mkdir()
    with Duck(work) as duck:
        practice.load(duck, shuffle)
        yield duck


@contextmanager
def sampled(
    practice: Practice,
    work: Path,
    order: SampleOrder = DEFAULT,
    shuffle: int = 0,
) -> Iterator[tuple[Duck, Sample]]:
    """The practice with a sample drawn of it."""
    with opened(practice, work, shuffle) as duck:
        yield duck, draw(duck, order, FILLS, TODAY)
