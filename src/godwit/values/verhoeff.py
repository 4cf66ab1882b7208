"""Verhoeff's check digit, which catches every wrong digit and every swap of neighbouring digits.

Digits are combined in the dihedral group of order ten (the turns and flips of a pentagon) after a permutation
that depends on the position counted from the right. Source: J. Verhoeff, Error Detecting Decimal Codes, 1969.
"""

from typing import Final


def _combine(left: int, right: int) -> int:
    # Nought to four are turns, five to nine are flips.
    turn = (right if left < 5 else -right) + left
    return turn % 5 + (5 if (left < 5) != (right < 5) else 0)


def _permutations() -> tuple[tuple[int, ...], ...]:
    rows = [tuple(range(10))]
    for _ in range(7):
        rows.append(tuple(_STEP[digit] for digit in rows[-1]))
    return tuple(rows)


_STEP: Final = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
_PRODUCT: Final = tuple(tuple(_combine(left, right) for right in range(10)) for left in range(10))
_INVERSE: Final = tuple(row.index(0) for row in _PRODUCT)
_PERMUTED: Final = _permutations()


def _sum(digits: str, first_place: int) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits), start=first_place):
        total = _PRODUCT[total][_PERMUTED[place % 8][int(digit)]]
    return total


def check_digit_for(digits: str) -> str:
    """The digit to write after `digits`, which are ASCII digits."""
    return str(_INVERSE[_sum(digits, first_place=1)])


def has_good_check_digit(digits: str) -> bool:
    """Whether the last of `digits` is the check digit of those before it."""
    return _sum(digits, first_place=0) == 0
