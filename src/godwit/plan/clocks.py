"""The clocks of the service levels: when each starts, by when it must stop, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.slas import Limit, Sla
from godwit.plan.rules.counting import moved
from godwit.plan.scene import Scene
from godwit.plan.wording import day_words
from godwit.values import CalendarExhausted, WorkingCalendar

ClockState = Literal["not_started", "running", "met", "breached", "will_breach"]

COUNTED_BY: Final[Mapping[str, str]] = {"SLA-09": "extract_rounds"}
"""The fact that holds the count, for a service level that is a count and no clock."""

ENDS_COUNT: Final[Mapping[str, str]] = {"SLA-09": "T08-05"}
"""The task with which such a count comes to its end."""

TIMED_BY: Final[Mapping[str, tuple[str, str]]] = {"SLA-01": ("agent_asked_on", "agent_answered_on")}
"""The facts that start and stop a clock which runs on demand: no task of the plan has its days."""

BROKEN_BY: Final[Mapping[str, str]] = {"SLA-11": "core_hours_affected"}
"""A fact that breaks a service level whatever its clock says."""


ASKED_FOR: Final = "extract_asked_for"
"""The fact that holds the day for which a request that was sent asks."""


@dataclass(frozen=True, slots=True)
class SlaState:
    """One service level against one limit.

    `starts` and `due` are planned days until the clock has started; `stopped` is only ever a day on which it happened.
    will_breach: not broken yet, but the plan's own dates will break it.
    """

    id: str
    name: str
    limit: str
    starts: date | None
    due: date | None
    stopped: date | None
    state: ClockState
    because: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What starts or stops a clock: its day, whether that day is what happened or what is planned, and its words."""

    day: date
    happened: bool
    words: str


def due_day(calendar: WorkingCalendar, started_on: date, limit: Duration, after_five: bool = False) -> date:
    """The last day that is in time.

    Working days are counted from the next working day where the clock started on a day off or `after_five`; that day
    is day nought. Days, weeks and months are counted on the calendar, from the very day.
    Source: standards note 2.5, proposed there. Raises `CalendarExhausted`.
    """
    if limit.unit == "wd":
        return calendar.add_working_days(calendar.effective_trigger(started_on, after_five), limit.count)
    return moved(calendar, started_on, limit)


def sla_states(slas: Iterable[Sla], scene: Scene) -> tuple[SlaState, ...]:
    """Every service level as it stands in the scene, one row for each of its limits."""
    return tuple(state for sla in slas for state in _states(sla, scene))


def _states(sla: Sla, scene: Scene) -> Iterator[SlaState]:
    if sla.limit_count is not None:
        yield _counted(sla, sla.limit_count, scene)
    for limit in sla.limits:
        yield _clock(sla, limit, scene)


def _clock(sla: Sla, limit: Limit, scene: Scene) -> SlaState:
    if sla.id in TIMED_BY:
        return _on_demand(sla, limit, scene)
    start, stop = _first(sla.starts_at, scene), _first(sla.stops_at, scene)
    if start is None or stop is None:
        missing = sla.stops_at if start else sla.starts_at
        names = " and ".join(one.partition(".")[0] for one in missing)
        return _idle(sla, limit, f"does not apply: {names} not in this plan")
    return _running(sla, limit, start, stop, scene)


def _on_demand(sla: Sla, limit: Limit, scene: Scene) -> SlaState:
    asked, answered = (scene.facts.get(name) for name in TIMED_BY[sla.id])
    if not isinstance(asked, date):
        return _idle(sla, limit, "nothing has been asked yet")
    start = _Moment(asked, happened=True, words=f"asked on {day_words(asked)}")
    stop = _Moment(max(asked, scene.today), happened=False, words="not answered yet")
    if isinstance(answered, date) and answered >= asked:  # an older answer belongs to an older question
        stop = _Moment(answered, happened=True, words=f"answered on {day_words(answered)}")
    return _running(sla, limit, start, stop, scene)


def _running(sla: Sla, limit: Limit, start: _Moment, stop: _Moment, scene: Scene) -> SlaState:
    due, state, because = _standing(sla, limit, start, stop, scene)
    stopped = stop.day if stop.happened else None
    return SlaState(
        sla.id,
        sla.name,
        limit.value.words,
        start.day,
        due,
        stopped,
        state,
        because,
        limit.source or sla.source,
    )


def _idle(sla: Sla, limit: Limit, because: str) -> SlaState:
    source = limit.source or sla.source
    return SlaState(sla.id, sla.name, limit.value.words, None, None, None, "not_started", because, source)


def _standing(
    sla: Sla, limit: Limit, start: _Moment, stop: _Moment, scene: Scene
) -> tuple[date | None, ClockState, str]:
    try:
        due = due_day(scene.calendar, start.day, limit.value)
    except CalendarExhausted as error:
        return None, "running" if start.happened else "not_started", str(error)
    span = f"{limit.value.words} from {day_words(start.day)} end on {day_words(due)}"
    asked = _asked_day(sla, start, scene)
    if asked is not None and asked > due:
        due, span = asked, f"{span}, and the request asks for {day_words(asked)}"
    if start.happened and scene.facts.get(BROKEN_BY.get(sla.id, "")) is True:
        return due, "breached", f"{span}; core working hours were affected"
    return due, _state(start, stop, due, scene.today), f"{span}; {stop.words}"


def _asked_day(sla: Sla, start: _Moment, scene: Scene) -> date | None:
    """The day the request asks for: what people say it asked for, or the plan's while it is not sent yet."""
    if not sla.asked_for:
        return None
    said = scene.facts.get(ASKED_FOR)
    if isinstance(said, date):
        return said
    return None if start.happened else scene.dates.get(sla.asked_for)


def _state(start: _Moment, stop: _Moment, due: date, today: date) -> ClockState:
    if stop.happened:
        return "met" if stop.day <= due else "breached"
    if start.happened and today > due:
        return "breached"
    if stop.day > due:
        return "will_breach"
    return "running" if start.happened else "not_started"


def _first(ends: Iterable[str], scene: Scene) -> _Moment | None:
    """The first of several task ends whose task is in the plan."""
    for end in ends:
        task, _, edge = end.partition(".")
        if task in scene.dues or task in scene.done:
            return _started(task, scene) if edge == "start" else _finished(task, scene)
    return None


def _started(task: str, scene: Scene) -> _Moment:
    """A start is taken to have happened once its day has come: plans hold no other sign of it until it is done."""
    day, done = scene.starts.get(task), scene.done.get(task)
    day = min(one for one in (day, done) if one is not None)
    happened = done is not None or day <= scene.today
    return _Moment(
        day, happened, f"{task} {'began' if happened else 'is planned to begin'} on {day_words(day)}"
    )


def _finished(task: str, scene: Scene) -> _Moment:
    """What is not done cannot be done before today, whatever the plan says."""
    if task in scene.done:
        return _Moment(scene.done[task], True, f"{task} was done on {day_words(scene.done[task])}")
    day = max(scene.dues[task], scene.today)
    return _Moment(day, False, f"{task} is planned for {day_words(day)}")


def _counted(sla: Sla, most: int, scene: Scene) -> SlaState:
    count = scene.facts.get(COUNTED_BY.get(sla.id, ""))
    ended = scene.done.get(ENDS_COUNT.get(sla.id, ""))
    state: ClockState = "not_started"
    because = f"not counted yet; at most {most}"
    if isinstance(count, int):
        state = "breached" if count > most else "met" if ended else "running"
        because = f"{count} of at most {most}"
    return SlaState(sla.id, sla.name, f"at most {most}", None, None, ended, state, because, sla.source)
