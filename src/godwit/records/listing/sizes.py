"""How many: the bridge from one list size to another, and patients by age band and sex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from godwit.records.listing.entry import Entry, Where
from godwit.records.listing.regions import Against

BANDS = (*(f"{low} to {low + 4}" for low in range(0, 95, 5)), "95 and over", "not known")
SEXES = ("female", "male", "not known")
_SINCE = ("left_since", "dead_since")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a bridge: what it is called, by how much it changes the size."""

    name: str
    change: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the size of the list to the size of a system, step by step."""

    opening: int
    steps: tuple[Step, ...]
    closing: int

    @property
    def adds_up(self) -> bool:
        """Whether the steps lead from one to the other."""
        return self.opening + sum(one.change for one in self.steps) == self.closing


def bridge(one: Against, listed: int, registered: int) -> Bridge:
    """From those on the list to those registered in the system: who joined, who left, and what nobody has explained."""
    more, fewer = Counter(a.reason for a in one.only_system), Counter(b.reason for b in one.only_list)
    left = sum(fewer[name] for name in _SINCE)
    waiting = one.reviewed
    steps = (
        Step("joined", more["joined_since"]),
        Step("left", -left),
        Step("unexplained_more", more.total() - more["joined_since"]),
        Step("unexplained_fewer", -(fewer.total() - left)),
        Step("review", waiting[1] - waiting[0]),
    )
    return Bridge(listed, steps, registered)


def bands(
    counting: Mapping[Where, Sequence[Entry]], day: date
) -> Iterator[tuple[str, str, dict[Where, int]]]:
    """Each band of five years and sex with the patients of each place; lines that are 0 everywhere are left out."""
    found = {where: Counter(_bands_of(entries, day)) for where, entries in counting.items()}
    for band in BANDS:
        for sex in SEXES:
            counts = {where: each[band, sex] for where, each in found.items()}
            if any(counts.values()):
                yield band, sex, counts


def _bands_of(entries: Iterable[Entry], day: date) -> Iterator[tuple[str, str]]:
    for one in entries:
        sex = one.facts.get("sex", "")
        yield _band(one.facts.get("birth_date", ""), day), sex if sex in SEXES else "not known"


def _band(born: str, day: date) -> str:
    """The band on that day; of a year alone, as if born at its end. Nobody is older than 130 or not yet born."""
    if not born[:4].isdigit():
        return "not known"
    had = born[5:10] if len(born) == 10 else "12-31"
    age = day.year - int(born[:4]) - (had > f"{day:%m-%d}")
    return BANDS[min(age // 5, 19)] if 0 <= age <= 130 else "not known"
