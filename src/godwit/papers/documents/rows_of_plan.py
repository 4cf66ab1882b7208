"""Lists that tables are filled from: dates, tasks, gates, rules and hazards of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from godwit.papers.documents.desk import Desk, sentence, short_day
from godwit.papers.paper import long_date
from godwit.plan.wording import day_words

Row = Mapping[str, str]


def milestones(desk: Desk) -> Iterator[Row]:
    """Every milestone with its day."""
    names = _phase_names(desk)
    for one in sorted(desk.plan.milestones, key=lambda one: (one.day, one.milestone.id)):
        yield {
            "id": one.milestone.id,
            "name": one.milestone.name,
            "phase": names[one.milestone.phase],
            "date": day_words(one.day),
            "status": one.status,
            "because": sentence(one.because),
        }


def key_dates(desk: Desk) -> Iterator[Row]:
    """The points of time that everything else hangs on, by date."""
    names = {one.id: one.name for one in desk.plan.guide.anchors}
    anchors = desk.plan.schedule.anchors
    for name in sorted(anchors, key=lambda one: anchors[one].start):
        yield {"id": name, "name": sentence(names[name]), "date": day_words(anchors[name].start)}


def tasks(desk: Desk) -> Iterator[Row]:
    """Every task of the plan, by date."""
    planned = desk.plan.schedule.tasks.values()
    for one in sorted(planned, key=lambda one: (one.start, one.due, one.task.id)):
        yield {
            "id": one.task.id,
            "phase": one.task.phase,
            "name": one.task.name,
            "about": one.task.about,
            "who": desk.roles(one.task.responsible),
            "start": day_words(one.start),
            "date": day_words(one.due),
            "evidence": sentence(", ".join(one.task.evidence)),
            "status": one.status,
            "critical": "no slack" if one.critical else "",
        }


def weeks(desk: Desk) -> Iterator[Row]:
    """Week by week what must be done: the milestones, the tasks without slack, and how many tasks fall due."""
    due: dict[date, list[str]] = {}
    counts: dict[date, int] = {}
    for one in desk.plan.schedule.tasks.values():
        week = one.due - timedelta(days=one.due.weekday())
        counts[week] = counts.get(week, 0) + 1
    for reached in desk.plan.milestones:
        week = reached.day - timedelta(days=reached.day.weekday())
        due.setdefault(week, []).append(f"{reached.milestone.name} ({reached.day:%a} {reached.day.day})")
    for week in sorted(counts):
        yield {
            "week": f"From {long_date(week)}",
            "milestones": "; ".join(due.get(week, [])),
            "count": str(counts[week]),
        }


def gates(desk: Desk) -> Iterator[Row]:
    """Every gate, with what is missing and who signs."""
    questions = {one.id: one.question for one in desk.plan.guide.gates}
    for one in desk.plan.gates:
        yield {
            "id": one.id,
            "name": one.name,
            "question": questions[one.id],
            "state": "open" if one.open else "shut",
            "missing": "\n".join(one.missing),
            "signed_by": desk.roles(one.signed_by),
        }


def needs(desk: Desk) -> Iterator[Row]:
    """What each gate asks for, one row for each need."""
    for gate in desk.plan.guide.gates:
        for need in gate.needs:
            yield {"gate": gate.id, "need": need.words, "due": short_day(desk.last_due([need.task or ""]))}


def readiness(desk: Desk) -> Iterator[Row]:
    """The questions to be answered with yes before each gate."""
    for row in desk.plan.guide.readiness.rows:
        for one in row.questions:
            yield {"gate": row.gate, "question": one.ask, "edition": one.edition or ""}


def risks(desk: Desk) -> Iterator[Row]:
    """The rules that this plan breaks, and those that keep a gate shut and cannot be told yet."""
    for one in desk.plan.rules:
        open_stop = one.result == "cannot_tell" and one.severity == "B"
        if one.result == "fail" or open_stop:
            yield {
                "id": one.id,
                "risk": f"{one.name}.",
                "result": "broken" if one.result == "fail" else "not known yet",
                "because": sentence(one.because),
                "mitigation": one.advice,
                "gate": one.gate or "",
            }


def hazards(desk: Desk) -> Iterator[Row]:
    """The hazards that the log starts with."""
    kinds = {one.id: one.name for one in desk.plan.guide.data_kinds}
    for one in desk.plan.guide.hazards:
        yield {
            "id": one.id,
            "hazard": one.hazard,
            "control": one.detecting_check,
            "kinds": "; ".join(kinds[kind] for kind in one.data_kinds),
            "status": "Open",
        }


def limits(desk: Desk) -> Iterator[Row]:
    """Every service level, with the last day that is in time."""
    bound = {one.id: one.bound for one in desk.plan.guide.slas.slas}
    for one in desk.plan.slas:
        yield {
            "id": one.id,
            "name": one.name,
            "limit": one.limit,
            "due": short_day(one.due),
            "state": one.state.replace("_", " "),
            "bound": desk.roles(bound[one.id]),
        }


def windows(desk: Desk) -> Iterator[Row]:
    """Days to avoid: seasons, holidays, leave and events."""
    for one in desk.plan.windows:
        yield {"name": one.name, "starts": day_words(one.starts), "ends": day_words(one.ends)}


def _phase_names(desk: Desk) -> dict[str, str]:
    return {one.id: f"{one.id} {one.name}" for one in desk.plan.guide.phases}
