"""The rulebook: which equivalence rules reach a field between two formats, and which of them explains a difference."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from godwit.definitions.comparison import Equivalence
from godwit.records.compare import comparisons
from godwit.records.compare.comparisons import Comparison, Difference

COMPARISONS: Mapping[str, Comparison] = comparisons.COMPARISONS
"""Every comparison a rule may name in `by`."""


class Rulebook:
    """The rules that reach a pair of formats, asked one difference at a time; the first that accepts explains it."""

    def __init__(self, rules: tuple[Equivalence, ...], source_format: str, target_format: str) -> None:
        unknown = {rule.by for rule in rules} - set(COMPARISONS)
        if unknown:
            raise LookupError(f"equivalence rules name comparisons that do not exist: {sorted(unknown)}")
        self._rules = [
            rule for rule in rules if not rule.between or (source_format, target_format) in rule.between
        ]
        self._reach: dict[tuple[str, str], list[Equivalence]] = {}

    def explain(self, difference: Difference) -> Equivalence | None:
        """The rule that says why this difference is none, or None."""
        return next((rule for rule in self._reaching(difference) if accepts(rule, difference)), None)

    def _reaching(self, difference: Difference) -> list[Equivalence]:
        place = (difference.entity, difference.field)
        if place not in self._reach:
            self._reach[place] = [rule for rule in self._rules if reaches(rule, *place)]
        return self._reach[place]


def reaches(rule: Equivalence, entity: str, field: str) -> bool:
    """Whether a rule is about this field."""
    return any(fnmatchcase(f"{entity}.{field}", pattern) for pattern in rule.fields)


def accepts(rule: Equivalence, difference: Difference) -> bool:
    """Whether a rule's comparison holds for this difference."""
    return COMPARISONS[rule.by](difference, rule.parameters)
