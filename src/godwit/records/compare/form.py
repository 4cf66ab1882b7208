"""How the two records of a pair are written where they mean the same: a bit for each column and loss that explains it.

Both values are told in numbers first (how it is written, what it means, which losses change it), as pairs of numbers
meet much faster than pairs of texts, and the first rung of the ladder has worked out what they mean anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from godwit.records.canonical import Entity
from godwit.records.compare.scheme import Scheme


class Flag(NamedTuple):
    """Whether a loss explains how a column of a pair (rows s and t) is written: as SQL, and the bit that says so."""

    column: str
    loss: str
    sql: str
    bit: int


@dataclass(frozen=True)
class Form:
    """The columns of one entity that two formats write differently. `same`: only of pairs known to mean the same."""

    scheme: Scheme
    entity: Entity
    same: bool

    @cached_property
    def numbers(self) -> str:
        """What is to be known of a row `c` of `Scheme.table`, to be put behind other columns of a SELECT."""
        return "".join(f", {one}" for column in self._columns for one in self._told(column))

    @cached_property
    def flags(self) -> list[Flag]:
        """A flag for every loss a column may suffer: the first that changes one of the two values is the one that
        explains a difference which is none in meaning."""
        found = [one for column in self._columns for one in self._explaining(column)]
        return [Flag(*one, 1 << number) for number, one in enumerate(found)]

    @property
    def mask(self) -> str:
        """All flags of rows s and t in one number; 0 where both are written alike."""
        return " + ".join(f"{one.bit}::UBIGINT * ({one.sql})::UBIGINT" for one in self.flags) or "0::UBIGINT"

    @property
    def _columns(self) -> list[str]:
        return [one for one in self.scheme.columns(self.entity) if self.scheme.losses_of(self.entity, one)]

    def _told(self, column: str) -> Iterator[str]:
        losses = self.scheme.losses_of(self.entity, column)
        stages = [self.scheme.meant(self.entity, column, "c", n) for n in range(len(losses) + 1)]
        yield f"hash({stages[0]}) AS {column}_written"
        if not self.same:
            yield f"hash({stages[-1]}) AS {column}_meant"
        # Of the last loss nothing need be told: if the others change nothing, it is the one.
        for number, (before, after) in enumerate(pairwise(stages[:-1])):
            yield f"{before} IS DISTINCT FROM {after} AS {column}_loses_{number}"

    def _explaining(self, column: str) -> Iterator[tuple[str, str, str]]:
        found = [f"s.{column}_written <> t.{column}_written"]
        if not self.same:
            found.append(f"s.{column}_meant = t.{column}_meant")
        *earlier, last = self.scheme.losses_of(self.entity, column)
        for number, loss in enumerate(earlier):
            loses = f"(s.{column}_loses_{number} OR t.{column}_loses_{number})"
            yield column, loss.id, " AND ".join([*found, loses])
            found.append(f"NOT {loses}")
        yield column, last.id, " AND ".join(found)
