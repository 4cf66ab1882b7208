"""The words in which directions for taking a medicine are written, each with what it says."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from pydantic import Field, model_validator

from godwit.definitions.comparison.units import read_units
from godwit.definitions.read import Definition, parse, resource

FILE = "dosage.yaml"


class Fact(Definition):
    """Ways of saying one thing about a dose: the `slot` it fills and what it `says` there.

    `#` stands for a number or range, in `words` and in `says`. `never_of`: units beside which the words may mean
    something else and are not understood. `source` names a key of the file's `sources`.
    """

    slot: str
    says: str
    source: str
    words: tuple[str, ...]
    never_of: tuple[str, ...] = ()


class DosageWords(Definition):
    """Everything a dosage may be made of. `single` is what a frequency says of a single one; `units` are names of
    the list of units."""

    edition: str
    sources: dict[str, str]
    numbers: dict[str, str]
    ranges: tuple[str, ...]
    times: dict[str, str]
    fillers: tuple[str, ...]
    units: tuple[str, ...]
    single: dict[str, str]
    facts: tuple[Fact, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> DosageWords:
        words = [one for fact in self.facts for one in fact.words]
        often = Counter([*words, *self.numbers, *self.times, *self.fillers])
        twice = [one for one, times in often.items() if times > 1]
        if twice:
            raise ValueError(f"words with two meanings: {', '.join(twice)}")
        unknown = {fact.source for fact in self.facts} - set(self.sources)
        if unknown:
            raise ValueError(f"no such source: {', '.join(sorted(unknown))}")
        strange = [one for one in self.units if read_units().part(one) != one]
        if strange:
            raise ValueError(f"no such unit: {', '.join(strange)}")
        return self


@lru_cache(maxsize=1)
def read_dosage_words() -> DosageWords:
    """The shipped words. Raises `DefinitionError`."""
    return parse(DosageWords, resource(__package__, FILE))
