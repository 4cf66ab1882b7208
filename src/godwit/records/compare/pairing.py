"""The pairing ladder: which record of the source is which record of the target.

Rungs, first to last, within one patient (but for `moved`) and one entity:
0. `person`: a patient's own record follows the pairing of patients.
1. `carried`: the same lasting identifier on both sides, once each.
2. `content`: every field that both formats hold is equal once what they must lose is lost, and so is the start of the
   consultation; identical duplicates pair in order of appearance. Whole-practice extracts, whose links are told by
   meaning, climb this rung before `carried`: nearly every record is settled by one join.
3. `moved`: equal in every field, but under another patient, once on each side in the whole practice; a minute is known,
   or the two patients have records of each other, which changed places.
4. `key`: the keys of the canonical model, where a whole key occurs once on each side.
5. `likeness`: at least half of what is known agrees, best pairs first, so that a changed record is one record with
   changed fields and not one missing and one unexpected.
6. `entry`: the only one left on each side of that day and that minute of entry; of the minute at which it happened;
   where nobody knows a minute, of that day, entered when the other was; and where nobody knows a day, entered then.
7. `moved` once more: now that nothing else is left like it, what it is and a day are enough; and what is there more
   than once in the practice, but once on each side of two patients between whom a record moved already.
What no rung pairs is missing (source) or unexpected (target).

The first rung reads the whole practice; what it leaves is kept as `climb.remaining`, and the others read only that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from godwit.records.canonical import DURING, ENTITIES, Entity, Field, Kind
from godwit.records.compare.form import Form
from godwit.records.compare.likeness import LINKS, PAIR, Likeness
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

RUNGS = {
    "person": "the patients were recognised as one person",
    "carried": "the same identifier on both sides",
    "content": "equal in every field that both sides hold",
    "moved": "equal in every field that both sides hold, but under another patient",
    "key": "the same telling fields, once on each side",
    "likeness": "the most alike of what was left, at least half of what is known agreeing",
    "entry": "the only one left on each side of that minute, or of that day where no minute is known",
}
"""Every rung with the words people read."""

ENTERED = ("recorded", "authored")
"""Fields that say when a record was entered, the surer first."""

_STAYS = ("patient", "practitioner", "organisation")
"""Entities whose records belong to no patient, or are the patient."""

_LEFT = """SELECT (SELECT count(*) FROM climb.pair), count(*) FILTER (WHERE side = 'source'),
       count(*) FILTER (WHERE side = 'target') FROM climb.remaining"""

FORM = {"form": "UBIGINT"}
"""The further column of a table of pairs at the end: how they are written, see form.py."""

Rung = tuple[str, str, str]
"""Name, SQL template, key expression over a row `c`."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Pairs the rows of one entity on the terms of `scheme`; within one format short identifiers are believed too."""

    duck: Duck
    entity: Entity
    scheme: Scheme

    @property
    def table(self) -> str:
        """Table of the pairs: source_row, target_row, scope, rung, form (see form.py; null where not yet known)."""
        return f"paired.{self.entity.name}"

    def climb(self) -> None:
        """Fill `paired.<entity>`."""
        pairs = self._first(*next(self._exact()))
        if pairs in self._counts():
            return
        self._keep_remaining()
        exact = [self._later(*rung) for rung in list(self._exact(left=True))[1:]]
        keys = [self._later("key", "rung_unique.sql", self._key(key)) for key in self._whole_keys()]
        if self._rise([*exact, *self._moved(), *keys]):
            Likeness(self.duck, self.entity, self._fields, self._links).climb()
            self._rise([*self._entry(), *self._moved(last=True)])
        self._run("end", f"INSERT INTO {self.table} SELECT *, NULL FROM climb.pair")

    def _rise(self, rungs: Sequence[str]) -> bool:
        """Run rungs over `climb.remaining`, as long as both sides have rows left; whether they do at the end."""
        for rung in rungs:
            ((pairs, source, target),) = self._run("rung", f"{rung};\n{_LEFT}")
            if pairs in (source, target):
                return False
        return True

    def _run(self, step: str, sql: str) -> list[tuple[int, ...]]:
        return self.duck.run(f"{self.table}: {step}", sql)

    def _first(self, rung: str, template: str, key: str) -> int:
        """The first rung over all rows; how many pairs it made."""
        rows = self.scheme.table(self.entity)
        told = Form(self.scheme, self.entity, same=True) if self._tells_form(rung) else None
        sides = {
            side: sql_text(
                SQL, "rung_all.sql", table=rows, side=side, key=key, numbers=told.numbers if told else ""
            )
            for side in ("source", "target")
        }
        form = f", {told.mask if told else 'NULL::UBIGINT'} AS form"
        pairs = sql_text(SQL, template, rung=rung, form=form, **sides)
        return self._run(rung, f"CREATE TABLE {self.table} AS\n{pairs}")[0][0]

    def _tells_form(self, rung: str) -> bool:
        """Whether pairs of a rung mean the same in every column that is compared."""
        return rung == "content" and self.scheme.by_meaning

    def _counts(self) -> tuple[int, ...]:
        """How many rows each side has."""
        return self._run(
            "count",
            f"""SELECT count(*) FILTER (WHERE side = 'source'), count(*) FILTER (WHERE side = 'target')
                FROM canonical.{self.entity.name}""",
        )[0]

    def _keep_remaining(self) -> None:
        """Make `climb.remaining` of what the first rung left, and `climb.pair` for the pairs to come."""
        remaining = sql_text(
            SQL,
            "remaining.sql",
            entity=self.entity.name,
            meant=self.scheme.meanings(self.entity, "remaining") or "SELECT * FROM remaining",
            columns=",\n       ".join(self._columns()),
        )
        room = "CREATE SCHEMA IF NOT EXISTS climb"
        pair = f"CREATE OR REPLACE TABLE climb.pair ({', '.join(f'{n} {k}' for n, k in PAIR.items())})"
        self._run("left", f"{room};\n{remaining};\n{pair}")

    def _later(self, rung: str, template: str, key: str) -> str:
        sides = {side: sql_text(SQL, "rung_free.sql", side=side, key=key) for side in ("source", "target")}
        pairs = sql_text(SQL, template, rung=rung, form="", **sides)
        return f"INSERT INTO climb.pair\n{pairs}"

    def _exact(self, left: bool = False) -> Iterator[Rung]:
        """The rungs that settle a record by all of it or by its identifier; `left`: over `climb.remaining`."""
        if self.entity.name == "patient":
            yield "person", "rung_ordinal.sql", "''"
        carried = [("carried", "rung_unique.sql", expression) for expression in self._carried()]
        content = ("content", "rung_ordinal.sql", "c.whole" if left else self._whole())
        yield from [content, *carried] if self.scheme.by_meaning else [*carried, content]

    def _carried(self) -> Iterator[str]:
        """Identifiers are believed when the two sides are one format, or when they are too long to agree by chance."""
        value = "upper(regexp_extract(c.source_id, '[^|]*$'))"
        yield "c.source_id" if self.scheme.same_format else _if_long(value)
        yield "c.local_id" if self.scheme.same_format else _if_long("c.local_id")

    # The columns of climb.remaining ---------------------------------------------------------------------------------

    @property
    def _fields(self) -> tuple[Field, ...]:
        """Fields that both formats hold."""
        common = self.scheme.common(self.entity)
        return tuple(field for field in self.entity.fields if field.name in common)

    @property
    def _links(self) -> tuple[str, ...]:
        """Links that stand in a row by their meaning and count in likeness."""
        known = self.scheme.roles(self.entity) if self.scheme.by_meaning else []
        return tuple(name for name in known if name in LINKS)

    def _columns(self) -> Iterator[str]:
        """What the later rungs look at. Fields are named as they are and hold what the losses left of them."""
        yield from (
            "c.source_id",
            "c.local_id",
            f"gp_minute(c.{DURING}) AS {DURING}",
            f"{self._whole()} AS whole",
        )
        yield f"{_hash(self._meant(field.name) for field in self._fields)} AS content"
        telling = self._first_of(Kind.CODES), self._first_of(Kind.MOMENT), *self._words()
        asked = {*ENTERED, *telling, *chain(*self.entity.keys)}
        for field in self._fields:
            if field.weight or field.name in asked:
                yield f"{self._meant(field.name)} AS {field.name}"
        for name in self._links:
            meant = self._meant(name)
            yield f"CASE WHEN {meant} IS NOT NULL THEN hash({meant}) END AS {name}"

    def _whole(self) -> str:
        """A record in one number: all columns that are compared, and without links the start of the consultation."""
        if self.scheme.by_meaning:
            # Inside one run only, and within one patient: the engine's own hash is fast and its chance of meeting
            # another record's is one in many millions of practices.
            return _hash(self._meant(name) for name in self.scheme.columns(self.entity))
        return _hash([f"gp_minute(c.{DURING})", *(self._meant(field.name) for field in self._fields)])

    def _meant(self, name: str) -> str:
        return self.scheme.meant(self.entity, name, "c")

    # The later rungs ------------------------------------------------------------------------------------------------

    def _whole_keys(self) -> Iterator[Sequence[str]]:
        """The keys whose parts both formats hold."""
        known = {field.name for field in self._fields} | (set() if self.scheme.by_meaning else {DURING})
        return (key for key in self.entity.keys if set(key) <= known)

    def _key(self, names: Sequence[str]) -> str:
        moments = {field.name for field in self._fields if field.kind is Kind.MOMENT}
        parts = [f"gp_minute(c.{name})" if name in moments else f"c.{name}" for name in names]
        known = " AND ".join(f"c.{name} IS NOT NULL" for name in names)
        # A part unknown is not telling: two weights of one day must not meet as “no text, no time of entry”.
        return f"CASE WHEN {known} THEN {_hash(parts)} END"

    def _first_of(self, kind: Kind) -> str | None:
        return next((field.name for field in self._fields if field.kind is kind), None)

    def _entered(self) -> str | None:
        names = {field.name for field in self._fields}
        return next((name for name in ENTERED if name in names), None)

    def _entry(self) -> Iterator[str]:
        day, entered = self._first_of(Kind.MOMENT), self._entered()
        if not day:
            return
        keys = [(_known(day, 16), f"gp_minute(c.{day})")]
        if entered and day != entered:
            known = f"{_known(day, 10)} AND {_known(entered, 16)}"
            keys = [(known, _hash([f"left(c.{day}, 10)", f"gp_minute(c.{entered})"])), *keys]
        both = [f"left(c.{day}, 10)", *([f"c.{entered}"] if entered and entered != day else [])]
        keys.append((f"{_known(day, 10)} AND NOT ({self._minute()})", _hash(both)))
        if entered and entered != day:
            keys.append((f"c.{day} IS NULL AND {_known(entered, 10)}", f"gp_minute(c.{entered})"))
        for known, key in keys:
            yield self._later("entry", "rung_unique.sql", f"CASE WHEN {known} THEN {key} END")

    def _minute(self) -> str:
        """Condition: a minute is known, of the entry or of what it tells."""
        names = (self._first_of(Kind.MOMENT), self._entered())
        return " OR ".join(_known(name, 16) for name in names if name)

    def _moved(self, last: bool = False) -> Iterator[str]:
        """What it is and a day must be known, and a minute, or that two patients have records of each other; at `last`,
        when nothing else is left like it, a day is enough, and what is like another's goes along with what moved."""
        day, named = self._first_of(Kind.MOMENT), list(self._named())
        if not named or not day or self.entity.name in _STAYS:
            return
        telling = f"({' OR '.join(named)}) AND {_known(day, 10)}"
        enough = "true" if last else "minute OR (went > 0 AND came > 0)"
        minute = self._minute()
        moved = sql_text(SQL, "rung_moved.sql", telling=telling, minute=minute, enough=enough)
        yield f"INSERT INTO climb.pair\n{moved}"
        if last:
            yield f"INSERT INTO climb.pair\n{sql_text(SQL, 'rung_along.sql', telling=telling)}"

    def _named(self) -> Iterator[str]:
        """Conditions each of which says that it is known what the record is: a code, its words, or a title."""
        code = self._first_of(Kind.CODES)
        if code:
            yield f"len(gp_codes(c.{code})) > 0"
        yield from (f"c.{name} IS NOT NULL" for name in self._words())

    def _words(self) -> list[str]:
        """Fields that say in words what a record is: a local code is nothing but them."""
        code = self._first_of(Kind.CODES)
        return [one.name for one in self._fields if one.name in (f"{code}_term", f"{code}_text", "title")]


def _known(name: str, length: int) -> str:
    """A moment known at least to the day (10) or minute (16)."""
    return f"(gp_is_moment(c.{name}) AND length(c.{name}) >= {length})"


def _hash(parts: Iterator[str] | Sequence[str]) -> str:
    return f"hash({', '.join(parts) or 'c.record_kind'})"


def _if_long(expression: str) -> str:
    return f"CASE WHEN length({expression}) >= 16 THEN {expression} END"


def make_meanings(duck: Duck, scheme: Scheme) -> None:
    """Make the views `meant.<entity>`: the canonical rows with what the formats' losses leave of them."""
    views = ((entity.name, scheme.meanings(entity)) for entity in ENTITIES.values())
    made = [f"CREATE VIEW meant.{name} AS {sql}" for name, sql in views if sql]
    duck.run("meant", ";\n".join(["CREATE SCHEMA IF NOT EXISTS meant", *made]))


def pair_everything(duck: Duck, scheme: Scheme) -> None:
    """Pair every entity and gather `paired.record` (entity, source_row, target_row, scope, rung, form)."""
    make_meanings(duck, scheme)
    there = _on_both_sides(duck)
    columns = ", ".join(f"{name} {kind}" for name, kind in (PAIR | FORM).items())
    empty = [f"CREATE TABLE paired.{name} ({columns})" for name in ENTITIES if name not in there]
    duck.run("paired", ";\n".join([*empty, "SELECT 1"]))
    for name in there:
        Ladder(duck, ENTITIES[name], scheme).climb()
    parts = [f"SELECT '{name}' AS entity, * FROM paired.{name}" for name in ENTITIES]
    kind = "VIEW" if scheme.by_meaning else "TABLE"
    duck.run("paired.record", f"CREATE {kind} paired.record AS {' UNION ALL '.join(parts)}")
    duck.run("paired", "DROP SCHEMA IF EXISTS climb CASCADE")


def _on_both_sides(duck: Duck) -> list[str]:
    """Entities with records on both sides: only these have anything to pair."""
    there = "EXISTS (SELECT 1 FROM canonical.{name} WHERE side = '{side}')"
    parts = [
        f"SELECT '{name}' WHERE {there.format(name=name, side='source')}"
        f" AND {there.format(name=name, side='target')}"
        for name in ENTITIES
    ]
    found = {name for (name,) in duck.run("paired", " UNION ALL ".join(parts))}
    return [name for name in ENTITIES if name in found]
