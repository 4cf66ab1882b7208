"""The tasks of the guide: who does what, when, after what, and what shows that it is done."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from godwit.definitions.guide.rows import TaskId
from godwit.definitions.guide.timing import WITHIN_THE_DAY, Amount, TaskLasts, TimingClause
from godwit.definitions.read import Definition, parse

Kind = Literal["finish_to_start", "start_to_start", "overlaps", "same_moment", "information"]


def _amount(value: Any) -> Amount | None:
    return value if value is None or isinstance(value, Amount) else Amount.parse(str(value))


class After(Definition):
    """One dependency. `because` is needed wherever it is not the plain kind (ADR 8).

    finish_to_start: starts once the other is finished · start_to_start: starts once the other has started ·
    overlaps: starts and finishes no earlier than the other · same_moment: both ends on the same days ·
    information: the other's result is used, but no date follows.
    """

    task: TaskId
    kind: Kind = "finish_to_start"
    lag: Annotated[Amount | None, BeforeValidator(_amount)] = None
    because: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"task": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.kind != "finish_to_start" and not self.because:
            raise ValueError(f"a dependency of kind {self.kind} needs its because")
        return self


class Task(Definition):
    """One task of the catalogue. `condition` lists slugs of which any makes it apply; none means always.

    `aim` says where in its window the plan puts it: as early as it can be, or near its latest day. `days` says
    whether it may fall on a weekend or bank holiday. `regional` marks tasks whose doer differs from area to area.
    """

    id: TaskId
    name: str
    about: str = ""
    responsible: tuple[str, ...] = Field(min_length=1)
    accountable: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    regional: bool = False
    when: tuple[TimingClause, ...] = ()
    lasts: TaskLasts = WITHIN_THE_DAY
    every: Annotated[Amount | None, BeforeValidator(_amount)] = None
    after: tuple[After, ...] = ()
    aim: Literal["early", "late"] = "early"
    days: Literal["working", "any"] = "working"
    evidence: tuple[str, ...] = Field(min_length=1)
    artefacts: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    status: Literal["stated", "inferred", "proposed", "added"] = "stated"
    source: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _timed(self) -> Self:
        if not self.when and not self.after:
            raise ValueError("a task needs a timing: 'when', or 'after' another task")
        return self

    @property
    def phase(self) -> str:
        """The phase it belongs to, such as P05."""
        return f"P{self.id[1:3]}"

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that its timing names, one as often as it is named."""
        amounts = [one.place.offset for one in self.when] + [one.lag for one in self.after]
        amounts += [self.lasts.least, self.lasts.likely, self.lasts.most, self.every]
        return tuple(one.setting for one in amounts if one and one.setting)


class TaskFile(Definition):
    """The tasks of one phase."""

    phase: str = Field(pattern=r"^P\d\d$")
    tasks: tuple[Task, ...]

    @model_validator(mode="after")
    def _of_this_phase(self) -> Self:
        strangers = [one.id for one in self.tasks if one.phase != self.phase]
        if strangers:
            raise ValueError(f"{', '.join(strangers)} belong to another phase's file")
        return self


@lru_cache(maxsize=1)
def read_tasks() -> tuple[Task, ...]:
    """All tasks, phase by phase. Raises `DefinitionError`."""
    folder = resources.files(__package__).joinpath("tasks")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(task for file in files for task in parse(TaskFile, file).tasks)
