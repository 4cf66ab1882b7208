"""The comparison proper, from canonical tables to findings: what a run does, and what its control does again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from godwit.definitions.comparison import Severities
from godwit.records.compare.code_maps import CodeMap
from godwit.records.compare.coded import load_code_map
from godwit.records.compare.differing import find_differences
from godwit.records.compare.findings import gather
from godwit.records.compare.judging import judge
from godwit.records.compare.pairing import pair_everything
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms two sides are compared: what their formats can hold, what is harmless, what is grave."""

    systems: tuple[str, str]
    scheme: Scheme
    rulebook: Rulebook
    severities: Severities
    code_map: CodeMap


def stages(duck: Duck, terms: Terms) -> tuple[tuple[str, Callable[[], None]], ...]:
    """The stages in order, each with its title: from `canonical.*` and `paired.person` to `finding.finding`."""
    return (
        ("read codes by the maps", lambda: load_code_map(duck, terms.code_map)),
        ("pair the records", lambda: pair_everything(duck, terms.scheme)),
        ("compare every field", lambda: find_differences(duck, terms.scheme)),
        ("explain what is harmless", lambda: judge(duck, terms.rulebook)),
        ("gather the findings", lambda: gather(duck, terms.severities, terms.scheme, terms.systems)),
    )
