"""One practice's move, as people write it down: who they are, what their area sets, and what has happened so far."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.rows import TaskId
from godwit.definitions.guide.task import After
from godwit.definitions.guide.timing import TaskLasts, TimingClause
from godwit.definitions.read import Definition


def _day(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and len(value) > 10):
        raise ValueError("a day is written like 2027-03-01, without a time or a time zone")
    return value


Day = Annotated[date, BeforeValidator(_day)]


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value


class Person(Definition):
    """Who fills a role, and how to reach them at work."""

    name: str
    contact: str = ""


class Event(Definition):
    """Days that matter to this practice or area: leave, training, events, its council's school holidays, closures."""

    name: str
    kind: Literal["leave", "training", "event", "school_holiday", "release_freeze", "closed"]
    starts: Day
    ends: Day
    who: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends < self.starts:
            raise ValueError(f"'{self.name}' ends before it starts")
        return self


class Party(Definition):
    """A third party the practice works with, with the notice that it asks for itself."""

    product: str = ""
    contact: str = ""
    notice: Duration | None = None


class OwnValue(Definition):
    """A setting of one's own, with the reason."""

    value: str | int | bool
    because: str = ""


class OwnTask(Definition):
    """What an area or practice changes about one task; what is absent stays as in the guide."""

    because: str
    responsible: tuple[str, ...] | None = None
    consulted: tuple[str, ...] | None = None
    when: tuple[TimingClause, ...] | None = None
    lasts: TaskLasts | None = None
    after: tuple[After, ...] | None = None
    condition: tuple[str, ...] | None = None
    days: Literal["working", "any"] | None = None
    aim: Literal["early", "late"] | None = None


def _own_value(value: Any) -> Any:
    return value if isinstance(value, (dict, OwnValue)) else {"value": value}


def _party(value: Any) -> Any:
    return {} if value is None else value


class Area(Definition):
    """What an integrated care board sets for all its practices."""

    area: str
    settings: dict[str, Annotated[OwnValue, BeforeValidator(_own_value)]] = Field(default_factory=dict)
    tasks: dict[TaskId, OwnTask] = Field(default_factory=dict)
    calendar: tuple[Event, ...] = ()


class Practice(Definition):
    """One practice. Everything but its name has a default, so that a first plan needs one line and a date.

    `answers` are the yes-or-no questions of `conditions.yaml`. `third_parties` are the slugs of those in use.
    """

    practice: str
    ods_code: str = ""
    list_size: int | None = Field(default=None, gt=0)
    commissioner: str = ""
    delivery_partner: str = ""
    current_system: str = ""
    new_system: str = ""
    route: Annotated[Literal["2026", "2020", "2019"], BeforeValidator(_text)] = "2026"
    answers: dict[str, bool] = Field(default_factory=dict)
    people: dict[str, Person] = Field(default_factory=dict)
    third_parties: dict[str, Annotated[Party, BeforeValidator(_party)]] = Field(default_factory=dict)
    calendar: tuple[Event, ...] = ()
    settings: dict[str, Annotated[OwnValue, BeforeValidator(_own_value)]] = Field(default_factory=dict)
    tasks: dict[TaskId, OwnTask] = Field(default_factory=dict)


class FixedDate(Definition):
    """A date that somebody has set: the supplier's own schedule of key dates, or a decision."""

    day: Day
    status: Literal["provisional", "confirmed"] = "provisional"
    because: str = ""


class Facts(Definition):
    """What has happened and what has been said so far. Holds counts and dates, never a patient's data.

    `dates` fixes milestones or anchors (IDP, FDP, MS-13); `answers` are the facts of `facts.yaml`.
    """

    done: dict[TaskId, Day] = Field(default_factory=dict)
    started: dict[TaskId, Day] = Field(default_factory=dict)
    dates: dict[str, FixedDate] = Field(default_factory=dict)
    answers: dict[str, Any] = Field(default_factory=dict)
