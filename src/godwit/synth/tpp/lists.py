"""Built-in lists (SRMapping) and the practice's own (SRConfiguredListOption), whose row numbers stand for words."""

from __future__ import annotations

from collections.abc import Mapping

from godwit.synth.knowledge import schedule
from godwit.synth.model import Practice

LISTS: dict[str, tuple[str, ...]] = {
    "Contact method": ("Main Surgery", "Telephone", "Home Visit", "Clinic", "Third party", "Administration"),
    "Address type": ("Home", "Temporary"),
    "Contact type": ("Home", "Mobile", "Work", "Email"),
    "Relationship": (
        "Husband", "Wife", "Partner", "Mother", "Father", "Son", "Daughter", "Brother", "Sister", "Friend",
        "Neighbour", "Guardian", "Grandmother", "Grandfather", "Spouse", "Carer",
    ),
    "Recall status": ("Active", "Complete", "Cancelled"),
    "Vaccination part": tuple(str(number) for number in range(1, 10)),
    "Vaccination method": ("Intramuscular", "Subcutaneous", "Intradermal", "Oral", "Intranasal", "Nasal"),
    "Vaccination location": (*schedule().sites, "Left arm", "Right arm", "Mouth", "Nose"),
}  # fmt: skip
"""Name of a list -> its words."""

_FIRST_MAPPING, _GROUP_SIZE, _FIRST_OPTION = 1_000, 100, 500_000


def mapping_ids(lists: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
    """List -> word -> row number in SRMapping."""
    return {
        name: {word: _FIRST_MAPPING + group * _GROUP_SIZE + number for number, word in enumerate(words)}
        for group, (name, words) in enumerate(lists.items())
    }


def vaccines() -> dict[tuple[str, str], int]:
    """Product and content of every vaccine of the schedule -> row number in SRImmunisationContent."""
    known = (*schedule().childhood, *schedule().later.values())
    pairs = dict.fromkeys((one.product, one.content) for one in known)
    return {pair: number for number, pair in enumerate(pairs, start=1)}


def options(practice: Practice) -> list[tuple[int, str, str]]:
    """Row number, list and word of the practice's own lists: types of recall by their terms, and places."""
    recalls = [("Recall type", code.term) for code in practice.codes]
    places = [("Event location", site.name) for site in practice.sites]
    return [(_FIRST_OPTION + number, *pair) for number, pair in enumerate((*recalls, *places))]


def option_ids(practice: Practice) -> dict[str, int]:
    """Word -> row number in SRConfiguredListOption."""
    return {word: number for number, _, word in options(practice)}
