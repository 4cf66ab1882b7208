"""One person as a list or a system holds them, and what they are recognised by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from godwit.records.listing.folding import fold, plain_postcode, soundex
from godwit.values import NhsNumber, ValueRefused

Where = Literal["list", "source", "target"]
WHERE: tuple[Where, ...] = ("list", "source", "target")
FACTS = ("birth_date", "sex", "family", "given")
"""What an NHS number is checked against."""


@dataclass(frozen=True)
class Entry:
    """A row of the list, or a patient of a system.

    `number` is the line of the list or the patient's number in the system; `facts` are our names with what is said,
    nothing else; `state` is `current`, or why it does not count: `closed` of the list; `left`, `dead`, `temporary`,
    `private`, `immediately_necessary`, `other` or `test` of a system.
    """

    where: Where
    number: int
    facts: Mapping[str, str]
    state: str = "current"

    @property
    def current(self) -> bool:
        """Whether it counts: on the list now, or registered in the system now."""
        return self.state == "current"

    @cached_property
    def nhs_number(self) -> str | None:
        """The ten digits of a number that can be one; None otherwise."""
        return usable_number(self.facts.get("nhs_number", "")) or None

    @cached_property
    def plain(self) -> Mapping[str, str]:
        """What the NHS number is checked against, without its form; nothing where nothing is said."""
        told = {
            "birth_date": self.facts.get("birth_date", ""),
            "sex": self.facts.get("sex", "").replace("unknown", ""),
            "family": fold(self.facts.get("family", "")),
            "given": fold(self.facts.get("given", "")),
        }
        return {name: value for name, value in told.items() if value}

    @cached_property
    def postcode(self) -> str:
        """The postcode in capitals without blanks."""
        return plain_postcode(self.facts.get("postcode", ""))

    @cached_property
    def sound(self) -> str:
        """The soundex of the family name."""
        return soundex(self.facts.get("family", ""))

    @cached_property
    def initial(self) -> str:
        """The first letter of the forenames."""
        return self.plain.get("given", "")[:1]

    @cached_property
    def all_facts(self) -> tuple[str, ...] | None:
        """Birth date, sex, family name and forenames, where all are known."""
        found = tuple(self.plain.get(name, "") for name in FACTS)
        return found if all(found) else None

    def agreeing(self, other: Entry) -> int:
        """How many of the facts both have and agree on."""
        return sum(_alike(name, self.plain[name], other.plain[name]) for name in self._shared(other))

    def contradicts(self, other: Entry) -> bool:
        """Whether the facts both have mostly speak against one person: at least two differ, and half of them."""
        shared = self._shared(other)
        differing = len(shared) - self.agreeing(other)
        return differing >= 2 and differing * 2 >= len(shared)

    def _shared(self, other: Entry) -> list[str]:
        return [name for name in FACTS if name in self.plain and name in other.plain]


def _alike(name: str, one: str, other: str) -> bool:
    """Equal; of forenames, the first of them equal or told by its initial."""
    if name != "given":
        return one == other
    first, second = one.split(maxsplit=1)[0], other.split(maxsplit=1)[0]
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def usable_number(text: str) -> str:
    """An NHS number that could be one, as ten digits; empty where it cannot."""
    try:
        return NhsNumber.parse(text.strip()).text
    except ValueRefused:
        return ""
