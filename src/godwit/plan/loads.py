"""How much of each limited thing a set of go-live dates needs, by week or day, and where it is too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.definitions.season_rules import monday_of
from godwit.plan.key_days import KeyDays
from godwit.plan.portfolio import ANY, Kind, PortfolioFile, Wish
from godwit.plan.wording import count_words, day_words
from godwit.values import WorkingCalendar

_UNITS: Final[Mapping[Kind, tuple[str, str]]] = {
    "supplier_slots": ("{of}go-live", "{of}go-lives"),
    "trainers": ("day of {of}training", "days of {of}training"),
    "delivery_staff": ("{of}delivery person", "{of}delivery people"),
}


@dataclass(frozen=True, slots=True, order=True)
class Resource:
    """One limited thing in one stretch: `what` it is, of whom, and the week (its Monday) or the single day."""

    what: Kind
    of: str
    day: date
    whole_week: bool

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return monday_of(self.day)

    @property
    def when(self) -> str:
        """For people: the week or the day."""
        return f"in the week of {day_words(self.day)}" if self.whole_week else f"on {day_words(self.day)}"

    def amount(self, count: int) -> str:
        """`2 SystmOne go-lives`, `1 person of the delivery partner`."""
        return f"{count} {self.unit(count)}"

    def unit(self, count: int) -> str:
        """`amount` without the number."""
        return _UNITS[self.what][count != 1].format(of="" if self.of == ANY else f"{self.of} ")


@dataclass(frozen=True, slots=True)
class Load:
    """What is needed of one resource, how much there is, and who needs it."""

    resource: Resource
    needed: int
    capacity: int
    practices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """More is needed than there is, in a week or on a day of it (`resource` says which)."""

    week: date
    resource: Resource
    needed: int
    capacity: int
    practices: tuple[str, ...]
    because: str


class Needs:
    """What each move of one portfolio needs of the things it limits."""

    def __init__(self, portfolio: PortfolioFile, calendar: WorkingCalendar) -> None:
        self._portfolio: Final = portfolio
        self._calendar: Final = calendar
        self._known: dict[Resource, int | None] = {}

    def of(self, wish: Wish, key: KeyDays, today: date) -> dict[Resource, int]:
        """How much of each limited resource a move with these days needs, from today on."""
        needed: dict[Resource, int] = {}
        for resource, amount in self._uses(wish, key):
            last = resource.day + timedelta(days=6 if resource.whole_week else 0)
            if amount and last >= today and self.capacity(resource) is not None:
                needed[resource] = needed.get(resource, 0) + amount
        return needed

    def capacities(self, resources: Iterable[Resource]) -> dict[Resource, int]:
        """How much there is of each of these that is limited."""
        found = ((one, self.capacity(one)) for one in resources)
        return {one: count for one, count in found if count is not None}

    def capacity(self, resource: Resource) -> int | None:
        """How much of it there is; None without limit. Trainers count in days of training, over their working days."""
        if resource not in self._known:
            self._known[resource] = self._capacity(resource)
        return self._known[resource]

    def _uses(self, wish: Wish, key: KeyDays) -> Iterator[tuple[Resource, int]]:
        for of in self._names("supplier_slots", wish.system):
            yield Resource("supplier_slots", of, monday_of(key.go_live), True), 1
        for of in self._names("trainers", wish.system):
            for day, amount in spread_out(self._portfolio.trainer_days_of(wish), key.training):
                yield Resource("trainers", of, monday_of(day), True), amount
        for of in self._names("delivery_staff", wish.partner):
            for day in key.partner:
                yield Resource("delivery_staff", of, day, False), 1

    def _names(self, what: Kind, own: str) -> Iterator[str]:
        return (name for name in self._portfolio.capacities.names(what) if name in (own, ANY))

    def _capacity(self, resource: Resource) -> int | None:
        stated = self._portfolio.capacities
        if not resource.whole_week:
            return stated.on(resource.what, resource.of, resource.day)
        week = [resource.day + timedelta(days=number) for number in range(7)]
        if resource.what == "trainers":
            week = [day for day in week if self._calendar.is_working_day(day)]
        counts = [stated.on(resource.what, resource.of, day) for day in week]
        limits = [one for one in counts if one is not None]
        if resource.what == "trainers":
            return sum(limits) if len(limits) == len(counts) else None
        return min(limits, default=None)


def loads(
    capacities: Mapping[Resource, int], moves: Mapping[str, Mapping[Resource, int]]
) -> tuple[Load, ...]:
    """Everything that is needed by `moves` (what each practice needs, by its name), by resource and date."""
    total: dict[Resource, int] = {}
    users: dict[Resource, list[str]] = {}
    for practice, needed in moves.items():
        for resource, amount in needed.items():
            total[resource] = total.get(resource, 0) + amount
            users.setdefault(resource, []).append(practice)
    return tuple(
        Load(resource, total[resource], capacities[resource], tuple(users[resource]))
        for resource in sorted(total)
    )


def clashes(
    portfolio: PortfolioFile, dates: Mapping[str, KeyDays], calendar: WorkingCalendar, today: date
) -> tuple[Clash, ...]:
    """Where a set of plans, by practice, needs more than there is. Practices without dates need nothing."""
    needs = Needs(portfolio, calendar)
    moves = {
        one.name: needs.of(one, dates[one.name], today) for one in portfolio.practices if one.name in dates
    }
    capacities = needs.capacities(resource for needed in moves.values() for resource in needed)
    return tuple(clash_of(one) for one in loads(capacities, moves) if one.needed > one.capacity)


def by_week(used: Iterable[Load]) -> dict[date, dict[tuple[Kind, str], Load]]:
    """For each week (its Monday), by what and of whom, the load; of single days the fullest stands for the week."""
    weeks: dict[date, dict[tuple[Kind, str], Load]] = {}
    for one in sorted(used, key=lambda one: (one.resource.week, one.needed - one.capacity, one.needed)):
        weeks.setdefault(one.resource.week, {})[one.resource.what, one.resource.of] = one
    return weeks


def clash_of(load: Load) -> Clash:
    """A load that is too much, with its because."""
    resource = load.resource
    because = (
        f"{resource.amount(load.needed)} needed {resource.when}, but there "
        f"{'is' if load.capacity == 1 else 'are'} {load.capacity or 'none'}: {listed(load.practices)}"
    )
    return Clash(resource.week, resource, load.needed, load.capacity, load.practices, because)


def listed(names: tuple[str, ...]) -> str:
    """``A, B and C``; long lists are cut and say by how many."""
    if len(names) > 6:
        return f"{', '.join(names[:5])} and {count_words(len(names) - 5, 'other')}"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def spread_out(amount: int, days: tuple[date, ...]) -> Iterator[tuple[date, int]]:
    """Whole days of work spread evenly over days; on the last days if they do not go round."""
    for number, day in enumerate(days):
        share = amount * (number + 1) // len(days) - amount * number // len(days)
        if share:
            yield day, share
