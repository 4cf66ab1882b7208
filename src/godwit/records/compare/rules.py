"""The rulebook: which equivalence rules reach a field between two formats, and which of them explains a difference."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from godwit.definitions.comparison import Equivalence
from godwit.records.compare import comparisons
from godwit.records.compare.code_maps import NO_MAP, CodeMap
from godwit.records.compare.comparisons import BY_RECORDS, BY_VALUES, Comparison, Difference

COMPARISONS: Mapping[str, Comparison] = comparisons.COMPARISONS
"""Every comparison a rule may name in `by`."""


_REMEMBERED = 100_000


class Rulebook:
    """The rules that reach a pair of formats, asked one difference at a time; the first that accepts explains it.

    Rules that can tell by the two values alone are asked first, and only once for the same values of a field, however
    often they differ so in a practice. `code_map` is what the maps loaded for this run say.
    """

    def __init__(
        self,
        rules: tuple[Equivalence, ...],
        source_format: str,
        target_format: str,
        code_map: CodeMap = NO_MAP,
    ) -> None:
        unknown = {rule.by for rule in rules} - set(COMPARISONS)
        if unknown:
            raise LookupError(f"equivalence rules name comparisons that do not exist: {sorted(unknown)}")
        self._rules = [
            rule for rule in rules if not rule.between or (source_format, target_format) in rule.between
        ]
        self._code_map = code_map
        self._reach: dict[tuple[str, str], tuple[list[Equivalence], list[Equivalence]]] = {}
        self._by_values = lru_cache(_REMEMBERED)(self._ask_by_values)

    def explain(self, difference: Difference) -> Equivalence | None:
        """The rule that says why this difference is none, or None."""
        place = (difference.entity, difference.field)
        found = self._by_values(*place, difference.source, difference.target)
        if found:
            return found
        return next((rule for rule in self._reaching(*place)[1] if accepts(rule, difference)), None)

    def explain_values(
        self, entity: str, field: str, source: str | None, target: str | None
    ) -> Equivalence | None:
        """The rule that needs no more than these two values of a field to say why they do not differ, or None."""
        return self._by_values(entity, field, source, target)

    def looks_around(self, entity: str, field: str) -> bool:
        """Whether any rule about a field looks at more than its two values."""
        return bool(self._reaching(entity, field)[1])

    def _ask_by_values(
        self, entity: str, field: str, source: str | None, target: str | None
    ) -> Equivalence | None:
        difference = Difference(entity, field, source, target, {}, {}, self._code_map)
        return next((rule for rule in self._reaching(entity, field)[0] if accepts(rule, difference)), None)

    def _reaching(self, entity: str, field: str) -> tuple[list[Equivalence], list[Equivalence]]:
        """The rules about a field: those that can tell by the values alone, and those that look at the records."""
        place = (entity, field)
        if place not in self._reach:
            found = [rule for rule in self._rules if reaches(rule, *place)]
            self._reach[place] = (
                [rule for rule in found if rule.by in BY_VALUES],
                [rule for rule in found if rule.by in BY_RECORDS],
            )
        return self._reach[place]


def reaches(rule: Equivalence, entity: str, field: str) -> bool:
    """Whether a rule is about this field."""
    return any(fnmatchcase(f"{entity}.{field}", pattern) for pattern in rule.fields)


def accepts(rule: Equivalence, difference: Difference) -> bool:
    """Whether a rule's comparison holds for this difference."""
    return COMPARISONS[rule.by](difference, rule.parameters)
