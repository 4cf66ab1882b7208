"""The rung of likeness: what is left is paired with the most alike, at least half of what is known agreeing.

Two rows of a patient are weighed against each other if they share a mark: a telling field that is equal, a code in
common, or a moment that one of them says more precisely. The best pair of all comes first, then the best of what is
left; that is the same as pairing again and again all those that are each other's best, which is done in rounds.

Bounds, for a practice in which half of the records went wrong in the same way: patients are taken in turns, and of
rows that share a mark only those are weighed whose places, in order of time, are at most `WINDOW` apart. A patient with
a hundred equal measurements has them paired first with first and not a hundred with a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from godwit.records.canonical import Entity, Field, Kind
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

WINDOW = 20
"""How far apart, among the rows of a patient that share a mark, two rows may stand and still be weighed."""

LINKS = {"consultation": 2, "performer": 1}
"""What it is worth that two records are of one contact, or by one person. Records with nothing but a code in common are
not alike because of it where neither day, contact nor person agree."""

_ANCHOR = 3
"""A field of at least this weight is a mark."""

_TURN_ROWS = 100_000
_FEW = 20_000
"""Candidates that are not worth a round in SQL."""
_ROUNDS = 12

PAIR = {"source_row": "BIGINT", "target_row": "BIGINT", "scope": "BIGINT", "rung": "VARCHAR"}
"""Columns of a table of pairs."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Pairs rows of `climb.remaining` into `climb.pair`.

    `fields` are those of the entity that both formats hold, `links` the columns that tell where its links lead.
    """

    duck: Duck
    entity: Entity
    fields: tuple[Field, ...]
    links: tuple[str, ...] = ()

    def climb(self) -> None:
        """Weigh and pair, turn by turn."""
        if not list(self._all_marks()):
            return
        self._run(sql_text(SQL, "likeness_free.sql", size=str(_TURN_ROWS)))
        for (turn,) in self._run("SELECT DISTINCT turn FROM climb.free ORDER BY turn"):
            self._take(turn)

    @property
    def _weighted(self) -> list[Field]:
        return [field for field in self.fields if field.weight]

    @property
    def _anchors(self) -> list[Field]:
        return [field for field in self._weighted if field.weight >= _ANCHOR]

    @property
    def _linked(self) -> list[tuple[str, int]]:
        return [(name, LINKS[name]) for name in self.links]

    def _run(self, sql: str) -> list[tuple[int, ...]]:
        return self.duck.run(f"paired.{self.entity.name}: likeness", sql)

    def _take(self, turn: int) -> None:
        marks = "\nUNION ALL\n".join(self._all_marks())
        self._run(sql_text(SQL, "likeness_mark.sql", turn=str(turn), marks=marks))
        self._run(
            sql_text(
                SQL,
                "likeness_candidate.sql",
                window=str(WINDOW),
                points=_sum(f"CASE WHEN {_equal(f)} THEN {f.weight} ELSE 0 END" for f in self._weighted),
                possible=_sum(_weighed(f.name, f.weight) for f in self._weighted),
                linked=_sum(
                    f"CASE WHEN s.{name} = t.{name} THEN {weight} ELSE 0 END" for name, weight in self._linked
                ),
                linkable=_sum(_weighed(name, weight) for name, weight in self._linked),
            )
        )
        ((left,),) = self._run("SELECT count(*) FROM climb.candidate")
        for _ in range(_ROUNDS):
            if left <= _FEW:
                break
            ((left,),) = self._run((SQL / "likeness_round.sql").read_text(encoding="utf-8"))
        if left:
            ordered = "SELECT source_row, target_row, scope FROM climb.candidate ORDER BY scope, place"
            self.duck.load("climb.pair", PAIR, best_first(self.duck.each("paired: likeness", ordered)))

    def _all_marks(self) -> Iterator[str]:
        """What rows can be known by, as queries over `here`. Where no code is known, its words stand for it."""
        yield from (self._marks(field) for field in self._anchors)
        code = next((field for field in self.entity.fields if field.kind is Kind.CODES), None)
        names = {field.name for field in self._weighted}
        if code and code.weight >= _ANCHOR:
            none = f"coalesce(len(gp_codes({code.name})), 0) = 0" if code.name in names else "true"
            for words in sorted(names & {f"{code.name}_term", f"{code.name}_text"}):
                yield self._mark(words, words, none)

    def _marks(self, field: Field) -> str:
        if field.kind is Kind.MOMENT:
            return sql_text(SQL, "likeness_moment.sql", field=field.name, moment=self._moment)
        codes = field.kind is Kind.CODES
        return self._mark(
            field.name, f"unnest(list_distinct(gp_codes({field.name})))" if codes else field.name
        )

    def _mark(self, name: str, mark: str, when: str = "true") -> str:
        return (
            f"SELECT side, row, scope, {self._moment} AS moment, '{name}' AS field, {mark} AS mark, true AS whole"
            f" FROM here WHERE {name} IS NOT NULL AND {when}"
        )

    @property
    def _moment(self) -> str:
        return next((one.name for one in self.fields if one.kind is Kind.MOMENT), "NULL")


def _sum(terms: Iterable[str]) -> str:
    return " + ".join(terms) or "0"


def _weighed(name: str, weight: int) -> str:
    return f"CASE WHEN s.{name} IS NULL AND t.{name} IS NULL THEN 0 ELSE {weight} END"


def _equal(field: Field) -> str:
    one, two = f"s.{field.name}", f"t.{field.name}"
    match field.kind:
        case Kind.MOMENT:
            return f"gp_same_moment({one}, {two})"
        case Kind.CODES:
            return f"gp_share_code({one}, {two})"
        case _:
            return f"coalesce({one} = {two}, false)"


def best_first(ordered: Iterable[tuple[int, int, int]]) -> Iterator[dict[str, object]]:
    """Greedy one-to-one choice from (source row, target row, scope), the best first."""
    taken_source: set[int] = set()
    taken_target: set[int] = set()
    for source, target, scope in ordered:
        if source not in taken_source and target not in taken_target:
            taken_source.add(source)
            taken_target.add(target)
            yield {"source_row": source, "target_row": target, "scope": scope, "rung": "likeness"}
