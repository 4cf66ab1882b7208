"""The times of year that a migration should avoid or know about, as windows between two dates.

Pure but for reading the shipped file. A practice's own leave, training, events and freezes are rules of the same
shape (`every: once`), added with `Seasons.joined_by`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from godwit.definitions.calendars import BankHolidays
from godwit.definitions.read import Definition, parse, resource
from godwit.definitions.season_rules import EveryYear, Span, When
from godwit.values.working_calendar import CalendarExhausted

FILE = "calendars/seasons.yaml"

_BY_SETTING = "These are the days that the plan's settings give."

Kind = Literal[
    "flu",
    "qof",
    "quarter_end",
    "school_holiday",
    "bank_holiday",
    "christmas",
    "easter",
    "four_day_week",
    "release_freeze",
    "leave",
    "training",
    "event",
]

Advice = Literal["avoid", "know"]
"""avoid: no go-live here without a reason · know: it only slows things down."""

SeasonStatus = Literal["stated", "proposed", "estimate"]
"""stated: a source says so · proposed: our default · estimate: the usual pattern, which differs from place to place."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `starts` to `ends`, both included, with what they are and `because`, the reason, for people.

    `variant` is set where sources disagree: windows of rival variants are never true together.
    """

    name: str
    kind: Kind
    starts: date
    ends: date
    status: SeasonStatus
    source: tuple[str, ...]
    because: str
    advice: Advice = "avoid"
    variant: str | None = None


class Season(Definition):
    """One rule of the file: what the windows it makes are called and are, and `when` they fall."""

    name: str
    kind: Kind
    when: When
    because: str
    status: SeasonStatus
    source: tuple[str, ...] = ()
    advice: Advice = "avoid"
    variant: str | None = None

    def window(self, span: Span) -> Window:
        """The window that one span of `when` makes; a span's own name comes before the season's."""
        return Window(
            name=span.name or self.name,
            kind=self.kind,
            starts=span.first,
            ends=span.last,
            status=self.status,
            source=self.source,
            because=self.because,
            advice=self.advice,
            variant=self.variant,
        )


class Seasons(Definition):
    """The whole file. Until `choosing` is called it holds every rival variant side by side."""

    edition: str
    seasons: tuple[Season, ...]

    def choosing(self, variants: Mapping[str, str]) -> Seasons:
        """The same with one variant for each kind named, such as `{"flu": "guide", "qof": "standards"}`.

        Raises `ValueError` for a kind that has no such variant.
        """
        held = {(season.kind, season.variant) for season in self.seasons}
        strange = [f"{kind}: {variant}" for kind, variant in variants.items() if (kind, variant) not in held]
        if strange:
            raise ValueError(f"no such variant of a season: {', '.join(strange)}")
        left = (one for one in self.seasons if one.variant in (None, variants.get(one.kind, one.variant)))
        return self.model_copy(update={"seasons": tuple(left)})

    def on_days(self, kind: Kind, days: str) -> Seasons:
        """The same with one window a year for `kind`, on the `days` of a setting such as `09-01..12-31`.

        It takes the place of all rivals of that kind. Raises `ValueError` for days that cannot be read
        and for a kind that no season has.
        """
        starts, _, ends = days.partition("..")
        when = EveryYear(every="year", starts=starts, ends=ends)
        rivals = [one for one in self.seasons if one.kind == kind]
        if not rivals:
            raise ValueError(f"no season of this kind to move: {kind}")
        moved = rivals[0].model_copy(
            update={"when": when, "variant": None, "source": (), "status": "proposed", "because": _BY_SETTING}
        )
        chosen = next((one for one in rivals if one.when == when), moved)
        rest = (one for one in self.seasons if one.kind != kind)
        return self.model_copy(update={"seasons": (*rest, chosen)})

    def joined_by(self, more: Iterable[Season]) -> Seasons:
        """The same with a practice's own seasons after the shipped ones."""
        return self.model_copy(update={"seasons": (*self.seasons, *more)})

    def windows_between(self, start: date, end: date, bank_holidays: BankHolidays) -> tuple[Window, ...]:
        """Every window that touches a day from `start` to `end`, whole and not cut, the earliest first.

        Raises `CalendarExhausted` where bank holidays are not known for all those days, and `ValueError` if
        `end` is before `start`.
        """
        if end < start:
            raise ValueError("the last day is before the first")
        if not bank_holidays.known_from <= start <= end <= bank_holidays.known_to:
            raise CalendarExhausted(bank_holidays.edition, bank_holidays.known_from, bank_holidays.known_to)
        # A year more at both ends: a window may reach over New Year, and so may a week with a holiday in it.
        years = range(start.year - 1, end.year + 2)
        made = (one.window(span) for one in self.seasons for span in one.when.spans(years, bank_holidays))
        touching = (window for window in made if window.starts <= end and window.ends >= start)
        return tuple(sorted(touching, key=lambda one: (one.starts, one.ends, one.kind, one.name)))


@lru_cache(maxsize=1)
def read_seasons() -> Seasons:
    """The shipped file, all variants in it. Raises `DefinitionError`."""
    return parse(Seasons, resource(__package__, FILE))
