"""The functions that rules may use: tasks and their days, windows of the calendar, lists of facts, and time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, get_args

from godwit.definitions.seasons import Kind as WindowKind
from godwit.definitions.seasons import Window
from godwit.plan.rules.expression import Function
from godwit.plan.rules.truth import Look, Row, Term, Unknown, Value, all_of, any_of
from godwit.plan.scene import Scene
from godwit.plan.wording import day_words

WINDOW_KINDS: Final = frozenset(get_args(WindowKind))


def _start(look: Look, task: str) -> Value:
    return look.scene.starts.get(task) or _no_task(task)


def _due(look: Look, task: str) -> Value:
    return look.scene.dues.get(task) or _no_task(task)


def _day_of(look: Look, task: str) -> Value:
    """The day it was done; before that its planned day, but never a day that has passed without it."""
    scene = look.scene
    if task in scene.done:
        return scene.done[task]
    return max(scene.dues[task], scene.today) if task in scene.dues else _no_task(task)


def _done_on(look: Look, task: str) -> Value:
    return look.scene.done.get(task) or _not_done(look.scene, task)


def _is_done(look: Look, task: str) -> Value:
    scene = look.scene
    if task in scene.done:
        return True
    overdue = task in scene.dues and scene.dues[task] < scene.today
    return False if overdue else _not_done(scene, task)


def _done_by(look: Look, task: str, day: date) -> Value:
    scene = look.scene
    if task in scene.done:
        return scene.done[task] <= day
    if task not in scene.dues:
        return _no_task(task)
    late = scene.today > day or scene.dues[task] > day
    return False if late else _not_done(scene, task)


def _no_task(task: str) -> Unknown:
    return Unknown((f"{task} is not in this plan",))


def _not_done(scene: Scene, task: str) -> Unknown:
    if task not in scene.dues:
        return _no_task(task)
    return Unknown((f"not yet: {task} is due on {day_words(scene.dues[task])}",))


def _applies(look: Look, condition: str) -> Value:
    return condition in look.scene.conditions


def _windows(look: Look, first: date, last: date, kind: str) -> Iterator[Window]:
    return (
        one for one in look.scene.windows if one.kind == kind and one.starts <= last and one.ends >= first
    )


def _window_between(look: Look, first: date, last: date, kind: str) -> Value:
    return any(True for _ in _windows(look, first, last, kind))


def _window_names(look: Look, first: date, last: date, kind: str) -> Value:
    found = _windows(look, first, last, kind)
    return (
        ", ".join(f"{one.name} ({day_words(one.starts)} to {day_words(one.ends)})" for one in found) or "none"
    )


def _holidays(look: Look, first: date, last: date) -> list[date]:
    calendar = look.scene.calendar
    for end in (first, last):
        calendar.is_working_day(end)  # refuses a day for which holidays are not known
    return sorted(day for day in calendar.holidays if first <= day <= last)


def _holiday_between(look: Look, first: date, last: date) -> Value:
    return bool(_holidays(look, first, last))


def _holiday_names(look: Look, first: date, last: date) -> Value:
    return ", ".join(day_words(day) for day in _holidays(look, first, last)) or "none"


def _rows(look: Look, over: Term) -> tuple[Row, ...] | Unknown:
    held = over.run(look)
    return held if isinstance(held, (tuple, Unknown)) else ()


def _tested(look: Look, rows: tuple[Row, ...], test: Term) -> Iterator[Value]:
    return (test.run(Look(look.scene, row)) for row in rows)


def _every(look: Look, over: Term, test: Term) -> Value:
    rows = _rows(look, over)
    return rows if isinstance(rows, Unknown) else all_of(_tested(look, rows, test))


def _some(look: Look, over: Term, test: Term) -> Value:
    rows = _rows(look, over)
    return rows if isinstance(rows, Unknown) else any_of(_tested(look, rows, test))


def _count(look: Look, over: Term, test: Term | None = None) -> Value:
    """How many rows there are, or how many of which the test is true for certain."""
    rows = _rows(look, over)
    if isinstance(rows, Unknown) or test is None:
        return rows if isinstance(rows, Unknown) else len(rows)
    return sum(held is True for held in _tested(look, rows, test))


def _names(look: Look, over: Term, test: Term) -> Value:
    """The first columns of the rows of which the test is true for certain."""
    rows = _rows(look, over)
    if isinstance(rows, Unknown):
        return rows
    tested = zip(rows, _tested(look, rows, test), strict=True)
    return ", ".join(str(next(iter(row.values()))) for row, held in tested if held is True) or "none"


def _known(look: Look, what: Term) -> Value:
    return not isinstance(what.run(look), Unknown)


def _answered_by(look: Look, what: Term, limit: Term) -> Value:
    """Whether there is an answer; once the day `limit` has passed, no answer means no."""
    answer, day = what.run(look), limit.run(look)
    if not isinstance(answer, Unknown):
        return True
    return False if isinstance(day, date) and look.scene.today > day else answer


def _at(look: Look, from_day: Term, what: Term) -> Value:
    """What holds from a day on; before it, that the day has not come."""
    day = from_day.run(look)
    if isinstance(day, date) and look.scene.today < day:
        return Unknown((f"not yet: this is asked from {day_words(day)}",))
    return day if isinstance(day, Unknown) else what.run(look)


def _working_days_between(look: Look, first: date, last: date) -> Value:
    return look.scene.calendar.working_days_between(first, last)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "task_start": Function(("task",), "date", _start, "the day on which the plan starts a task"),
    "due": Function(("task",), "date", _due, "the day by which the plan finishes a task"),
    "day_of": Function(
        ("task",), "date", _day_of, "the day a task was done, else its planned day or today if later"
    ),
    "done_on": Function(("task",), "date", _done_on, "the day a task was done; not known before"),
    "is_done": Function(
        ("task",), "yes_no", _is_done, "whether a task is done; not known until its day has passed"
    ),
    "done_by": Function(
        ("task", "date"), "yes_no", _done_by, "whether a task is done by a day; no if planned later"
    ),
    "applies": Function(("condition",), "yes_no", _applies, "whether a condition holds for the practice"),
    "in_window": Function(
        ("date", "window"),
        "yes_no",
        lambda look, day, kind: _window_between(look, day, day, kind),
        "whether a day lies in a window of a kind, such as 'flu'",
    ),
    "window_between": Function(
        ("date", "date", "window"), "yes_no", _window_between, "whether a window of a kind touches these days"
    ),
    "window_names": Function(("date", "date", "window"), "text", _window_names, "the names of those windows"),
    "holiday_between": Function(
        ("date", "date"),
        "yes_no",
        _holiday_between,
        "whether a bank holiday lies between two days, both included",
    ),
    "holiday_names": Function(("date", "date"), "text", _holiday_names, "those bank holidays"),
    "working_days_between": Function(
        ("date", "date"), "count", _working_days_between, "working days from a day, not counted, to another"
    ),
    "days_between": Function(
        ("date", "date"),
        "count",
        lambda _look, first, last: (last - first).days,
        "days from one day to another",
    ),
    "earlier": Function(
        ("date", "date"), "date", lambda _look, one, other: min(one, other), "the earlier of two days"
    ),
    "later": Function(
        ("date", "date"), "date", lambda _look, one, other: max(one, other), "the later of two days"
    ),
    "every": Function(
        ("list", "test"), "yes_no", _every, "whether a test holds for every row of a list", lazy=True
    ),
    "some": Function(
        ("list", "test"), "yes_no", _some, "whether a test holds for one row at least", lazy=True
    ),
    "count": Function(
        ("list", "test"),
        "count",
        _count,
        "how many rows there are, or pass a test for certain",
        lazy=True,
        optional=1,
    ),
    "names": Function(
        ("list", "test"), "text", _names, "the first column of the rows that pass a test", lazy=True
    ),
    "known": Function(("any",), "yes_no", _known, "whether something is known", lazy=True),
    "answered_by": Function(
        ("any", "date"),
        "yes_no",
        _answered_by,
        "whether something is known; no once the day has passed",
        lazy=True,
    ),
    "at": Function(
        ("date", "yes_no"),
        "yes_no",
        _at,
        "something that is asked from a day on; not known before",
        lazy=True,
    ),
}
"""Every function, by name. A new one is one entry here; its name then works in every definition."""
