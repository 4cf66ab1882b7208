"""The plan's part of the demo: a date that cannot be kept, the best one near it, its plan, and what a slip does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from godwit.cli.plan_files import write_folder
from godwit.cli.plan_folder import PlanInputs, Record, Texts, read_text
from godwit.cli.plan_show import show_effect, show_head, show_made
from godwit.cli.plan_weighing_show import show_days
from godwit.cli.planning import made_plan, plan_maker
from godwit.papers.plan_json import effect_json
from godwit.plan.candidates import Candidate, rank
from godwit.plan.case import FixedDate
from godwit.plan.making import Plan
from godwit.plan.moving import Effect, effect_of, moved_case
from godwit.plan.scheduler import Case

TOO_SOON: Final = timedelta(weeks=5)
FIRST, LAST = timedelta(weeks=18), timedelta(weeks=34)
SLIP: Final = timedelta(days=14)
_TOP: Final = 5


def plan_demo(folder: Path, practice_file: Path, today: date, as_json: bool) -> dict[str, Any]:
    """Tell the story and write the plan to `folder`. Returns what happened, for `--json`."""
    text = read_text(practice_file)
    soon = made_plan(_inputs(text, _working(today + TOO_SOON)), today)
    days = _good_days(soon, today)
    plan_inputs = _inputs(text, days[0].day)
    plan = made_plan(plan_inputs, today)
    slip = plan.schedule.on("IDP") + SLIP
    effect = _slipped(plan, slip)
    write_folder(plan_inputs, folder, plan, None, quiet=as_json)
    if not as_json:
        console = Console(highlight=False)
        console.rule("First, a date that comes too soon")
        show_head(console, soon)
        console.rule("Which days would suit")
        show_days(days, _TOP)
        console.rule("The plan for the best of them")
        show_made(plan, folder)
        console.rule("And if the first extract came two weeks late?")
        show_effect("IDP", slip, effect, written=False)
    return {
        "folder": folder.name,
        "go_live": plan.case.go_live.isoformat(),
        "too_soon": soon.case.go_live.isoformat(),
        "too_late_by_working_days": soon.schedule.too_late.working_days if soon.schedule.too_late else 0,
        "slip": effect_json(effect),
    }


def _inputs(practice: str, go_live: date) -> PlanInputs:
    return PlanInputs(Texts(practice), Record(go_live=go_live))


def _working(day: date) -> date:
    return plan_maker().calendar.next_working_day(day)


def _good_days(plan: Plan, today: date) -> tuple[Candidate, ...]:
    maker, first, last = plan_maker(), today + FIRST, today + LAST
    windows = maker.windows(plan.case, plan.settings, today, last + FIRST)
    return rank(maker.scheduler, plan.case, (first, last), windows)


def _slipped(plan: Plan, day: date) -> Effect:
    case: Case = moved_case(
        plan, plan_maker().scheduler, "IDP", FixedDate(day=day, because="the extract came late")
    )
    return effect_of(plan, plan_maker().make(case))
