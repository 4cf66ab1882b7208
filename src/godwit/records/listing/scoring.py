"""Rows that nothing pairs but that may be one patient: the evidence, weighed, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from godwit.records.listing.entry import Entry
from godwit.records.listing.fields import read_fields
from godwit.records.listing.folding import soundex

MOST = 3
"""Rows of the other side shown for one row."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score of at most 100, and what it is made of: field -> same, near or differs."""

    score: int
    evidence: Mapping[str, str]


def weigh(one: Entry, other: Entry) -> Weighed:
    """The evidence that two rows are one patient. What either does not say counts nothing."""
    points = read_fields().points
    evidence = {name: told for name, tell in _TELLERS.items() if (told := tell(one, other))}
    return Weighed(sum(getattr(points[name], told) for name, told in evidence.items()), evidence)


def candidates(left: Sequence[Entry], right: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of free rows whose evidence is worth a look, best first; at most `MOST` for each row of the left."""
    blocks = [_block(right, key) for key in _KEYS]
    found: list[tuple[int, Entry, Entry]] = []
    for one in left:
        near = {
            other.number: other
            for key, block in zip(_KEYS, blocks, strict=True)
            for other in block.get(key(one), ())
        }
        scored = sorted(((weigh(one, other).score, other) for other in near.values()), key=_best)
        found += [(score, one, other) for score, other in scored[:MOST] if score >= read_fields().review_from]
    return [(one, other) for _, one, other in sorted(found, key=lambda each: (-each[0], each[1].number))]


def _best(scored: tuple[int, Entry]) -> tuple[int, int]:
    return -scored[0], scored[1].number


_KEYS: tuple[Callable[[Entry], Hashable], ...] = (
    lambda one: one.nhs_number,
    lambda one: one.plain.get("birth_date"),
    lambda one: (one.sound, one.initial) if one.sound and one.initial else None,
    lambda one: (one.postcode, one.initial) if one.postcode and one.initial else None,
)


def _block(entries: Iterable[Entry], key: Callable[[Entry], Hashable]) -> dict[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = defaultdict(list)
    for one in entries:
        if (value := key(one)) is not None:
            found[value].append(one)
    return found


def _number(one: Entry, other: Entry) -> str | None:
    if not one.nhs_number or not other.nhs_number:
        return None
    if one.nhs_number == other.nhs_number:
        return "same"
    return "near" if _one_slip(one.nhs_number, other.nhs_number) else "differs"


def _birth(one: Entry, other: Entry) -> str | None:
    born, also = one.plain.get("birth_date"), other.plain.get("birth_date")
    if not born or not also:
        return None
    if born == also:
        return "same"
    turned = f"{also[:4]}-{also[8:]}-{also[5:7]}"
    return "near" if born == turned or _one_slip(born, also) else "differs"


def _family(one: Entry, other: Entry) -> str | None:
    name, also = one.plain.get("family"), other.plain.get("family")
    if not name or not also:
        return None
    return "same" if name == also else "near" if soundex(name) == soundex(also) else "differs"


def _given(one: Entry, other: Entry) -> str | None:
    name, also = one.plain.get("given"), other.plain.get("given")
    if not name or not also:
        return None
    return "same" if name.split()[0] == also.split()[0] else "near" if name[0] == also[0] else "differs"


def _sex(one: Entry, other: Entry) -> str | None:
    sex, also = one.plain.get("sex"), other.plain.get("sex")
    return None if not sex or not also else "same" if sex == also else "differs"


def _postcode(one: Entry, other: Entry) -> str | None:
    code, also = one.postcode, other.postcode
    if not code or not also:
        return None
    return "same" if code == also else "near" if code[:-3] == also[:-3] else "differs"


def _one_slip(one: str, other: str) -> bool:
    """One sign mistyped, or two neighbours changed round."""
    if len(one) != len(other):
        return False
    at = [place for place, (sign, also) in enumerate(zip(one, other, strict=True)) if sign != also]
    swapped = (
        len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
    )
    return len(at) == 1 or swapped


_TELLERS: dict[str, Callable[[Entry, Entry], str | None]] = {
    "nhs_number": _number, "birth_date": _birth, "family": _family, "given": _given, "sex": _sex,
    "postcode": _postcode,
}  # fmt: skip
