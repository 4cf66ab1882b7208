"""What the file of an area or practice may not say, found before anything is dated, each with its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import timedelta
from difflib import get_close_matches
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.timing import Amount
from godwit.plan.case import OwnTask
from godwit.plan.naming import names_of, plain
from godwit.plan.overlays import Overlay, OverlayRefused
from godwit.plan.scheduler import Case

LONGEST: Final = timedelta(days=731)
"""No length or closure of a plan is longer: it would be a slip of the pen."""

_PER_UNIT: Final = {"d": 1.0, "wd": 1.4, "w": 7.0, "m": 30.4}
"""About how many calendar days a unit of a length takes."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``; did you mean dispensing?``, or nothing where no name is like it."""
    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


def refuse_overlays(overlays: Iterable[tuple[str, Overlay]], guide: Guide) -> None:
    """Raises `OverlayRefused` for whatever in an area's or practice's file the guide cannot follow."""
    for whose, overlay in overlays:
        for path, rule, because in _faults(overlay, guide):
            raise OverlayRefused(whose, path, rule, because)


def refuse_closed_go_live(case: Case) -> None:
    """Raises `OverlayRefused` where an area or practice has closed the practice on the day of its go-live."""
    for whose, overlay in case.overlays:
        for number, event in enumerate(overlay.calendar):
            if event.kind == "closed" and event.starts <= case.go_live <= event.ends:
                because = f"'{event.name}' closes the practice on {case.go_live}, which is its go-live"
                raise OverlayRefused(whose, ("calendar", number), "calendar.day", because)


_Fault = tuple[tuple[int | str, ...], str, str]
_TaskFault = tuple[str, str, str]


def _faults(overlay: Overlay, guide: Guide) -> Iterator[_Fault]:
    known = {one.name: one for one in guide.settings}
    for name, own in overlay.settings.items():
        if name not in known:
            because = f"there is no setting '{name}'{did_you_mean(name, known)}"
            yield ("settings", name), "setting.unknown", because
        elif known[name].kind == "duration" and _too_long(str(own.value)):
            yield ("settings", name), "setting.value", "no part of a migration takes longer than two years"
    for number, event in enumerate(overlay.calendar):
        if event.ends - event.starts > LONGEST:
            because = f"'{event.name}' lasts longer than two years; are both years right?"
            yield ("calendar", number), "calendar.day", because
    for task_id, own_task in overlay.tasks.items():
        for key, rule, because in _task_faults(task_id, own_task, guide):
            yield ("tasks", task_id, key), rule, because


def _task_faults(task_id: str, own: OwnTask, guide: Guide) -> Iterator[_TaskFault]:
    guides = {one.id: one for one in guide.tasks}
    if task_id not in guides:
        yield "", "task.unknown", f"the guide has no task {task_id}"
        return
    yield from _people_faults(own, guide)
    yield from _condition_faults(task_id, own, guide)
    yield from _timing_faults(own, guide, guides)
    task = guides[task_id]
    when = task.when if own.when is None else own.when
    after = task.after if own.after is None else own.after
    if not when and not after:
        yield "when", "task.timing", f"{task_id} is left without a timing: give it a 'when' or an 'after'"


def _people_faults(own: OwnTask, guide: Guide) -> Iterator[_TaskFault]:
    known = names_of(guide.roles.roles)
    for key in ("responsible", "consulted"):
        for name in getattr(own, key) or ():
            if plain(name) not in known:
                because = f"there is no role '{name}'{did_you_mean(plain(name), known)}"
                yield key, "role.unknown", because
    if own.responsible == ():
        yield "responsible", "task.nobody", "somebody has to be responsible for it"


def _condition_faults(task_id: str, own: OwnTask, guide: Guide) -> Iterator[_TaskFault]:
    slugs = {one.slug for one in guide.conditions.conditions}
    for slug in own.condition or ():
        if slug not in slugs:
            because = f"there is no question '{slug}'{did_you_mean(slug, slugs)}"
            yield "condition", "answer.unknown", because
    points = [one for one in guide.anchors if one.of == (task_id,)]
    if own.condition and points:
        because = f"{task_id} is {points[0].name}, from which other dates are counted; it cannot be left out"
        yield "condition", "task.needed", because


def _timing_faults(own: OwnTask, guide: Guide, tasks: Container[str]) -> Iterator[_TaskFault]:
    anchors = {one.id for one in guide.anchors}
    for clause in own.when or ():
        if clause.place.ref not in anchors and clause.place.ref not in tasks:
            because = f"'{clause}' names {clause.place.ref}; write a task or one of {anchor_list(guide)}"
            yield "when", "timing.unknown", because
        yield from _amount_faults("when", clause.place.offset, guide)
    for after in own.after or ():
        if after.task not in tasks:
            yield "after", "task.unknown", f"the guide has no task {after.task}"
        yield from _amount_faults("after", after.lag, guide)
    if own.lasts:
        three = (own.lasts.least, own.lasts.likely, own.lasts.most)
        for amount in three:
            yield from _amount_faults("lasts", amount, guide)
        written = [_days(one.duration) for one in three if one.duration]
        if len(written) == len(three) and written != sorted(written):
            yield "lasts", "task.lasts", "three lengths stand in the order least, likely, most"


def _amount_faults(key: str, amount: Amount | None, guide: Guide) -> Iterator[_TaskFault]:
    if amount is None:
        return
    lengths = {one.name for one in guide.settings if one.kind == "duration"}
    if amount.setting and amount.setting not in lengths:
        because = f"no length of time is called '{amount.setting}'{did_you_mean(amount.setting, lengths)}"
        yield key, "setting.unknown", because
    elif amount.duration and _days(amount.duration) > LONGEST.days:
        yield key, "task.length", "no part of a migration takes longer than two years"


def _too_long(text: str) -> bool:
    try:
        return _days(Duration.parse(text)) > LONGEST.days
    except ValueError:  # what it must look like is told where the setting is read
        return False


def _days(length: Duration) -> float:
    return length.count * _PER_UNIT[length.unit]


def anchor_list(guide: Guide) -> str:
    """The key dates that can be named, for people."""
    return ", ".join(one.id for one in guide.anchors)
