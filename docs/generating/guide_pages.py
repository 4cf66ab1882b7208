"""Pages about the guide as data: its settings, tasks, rules and questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from docs.generating.tables import code, codes, table
from godwit.definitions.guide.facts import Fact
from godwit.definitions.guide.guide import Guide, read_guide
from godwit.definitions.guide.rule import Rule, RuleFile
from godwit.definitions.guide.settings import Setting, SettingValue
from godwit.definitions.guide.task import Task
from godwit.definitions.read import parse, resource
from godwit.papers.plan_words import SEVERITIES, STATUSES
from godwit.papers.site.telling import Teller

SOURCES = "Source codes are explained in `definitions/guide/sources.yaml` and in the guide's own pages."
SETTINGS_INTRO = """\
Your area or practice may set its own: [how](../how-to/set-your-areas-own-values.md). *Counts in* says what changes
with a setting. *Shown only* means that no date and no rule reads it: it stands in plans as what was agreed."""

TASKS_INTRO = """\
Figures that are settings stand at their usual value. A plan dates the tasks that apply to the practice: *If* names
questions of which one must be answered with yes."""

FACTS_INTRO = """\
Write what you know under `answers:` in `facts.yaml` ([how](../how-to/say-what-has-happened.md)). What is left out
is not known, and the rule that asks says so. Counts, dates and yes or no: no patient is ever named."""

COUNTED_ELSEWHERE = {
    "flu_season": "windows of the calendar",
    "qof_window": "windows of the calendar",
    "late_margin": "tasks that are best done late",
    "extract_notice": "`godwit plan paces`",
    "holiday_margin_before": "`godwit plan days`",
    "holiday_margin_after": "`godwit plan days`",
    "critical_days_before": "`godwit plan days`, portfolios",
    "critical_days_after": "`godwit plan days`, portfolios",
}
"""What else of the plan counts with a setting, beside tasks and rules."""


@lru_cache(maxsize=1)
def teller() -> Teller:
    """Puts the shipped guide into words."""
    return Teller(read_guide())


# ---------------------------------------------------------------- settings


def settings() -> Iterator[str]:
    """Every setting with its rivals and their sources; the conflicts between editions first."""
    guide = read_guide()
    conflicts = [one for one in guide.settings if one.conflict]
    others = [one for one in guide.settings if not one.conflict]
    yield from ("# Settings", "")
    yield f"{len(guide.settings)} figures and choices that the guide leaves open, each with every value found."
    yield from (SETTINGS_INTRO, "", SOURCES, "")
    yield from (f"## The {len({one.conflict for one in conflicts})} conflicts between editions", "")
    yield from table(
        ("No", *_SETTING_HEAD), ((str(one.conflict), *_setting(one, guide)) for one in conflicts)
    )
    yield from ("", "## All other settings", "")
    yield from table(_SETTING_HEAD, (_setting(one, guide) for one in others))


_SETTING_HEAD = ("Setting", "What", "Value", "Rivals", "Counts in")


def _setting(one: Setting, guide: Guide) -> tuple[str, ...]:
    paces = "".join(f"; {pace} pace: {value}" for pace, value in one.paces.items())
    mark = "" if one.status == "stated" or not one.chosen.source else f" ({one.status})"
    return (
        code(one.name),
        f"{one.title}. {one.about}",
        f"{_value(one.chosen)}{mark}{paces}",
        "; ".join(_value(value) for value in one.rivals),
        ", ".join(_users(one.name, guide)) or "shown only",
    )


def _value(value: SettingValue) -> str:
    note = f": {value.note}" if value.note and value.note != value.value else ""
    return f"{code(value.value)}{note} [{', '.join(value.source) or value.status}]"


def _text(one: Rule) -> str:
    return f"{one.check} {one.when} {one.pass_says} {one.fail_says}"


def _users(name: str, guide: Guide) -> Iterator[str]:
    yield from (
        task.id for task in guide.tasks if any(one.name == name for one in teller().settings_of(task))
    )
    yield from (one.id for one in guide.rules if re.search(rf"\b{name}\b", _text(one)))
    if name in COUNTED_ELSEWHERE:
        yield COUNTED_ELSEWHERE[name]


# ---------------------------------------------------------------- tasks


def tasks() -> Iterator[str]:
    """Every task with its timing in words, phase by phase."""
    guide = read_guide()
    yield from ("# Tasks", "")
    yield from (f"All {len(guide.tasks)} tasks of the guide.", TASKS_INTRO)
    yield from ("", SOURCES)
    for phase in guide.phases:
        own = [one for one in guide.tasks if one.phase == phase.id]
        yield from ("", f"## {phase.id} {phase.name}", "", f"Usual length: {teller().length(phase)}.", "")
        yield from table(_TASK_HEAD, (_task(one) for one in own))


_TASK_HEAD = ("Id", "What", "Who", "When", "Takes", "After", "If", "Source")


def _task(one: Task) -> tuple[str, ...]:
    mark = STATUSES[one.status]
    return (
        one.id,
        f"{one.name}{f' ({mark})' if mark else ''}",
        codes(one.responsible),
        "; ".join(teller().when(one)),
        teller().lasts(one.lasts),
        "; ".join(_after(after.task, after.kind, str(after.lag or "")) for after in one.after),
        codes(one.condition),
        ", ".join(one.source),
    )


def _after(task: str, kind: str, lag: str) -> str:
    said = "" if kind == "finish_to_start" else f" ({kind.replace('_', ' ')})"
    return f"{task}{f' + {lag}' if lag else ''}{said}"


# ---------------------------------------------------------------- rules and questions


def guide_rules() -> Iterator[str]:
    """Every rule: what it checks, how grave it is, which gate it shuts, and where it comes from."""
    guide = read_guide()
    yield from ("# Rules of the guide", "")
    yield f"{len(guide.rules)} rules. Each holds when its check does; the check is written in the"
    yield "[rule language](rule-language.md). A rule that stops a gate keeps it shut while it fails or cannot be told."
    yield f"{SOURCES}"
    for part in _parts():
        yield from ("", f"## {part.title}", "")
        yield from table(
            ("Rule", "What", "Holds when", "Only if", "Weight", "Source"), (_rule(one) for one in part.rules)
        )


def _parts() -> list[RuleFile]:
    folder = resource("godwit.definitions.guide", "rules")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return [parse(RuleFile, one) for one in files]


def _rule(one: Rule) -> tuple[str, ...]:
    only = [*(code(slug) for slug in one.conditions), *([code(one.when)] if one.when else [])]
    weight = SEVERITIES[one.severity] if one.gate is None else f"Stops gate {one.gate}"
    return one.id, one.name, code(one.check), " or ".join(only), weight, ", ".join(one.source)


def facts() -> Iterator[str]:
    """Every question that rules, gates and clocks ask, by the role that knows."""
    guide = read_guide()
    yield from ("# Questions", "")
    yield from (f"{len(guide.facts)} questions that only people can answer.", FACTS_INTRO)
    names = {one.slug: one.name for one in guide.roles.roles}
    asked = sorted(guide.facts, key=lambda one: [*names].index(one.asked_of))
    for role, questions in groupby(asked, key=lambda one: one.asked_of):
        yield from ("", f"## {names[role]}", "")
        yield from table(
            ("Name", "Kind", "Question", "Used by", "For example"), (_fact(one) for one in questions)
        )


_KINDS = {
    "yes_no": "yes or no",
    "share": "percentage",
    "list": "list",
    "count": "count",
    "date": "day",
    "text": "text",
}


def _fact(one: Fact) -> tuple[str, ...]:
    choices = f": {', '.join(one.choices)}" if one.choices else ""
    columns = "; ".join(f"{code(each.name)} {_KINDS[each.type]}: {each.about}" for each in one.columns)
    return (
        code(one.name),
        f"{_KINDS[one.type]}{choices}",
        f"{one.question}{f' Columns: {columns}' if columns else ''}",
        ", ".join(one.used_by),
        code(_said(one.example)),
    )


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return f"{{{_joined(f'{name}: {_said(one)}' for name, one in value.items())}}}"
    return f"[{_joined(_said(one) for one in value)}]" if isinstance(value, list) else str(value)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
