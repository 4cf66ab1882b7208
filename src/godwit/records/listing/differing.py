"""Report C: what a list and a system say otherwise of one patient, and whether only the form differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from godwit.records.listing.entry import Entry
from godwit.records.listing.fields import Kind, ListField, read_fields
from godwit.records.listing.folding import fold, plain_address, plain_postcode

OUTCOMES = {
    "different": "Each says something else",
    "list_only": "Only the list says it",
    "system_only": "Only the system says it",
    "less": "One of the two says less",
    "form": "Only the form differs: case, blanks, punctuation, short forms",
}
"""How two values differ, gravest first."""

REAL = ("different", "list_only", "system_only")
"""Differences that somebody has to look at."""

_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one patient: its outcome, and what either side says."""

    field: str
    outcome: str
    on_list: str | None
    in_system: str | None


def comparable(entries: Sequence[Entry], others: Sequence[Entry]) -> tuple[ListField, ...]:
    """The fields that both sides tell of anybody; the rest is not compared, and said to be so."""
    here = {name for one in entries for name in one.facts}
    there = {name for one in others for name in one.facts}
    return tuple(one for one in read_fields().compared if one.id in here and one.id in there)


def differences(one: Entry, other: Entry, fields: Iterable[ListField]) -> Iterator[Difference]:
    """What differs between the list's row and the system's, field by field."""
    for field in fields:
        said, also = one.facts.get(field.id), other.facts.get(field.id)
        outcome = _outcome(field, (one, said), (other, also))
        if outcome:
            yield Difference(field.id, outcome, said, also)


def _outcome(field: ListField, left: tuple[Entry, str | None], right: tuple[Entry, str | None]) -> str | None:
    said, also = left[1], right[1]
    if field.kind == "flag":
        said, also = said or "no", also or "no"
    if said == also:
        return None
    if said is None or also is None:
        return "system_only" if said is None else "list_only"
    if field.kind == "address":
        return _addresses(left[0], right[0])
    return _COMPARE.get(field.kind, _by_form)(said, also)


def _by_form(said: str, also: str) -> str:
    return "form" if fold(said) == fold(also) else "different"


def _exactly(_: str, __: str) -> str:
    return "different"


def _digits(said: str, also: str) -> str:
    return "form" if fold(said).replace(" ", "") == fold(also).replace(" ", "") else "different"


def _given(said: str, also: str) -> str:
    return _by_words(tuple(fold(said).split()), tuple(fold(also).split()), beginning=True)


def _day(said: str, also: str) -> str:
    """A year or month alone is part of the day that it begins."""
    return "less" if said.startswith(also) or also.startswith(said) else "different"


def _postcode(said: str, also: str) -> str:
    return "form" if plain_postcode(said) == plain_postcode(also) else "different"


def _person(said: str, also: str) -> str | None:
    """Doctors are told in any order and with or without their title; our own reading keeps no capitals of theirs."""
    if fold(said) == fold(also):
        return None
    one, other = ({*fold(text).split()} - _TITLES for text in (said, also))
    return _by_words(tuple(sorted(one)), tuple(sorted(other)), beginning=False)


def _by_words(one: tuple[str, ...], other: tuple[str, ...], beginning: bool) -> str:
    if one == other:
        return "form"
    short, long = sorted((one, other), key=len)
    within = long[: len(short)] == short if beginning else set(short) < set(long)
    return "less" if short and within else "different"


def _addresses(one: Entry, other: Entry) -> str | None:
    """As written but for case, punctuation and the postcode, which our own reading of an extract drops; else with short
    forms written out."""
    if _words_of(one, {}) == _words_of(other, {}):
        return None
    known = read_fields().address_words
    return _by_words(_words_of(one, known), _words_of(other, known), beginning=True)


def _words_of(one: Entry, known: Mapping[str, str]) -> tuple[str, ...]:
    return plain_address(one.facts.get("address", ""), one.facts.get("postcode", ""), known)


_COMPARE: dict[Kind, Callable[[str, str], str | None]] = {
    "number": _digits, "given": _given, "date": _day, "sex": _exactly, "flag": _exactly, "postcode": _postcode,
    "person": _person,
}  # fmt: skip
