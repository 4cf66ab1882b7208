"""The plan as one page for a browser: complete in itself, works without scripts, prints on A4 or A3 across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from godwit.papers.gantt import Chart, Drawing
from godwit.papers.list_sheets import (
    avoid_sheet,
    key_date_sheet,
    notice_sheet,
    rule_sheet,
    service_level_sheet,
    setting_sheet,
)
from godwit.papers.page_tables import PageTable, page_table, rows_where
from godwit.papers.page_templates import script, script_hash, template
from godwit.papers.plan_words import (
    GUIDE_AT_ODDS,
    RULE_DOES_NOT_APPLY,
    RULE_RESULTS,
    PlanWords,
    chain,
    order_day,
    sentence,
    task_state,
)
from godwit.papers.state_looks import STATE_LOOKS
from godwit.plan.making import Plan, rule_counts
from godwit.plan.paces import Paces
from godwit.plan.planned import PlannedTask
from godwit.plan.risk import Forecast
from godwit.plan.rules.running import RuleResult
from godwit.plan.wording import day_words

NEXT_THINGS: Final = 8


class MoveNote(Protocol):
    """One move of a date as the plan's record keeps it."""

    @property
    def at(self) -> date:
        """The day on which it was moved."""

    @property
    def by(self) -> str:
        """Who moved it; may be empty."""

    @property
    def name(self) -> str:
        """What was moved: a milestone, an anchor or a task."""

    @property
    def moved_from(self) -> date:
        """Where it stood before."""

    @property
    def moved_to(self) -> date:
        """Where it stands now."""

    @property
    def reason(self) -> str:
        """Why."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task with what the page says of it."""

    planned: PlannedTask
    who: str
    consulted: str
    state: str
    look: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PhaseBlock:
    """One phase: its pictures and tasks."""

    id: str
    title: str
    tasks: tuple[TaskRow, ...]
    charts: tuple[Chart, ...]
    start: date
    due: date
    critical: int
    done: int


def plan_page(
    plan: Plan,
    made_on: date,
    forecast: Forecast | None = None,
    moves: Sequence[MoveNote] = (),
    paces: Paces | None = None,
) -> str:
    """The page. `forecast`, `paces` and the history of `moves` get sections of their own where there are any."""
    words, drawing, filtering = PlanWords(plan.guide), Drawing.of(plan), script("plan.js")
    order = order_day(plan)
    return template("plan.html.jinja").render(
        plan=plan,
        words=words,
        made_on=made_on,
        weeks=f"{(plan.schedule.go_live - order).days / 7:.1f}" if order else "",
        order=order,
        counts=rule_counts(one for one in plan.rules if one.applies),
        done=sum(one.status == "done" for one in plan.schedule.tasks.values()),
        chain=chain(plan),
        next_things=_next_things(plan, words),
        questions=_questions(plan),
        late_notices=[one for one in plan.notices if one.late],
        overview=drawing.overview(),
        phases=_phases(plan, words, drawing),
        roles=_roles(plan),
        tables=_tables(plan),
        forecast=forecast,
        late_notes=_late_notes(plan),
        guide_notes=_guide_notes(plan),
        clash_notes=[sentence(one) for one in plan.schedule.clashes],
        names=_names(plan),
        moves=moves,
        paces=paces,
        script=filtering,
        script_hash=script_hash(filtering),
    )


def _names(plan: Plan) -> dict[str, str]:
    """The names of everything that can be moved or broken, by id."""
    guide = plan.guide
    rules, levels = {one.id: one.name for one in plan.rules}, {one.id: one.name for one in plan.slas}
    anchors = {one.id: one.name for one in guide.anchors}
    milestones = {one.id: one.name for one in guide.milestones}
    return {**anchors, **milestones, **rules, **levels, **{one.id: one.name for one in guide.tasks}}


def _next_things(plan: Plan, words: PlanWords) -> tuple[TaskRow, ...]:
    """What is due soonest of what is not done; things that go on all the while are left out."""
    open_tasks = (
        one for one in plan.schedule.tasks.values() if one.status != "done" and not one.task.lasts.span
    )
    soonest = sorted(open_tasks, key=lambda one: (one.due, one.start, one.task.id))
    return _rows(soonest[:NEXT_THINGS], words)


def _late_notes(plan: Plan) -> list[str]:
    """The tasks planned after their own limit, where that is not the guide's own doing."""
    return [
        f"{one.task.id} “{one.task.name}” is planned for {day_words(one.due)}, "
        f"and should be done by {day_words(one.deadline or one.latest)}."
        for one in _late(plan)
        if one.task.id not in GUIDE_AT_ODDS
    ]


def _guide_notes(plan: Plan) -> list[str]:
    """The tasks that are late because the guide contradicts itself, said kindly."""
    return [
        f"The guide is at odds with itself. {GUIDE_AT_ODDS[one.task.id]} By the guide this ends on "
        f"{day_words(one.deadline or one.latest)}, in this plan on {day_words(one.due)} "
        f"({one.task.id} “{one.task.name}”)."
        for one in _late(plan)
        if one.task.id in GUIDE_AT_ODDS
    ]


def _late(plan: Plan) -> list[PlannedTask]:
    """Open tasks planned after their own limit; none where the whole plan is too late: its chain says it better."""
    if plan.schedule.too_late:
        return []
    return [one for one in plan.schedule.tasks.values() if one.late and one.status != "done"]


def _questions(plan: Plan) -> list[RuleResult]:
    """The rules that wait for an answer from people, those that can stop a gate first; each question once."""
    waiting = (
        one for one in plan.rules if one.result == "cannot_tell" and one.because.startswith("not known")
    )
    first = sorted(waiting, key=lambda one: (one.severity != "B", one.id))
    return list({one.because: one for one in reversed(first)}.values())[::-1]


def _phases(plan: Plan, words: PlanWords, drawing: Drawing) -> tuple[PhaseBlock, ...]:
    made = []
    for phase in plan.guide.phases:
        tasks = [one for one in plan.schedule.tasks.values() if one.task.phase == phase.id]
        if tasks:
            made.append(
                PhaseBlock(
                    id=phase.id,
                    title=words.phase(phase.id),
                    tasks=_rows(sorted(tasks, key=lambda one: (one.start, one.due, one.task.id)), words),
                    charts=drawing.phase(phase.id),
                    start=min(one.start for one in tasks),
                    due=max(one.due for one in tasks),
                    critical=sum(one.critical for one in tasks),
                    done=sum(one.status == "done" for one in tasks),
                )
            )
    return tuple(made)


def _rows(tasks: Iterable[PlannedTask], words: PlanWords) -> tuple[TaskRow, ...]:
    return tuple(_row(one, words) for one in tasks)


def _row(one: PlannedTask, words: PlanWords) -> TaskRow:
    state = task_state(one)
    sources = (f"{code}: {words.guide.sources.explain(code) or code}" for code in one.task.source)
    return TaskRow(
        planned=one,
        who=words.roles(one.task.responsible),
        consulted=words.roles(one.task.consulted),
        state=state,
        look=STATE_LOOKS.get(state),
        source="; ".join(sources),
    )


def _roles(plan: Plan) -> list[tuple[str, str]]:
    """The roles with something to do, for the filter."""
    busy = {slug for one in plan.schedule.tasks.values() for slug in one.task.responsible}
    return [(one.slug, one.name) for one in plan.guide.roles.roles if one.slug in busy]


def _tables(plan: Plan) -> dict[str, PageTable]:
    rules = rule_sheet(plan)
    columns = ("Rule", "Name", "Why", "What to do", "Weight", "Source")
    notices = (
        "Who is told",
        "Tell by",
        "First reminder",
        "Second reminder",
        "Off on",
        "On again",
        "Why this date",
    )
    return {
        "dates": page_table(
            key_date_sheet(plan), "Milestones", "Name", "Day", "Earliest", "Latest", "State", "Why this date"
        ),
        "notices": page_table(notice_sheet(plan), "Who must be told", *notices),
        "fail": page_table(rows_where(rules, "Result", [RULE_RESULTS["fail"]]), "Rules not kept", *columns),
        "cannot_tell": page_table(
            rows_where(rules, "Result", [RULE_RESULTS["cannot_tell"]]), "Rules not known yet", *columns
        ),
        "pass": page_table(rows_where(rules, "Result", [RULE_RESULTS["pass"]]), "Rules kept", *columns),
        "not_here": page_table(
            rows_where(rules, "Result", [RULE_DOES_NOT_APPLY]), "Rules that do not apply here", *columns
        ),
        "slas": page_table(
            service_level_sheet(plan),
            "Clocks of the service levels",
            "Level",
            "Name",
            "Limit",
            "Clock starts",
            "Ends on",
            "State",
            "Why",
        ),
        "windows": page_table(avoid_sheet(plan), "Times of year", "What", "From", "To", "Advice", "Why"),
        "settings": page_table(
            setting_sheet(plan),
            "Settings in force",
            "What it is",
            "In force",
            "Chosen by",
            "Why",
            "Other values",
            "Source",
        ),
    }
