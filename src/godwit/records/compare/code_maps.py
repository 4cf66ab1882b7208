"""What loaded maps between code systems say, and whether two lists of codes are one concept by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

NATIONAL = frozenset({"snomed", "read2", "ctv3"})
"""Terminologies whose every code says something. A code of theirs beside others may be one that says "degraded"."""


@dataclass(frozen=True, slots=True)
class MapFile:
    """What a run remembers of one map: where it came from, and the fate of each of its rows.

    `rows` = used + unassured + inactive + superseded (an older row of the same map number) + not yet in force + without
    a target. `ambiguous` counts, among the used, those whose code has two targets in one system: none of them is used.
    """

    name: str
    sha256: str
    shape: str
    rows: int
    used: int
    unassured: int
    inactive: int
    superseded: int
    not_yet: int
    no_target: int
    ambiguous: int = 0


@dataclass(frozen=True, slots=True)
class CodeMap:
    """Codes as "system|code". `targets`: what a code is in other systems, by rows that are exact or assured and never
    ambiguous. `covered`: systems of which a map speaks at all, so that its silence about a code means something."""

    targets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()
    files: tuple[MapFile, ...] = ()

    def one_concept(self, one: Set[str], other: Set[str]) -> bool:
        """Whether the map makes two different lists of codes one concept: every code that says something meets the
        other list, as it is or by the map, and at least one does by the map.

        A code says nothing if it is of a supplier's own system, such as the number of a row in its dictionary, and
        neither a map nor the other list has that system. A code that a map could know and does not, or that leads
        elsewhere, speaks against it; so does every code of a national terminology that the other list does not mean.
        """
        left, right = self._reached(one), self._reached(other)
        led = any(self._leads(code, right) for code in one - other) or any(
            self._leads(code, left) for code in other - one
        )
        return led and self._meets(one, right) and self._meets(other, left)

    def _meets(self, codes: Set[str], reached: Set[str]) -> bool:
        systems = NATIONAL | self.covered | {_system(code) for code in reached}
        telling = [code for code in codes if _system(code) in systems]
        return bool(telling) and all(self._leads(code, reached) for code in telling)

    def _leads(self, code: str, reached: Set[str]) -> bool:
        return not reached.isdisjoint(self._reached((code,)))

    def _reached(self, codes: Iterable[str]) -> set[str]:
        return {end for code in codes for end in (code, *self.targets.get(code, ()))}


NO_MAP = CodeMap()
"""A run without maps."""


def _system(code: str) -> str:
    return code.partition("|")[0]
