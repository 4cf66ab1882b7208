"""What rules, gates and clocks look at: a plan's dates and what is known to have happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from godwit.definitions.guide.duration import Duration
from godwit.definitions.seasons import Window
from godwit.values import WorkingCalendar

SettingValue = Duration | int | str | bool
FactValue = date | int | str | bool | tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One plan on one day.

    `dates` holds the anchors (ORD, KO, … GL) as planned or as they happened; `starts` and `dues` the tasks that
    apply, by id; `done` the day each finished task was done; `facts` what people have said, by the name in
    `facts.yaml`. A fact that is absent is not known, which is not the same as no.
    """

    today: date
    dates: Mapping[str, date]
    starts: Mapping[str, date]
    dues: Mapping[str, date]
    done: Mapping[str, date]
    settings: Mapping[str, SettingValue]
    conditions: frozenset[str]
    calendar: WorkingCalendar
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
