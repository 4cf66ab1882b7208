"""What the reports of a registration list call things, and what to do about each. For practice managers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from godwit.records.listing.entry import WHERE, Where


@dataclass(frozen=True, slots=True)
class Said:
    """A title, and what to do about it."""

    title: str
    do: str = ""


PLACES: Mapping[Where, str] = {
    "list": "the list",
    "source": "the source system",
    "target": "the target system",
}

STATES = {
    "current": "registered",
    "temporary": "temporary",
    "private": "private",
    "immediately_necessary": "immediately necessary treatment",
    "other": "another kind of registration, or applied for",
    "left": "left",
    "dead": "died",
    "test": "test patient",
}
"""How a patient of a system stands; only the first counts as on its list."""

ONLY_SYSTEM = {
    "absent": Said(
        "not on the list at all",
        "Send the registration, or ask the registration authority about the patient.",
    ),
    "closed": Said("on the list as removed", "Deduct the patient, or ask for the removal to be undone."),
    "joined_since": Said(
        "registered since the day of the list",
        "Nothing if the registration was sent; look again in the next list.",
    ),
    "twice": Said("registered twice in the system", "Merge the two records before the next extract."),
}
"""Why somebody is in report A: registered in the system, not on the list."""

ONLY_LIST = {
    "absent": Said(
        "not in the system at all",
        "Find the record, or tell the registration authority that the patient is not yours.",
    ),
    "left": Said("in the system as left", "Check the removal: was it sent and accepted?"),
    "dead": Said("in the system as died", "Check that the death was reported; stop invitations."),
    "left_since": Said(
        "left since the day of the list", "Nothing if the removal was sent; look again in the next list."
    ),
    "dead_since": Said(
        "died since the day of the list", "Nothing if the death was reported; look again in the next list."
    ),
    "temporary": Said(
        "in the system as temporary", "Decide which is right, and register or end the registration."
    ),
    "private": Said(
        "in the system as private", "Decide which is right, and register or end the registration."
    ),
    "immediately_necessary": Said(
        "in the system for immediately necessary treatment", "Decide which is right."
    ),
    "other": Said(
        "in the system under another registration, or applied for",
        "Finish the registration before go-live: a pending one can be lost.",
    ),
    "test": Said("in the system as a test patient", "A real patient must not be marked as a test patient."),
    "twice": Said("on the list twice", "Ask the registration authority to merge the two."),
}
"""Why somebody is in report B: on the list, not registered in the system."""

STEPS = {
    "joined": "Registered since the day of the list",
    "left": "Left or died since the day of the list",
    "unexplained_more": "In the system and not on the list, unexplained",
    "unexplained_fewer": "On the list and not in the system, unexplained",
    "review": "Waiting for a person to decide",
}
"""The steps of the list-size bridge."""

_REGIONS = {
    ("list", "source", "target"): "Everywhere, as it should be.",
    ("list", "source"): "The move lost them, or they have not arrived yet.",
    ("list", "target"): "Not registered in the source; registered since, or the source is wrong.",
    (
        "source",
        "target",
    ): "Both systems have them and the list does not: a registration that was never sent or accepted.",
    ("list",): "No system has them as registered.",
    ("source",): "Only the old system has them: neither paid for nor moved.",
    ("target",): "Only the new system has them: an old or double registration, or one made since.",
}


def region_title(where: Collection[Where], of: Collection[Where]) -> str:
    """A region in words: `List and source, not target`."""
    there = " and ".join(", ".join(one for one in WHERE if one in where).rsplit(", ", 1)).capitalize()
    missing = " or ".join(one for one in WHERE if one in of and one not in where)
    return f"{there}, not {missing}" if missing else there


def region_meaning(where: Collection[Where], of: Collection[Where]) -> str:
    """What it means to be there; without a target only what can be said."""
    if "target" not in of:
        return {1: "Report A or B tells why.", 2: "On both, as it should be."}[len(where)]
    return _REGIONS[tuple(one for one in WHERE if one in where)]
