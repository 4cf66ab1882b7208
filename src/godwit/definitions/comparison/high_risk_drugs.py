"""Medicines whose loss or change does most harm, by the words that name their ingredients."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import model_validator

from godwit.definitions.read import Definition, parse, resource


class HighRiskGroup(Definition):
    """Medicines of one kind: whole words of a product's name that mean it, and words that mean something else."""

    id: str
    title: str
    why: str
    words: tuple[str, ...]
    but_not: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_plain(self) -> HighRiskGroup:
        odd = [word for word in (*self.words, *self.but_not) if not re.fullmatch(r"[a-z][a-z-]*", word)]
        if odd or not self.words:
            raise ValueError("write words in small letters, at least one")
        return self

    def holds(self, name: str) -> bool:
        """Whether a product of this name is of the group."""
        low = name.lower()
        excepted = bool(self.but_not) and bool(re.search(_whole_words(self.but_not), low))
        return bool(re.search(_whole_words(self.words), low)) and not excepted

    def sql(self, name: str) -> str:
        """SQL that says whether `name`, an expression for a product's name, is of this group."""
        found = f"coalesce(regexp_matches(lower({name}), '{_whole_words(self.words)}'), false)"
        if not self.but_not:
            return found
        return f"({found} AND NOT regexp_matches(lower({name}), '{_whole_words(self.but_not)}'))"


class _File(Definition):
    edition: str
    groups: tuple[HighRiskGroup, ...]


FILE = "high_risk_drugs.yaml"


@lru_cache(maxsize=1)
def read_high_risk_drugs() -> tuple[HighRiskGroup, ...]:
    """The shipped groups, in the order in which they are tried. Raises `DefinitionError`."""
    return parse(_File, resource(__package__, FILE)).groups


def _whole_words(words: tuple[str, ...]) -> str:
    return rf"(^|[^a-z])({'|'.join(words)})([^a-z]|$)"
