"""Where the guide's tables come from: every source code, what it stands for, and how much of it was readable."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource


class Source(Row):
    """One edition or family of pages. `parts` are its chapters; a code may name one of them after a colon."""

    code: str = Field(pattern=r"^[A-Za-z]+[0-9]?$")
    name: str
    dated: str
    readable: str
    parts: dict[str, str] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """What makes the row one of a kind."""
        return self.code


class NotTheGuide(Definition):
    """A public repository that looks like the guide and is not."""

    name: str
    about: str


class Sources(Definition):
    """All sources."""

    edition: str
    sources: Rows[Source]
    not_the_guide: tuple[NotTheGuide, ...]

    def explain(self, code: str) -> str | None:
        """What `code` (S2, A:05, A:ST-CCG, X:GPG 8c) stands for; None if it is no source code."""
        family, _, part = code.partition(":")
        row = next((one for one in self.sources if one.code == family), None)
        if row is None or not part:
            return None if row is None or code.endswith(":") else row.name
        chapter = row.parts.get(re.split(r"[- ]", part, maxsplit=1)[0])
        return f"{row.name}: {chapter}" if chapter else None


FILE = "sources.yaml"


@lru_cache(maxsize=1)
def read_sources() -> Sources:
    """The shipped sources. Raises `DefinitionError`."""
    return parse(Sources, resource(__package__, FILE))
