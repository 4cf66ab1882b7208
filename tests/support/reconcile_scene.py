"""A comparison by hand: a few records on either side, paired, with a finding for every field that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from godwit.records.bulk.converting import canonical_columns
from godwit.records.canonical import ENTITIES, Entity
from godwit.records.duck import Duck

Fields = Mapping[str, str | None]

_FINDING = {
    "finding": "BIGINT", "cause": "VARCHAR", "entity": "VARCHAR", "outcome": "VARCHAR", "field": "VARCHAR",
    "reason": "VARCHAR", "severity": "VARCHAR", "scope": "BIGINT", "source_row": "BIGINT", "target_row": "BIGINT",
    "source_value": "VARCHAR", "target_value": "VARCHAR", "source_person": "BIGINT", "target_person": "BIGINT",
    "source_file": "BIGINT", "source_record": "BIGINT", "source_id": "VARCHAR",
    "target_file": "BIGINT", "target_record": "BIGINT", "target_id": "VARCHAR",
}  # fmt: skip
_PAIR = {
    "source_row": "BIGINT",
    "target_row": "BIGINT",
    "scope": "BIGINT",
    "rung": "VARCHAR",
    "form": "UBIGINT",
}
_VERDICT = {
    "entity": "VARCHAR", "source_row": "BIGINT", "target_row": "BIGINT", "field": "VARCHAR", "rule": "VARCHAR",
    "reason": "VARCHAR",
}  # fmt: skip


@dataclass(frozen=True)
class OneLoss:
    """A loss of a value, as a format declares it."""

    sql: str


@dataclass
class OwnFormats:
    """Two formats that hold everything but `unfilled` (entity.field) and what `losses` leave (entity.field -> SQL)."""

    unfilled: frozenset[str] = frozenset()
    losses: Mapping[str, str] = field(default_factory=dict)

    def common(self, entity: Entity) -> frozenset[str]:
        """Fields both hold."""
        return frozenset(one for one in entity.field_names if f"{entity.name}.{one}" not in self.unfilled)

    def losses_of(self, entity: Entity, column: str) -> tuple[OneLoss, ...]:
        """The one loss of a column, if it has one."""
        sql = self.losses.get(f"{entity.name}.{column}")
        return (OneLoss(sql),) if sql else ()


@dataclass
class Scene:
    """What stands in the tables. Patients are numbers from 1, the same on both sides."""

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    pairs: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    findings: list[dict[str, object]] = field(default_factory=list)
    verdicts: list[dict[str, object]] = field(default_factory=list)
    people: list[dict[str, object]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def patient(
        self, person: int, source: Fields | None, target: Fields | None, on_list: bool = True
    ) -> None:
        """A patient on one side or both, on the list there."""
        if source is not None and target is not None:
            self.people.append({"scope": person, "source_person": person, "target_person": person})
        self.add("patient", person, source, target)
        listed = {"kind": "regular", "status": "active"} if on_list else {"kind": "regular", "status": "left"}
        self.add("registration", person, source and listed, target and listed)

    def both(self, entity: str, person: int, **fields: str | None) -> None:
        """The same record on both sides."""
        self.add(entity, person, fields, fields)

    def add(
        self, entity: str, person: int, source: Fields | None, target: Fields | None, how: str = "finding"
    ) -> None:
        """A record on one side or both.

        `how` says what is behind a difference: a finding, one of this reason, "rule:" and the rule, or "nothing".
        """
        rows = {"source": next(self.numbers), "target": 1000 + next(self.numbers)}
        for side, fields in (("source", source), ("target", target)):
            if fields is not None:
                one: dict[str, object] = {
                    "side": side,
                    "row": rows[side],
                    "file": 1,
                    "record": 1,
                    "person": person,
                    **fields,
                }
                self.rows.setdefault(entity, []).append(one)
        if source is not None and target is not None:
            pair: dict[str, object] = {
                "source_row": rows["source"],
                "target_row": rows["target"],
                "scope": person,
            }
            self.pairs.setdefault(entity, []).append(pair)
        self._tell(entity, person, (source, target), rows, how)

    def _tell(
        self,
        entity: str,
        person: int,
        sides: tuple[Fields | None, Fields | None],
        rows: Mapping[str, int],
        how: str,
    ) -> None:
        source, target = sides
        here = {
            "entity": entity,
            "source_row": rows["source"] if source is not None else None,
            "target_row": rows["target"] if target is not None else None,
        }
        if source is None or target is None:
            outcome = "missing" if target is None else "unexpected"
            self._find(here, person, how, outcome, None)
            return
        for name in sorted({*source, *target}):
            if source.get(name) != target.get(name):
                if how.startswith("rule:"):
                    self.verdicts.append({**here, "field": name, "rule": how.removeprefix("rule:")})
                else:
                    self._find(here, person, how, "different", name)

    def _find(self, here: Mapping[str, Any], person: int, how: str, outcome: str, name: str | None) -> None:
        if how == "nothing":
            return
        reason = how if how != "finding" else "changed" if name else "no_counterpart"
        row = {
            **here,
            "finding": len(self.findings) + 1,
            "cause": f"{here['entity']}.{name or outcome}.{reason}",
        }
        row |= {"outcome": outcome, "field": name, "reason": reason, "severity": "high", "scope": person}
        row |= {"source_person": person if here["source_row"] else None}
        row |= {"target_person": person if here["target_row"] else None}
        self.findings.append(row)


@contextmanager
def opened(scene: Scene, work: Path) -> Iterator[Duck]:
    """The tables of a finished comparison."""
    with Duck(work) as duck:
        for name in ("canonical", "paired", "finding"):
            duck.run("test", f"CREATE SCHEMA {name}")
        for entity in ENTITIES.values():
            duck.load(f"canonical.{entity.name}", canonical_columns(entity), scene.rows.get(entity.name, []))
            duck.load(f"paired.{entity.name}", _PAIR, scene.pairs.get(entity.name, []))
        people = dict.fromkeys(("scope", "source_person", "target_person"), "BIGINT")
        duck.load("paired.person", people, scene.people)
        duck.load("finding.caused", _FINDING, scene.findings)
        duck.load("finding.verdict", _VERDICT, scene.verdicts)
        unheld = {"side": "VARCHAR", "entity": "VARCHAR", "row": "BIGINT", "loss": "VARCHAR"}
        duck.load("finding.unheld", unheld, [])
        yield duck
