"""A plan as the JSON object that other programs may rely on (`docs/generated/plan-json.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from godwit.definitions.seasons import Window
from godwit.plan.clocks import SlaState
from godwit.plan.making import Plan
from godwit.plan.milestones import MilestoneDay
from godwit.plan.moving import Effect, Moved
from godwit.plan.notices import PartyNotice
from godwit.plan.overlays import UsedSetting
from godwit.plan.planned import Link, PlannedTask, TooLate
from godwit.plan.risk import Forecast, Likelihood
from godwit.plan.rules.running import RuleResult

Json = dict[str, Any]


def plan_json(plan: Plan) -> Json:
    """The whole plan. Days are ISO texts; ids are those of the guide's catalogue."""
    schedule, questions = plan.schedule, {one.slug: one.question for one in plan.guide.conditions.conditions}
    return {
        "practice": plan.case.practice.practice,
        "ods_code": plan.case.practice.ods_code or None,
        "go_live": schedule.go_live.isoformat(),
        "today": schedule.today.isoformat(),
        "edition": plan.guide.edition,
        "pace": schedule.pace,
        "weeks": plan.weeks,
        "length": plan.length_said,
        "feasible": schedule.too_late is None,
        "earliest_go_live": schedule.earliest_go_live.isoformat(),
        "too_late": _too_late(schedule.too_late),
        "critical_chain": [_link(one) for one in schedule.chain],
        "clashes": list(schedule.clashes),
        "settings": [_setting(one) for one in plan.settings.values()],
        "conditions": [{"slug": slug, "question": questions[slug]} for slug in sorted(plan.conditions)],
        "milestones": [_milestone(one) for one in plan.milestones],
        "tasks": [_task(one, plan) for one in schedule.tasks.values()] + list(_left_out(plan)),
        "notices": [_notice(one) for one in plan.notices],
        "windows": [window_json(one) for one in plan.windows],
        "rules": [rule_json(one) for one in plan.rules],
        "gates": [
            {
                "id": one.id,
                "name": one.name,
                "open": one.open,
                "missing": list(one.missing),
                "signed_by": list(one.signed_by),
            }
            for one in plan.gates
        ],
        "slas": [_sla(one) for one in plan.slas],
    }


def effect_json(effect: Effect) -> Json:
    """What a move does."""
    return {
        "moved": [_moved(one) for one in effect.moved],
        "milestones": [_moved(one) for one in effect.milestones],
        "now_late": list(effect.now_late),
        "in_time_again": list(effect.in_time_again),
        "confirm_again": [
            {"task": one.task, "name": one.name, "because": one.because} for one in effect.confirm_again
        ],
        "rules_broken": list(effect.rules_broken),
        "rules_mended": list(effect.rules_mended),
        "feasible": effect.too_late is None,
        "too_late": _too_late(effect.too_late),
    }


def forecast_json(forecast: Forecast) -> Json:
    """A forecast: for each milestone the days that half, four fifths and nineteen twentieths of the runs keep."""
    return {
        "runs": forecast.runs,
        "seed": forecast.seed,
        "kept": round(forecast.kept, 3),
        "key_dates": [_likelihood(one) for one in forecast.key_dates],
        "milestones": [_likelihood(one) for one in forecast.milestones],
        "drivers": [
            {
                "task": one.task,
                "name": one.name,
                "on_the_chain": round(one.on_the_chain, 3),
                "extra_days": one.extra_days,
            }
            for one in forecast.drivers
        ],
    }


def rule_json(one: RuleResult) -> Json:
    """One rule's result."""
    return {
        "id": one.id,
        "name": one.name,
        "result": one.result,
        "because": one.because,
        "severity": one.severity,
        "applies": one.applies,
        "advice": one.advice,
        "source": list(one.source),
    }


def window_json(one: Window) -> Json:
    """A window of days."""
    return {
        "name": one.name,
        "from": _day(one.starts),
        "to": _day(one.ends),
        "kind": one.kind,
        "status": one.status,
        "because": one.because,
        "source": list(one.source),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _likelihood(one: Likelihood) -> Json:
    return {"id": one.id, "p50": _day(one.p50), "p80": _day(one.p80), "p95": _day(one.p95)}


def _link(one: Link) -> Json:
    return {
        "task": one.task,
        "name": one.name,
        "start": _day(one.start),
        "due": _day(one.due),
        "because": one.because,
    }


def _too_late(one: TooLate | None) -> Json | None:
    if one is None:
        return None
    chain = [_link(link) for link in one.chain]
    return {
        "working_days": one.working_days,
        "earliest_go_live": _day(one.earliest),
        "pace": one.pace,
        "quicker_pace": one.quicker,
        "chain": chain,
    }


def _setting(one: UsedSetting) -> Json:
    chosen = next((value for value in one.setting.values if value.value == one.value), None)
    return {
        "name": one.setting.name,
        "title": one.setting.title,
        "value": one.value,
        "chosen_by": one.chosen_by,
        "because": one.because,
        "rivals": [
            {"value": rival.value, "source": list(rival.source), "note": rival.note}
            for rival in one.setting.values
            if rival.value != one.value
        ],
        "source": list(chosen.source) if chosen else [],
        "conflict": one.setting.conflict,
    }


def _milestone(one: MilestoneDay) -> Json:
    return {
        "id": one.milestone.id,
        "name": one.milestone.name,
        "phase": one.milestone.phase,
        "date": _day(one.day),
        "earliest": _day(one.earliest),
        "latest": _day(one.latest),
        "status": one.status,
        "because": one.because,
    }


def _task(one: PlannedTask, plan: Plan) -> Json:
    task = one.task
    return {
        "id": task.id,
        "phase": task.phase,
        "name": task.name,
        "applies": True,
        "condition": list(task.condition),
        "responsible": list(task.responsible),
        "consulted": list(task.consulted),
        "start": _day(one.start),
        "due": _day(one.due),
        "earliest": _day(one.earliest),
        "latest": _day(one.latest),
        "deadline": _day(one.deadline),
        "depends_on": [after.task for after in task.after if after.task in plan.schedule.tasks],
        "critical": one.critical,
        "slack_days": one.slack,
        "late": one.late,
        "status": one.status,
        "rest_day": one.rest_day,
        "turns": [day.isoformat() for day in one.turns],
        "evidence": list(task.artefacts),
        "shows": list(task.evidence),
        "because": one.because,
        "source": list(task.source),
        "setting": one.setting,
    }


def _left_out(plan: Plan) -> Iterable[Json]:
    """The tasks that do not apply to this practice: listed all the same, so that nobody wonders."""
    questions: Mapping[str, str] = {one.slug: one.question for one in plan.guide.conditions.conditions}
    for task in plan.guide.tasks:
        if task.id not in plan.schedule.tasks:
            asked = "; ".join(questions.get(one, one) for one in task.condition)
            yield {
                "id": task.id,
                "phase": task.phase,
                "name": task.name,
                "applies": False,
                "condition": list(task.condition),
                "responsible": list(task.responsible),
                "consulted": list(task.consulted),
                "start": None,
                "due": None,
                "depends_on": [],
                "critical": False,
                "slack_days": None,
                "evidence": list(task.artefacts),
                "because": f"does not apply, since the answer is no: {asked}",
                "source": list(task.source),
                "setting": None,
            }


def _notice(one: PartyNotice) -> Json:
    return {
        "party": one.party.id,
        "slug": one.party.slug,
        "name": one.party.name,
        "tell_by": _day(one.tell_by),
        "remind_on": [_day(day) for day in one.remind_on],
        "off_on": _day(one.off_on),
        "on_on": _day(one.on_on),
        "period": str(one.period),
        "late_days": one.late,
        "because": one.because,
    }


def _sla(one: SlaState) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "limit": one.limit,
        "starts": _day(one.starts),
        "due": _day(one.due),
        "stopped": _day(one.stopped),
        "state": one.state,
        "because": one.because,
        "source": list(one.source),
    }


def _moved(one: Moved) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "start_before": _day(one.start_before),
        "due_before": _day(one.due_before),
        "start": _day(one.start),
        "due": _day(one.due),
        "days": one.days,
        "because": one.because,
    }
