"""Which characters of two values differ, ready to be marked side by side."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 600
"""Values longer than this (in characters, both together) are compared only by their common start and end."""
ALIKE = 0.5
"""Values less alike than this are marked as a whole: letters they share by chance would only confuse."""
KEPT = 120
"""How much of a long unchanged stretch is shown at each of its ends."""
MOST_MARKED = 1_000
"""How much of a long changed stretch is shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a value; `changed` where the other value has something else."""

    text: str
    changed: bool


Sides = tuple[tuple[Piece, ...], tuple[Piece, ...]]


def mark(source: str, target: str) -> Sides:
    """Both values in pieces. Long stretches are shortened, and say by how much."""
    one, other = [], []
    for changed, left, right in _stretches(source, target):
        if left:
            one.append(Piece(_shown(left, changed), changed))
        if right:
            other.append(Piece(_shown(right, changed), changed))
    return tuple(one), tuple(other)


def mark_lines(source: tuple[str, ...], target: tuple[str, ...]) -> Sides:
    """Both values in pieces, where a value is several lines: a line is marked when the other side does not have it."""
    if len(source) == 1 and len(target) == 1:
        return mark(source[0], target[0])
    return _lines(source, target), _lines(target, source)


def _lines(own: tuple[str, ...], other: tuple[str, ...]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for line in own:
        if found:
            found.append(Piece("\n", changed=False))
        found.append(Piece(_shown(line, line not in other), line not in other))
    return tuple(found)


def whole(text: str) -> tuple[Piece, ...]:
    """A value that has nothing beside it."""
    return (Piece(_shown(text, changed=False), changed=False),)


def _stretches(source: str, target: str) -> list[tuple[bool, str, str]]:
    if len(source) + len(target) > LONGEST:
        return _middle(source, target)
    matcher = SequenceMatcher(None, source, target, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [(True, source, target)]
    return [(tag != "equal", source[a:b], target[c:d]) for tag, a, b, c, d in matcher.get_opcodes()]


def _middle(source: str, target: str) -> list[tuple[bool, str, str]]:
    start = _common(source, target)
    left, right = source[start:], target[start:]
    end = _common(left[::-1], right[::-1])
    cut_left, cut_right = len(left) - end, len(right) - end
    return [
        (False, source[:start], target[:start]),
        (True, left[:cut_left], right[:cut_right]),
        (False, left[cut_left:], right[cut_right:]),
    ]


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _shown(text: str, changed: bool) -> str:
    if changed:
        rest = len(text) - MOST_MARKED
        return visible(text) if rest <= 0 else f"{visible(text[:MOST_MARKED])} [{rest:,} more characters]"
    left_out = len(text) - 2 * KEPT
    if left_out <= KEPT:
        return text
    return f"{text[:KEPT]} [{left_out:,} characters not shown] {text[-KEPT:]}"


def visible(text: str) -> str:
    """Text in which every character that has no shape of its own is named: a hard space becomes [U+00A0]."""
    return "".join(_named(one) for one in text)


def _named(one: str) -> str:
    if one == "\n":
        return "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}\n"
    return one if one.isprintable() else f"[U+{ord(one):04X}]"
