"""The words that every print of a plan shares: names of roles, of states and of settings, and the practice's key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.roles import Role
from godwit.definitions.guide.settings import Setting
from godwit.plan.case import Practice
from godwit.plan.making import Plan
from godwit.plan.overlays import UsedSetting
from godwit.plan.planned import Link, PlannedTask
from godwit.plan.wording import day_words

TASK_STATES: Final = {
    "planned": "Planned",
    "provisional": "Provisional",
    "confirmed": "Confirmed",
    "done": "Done",
    "late": "Late",
}
MILESTONE_STATES: Final = {**TASK_STATES, "reached": "Reached"}
RULE_RESULTS: Final = {"fail": "Not kept", "cannot_tell": "Not known yet", "pass": "Kept"}
RULE_DOES_NOT_APPLY: Final = "Does not apply"
SEVERITIES: Final = {"B": "Stops a gate", "W": "Warning", "I": "For information"}
CLOCK_STATES: Final = {
    "not_started": "Not started",
    "running": "Running",
    "met": "Met",
    "breached": "Missed",
    "will_breach": "Will be missed",
}
ADVICE: Final = {"avoid": "Avoid", "know": "Know about"}
GUIDE_AT_ODDS: Final = {
    "T08-07": "Its own steps from the request for the extract to the sign-off take longer than the 6 weeks that it "
    "allows. Nobody has done anything wrong; agree the longer time with both suppliers."
}
"""Tasks that the guide itself makes late (ADR 8, point 3), with a word on each: no fault of the practice."""
STATUSES: Final = {"stated": "", "inferred": "inferred", "proposed": "proposed", "added": "added"}


@dataclass(frozen=True)
class PlanWords:
    """Puts the codes of one guide into words."""

    guide: Guide

    def role(self, slug: str) -> Role:
        """The role of a slug. Raises `KeyError`."""
        return self.guide.roles.of(slug)

    def roles(self, slugs: Iterable[str]) -> str:
        """Names of roles, such as ``Practice manager, Lead GP``."""
        return ", ".join(self.role(one).name for one in slugs)

    def phase(self, phase_id: str) -> str:
        """``P05 Pre-migration tasks``."""
        return f"{phase_id} {next(one.name for one in self.guide.phases if one.id == phase_id)}"


def task_state(task: PlannedTask) -> str:
    """How a task stands, in one word; late goes before everything but done."""
    return TASK_STATES["late" if task.late and task.status != "done" else task.status]


def rule_words(result: str, applies: bool) -> str:
    """What a rule says of the plan, in words; a rule that does not apply is not said to be kept."""
    return RULE_RESULTS[result] if applies else RULE_DOES_NOT_APPLY


def setting_words(setting: Setting, value: str) -> str:
    """A value of a setting for people: ``15 working days``; the note of a choice; days as ``09-01 to 12-31``."""
    if setting.kind == "duration":
        return Duration.parse(value).words
    if setting.kind == "choice":
        return next((one.note for one in setting.values if one.value == value), value)
    return value.replace("..", " to ")


def rivals_words(used: UsedSetting) -> str:
    """The other values found for a setting, each with its sources: ``5 weeks (A, B)``."""
    others = (one for one in used.setting.values if one.value != used.value)
    return "; ".join(
        f"{setting_words(used.setting, one.value)} ({', '.join(one.source) or one.status})" for one in others
    )


def setting_source(used: UsedSetting) -> str:
    """Where the value in force comes from; empty for a value that stands in no edition."""
    found = (one for one in used.setting.values if one.value == used.value)
    return next((", ".join(one.source) or one.status for one in found), "")


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}" if text else ""


def order_day(plan: Plan) -> date | None:
    """The day of the order; None where the plan has none."""
    order = plan.schedule.anchors.get("ORD")
    return order.start if order else None


def chain(plan: Plan) -> tuple[Link, ...]:
    """What decides the date, by date: tasks that take time and have none to spare. If too late, what makes it so."""
    late = plan.schedule.too_late
    if late:
        return late.chain
    path = (
        one
        for one in plan.schedule.critical_path
        if one.start < one.due and not one.task.lasts.span and one.status != "done"
    )
    return tuple(Link(one.task.id, one.task.name, one.start, one.due, one.because) for one in path)


def span_words(start: date, due: date) -> str:
    """``Mon 3 May 2027``, or two days with “to” between them."""
    return day_words(due) if start == due else f"{day_words(start)} to {day_words(due)}"


def practice_key(practice: Practice) -> str:
    """What names the practice in ids that must never change: its ODS code, else its name in plain letters."""
    plain = unicodedata.normalize("NFKD", practice.ods_code or practice.practice)
    bare = "".join(one for one in plain if not unicodedata.combining(one)).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "practice"
