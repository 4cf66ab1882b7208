"""What an equivalence rule is asked: one field of one pair that differs, its neighbours, and the code maps loaded."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from godwit.records.compare.code_maps import NO_MAP, CodeMap


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one pair that differs. The rows give the neighbouring canonical fields of each record.

    For links the rows also hold `#ends` (JSON list of the pairs at the other ends) and `#names` (JSON list of what
    the people or places there are called). The source's row also holds `#differs`: a JSON list of all fields of the
    pair that differ once both formats have held them. `code_map` is what the maps loaded for this run say.
    """

    entity: str
    field: str
    source: str | None
    target: str | None
    source_row: Mapping[str, str | None]
    target_row: Mapping[str, str | None]
    code_map: CodeMap = NO_MAP


Parameters = Mapping[str, str]
Comparison = Callable[[Difference, Parameters], bool]
"""(difference, parameters of the rule) -> do the two say the same."""


def listed(text: str | None) -> set[str]:
    """The members of a canonical JSON list; none for an absent field."""
    return set(json.loads(text)) if text else set()
