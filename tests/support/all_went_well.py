"""Moves in which everything happened on the day it was planned for, and every question has a good answer.

The answers are the examples of the questions, with each day in them taken from the plan: from the task or notice that
brings the answer about. So a rule that fails tells of a plan whose own days break it.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from godwit.plan.case import Facts
from godwit.plan.making import Plan
from godwit.plan.scheduler import Case

LATER = timedelta(days=30)
"""How long after the last day of the plan one looks back at it."""

Change = Mapping[str, date]
"""The days of one row of a list, by column."""


def looked_back(plan: Plan) -> Case:
    """The same move, seen when all of it is over and all of it went as planned."""
    tasks = plan.schedule.tasks
    done = {name: one.due for name, one in tasks.items()}
    started = {name: one.start for name, one in tasks.items()}
    today = max(done.values()) + LATER
    facts = Facts(done=done, started=started, answers=good_answers(plan, today))
    return replace(plan.case, today=today, facts=facts, pace=plan.schedule.pace)


def good_answers(plan: Plan, today: date) -> dict[str, Any]:
    """An answer to every question, as a practice would have given it by `today`."""
    answers = {one.name: deepcopy(one.example) for one in plan.guide.facts}
    answers |= _single_days(plan, today)
    for name, changes in _rows(plan).items():
        answers[name] = [row | change for row, change in zip(answers[name], changes, strict=True)]
    answers["links"] = [
        {"party": one.party.name, "off_on": one.off_on, "back_on": one.on_on} for one in plan.notices
    ]
    return answers


def _single_days(plan: Plan, today: date) -> dict[str, date]:
    on, done, tasks = plan.schedule.on, _days_of(plan), plan.schedule.tasks
    return {
        "supplier_agreed_on": done("T02-01", "ORD"),
        "supplier_confirmed_go_live": on("GL"),
        "go_live_confirmed_on": done("T09-06", "FDP"),
        "terms_read": done("T01-05", "ORD"),
        "old_contract_ends": on("LEGACY"),
        "new_payment_starts": on("GL"),
        "old_payment_ends": on("LEGACY"),
        "project_manager_until": on("LEGACY"),
        "reconciliation_on": done("T05-04", "KO"),
        "degraded_codes_counted_on": today - timedelta(days=14),
        "screening_held_from": tasks["T09-25"].start if "T09-25" in tasks else on("MEETING"),
        "patients_told_on": done("T09-20", "MEETING"),
        "pharmacies_told_on": done("T09-20", "MEETING"),
        "furthest_rota_day": done("T09-12", "GL"),
        "stock_recorded_on": done("T09-30", "FDP"),
        "links_pause_from": min(one.off_on for one in plan.notices),
        "old_access_until": on("LEGACY"),
        "agent_asked_on": on("KO"),
        "agent_answered_on": on("KO") + timedelta(days=3),
        "extract_asked_for": on("IDP"),
    }


def _rows(plan: Plan) -> dict[str, tuple[Change, ...]]:
    """The days in each list, row by row of its example."""
    on, done = plan.schedule.on, _days_of(plan)
    settings_up, told = done("T14-18", "GL"), done("T12-20", "FDP")
    document_extracts = {
        "notice_on": done("T05-23", "KO"),
        "extract_asked_on": done("T02-17", "REQUEST"),
        "first_extract_on": done("T06-02", "IDP"),
        "final_extract_on": done("T11-08", "FDP"),
    }
    return {
        "integrations": ({"invoice_on": done("T05-25", "FDP"), "set_up_again_on": settings_up}, {}),
        "confirmations": (
            {"asked_on": on("REQUEST"), "answered_on": done("T02-18", "REQUEST")},
            {"asked_on": done("T05-19", "KO"), "answered_on": done("T05-19", "KO")},
        ),
        "other_suppliers": (document_extracts, {"notice_on": done("T05-23", "KO")}),
        "own_databases": ({"backed_up_on": done("T09-07", "FDP")},),
        "mesh_partners": ({"told_on": told}, {"told_on": told}),
    }


def _days_of(plan: Plan) -> Callable[[str, str], date]:
    """The day of a task, or of an anchor where the plan does not hold the task."""
    tasks, on = plan.schedule.tasks, plan.schedule.on
    return lambda task, anchor: tasks[task].due if task in tasks else on(anchor)
