"""Directions for taking a medicine, read into what they say; or not understood, which is the answer to any doubt.

"1 tab BD", "One tablet twice a day" and "Take ONE tablet TWICE daily" say the same. A text is understood only if every
word of it is in the list of dosage words, nothing is said twice, and there is a single step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from godwit.definitions.comparison.dosage_words import DosageWords, Fact, read_dosage_words
from godwit.definitions.comparison.units import read_units

Direction = Mapping[str, str]
"""What a text says, by slot: amount, unit, frequency, hour, food, need …; numbers as digits, ranges as "1..2"."""

_NUMBER = r"\d+(?:\.\d+)?(?:\.\.\d+(?:\.\d+)?)?"
_PLACE = "#"
_KEPT = 50_000


def same_direction(one: str, other: str, units: tuple[str | None, str | None] = (None, None)) -> bool:
    """Whether two texts are both understood and say the same.

    `units`: what each medicine is counted in (its quantity unit), for a text that gives a number and no unit where the
    other names one.
    """
    said, other_said = read_direction(one), read_direction(other)
    if said is None or other_said is None:
        return False
    return said == other_said or _with_unit(said, units[0]) == _with_unit(other_said, units[1])


@lru_cache(maxsize=_KEPT)
def read_direction(text: str) -> Direction | None:
    """What a text says; None if any of it is not understood."""
    return _reader().read(text)


def _with_unit(direction: Direction, counted_in: str | None) -> Direction:
    """The direction with the unit that the quantity implies, where it gives a number alone."""
    if "amount" not in direction or "unit" in direction or counted_in is None:
        return direction
    unit = read_units().part(counted_in.strip().lower())
    return {**direction, "unit": unit} if unit in read_dosage_words().units else direction


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that say something: the fact, and the words one by one, `#` for a number."""

    fact: Fact
    words: tuple[str, ...]


class _Reader:
    """Reads texts by one list of words."""

    def __init__(self, words: DosageWords) -> None:
        self._words = words
        self._units = read_units()
        self._fillers = [tuple(one.split()) for one in words.fillers]
        self._numbers = {tuple(spelt.split()): number for spelt, number in words.numbers.items()}
        phrases = [_Phrase(fact, tuple(one.split())) for fact in words.facts for one in fact.words]
        self._phrases = sorted(phrases, key=lambda phrase: -len(phrase.words))
        between = "|".join(re.escape(one) for one in words.ranges)
        self._times_range = re.compile(rf"({_NUMBER}) times (?:{between}) ({_NUMBER}) times")
        self._range = re.compile(rf"(?<!\S)({_NUMBER}) ?(?:{between}) ?({_NUMBER})(?!\S)")

    def read(self, text: str) -> Direction | None:
        said: dict[str, str] = {}
        left = self._tokens(text)
        while left:
            found = self._next(left)
            if found is None:
                return None
            facts, taken = found
            if any(slot in said for slot in facts):
                return None
            said.update(facts)
            left = left[taken:]
        return self._settled(said) if said else None

    def _tokens(self, text: str) -> list[str]:
        """The words in lower case, every number as digits, every range as one word."""
        spaced = re.sub(r"(?<=\d)(?=[a-z])", " ", text.lower())
        spaced = re.sub(rf"(?<=\d)({'|'.join(map(re.escape, self._words.ranges))})(?=\d)", r" \1 ", spaced)
        words = [self._without_stop(word) for word in spaced.split()]
        plain = " ".join(self._digits(words))
        plain = self._times_range.sub(r"\1..\2 times", plain)
        return self._range.sub(r"\1..\2", plain).split()

    def _without_stop(self, word: str) -> str:
        """A word without the stop behind it; abbreviations such as b.d. keep theirs."""
        bare = word.rstrip(",;") or word
        return bare if bare.count(".") > 1 else bare.removesuffix(".")

    def _digits(self, words: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(words):
            for length in (2, 1):
                spelt = tuple(words[place : place + length])
                if spelt in self._numbers:
                    yield self._numbers[spelt]
                    break
            else:
                length = 1
                yield from self._often(words[place])
            place += length

    def _often(self, word: str) -> Iterator[str]:
        if word in self._words.times:
            yield self._words.times[word]
            yield "times"
        else:
            yield word

    def _next(self, left: Sequence[str]) -> tuple[dict[str, str], int] | None:
        """What the next words say and how many they are; None where they are not understood."""
        for phrase in self._phrases:
            number = _fits(phrase.words, left)
            if number is not None:
                return self._fact(phrase.fact, number), len(phrase.words)
        for filler in self._fillers:
            if tuple(left[: len(filler)]) == filler:
                return {}, len(filler)
        return self._amount(left)

    def _fact(self, fact: Fact, number: str) -> dict[str, str]:
        said = {fact.slot: fact.says.replace(_PLACE, number)}
        return said | {"never_of": " ".join(fact.never_of)} if fact.never_of else said

    def _amount(self, left: Sequence[str]) -> tuple[dict[str, str], int] | None:
        if not re.fullmatch(_NUMBER, left[0]):
            return None
        unit = self._units.part(left[1]) if len(left) > 1 else None
        if unit in self._words.units:
            return {"amount": _plain(left[0]), "unit": str(unit)}, 2
        return {"amount": _plain(left[0])}, 1

    def _settled(self, said: dict[str, str]) -> Direction | None:
        """The facts once all are known: no unit beside which a word may mean another thing, `daily` of one is once."""
        if said.get("unit") in said.pop("never_of", "").split():
            return None
        often = said.get("frequency", "")
        if said.get("amount") == "1" and often in self._words.single:
            said["frequency"] = self._words.single[often]
        return said


def _fits(words: Sequence[str], left: Sequence[str]) -> str | None:
    """The number that stands for `#` where the next words are these (empty where they have none); None where not."""
    number = ""
    if len(left) < len(words):
        return None
    for wanted, word in zip(words, left, strict=False):
        if wanted == _PLACE and re.fullmatch(_NUMBER, word):
            number = _plain(word)
        elif wanted != word:
            return None
    return number


def _plain(number: str) -> str:
    """A number or range without noughts that say nothing: 2.50 is 2.5."""
    ends = number.split("..")
    return "..".join(end.rstrip("0").rstrip(".") if "." in end else end for end in ends)


@lru_cache(maxsize=1)
def _reader() -> _Reader:
    return _Reader(read_dosage_words())
