"""What made-up lives are made of: conditions, illnesses, vaccines and texts, read from the catalogue's data files."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeVar

from godwit.definitions.read import Definition, parse, resource

Sex = Literal["M", "F"]
Some = TypeVar("Some", bound=Definition)


class Condition(Definition):
    """A long-term condition: who has it, and what the practice does about it every year."""

    shares: tuple[tuple[float, float], ...]
    sex: Sex | None = None
    drugs: tuple[tuple[str, ...], ...] = ()
    review: str
    signs: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    recall: str | None = None
    refer: str | None = None
    family: str | None = None
    major: bool = True
    side: bool = False
    private: float = 0.0  # the share of people who want it kept confidential


class Conditions(Definition):
    """The file of conditions, by the name of their code."""

    conditions: dict[str, Condition]


class Illness(Definition):
    """An illness or complaint that comes and goes."""

    weight: float
    ages: tuple[int, int]
    sex: Sex | None = None
    signs: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    refer: str | None = None
    side: bool = False


class Illnesses(Definition):
    """The file of illnesses, by the name of their code."""

    illnesses: dict[str, Illness]


class Vaccine(Definition):
    """One vaccination. `day` is the age in days for the childhood schedule."""

    code: str
    product: str
    content: str
    maker: str
    from_year: int
    day: int = 0
    dose: int | None = None
    method: str = "Intramuscular"


class Schedule(Definition):
    """The file of vaccinations."""

    childhood: tuple[Vaccine, ...]
    later: dict[str, Vaccine]
    sites: tuple[str, ...]
    reasons: tuple[str, ...]


class Phrases(Definition):
    """The file of free text."""

    openings: tuple[str, ...]
    complaints: tuple[str, ...]
    findings: tuple[str, ...]
    plans: tuple[str, ...]
    awkward: tuple[str, ...]
    outside: tuple[str, ...]  # with characters that Windows-1252 cannot hold
    alerts: tuple[str, ...]
    reasons: tuple[str, ...]
    titles: tuple[str, ...]
    phrases: tuple[str, ...]


def _read(model: type[Some], name: str) -> Some:
    return parse(model, resource("godwit.synth.catalogue", name))


@cache
def conditions() -> dict[str, Condition]:
    """Every long-term condition."""
    return _read(Conditions, "conditions.yaml").conditions


@cache
def illnesses() -> dict[str, Illness]:
    """Every illness."""
    return _read(Illnesses, "illnesses.yaml").illnesses


@cache
def schedule() -> Schedule:
    """Every vaccination."""
    return _read(Schedule, "schedule.yaml")


@cache
def phrases() -> Phrases:
    """The pieces of free text."""
    return _read(Phrases, "texts.yaml")
