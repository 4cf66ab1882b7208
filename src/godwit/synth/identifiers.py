"""Made-up identifiers that look and check like real ones, and can never be anybody's.

SNOMED CT and dm+d identifiers lie in the namespace 9990999, which nobody has been given; NHS numbers begin with 999,
the range that is kept for tests. The check digits are worked out here and not by the code that reads records, so that
each proves the other.
"""

from __future__ import annotations

NAMESPACE = "9990999"
_TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
"""The dihedral group of order ten, written out: row times column."""
_TURNED = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
"""What a digit becomes at each place from the right."""
_BACK = "0432156789"
_TEST_RANGE = 999_000_000
_STEPS = 400_000


def verhoeff(digits: str) -> str:
    """`digits` with Verhoeff's check digit behind them."""
    check = 0
    for place, digit in enumerate(reversed(digits), start=1):
        check = int(_TIMES[check][int(_TURNED[place % 8][int(digit)])])
    return digits + _BACK[check]


def concept_id(item: int) -> str:
    """A SNOMED CT concept identifier of the made-up namespace."""
    return verhoeff(f"{item}{NAMESPACE}10")


def description_id(item: int) -> str:
    """A SNOMED CT description identifier of the made-up namespace."""
    return verhoeff(f"{item}{NAMESPACE}11")


def nhs_number(seed: int, patient: int) -> str:
    """The test-range NHS number of a patient, unique in the practice of this seed.

    Every patient has two candidates, of which at least one has a check digit: neighbours never both lack one.
    """
    first = _TEST_RANGE + (seed * 7919 % _STEPS + patient) * 2
    return _checked(first) or _checked(first + 1) or ""


def _checked(nine: int) -> str | None:
    """The ten digits, or None where the check would be ten and no such number is given out."""
    digits = str(nine)
    check = -sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else f"{digits}{check}"
