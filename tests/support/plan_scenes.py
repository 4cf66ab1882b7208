"""Scenes made by hand, for tests of rules, gates and clocks: one move that keeps every rule, and changes to it.

The practice goes live on Monday 21 June 2027, after a cutover of three days. It is made up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from godwit.definitions.calendars import read_working_calendar
from godwit.definitions.guide.anchors import read_anchors
from godwit.definitions.guide.conditions import read_conditions
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.facts import checked_facts, read_facts
from godwit.definitions.guide.rule import read_rules
from godwit.definitions.guide.settings import Setting, read_settings
from godwit.definitions.seasons import Window
from godwit.plan.rules.language import PlanLanguage
from godwit.plan.rules.running import ReadyRule, RuleResult, ready_rules, run_rules
from godwit.plan.scene import Scene, SettingValue

LONG_AFTER = date(2027, 10, 15)

DATES = {
    "ORD": date(2027, 3, 1),
    "ACCEPT": date(2027, 3, 4),
    "REQUEST": date(2027, 3, 8),
    "KO": date(2027, 3, 11),
    "SUR": date(2027, 3, 17),
    "MEETING": date(2027, 5, 12),
    "IDP": date(2027, 4, 19),
    "TEST": date(2027, 4, 21),
    "SIGNOFF": date(2027, 5, 14),
    "FDP": date(2027, 6, 18),
    "GL": date(2027, 6, 21),
    "EOM": date(2027, 7, 16),
    "LEGACY": date(2027, 9, 20),
}

PHASE_DAYS = {
    "01": date(2027, 2, 15),
    "02": date(2027, 3, 5),
    "03": DATES["KO"],
    "04": DATES["SUR"],
    "05": date(2027, 4, 12),
    "06": DATES["IDP"],
    "07": date(2027, 4, 28),
    "08": DATES["SIGNOFF"],
    "09": date(2027, 6, 10),
    "10": date(2027, 6, 4),
    "11": DATES["FDP"],
    "12": date(2027, 6, 20),
    "13": DATES["GL"],
    "14": date(2027, 7, 2),
    "15": DATES["EOM"],
}

OWN_DAYS = {
    "T02-03": DATES["ORD"],
    "T02-12": date(2027, 3, 12),
    "T02-15": DATES["REQUEST"],
    "T02-16": DATES["REQUEST"],
    "T03-15": date(2027, 3, 17),
    "T05-03": date(2027, 4, 8),
    "T06-04": DATES["TEST"],
    "T09-01": DATES["MEETING"],
    "T10-03": date(2027, 4, 1),
    "T10-07": date(2027, 6, 17),
    "T15-10": date(2027, 6, 30),
}

HOW_MANY = {
    "01": 12, "02": 23, "03": 38, "04": 13, "05": 39, "06": 12, "07": 16, "08": 7,
    "09": 35, "10": 10, "11": 10, "12": 23, "13": 15, "14": 24, "15": 12,
}  # fmt: skip
"""The tasks of the guide's catalogue, by phase."""

TASKS = tuple(f"T{phase}-{number:02}" for phase, count in HOW_MANY.items() for number in range(1, count + 1))


def window(kind: Any, first: date, last: date, name: str = "") -> Window:
    return Window(name or kind, kind, first, last, "proposed", (), "made up")


WINDOWS = (
    window("flu", date(2026, 9, 1), date(2026, 12, 31), "Flu season"),
    window("flu", date(2027, 9, 1), date(2027, 12, 31), "Flu season"),
    window("qof", date(2027, 3, 1), date(2027, 4, 15), "QOF year end"),
    window("school_holiday", date(2027, 5, 31), date(2027, 6, 4), "Half term"),
)


@lru_cache(maxsize=1)
def the_language() -> PlanLanguage:
    """The language over the shipped definitions."""
    slugs = [one.slug for one in read_conditions().conditions]
    return PlanLanguage(read_anchors(), read_settings().settings, read_facts(), TASKS, slugs)


@lru_cache(maxsize=1)
def the_rules() -> tuple[ReadyRule, ...]:
    return ready_rules(read_rules(), the_language())


def results_in(scene: Scene) -> dict[str, RuleResult]:
    return {one.id: one for one in run_rules(the_rules(), scene)}


def setting_value(setting: Setting, text: str) -> SettingValue:
    if setting.kind == "duration":
        return Duration.parse(text)
    return int(text) if setting.kind == "count" else text


def a_whole_scene() -> Scene:
    """Long after go-live: every task done on its day, every fact known, every condition holding; all rules pass."""
    days = {task: OWN_DAYS.get(task, PHASE_DAYS[task[1:3]]) for task in TASKS}
    return Scene(
        today=LONG_AFTER,
        dates=DATES,
        starts=days | {"T10-07": date(2027, 6, 1), "T05-03": date(2027, 3, 12)},
        dues=days,
        done=days,
        settings={one.name: setting_value(one, one.default) for one in read_settings().settings},
        conditions=frozenset(one.slug for one in read_conditions().conditions),
        calendar=read_working_calendar(),
        facts=checked_facts({one.name: one.example for one in read_facts()}, read_facts()),
        windows=WINDOWS,
    )


def a_fresh_scene(today: date = date(2027, 2, 1)) -> Scene:
    """The same move as planned, with nothing done and nothing known."""
    return replace(a_whole_scene(), today=today, done={}, facts={})


def changed(scene: Scene, change: Mapping[str, Any]) -> Scene:
    """The scene with some things otherwise. An empty value takes something away; `conditions` lists what goes."""
    facts = {name: value for name, value in change.get("facts", {}).items() if value is not None}
    kept = {name: value for name, value in scene.facts.items() if name not in change.get("facts", {})}
    return replace(
        scene,
        today=change.get("today", scene.today),
        dates=_patched(scene.dates, change.get("dates", {})),
        starts=_patched(scene.starts, change.get("starts", {})),
        dues=_patched(scene.dues, change.get("dues", {})),
        done=_patched(scene.done, change.get("done", {})),
        settings=_patched(scene.settings, _typed_settings(change.get("settings", {}))),
        conditions=scene.conditions - set(change.get("without_conditions", ())),
        facts={**kept, **checked_facts(facts, read_facts())},
        windows=(*scene.windows, *_windows(change.get("windows", ()))),
    )


def _patched(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**old, **new}.items() if value is not None}


def _typed_settings(texts: Mapping[str, str]) -> dict[str, SettingValue]:
    return {name: setting_value(read_settings().of(name), text) for name, text in texts.items()}


def _windows(rows: Iterable[Mapping[str, Any]]) -> tuple[Window, ...]:
    return tuple(window(row["kind"], row["starts"], row["ends"]) for row in rows)
