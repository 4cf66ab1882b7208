"""The words of the guide, in plain English."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Self

from pydantic import model_validator

from godwit.definitions.read import Definition, parse, resource


class Word(Definition):
    """One term. `also_called` are other names for the same thing; `see` are terms that help to understand it."""

    term: str
    meaning: str
    also_called: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


class Words(Definition):
    """The glossary, in the order of the catalogue. No name means two things, and every `see` leads to a term."""

    edition: str
    words: tuple[Word, ...]

    @model_validator(mode="after")
    def _no_name_means_two_things(self) -> Self:
        names = Counter(name.casefold() for one in self.words for name in (one.term, *one.also_called))
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)}: a name stands twice")
        return self

    @model_validator(mode="after")
    def _see_leads_somewhere(self) -> Self:
        terms = {one.term for one in self.words}
        lost = [see for one in self.words for see in one.see if see not in terms]
        if lost:
            raise ValueError(f"{', '.join(lost)}: no such term")
        return self


@lru_cache(maxsize=1)
def read_words() -> tuple[Word, ...]:
    """The 97 terms. Raises `DefinitionError`."""
    return parse(Words, resource(__package__, "words.yaml")).words
