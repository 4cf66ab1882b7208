"""The names of bodies: a reorganisation renamed some, and both generations of readers must find their way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from godwit.definitions.guide.edition_words import EditionWord
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.roles import Role

Era = Literal["icb", "ccg"]
"""icb: the names of 2026, with integrated care boards · ccg: those of 2019, with Clinical Commissioning Groups."""


@dataclass(frozen=True)
class Names:
    """What bodies are called in one era."""

    guide: Guide
    era: Era

    def role(self, role: Role) -> str:
        """The name of a role, with the short name that its body has in this era: ``Commissioner (ICB)``."""
        short = [one for word in self._bodies(role) for one in self._terms(word) if one.isupper()]
        name = self.told(role.name)
        return f"{name} ({short[0]})" if short else name

    def told(self, text: str) -> str:
        """A sentence of the guide with the names of this era. The guide's own sentences use those of 2026."""
        if self.era == "icb":
            return text
        for word in self._all_bodies():
            for new, old in zip(word.in_2026, word.in_2019, strict=False):
                text = re.sub(rf"\b{re.escape(new)}(s?)\b", rf"{old}\1", text)
        return text

    def also(self, words: str) -> str:
        """The other names of every body that the words of an entry mention, so that a search finds it by any."""
        found: list[str] = []
        for word in self._all_bodies():
            terms = {word.word, *word.in_2019, *word.in_2020, *word.in_2026}
            spoken = {one.casefold() for one in terms}
            if any(re.search(rf"\b{re.escape(one)}s?\b", words) for one in spoken):
                found += sorted(spoken)
        return " ".join(found)

    def _terms(self, word: EditionWord) -> tuple[str, ...]:
        return word.in_2026 if self.era == "icb" else word.in_2019

    def _bodies(self, role: Role) -> tuple[EditionWord, ...]:
        """The renamed bodies that stand for a role: one of their names of today is another name of the role."""
        return tuple(
            one for one in self.guide.edition_words.words if set(one.in_2026) & set(role.also_called)
        )

    def _all_bodies(self) -> tuple[EditionWord, ...]:
        found = [one for role in self.guide.roles.roles for one in self._bodies(role)]
        return tuple({one.word: one for one in found}.values())
