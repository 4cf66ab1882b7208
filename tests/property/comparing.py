"""What the property tests of the comparison share: how many examples, and where the two comparators disagree."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping

from hypothesis import HealthCheck, settings

from tests.property.fast_comparator import compare_fast, explain
from tests.property.generated_copies import Case
from tests.property.plain_comparator import Result, compare_plainly

OUTCOMES = ("identical", "equivalent", "different")
ANSWERS = ("pairs", "differences", "outcomes", "missing", "unexpected", "findings", "books")

EXAMPLES = int(os.environ.get("GODWIT_EXAMPLES", "40"))
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

many = settings(max_examples=EXAMPLES, suppress_health_check=_SLOW)
"""For the comparison of the comparators."""
some = settings(max_examples=EXAMPLES // 3, suppress_health_check=_SLOW)
"""For a law."""
many_more = settings(max_examples=250, suppress_health_check=_SLOW, derandomize=True, database=None)
"""For what needs no database."""


def disagreements(case: Case) -> dict[str, tuple[list[str], list[str]]]:
    """For every answer that is not the same, what only the fast one says and what only the slow one says.

    Books of the fast one that do not add up are listed beside them, as `balance`.
    """
    fast, plain = compare_fast(case), compare_plain(case)
    off = [entity for entity, account in fast.books.items() if not adds_up(account)]
    found: dict[str, tuple[list[str], list[str]]] = {"balance": (off, [])} if off else {}
    for name in ANSWERS:
        one, two = _lines(getattr(fast, name)), _lines(getattr(plain, name))
        if one != two:
            found[name] = (list((one - two).elements()), list((two - one).elements()))
    return found


def adds_up(account: Mapping[str, int]) -> bool:
    """Whether both equations of one entity hold."""
    paired = sum(account[outcome] for outcome in OUTCOMES)
    return (account["source"], account["target"]) == (
        paired + account["missing"],
        paired + account["unexpected"],
    )


def compare_plain(case: Case) -> Result:
    """The slow one's answer."""
    return compare_plainly(case.source, case.target, case.fills, case.same_format, explain(case.same_format))


def _lines(answer: object) -> Counter[str]:
    """An answer as a bag of lines, whether it is a set, a count or a table."""
    if isinstance(answer, dict):
        return Counter(f"{key}: {value}" for key, value in answer.items())
    return Counter(map(str, answer)) if isinstance(answer, set) else Counter([str(answer)])
