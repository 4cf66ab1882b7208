"""The whole plan of one practice: dates, notices, windows, rules, gates and clocks, made in one go from a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.definitions.calendars import BankHolidays
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.facts import checked_facts
from godwit.definitions.guide.guide import Guide
from godwit.definitions.seasons import Seasons, Window
from godwit.plan.case import Event
from godwit.plan.clocks import SlaState, sla_states
from godwit.plan.gates import GateState, gate_states
from godwit.plan.milestones import MilestoneDay, milestone_days
from godwit.plan.notices import PartyNotice, party_notices
from godwit.plan.overlays import UsedSetting, conditions_of, values_of
from godwit.plan.own_files import refuse_closed_go_live, refuse_overlays
from godwit.plan.planned import Schedule
from godwit.plan.refusals import PlanRefused
from godwit.plan.rules.language import language_of
from godwit.plan.rules.running import RuleResult, ready_rules, run_rules
from godwit.plan.scene import Scene
from godwit.plan.scheduler import Case, Scheduler, events_of
from godwit.values import WorkingCalendar

BEFORE_GO_LIVE: Final = timedelta(days=14)
AFTER_GO_LIVE: Final = timedelta(days=14)
"""How far around the plan's own days seasons are looked for."""


@dataclass(frozen=True)
class Plan:
    """Everything Godwit says about one practice's move on one day."""

    case: Case
    guide: Guide
    schedule: Schedule
    settings: Mapping[str, UsedSetting]
    conditions: frozenset[str]
    milestones: tuple[MilestoneDay, ...]
    notices: tuple[PartyNotice, ...]
    windows: tuple[Window, ...]
    rules: tuple[RuleResult, ...]
    gates: tuple[GateState, ...]
    slas: tuple[SlaState, ...]

    @property
    def weeks(self) -> float | None:
        """Weeks from the order to go-live; None where no order is in the plan."""
        order = self.schedule.anchors.get("ORD")
        return None if order is None else round((self.schedule.go_live - order.start).days / 7, 1)

    @property
    def length_said(self) -> str:
        """How long it takes from the order, and whether that is usual; empty where no order is in the plan."""
        if self.weeks is None:
            return ""
        least, most = (
            int(Duration.parse(self.settings[name].value).count)
            for name in ("total_length_least", "total_length_most")
        )
        beside = "shorter than" if self.weeks < least else "longer than" if self.weeks > most else "within"
        return f"{self.weeks:g} weeks from the order, {beside} the usual {least} to {most}"

    @property
    def failing(self) -> tuple[RuleResult, ...]:
        """The rules that this plan breaks."""
        return tuple(one for one in self.rules if one.result == "fail")


class PlanMaker:
    """Makes plans from one guide, one calendar and one set of seasons. Rules are compiled once."""

    def __init__(self, guide: Guide, bank_holidays: BankHolidays, seasons: Seasons) -> None:
        self.guide: Final = guide
        self.bank_holidays: Final = bank_holidays
        self.seasons: Final = seasons
        self.calendar: Final[WorkingCalendar] = bank_holidays.working_calendar()
        self.scheduler: Final = Scheduler(guide, self.calendar)
        self._rules = ready_rules(guide.rules, language_of(guide))

    def make(self, case: Case) -> Plan:
        """The plan. Raises `GoLiveRefused`, `OverlayRefused`, `FactRefused`, `Contradiction`, `CalendarExhausted`."""
        refuse_overlays(case.overlays, self.guide)
        refuse_closed_go_live(case)
        refuse_rest_day(case.go_live, self.bank_holidays)
        schedule = self.scheduler.schedule(case)
        settings = self.scheduler.settings(case, schedule.pace)
        conditions = conditions_of(self.guide.conditions, case.practice)
        windows = self.windows(case, settings, *_stretch(schedule, self.calendar))
        scene = self._scene(case, schedule, settings, conditions, windows)
        results = run_rules(self._rules, scene)
        return Plan(
            case=case,
            guide=self.guide,
            schedule=schedule,
            settings=settings,
            conditions=conditions,
            milestones=milestone_days(self.guide.milestones, schedule),
            notices=party_notices(self.guide, case.practice, conditions, schedule, settings, self.calendar),
            windows=windows,
            rules=results,
            gates=gate_states(self.guide.gates, self.guide.milestones, scene, results),
            slas=sla_states(self.guide.slas.slas, scene),
        )

    def windows(
        self, case: Case, settings: Mapping[str, UsedSetting], start: date, end: date
    ) -> tuple[Window, ...]:
        """The seasons of that stretch, with the practice's and area's own days. Raises `CalendarExhausted`."""
        seasons = self.seasons
        seasons = seasons.on_days("flu", settings["flu_season"].value)
        seasons = seasons.on_days("qof", settings["qof_window"].value)
        shared = seasons.windows_between(start, end, self.bank_holidays)
        own = (_own_window(one) for one in events_of(case) if one.kind != "closed")
        touching = (one for one in own if one.starts <= end and one.ends >= start)
        return tuple(sorted((*shared, *touching), key=lambda one: (one.starts, one.ends, one.name)))

    def _scene(
        self,
        case: Case,
        schedule: Schedule,
        settings: Mapping[str, UsedSetting],
        conditions: frozenset[str],
        windows: tuple[Window, ...],
    ) -> Scene:
        tasks = schedule.tasks
        return Scene(
            today=case.today,
            dates={name: one.start for name, one in schedule.anchors.items()},
            starts={name: one.start for name, one in tasks.items()},
            dues={name: one.due for name, one in tasks.items()},
            done={name: day for name, day in case.facts.done.items() if name in tasks},
            settings=values_of(settings),
            conditions=conditions,
            calendar=self.calendar,
            facts=dict(checked_facts(case.facts.answers, self.guide.facts)),
            windows=windows,
        )


class GoLiveRefused(PlanRefused):
    """A go-live on a day on which nobody works; `because` names the working days beside it."""


def refuse_rest_day(day: date, holidays: BankHolidays) -> None:
    """Raises `GoLiveRefused` for a weekend or bank holiday, and `CalendarExhausted` beyond the known years."""
    calendar = holidays.working_calendar()
    if calendar.is_working_day(day):
        return
    named = next((one.name for one in holidays.holidays if one.day == day), "")
    what = f"the bank holiday {named}" if named else "a weekend"
    before, after = calendar.add_working_days(day, -1), calendar.next_working_day(day)
    rule = "go_live.bank_holiday" if named else "go_live.weekend"
    raise GoLiveRefused(rule, f"{day} is {what}; the working days beside it are {before} and {after}")


def _stretch(schedule: Schedule, calendar: WorkingCalendar) -> tuple[date, date]:
    days = [one.start for one in schedule.tasks.values()] + [one.due for one in schedule.tasks.values()]
    first = max(min(days) - BEFORE_GO_LIVE, calendar.known_from)
    return first, min(max(days) + AFTER_GO_LIVE, calendar.known_to)


def _own_window(event: Event) -> Window:
    if event.kind == "closed":
        raise ValueError("a day on which the practice is closed is no window")
    who = f"{event.who}: " if event.who else ""
    return Window(
        name=event.name,
        kind=event.kind,
        starts=event.starts,
        ends=event.ends,
        status="stated",
        source=("practice file",),
        because=f"{who}entered by the practice or its area",
    )


def rule_counts(results: Iterable[RuleResult]) -> dict[str, int]:
    """How many rules pass, fail and cannot be told."""
    counts = {"pass": 0, "fail": 0, "cannot_tell": 0}
    for one in results:
        counts[one.result] += 1
    return counts
