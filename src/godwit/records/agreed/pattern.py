"""What an agreement holds a finding to, so that another fault of the same kind does not pass for what was agreed.

How findings are divided into causes, and so the id of a cause, depends on what else is found in a run. What stays the
same is how a value changed and what its record is: these are the traits. Their values may be private, so an
agreement keeps marks of them only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

TRAITS: Mapping[str, str] = {
    "turn": "the two values",
    "measure": "the size of the change",
    "code": "the code",
    "unit": "the unit",
    "staff": "the member of staff",
    "site": "the site",
    "day": "the day",
    "month": "the month",
    "kind": "the table",
    "patient": "the patient",
}
"""What a finding can have in common with others, the most telling first. As in `finding.pattern` of a comparison."""

MOST_MARKS = 5_000
"""More values than these are no pattern on which anybody could decide."""

_SAME = {"turn", "measure", "code", "unit", "kind", "patient"}
"""What findings have in common now they have to have in common later. Who entered them, where and when is only used to
tell them from others, where need be."""

_WHAT = {"turn", "measure", "code"}
"""Traits that say what went wrong, so that it can be told where it happens again."""

FEWEST = 5
"""Patients from which on a fault may be told without its patients: as few must not be known by what they share."""

_WHY = {"no_place", "house_keeping"}
"""Reasons of a finding that say so by themselves."""

_WHOSE = ("patient", "code")
"""What an agreement is held to where nothing says what went wrong: the first with few enough values."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many values of a trait the findings in question have, and how many of these others of their kind have too.

    `without`: whether any of them has none.
    """

    trait: str
    values: int
    without: bool
    mixed: int

    @property
    def shared(self) -> bool:
        """Whether all findings in question have the same."""
        return self.values == 1 and not self.without

    @property
    def tells(self) -> bool:
        """Whether its values are few enough to be held to, and not just none."""
        return self.values <= MOST_MARKS and not (self.values == 1 and self.without)


def mark_sql(traits: str, alike: str) -> str:
    """SQL for the mark of a finding: `traits` is its JSON, `alike` the names to look at with commas between them."""
    values = f"[{traits} ->> one FOR one IN string_split({alike}, ',')]"
    return f"left(sha256(to_json({values})::VARCHAR), 16)"


def recognised(outcome: str, reason: str, how: str, held: Iterable[Held]) -> bool:
    """Whether findings have in common what went wrong: a fault that can be told wherever it happens again.

    A whole record that is missing, or only in the target, never says so by itself: somebody else's is another loss.
    """
    found = tuple(held)
    same = {one.trait for one in found if one.shared}
    if any(one.trait == "patient" and one.tells and one.values < FEWEST for one in found):
        return False
    return reason in _WHY or (outcome == "different" and (bool(how) or bool(same & _WHAT)))


def telling(held: Iterable[Held], *, known: bool, alone: bool) -> tuple[str, ...]:
    """The traits that tell findings from all others, in this run and in later ones.

    All that they have in common; their patients too, unless the fault is `known` for what it is; and where that does
    not set them apart, the trait that does with the fewest values. `alone`: there are no others of their kind. All
    traits together where none of this is of use.
    """
    by_trait = {one.trait: one for one in held}
    chosen = [one for one in by_trait.values() if one.shared and one.trait in _SAME]
    if not known and "patient" not in {one.trait for one in chosen}:
        few = [by_trait[one] for one in _WHOSE if one in by_trait and by_trait[one].tells]
        if not few:
            return tuple(TRAITS)
        chosen += few[:1]
    if not alone and all(one.mixed for one in chosen):
        apart = [one for one in by_trait.values() if not one.mixed and one.tells]
        if not apart:
            return tuple(TRAITS)
        chosen.append(min(apart, key=lambda one: (one.values, list(TRAITS).index(one.trait))))
    return tuple(name for name in TRAITS if any(one.trait == name for one in chosen))


def alike_words(alike: Sequence[str], marks: int) -> str:
    """What an agreement holds its findings to, in words."""
    if not alike:
        return "whatever the records"
    names = ", ".join(TRAITS[one] for one in alike)
    return f"always the same: {names}" if marks == 1 else f"one of {marks:,} patterns of: {names}"
