"""The pairing ladder: which record of the source is which record of the target.

Rungs, first to last, within one patient and one entity:
0. `person`: a patient's own record follows the pairing of patients.
1. `carried`: the same lasting identifier on both sides, once each.
2. `content`: every field that both formats hold is equal once what they must lose is lost, and so is the start of the
   consultation; identical duplicates pair in order of appearance. Whole-practice extracts, whose links are told by
   meaning, climb this rung before `carried`: nearly every record is settled by one join.
3. the keys of the canonical model, where a whole key occurs once on each side.
4. `likeness`: at least half of what is known agrees, best pairs first, so that a changed record is one record with
   changed fields and not one missing and one unexpected.
What no rung pairs is missing (source) or unexpected (target).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from godwit.records.canonical import DURING, ENTITIES, Entity, Field, Kind
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

RUNGS = {
    "person": "the patients were recognised as one person",
    "carried": "the same identifier on both sides",
    "content": "equal in every field that both sides hold",
    "key": "the same telling fields, once on each side",
    "likeness": "the most alike of what was left, at least half of what is known agreeing",
}
"""Every rung with the words people read."""

_ANCHOR = 3
"""A field of at least this weight can make two records candidates for each other."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Pairs the rows of one entity on the terms of `scheme`; within one format short identifiers are believed too."""

    duck: Duck
    entity: Entity
    scheme: Scheme

    @property
    def table(self) -> str:
        """Table of the pairs: source_row, target_row, scope, rung."""
        return f"paired.{self.entity.name}"

    def climb(self) -> None:
        """Fill `paired.<entity>`."""
        columns = "source_row BIGINT, target_row BIGINT, scope BIGINT, rung VARCHAR"
        self.duck.run(self.table, f"CREATE TABLE {self.table} ({columns})")
        for rung, template, key in self._rungs():
            if not self._both_have_some_left():
                return
            self._rung(rung, template, key)
        if self._both_have_some_left():
            self._likeness()

    def _rungs(self) -> Iterator[tuple[str, str, str]]:
        """The rungs before likeness, as (rung, SQL template, key expression)."""
        if self.entity.name == "patient":
            yield "person", "rung_ordinal.sql", "''"
        carried = [("carried", "rung_unique.sql", expression) for expression in self._carried()]
        content = ("content", "rung_ordinal.sql", self._fingerprint())
        yield from [content, *carried] if self.scheme.by_meaning else [*carried, content]
        known = {*self.scheme.common(self.entity), *([] if self.scheme.by_meaning else [DURING])}
        for key in self.entity.keys:
            if set(key) <= known:
                yield "key", "rung_unique.sql", self._key(key)

    def _both_have_some_left(self) -> bool:
        """Whether each side still has a row that no rung has paired: without one there is nothing to climb for."""
        free = [
            f"""EXISTS (SELECT 1 FROM canonical.{self.entity.name} AS c
                ANTI JOIN {self.table} AS u ON u.{side}_row = c.row WHERE c.side = '{side}')"""
            for side in ("source", "target")
        ]
        return self.duck.run(self.table, f"SELECT {' AND '.join(free)}") == [(True,)]

    def _rung(self, rung: str, template: str, key: str) -> None:
        rows = self.scheme.table(self.entity)
        sides = {
            side: sql_text(SQL, "rung_free.sql", table=rows, side=side, used=self.table, key=key)
            for side in ("source", "target")
        }
        self.duck.run(
            f"{self.table}: {rung}",
            f"INSERT INTO {self.table}\n{sql_text(SQL, template, rung=rung, **sides)}",
        )

    def _carried(self) -> Iterator[str]:
        """Identifiers are believed when the two sides are one format, or when they are too long to agree by chance."""
        value = "upper(regexp_extract(c.source_id, '[^|]*$'))"
        yield "c.source_id" if self.scheme.same_format else _if_long(value)
        yield "c.local_id" if self.scheme.same_format else _if_long("c.local_id")

    def _fingerprint(self) -> str:
        if self.scheme.by_meaning:
            # Inside one run only, and within one patient: the engine's own hash is fast and its chance of meeting
            # another record's is one in many millions of practices.
            columns = self.scheme.columns(self.entity) or ["record_kind"]
            return f"hash({', '.join(self._meant(name) for name in columns)})"
        fields = [name for name in self.entity.field_names if name in self.scheme.common(self.entity)]
        parts = [f"gp_minute(c.{DURING})", *(f"c.{name}" for name in fields)]
        return f"gp_fingerprint([{', '.join(parts)}])"

    def _meant(self, name: str, row: str = "c") -> str:
        return self.scheme.meant(self.entity, name, row)

    def _key(self, names: Sequence[str]) -> str:
        parts = [self._key_part(name) for name in names]
        known = " AND ".join(f"{part} IS NOT NULL" for part in parts)
        # A part unknown is not telling: two weights of one day must not meet as “no text, no time of entry”.
        return f"CASE WHEN {known} THEN gp_fingerprint([{', '.join(parts)}]) END"

    def _key_part(self, name: str) -> str:
        if name == DURING:
            return f"gp_minute(c.{name})"
        kind = next(field.kind for field in self.entity.fields if field.name == name)
        return f"gp_minute({self._meant(name)})" if kind is Kind.MOMENT else self._meant(name)

    def _likeness(self) -> None:
        common = self.scheme.common(self.entity)
        weighted = [field for field in self.entity.fields if field.weight and field.name in common]
        anchors = [self._equal(field) for field in weighted if field.weight >= _ANCHOR]
        if not anchors:
            return
        points = [f"CASE WHEN {self._equal(f)} THEN {f.weight} ELSE 0 END" for f in weighted]
        possible = [
            f"CASE WHEN s.{f.name} IS NULL AND t.{f.name} IS NULL THEN 0 ELSE {f.weight} END"
            for f in weighted
        ]
        candidates = self.duck.run(
            f"{self.table}: likeness",
            sql_text(
                SQL,
                "rung_likeness.sql",
                table=self.scheme.table(self.entity),
                used=self.table,
                anchors=" OR ".join(anchors),
                points=" + ".join(points),
                possible=" + ".join(possible),
            ),
        )
        chosen = list(best_first(candidates))
        shape = {"source_row": "BIGINT", "target_row": "BIGINT", "scope": "BIGINT", "rung": "VARCHAR"}
        self.duck.load(self.table, shape, chosen)

    def _equal(self, field: Field) -> str:
        one, two = self._meant(field.name, "s"), self._meant(field.name, "t")
        match field.kind:
            case Kind.MOMENT:
                return f"gp_same_moment({one}, {two})"
            case Kind.CODES:
                return f"gp_share_code({one}, {two})"
            case _:
                return f"coalesce({one} = {two}, false)"


def best_first(
    candidates: Iterable[tuple[int, int, int, int, int]],
) -> Iterator[dict[str, object]]:
    """Greedy one-to-one choice from (source row, target row, scope, points, possible): the largest share of agreement
    first, then most points, then order of appearance."""
    taken_source: set[int] = set()
    taken_target: set[int] = set()
    for source, target, scope, *_ in sorted(
        candidates, key=lambda one: (-one[3] / one[4], -one[3], one[0], one[1])
    ):
        if source not in taken_source and target not in taken_target:
            taken_source.add(source)
            taken_target.add(target)
            yield {"source_row": source, "target_row": target, "scope": scope, "rung": "likeness"}


def _if_long(expression: str) -> str:
    return f"CASE WHEN length({expression}) >= 16 THEN {expression} END"


def make_meanings(duck: Duck, scheme: Scheme) -> None:
    """Make the views `meant.<entity>`: the canonical rows with what the formats' losses leave of them."""
    duck.run("rooms", "CREATE SCHEMA IF NOT EXISTS meant")
    for entity in ENTITIES.values():
        sql = scheme.meanings(entity)
        if sql:
            duck.run(f"meant.{entity.name}", f"CREATE VIEW meant.{entity.name} AS {sql}")


def pair_everything(duck: Duck, scheme: Scheme) -> None:
    """Pair every entity and gather `paired.record` (entity, source_row, target_row, scope, rung)."""
    make_meanings(duck, scheme)
    parts = []
    for entity in ENTITIES.values():
        ladder = Ladder(duck, entity, scheme)
        ladder.climb()
        parts.append(f"SELECT '{entity.name}' AS entity, * FROM {ladder.table}")
    kind = "VIEW" if scheme.by_meaning else "TABLE"
    duck.run("paired.record", f"CREATE {kind} paired.record AS {' UNION ALL '.join(parts)}")
