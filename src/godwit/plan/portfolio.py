"""Many migrations at once, as a board writes them down: who wants to move when, and what there is to do it with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator

from godwit.definitions.read import Definition
from godwit.plan.candidates import USUAL_WEIGHTS, Weights
from godwit.plan.case import Area, Day, Facts, Practice
from godwit.plan.scheduler import Case
from godwit.plan.settings import Pace

ANY: Final = "any"
"""In the place of a name: all of them together."""

Kind = Literal["supplier_slots", "trainers", "delivery_staff"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class Stretch(Definition):
    """Days from `starts` to `ends`, both included."""

    starts: Day
    ends: Day

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.ends < self.starts:
            raise ValueError("it ends before it starts")
        return self

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts <= day <= self.ends


class Blackout(Stretch):
    """Days on which nobody goes live, or nobody who moves to the system named in `of`."""

    name: str
    of: str = ANY


class Limit(Stretch):
    """Another `count` of something for a while, such as two slots fewer in a holiday."""

    what: Kind
    of: str = ANY
    count: int = Field(ge=0)
    because: str = ""


Counts = dict[str, Annotated[int, Field(ge=0)]]


class Capacities(Definition):
    """What there is; what is not named here has no limit. Each is by name, or `any` for all together.

    `supplier_slots` are go-lives in a week, by new system; `trainers` people who train, by new system; `delivery_staff`
    people of the delivery partner who are there on critical days, by delivery partner. `for_a_while` are other numbers
    for some days; where several meet, the smallest holds.
    """

    supplier_slots: Counts = Field(default_factory=dict)
    trainers: Counts = Field(default_factory=dict)
    delivery_staff: Counts = Field(default_factory=dict)
    for_a_while: tuple[Limit, ...] = ()

    def names(self, what: Kind) -> tuple[str, ...]:
        """The names under which something is limited."""
        stated: Mapping[str, int] = getattr(self, what)
        return tuple(dict.fromkeys((*stated, *(one.of for one in self.for_a_while if one.what == what))))

    def on(self, what: Kind, of: str, day: date) -> int | None:
        """How many there are on a day; None where there is no limit."""
        stated: Mapping[str, int] = getattr(self, what)
        short = [
            one.count for one in self.for_a_while if one.what == what and one.of == of and one.holds(day)
        ]
        return min(short) if short else stated.get(of)


_SAID: Final = ("new_system", "delivery_partner", "list_size")


def _named(value: Any) -> Any:
    return {"practice": value} if isinstance(value, str) else value


class Wish(Definition):
    """One practice of the portfolio, with the go-live it wants and the days between which it may fall.

    `earliest` and `latest` on the wanted day fix it. A priority of 3 makes each day of waiting count three times.
    `trainer_days` are days of work of one trainer in the core training. `new_system`, `delivery_partner` and
    `list_size` stand here for a practice that is given by its name alone.
    """

    practice: Annotated[Practice, BeforeValidator(_named)]
    wanted: Day
    earliest: Day | None = None
    latest: Day | None = None
    priority: int = Field(default=1, ge=1)
    new_system: str = ""
    delivery_partner: str = ""
    list_size: int | None = Field(default=None, gt=0)
    trainer_days: int | None = Field(default=None, ge=0)
    facts: Facts = Field(default_factory=Facts)

    @property
    def name(self) -> str:
        """The practice's name."""
        return self.practice.practice

    @property
    def system(self) -> str:
        """The new clinical system."""
        return self.new_system or self.practice.new_system

    @property
    def partner(self) -> str:
        """The delivery partner."""
        return self.delivery_partner or self.practice.delivery_partner

    @property
    def whole_practice(self) -> Practice:
        """The practice with what this entry says of it."""
        said = {name: getattr(self, name) for name in _SAID if getattr(self, name)}
        return self.practice.model_copy(update=said) if said else self.practice

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name in _SAID:
            here, there = getattr(self, name), getattr(self.practice, name)
            if here and there and here != there:
                raise ValueError(f"{self.name}: {name} stands twice, and differs")
        if not (self.earliest or self.wanted) <= self.wanted <= (self.latest or self.wanted):
            raise ValueError(f"{self.name}: the day wanted is not between the earliest and the latest")
        return self


class PortfolioFile(Definition):
    """A whole portfolio. `pace` is the one all plans are made at; `reach_weeks` how far from the day wanted to look.

    `trainer_days` stands for every practice that does not say how many it needs.
    """

    portfolio: str
    practices: tuple[Wish, ...] = Field(min_length=1)
    capacities: Capacities = Capacities()
    blackouts: tuple[Blackout, ...] = ()
    area: Area | None = None
    pace: Pace = "usual"
    reach_weeks: int = Field(default=12, ge=0, le=52)
    trainer_days: int | None = Field(default=None, ge=0)
    weights: Weights = USUAL_WEIGHTS

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for complaint in self._faults():
            raise ValueError(complaint)
        return self

    def case(self, wish: Wish, today: date, go_live: date | None = None) -> Case:
        """One practice's case: at the day it wants, or at another."""
        return Case(wish.whole_practice, go_live or wish.wanted, today, wish.facts, self.area, self.pace)

    def with_changes(self, **changes: object) -> PortfolioFile:
        """The same with some parts otherwise, checked as a whole. Raises `ValueError`."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return PortfolioFile(**{**parts, **changes})

    def on_the_days_wanted(self) -> PortfolioFile:
        """The same with every practice fixed on the day it wants."""
        fixed = (
            one.model_copy(update={"earliest": one.wanted, "latest": one.wanted}) for one in self.practices
        )
        return self.model_copy(update={"practices": tuple(fixed)})

    def wish(self, name: str) -> Wish:
        """The practice of that name. Raises `KeyError`."""
        return {one.name: one for one in self.practices}[name]

    def trainer_days_of(self, wish: Wish) -> int:
        """How many days of training a practice needs."""
        days = self.trainer_days if wish.trainer_days is None else wish.trainer_days
        return days or 0

    def range_of(self, wish: Wish, today: date) -> tuple[date, date]:
        """The first and last day on which a practice may go live, from today on."""
        reach = timedelta(weeks=self.reach_weeks)
        return max(wish.earliest or wish.wanted - reach, today), wish.latest or wish.wanted + reach

    def _faults(self) -> Iterator[str]:
        names = [one.name for one in self.practices]
        yield from (f"{name} stands twice" for name in dict.fromkeys(names) if names.count(name) > 1)
        systems, partners = {one.system for one in self.practices}, {one.partner for one in self.practices}
        for what in KINDS:
            known = partners if what == "delivery_staff" else systems
            for name in self.capacities.names(what):
                if name not in known | {ANY}:
                    yield f"{what}: no practice has '{name}'"
        yield from (
            f"blackout {one.name}: no practice moves to '{one.of}'"
            for one in self.blackouts
            if one.of not in systems | {ANY}
        )
        if self.capacities.names("trainers") and self.trainer_days is None:
            silent = [one.name for one in self.practices if one.trainer_days is None]
            yield from (f"{name}: trainers are limited, so say its trainer_days" for name in silent)
