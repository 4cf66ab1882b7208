"""Rules that say who belongs to a group of patients: needs that are met by coded entries, an age, a sex."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import model_validator

from godwit.definitions.read import Definition, parse, resource

Gate = Literal["exact", "explained", "information"]
"""What must be so before the group counts as carried over: nobody joins or leaves; every join and leave has a finding
behind it; nothing."""


class Need(Definition):
    """An entry that a patient must have: one of `clusters`, in a span of days, with a value in a range, and not
    overtaken: the latest such entry must be later than every entry of `unless_later`."""

    clusters: tuple[str, ...]
    since: date | None = None
    before: date | None = None
    months: int | None = None  # at most so many months before the day of reference
    at_least: float | None = None
    below: float | None = None
    unless_later: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_clusters(self) -> Need:
        if not self.clusters:
            raise ValueError("a need names at least one cluster")
        return self


class Way(Definition):
    """One way to belong: every condition given must hold. Ages are in whole years on the day of reference, both ends
    included; `turns_months` is reached within the year from 1 April that the day of reference is in."""

    from_age: int | None = None
    to_age: int | None = None
    sex: Literal["female", "male"] | None = None
    turns_months: int | None = None
    needs: tuple[Need, ...] = ()
    without: tuple[Need, ...] = ()


class Register(Definition):
    """A group of patients. It holds whoever belongs in any of the `ways`, and whoever is in any group of `of`.

    `registered`: only patients who are registered for regular care now.
    """

    id: str
    title: str
    rule: str
    source: str
    family: Literal["registers", "recall", "safety"] = "registers"
    gate: Gate = "explained"
    registered: bool = True
    ways: tuple[Way, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[Need, ...]:
        """Every need of every way, wanted or not wanted."""
        return tuple(need for way in self.ways for need in (*way.needs, *way.without))

    @property
    def clusters(self) -> tuple[str, ...]:
        """Every cluster the rule names itself, once, in order."""
        named = (one for need in self.needs for one in (*need.clusters, *need.unless_later))
        return tuple(dict.fromkeys(named))


class _File(Definition):
    edition: str
    registers: tuple[Register, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> _File:
        known: set[str] = set()
        for one in self.registers:
            if one.id in known or not known.issuperset(one.of) or not (one.ways or one.of):
                raise ValueError(
                    f"{one.id}: needs an id of its own, a way, and only groups that stand above it"
                )
            known.add(one.id)
        return self


FILE = "registers.yaml"


@lru_cache(maxsize=1)
def read_registers() -> tuple[Register, ...]:
    """The shipped groups; each names only groups above it. Raises `DefinitionError`."""
    return parse(_File, resource(__package__, FILE)).registers
