"""What each edition of the guide calls the same thing."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource


class EditionWord(Row):
    """One thing: the word that Godwit uses, and the terms of the editions of 2019, 2020 and 2023-26."""

    word: str
    in_2019: tuple[str, ...] = Field(min_length=1)
    in_2020: tuple[str, ...] = Field(min_length=1)
    in_2026: tuple[str, ...] = Field(min_length=1)
    note: str = ""

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.word


class EditionWords(Definition):
    """The whole map."""

    edition: str
    words: Rows[EditionWord]


FILE = "edition_words.yaml"


@lru_cache(maxsize=1)
def read_edition_words() -> EditionWords:
    """The shipped map. Raises `DefinitionError`."""
    return parse(EditionWords, resource(__package__, FILE))
