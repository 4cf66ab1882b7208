"""Who outside the practice must be told, by when, and when each is reminded: every notice of a move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.third_parties import ThirdParty
from godwit.plan.case import Party, Practice
from godwit.plan.network import LINKS_OFF, NOTICES_PLANNED
from godwit.plan.overlays import UsedSetting
from godwit.plan.planned import Schedule
from godwit.plan.rules.counting import moved
from godwit.plan.scheduler import parties_of
from godwit.values import WorkingCalendar

SCREENING: Final = "screening"
_REMINDERS: Final = ("reminder_first", "reminder_second")
_USUAL: Final = Duration(28, "d")
"""How early a party is told when neither it nor the guide names a period (proposed)."""


@dataclass(frozen=True, slots=True)
class PartyNotice:
    """One third party: told by `tell_by`, reminded on `remind_on`, off on `off_on` and on again on `on_on`.

    `late` by how many days the last day for telling lies before the notices can be planned; 0 in time.
    """

    party: ThirdParty
    own: Party
    tell_by: date
    remind_on: tuple[date, ...]
    off_on: date
    on_on: date
    period: Duration
    late: int
    because: str


def party_notices(
    guide: Guide,
    practice: Practice,
    conditions: frozenset[str],
    schedule: Schedule,
    settings: Mapping[str, UsedSetting],
    calendar: WorkingCalendar,
) -> tuple[PartyNotice, ...]:
    """The notices of every third party in use, the earliest first; nobody is told or reminded on a day off."""
    known = {one.slug: one for one in guide.third_parties}
    teller = _Teller(schedule, settings, calendar)
    parties = parties_of(guide, practice, conditions)
    made = (teller.notice(known[slug], own) for slug, own in parties.items() if slug in known)
    return tuple(sorted(made, key=lambda one: (one.tell_by, one.party.id)))


@dataclass(frozen=True)
class _Teller:
    schedule: Schedule
    settings: Mapping[str, UsedSetting]
    calendar: WorkingCalendar

    def notice(self, party: ThirdParty, own: Party) -> PartyNotice:
        off_on, go_live = self._off_on(party), self.schedule.on("GL")
        period, because = _period(party, own)
        reminders = tuple(self._open(off_on - timedelta(days=self._days(name))) for name in _REMINDERS)
        # Nobody is reminded of what he has not been told, so a short notice is given before the first reminder.
        tell_by = min(
            self._open(moved(self.calendar, off_on, period, -1)),
            self.calendar.add_working_days(reminders[0], -1),
        )
        planned = (
            self.schedule.tasks[NOTICES_PLANNED].due if NOTICES_PLANNED in self.schedule.tasks else tell_by
        )
        return PartyNotice(
            party=party,
            own=own,
            tell_by=tell_by,
            remind_on=reminders,
            off_on=off_on,
            on_on=go_live,
            period=period,
            late=max((planned - tell_by).days, 0),
            because=because,
        )

    def _off_on(self, party: ThirdParty) -> date:
        if SCREENING in party.slug:
            return self.schedule.on("FDP") - timedelta(days=self._days("screening_hold"))
        if LINKS_OFF in self.schedule.tasks:
            return self.schedule.tasks[LINKS_OFF].start
        return self.schedule.on("FDP") - timedelta(days=self._days("links_off"))

    def _open(self, day: date) -> date:
        return day if self.calendar.is_working_day(day) else self.calendar.add_working_days(day, -1)

    def _days(self, setting: str) -> int:
        return Duration.parse(self.settings[setting].value).count


def _period(party: ThirdParty, own: Party) -> tuple[Duration, str]:
    if own.notice is not None:
        return own.notice, f"it asks for {own.notice.words}"
    if party.notice.value is not None:
        sources = ", ".join(party.notice.source)
        return (
            party.notice.value,
            f"{party.notice.value.words} is the figure known ({sources}); ask for its own",
        )
    return _USUAL, f"no period is known; {_USUAL.words} is proposed until you have asked"
