"""The plan as calendar entries that stay the same entries when the plan moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal

from godwit.papers.calendar import Calendar, Entry
from godwit.papers.plan_words import MILESTONE_STATES, PlanWords, practice_key, sentence, task_state
from godwit.plan.making import Plan
from godwit.plan.milestones import MilestoneDay
from godwit.plan.notices import PartyNotice
from godwit.plan.planned import PlannedTask
from godwit.plan.wording import count_words, day_words

SURE: Final = frozenset({"confirmed", "done", "reached"})
LONGEST_BAR: Final = 14
"""Days: a longer task stands in the calendar on the day it is due, not as a bar across months."""


def plan_calendar(plan: Plan, made_at: datetime, revision: int, before: Plan | None = None) -> Calendar:
    """Every milestone, task, notice and reminder of the plan; `revision` counts the plans made of this move.

    What the plan `before` had and this one has not is struck out. Raises `PaperRefused` for a time without its zone.
    """
    entries = tuple(_entries(plan, revision))
    kept = {one.uid for one in entries}
    old = _entries(before, revision) if before else ()
    struck = tuple(_cancelled(one) for one in old if one.uid not in kept)
    name = f"Moving {plan.case.practice.practice} to its new clinical system"
    return Calendar(name, made_at, (*entries, *struck))


def _entries(plan: Plan, revision: int) -> Iterator[Entry]:
    key = practice_key(plan.case.practice)
    words = PlanWords(plan.guide)
    for milestone in plan.milestones:
        yield _milestone(milestone, key, revision)
    for task in plan.schedule.tasks.values():
        yield _task(task, words, key, revision)
    sure = plan.schedule.anchors["GL"].status in SURE
    for notice in plan.notices:
        yield from _notice(notice, key, revision, "CONFIRMED" if sure else "TENTATIVE")


def _cancelled(entry: Entry) -> Entry:
    return Entry(
        uid=entry.uid,
        first_on=entry.first_on,
        last_on=entry.last_on,
        summary=f"No longer in the plan: {entry.summary}",
        categories=entry.categories,
        status="CANCELLED",
        revision=entry.revision,
    )


def _status(status: str) -> Literal["CONFIRMED", "TENTATIVE"]:
    return "CONFIRMED" if status in SURE else "TENTATIVE"


def _milestone(one: MilestoneDay, key: str, revision: int) -> Entry:
    state = MILESTONE_STATES[one.status]
    return Entry(
        uid=f"{one.milestone.id}@{key}.godwit",
        first_on=one.day,
        last_on=one.day,
        summary=f"Milestone: {one.milestone.name}",
        description=f"{one.milestone.id}. {state}. {sentence(one.because)}",
        categories=("Migration milestone",),
        status=_status(one.status),
        revision=revision,
        reminders=() if one.status == "reached" else (7, 0),
    )


def _task(one: PlannedTask, words: PlanWords, key: str, revision: int) -> Entry:
    first = one.start if (one.due - one.start).days <= LONGEST_BAR else one.due
    return Entry(
        uid=f"{one.task.id}@{key}.godwit",
        first_on=first,
        last_on=one.due,
        summary=f"{_who(one, words)}: {one.task.name}",
        description=_task_text(one, words),
        categories=("Migration task", words.phase(one.task.phase)),
        status=_status(one.status),
        revision=revision,
        reminders=() if one.status == "done" else (7,),
    )


def _who(one: PlannedTask, words: PlanWords) -> str:
    """Who does it, short enough for a phone."""
    first, *others = one.task.responsible
    return f"{words.role(first).name} and others" if others else words.role(first).name


def _task_text(one: PlannedTask, words: PlanWords) -> str:
    spare = "None: it decides the date." if one.critical else sentence(count_words(one.slack, "working day"))
    lines = (
        f"{one.task.id}. Who: {words.roles(one.task.responsible)}",
        f"From {day_words(one.start)} to {day_words(one.due)}. {task_state(one)}.",
        f"Time to spare: {spare}",
        f"Why this date: {one.because}",
        f"Done when there is: {'; '.join(one.task.evidence)}",
    )
    return "\n".join(lines)


def _notice(
    one: PartyNotice, key: str, revision: int, status: Literal["CONFIRMED", "TENTATIVE"]
) -> Iterator[Entry]:
    text = f"Off on {day_words(one.off_on)}, on again on {day_words(one.on_on)}. {sentence(one.because)}"
    contact = f"\nContact: {one.own.contact}" if one.own.contact else ""

    def entry(what: str, day: date, summary: str) -> Entry:
        return Entry(
            uid=f"{one.party.id}-{what}@{key}.godwit",
            first_on=day,
            last_on=day,
            summary=summary,
            description=text + contact,
            categories=("Migration notice",),
            status=status,
            revision=revision,
        )

    yield entry("tell", one.tell_by, f"Tell {one.party.name}: last day")
    for number, day in enumerate(one.remind_on, start=1):
        yield entry(f"remind-{number}", day, f"Remind {one.party.name}")
    yield entry("off", one.off_on, f"Link off: {one.party.name}")
    yield entry("on", one.on_on, f"Link on again: {one.party.name}")
