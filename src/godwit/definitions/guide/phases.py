"""The phases of a migration, the milestones they reach and the gates that stop it until something is true."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.rows import Entry, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

PhaseId = Annotated[str, Field(pattern=r"^P\d\d$")]
MilestoneId = Annotated[str, Field(pattern=r"^MS-\d\d$")]
RuleId = Annotated[str, Field(pattern=r"^R-\d\d$")]
GateId = Annotated[str, Field(pattern=r"^G\d$")]
ReadinessId = Annotated[str, Field(pattern=r"^RQ-\d\d$")]


class Inset(Definition):
    """A short piece of advice, and who gives it."""

    words: str
    source: tuple[str, ...] = Field(min_length=1)


class Phase(Entry):
    """One phase. `least` and `most` are the guide's own lengths, missing where it gives none; they drive no date.

    `also_called` holds its names in other editions; `entry` and `exit` what must be so before and after it.
    """

    id: PhaseId
    name: str
    also_called: tuple[str, ...] = ()
    least: Duration | None
    most: Duration | None
    length_note: str
    who: tuple[str, ...] = Field(min_length=1)
    entry: str
    exit: str
    milestones: tuple[MilestoneId, ...] = Field(min_length=1)
    edition_notes: str
    advice: tuple[Inset, ...] = Field(min_length=1, max_length=4)
    ready: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _both_lengths(self) -> Self:
        if (self.least is None) != (self.most is None):
            raise ValueError(f"{self.id} needs both lengths or neither")
        return self


class Milestone(Entry):
    """A point worth celebrating: reached when all tasks of `reached_by` that apply to the practice are finished.

    `gate` is the gate that stands at it, if any.
    """

    id: MilestoneId
    name: str
    phase: PhaseId
    reached_by: tuple[TaskId, ...] = Field(min_length=1)
    gate: GateId | None = None


class Need(Definition):
    """One thing a gate asks for: a finished task, a reached milestone, a kept rule, or a fact that people state."""

    words: str
    task: TaskId | None = None
    milestone: MilestoneId | None = None
    rule: RuleId | None = None
    fact: str | None = Field(default=None, pattern=r"^[a-z_]+$")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        named = [one for one in (self.task, self.milestone, self.rule, self.fact) if one is not None]
        if len(named) != 1:
            raise ValueError(f"'{self.words}' must name one task, milestone, rule or fact")
        return self

    @property
    def kind(self) -> Literal["task", "milestone", "rule", "fact"]:
        """What sort of thing is asked for."""
        if self.task:
            return "task"
        if self.milestone:
            return "milestone"
        return "rule" if self.rule else "fact"

    @property
    def ref(self) -> str:
        """Its id, or the name of the fact."""
        return self.task or self.milestone or self.rule or self.fact or ""


class Gate(Entry):
    """A hard stop: the tasks of `blocks` may not begin until every need is met.

    `status` says whether the guide names the signers. `readiness` names rows of the readiness questions.
    """

    id: GateId
    name: str
    question: str
    needs: tuple[Need, ...] = Field(min_length=1)
    blocks: tuple[TaskId, ...] = Field(min_length=1)
    signed_by: tuple[str, ...] = Field(min_length=1)
    readiness: tuple[ReadinessId, ...] = ()


class Phases(Definition):
    """The file of phases."""

    edition: str
    phases: Rows[Phase]


class Milestones(Definition):
    """The file of milestones."""

    edition: str
    milestones: Rows[Milestone]


class Gates(Definition):
    """The file of gates."""

    edition: str
    gates: Rows[Gate]


@lru_cache(maxsize=1)
def read_phases() -> tuple[Phase, ...]:
    """The shipped phases, in order. Raises `DefinitionError`."""
    return parse(Phases, resource(__package__, "phases.yaml")).phases


@lru_cache(maxsize=1)
def read_milestones() -> tuple[Milestone, ...]:
    """The shipped milestones, in order. Raises `DefinitionError`."""
    return parse(Milestones, resource(__package__, "milestones.yaml")).milestones


@lru_cache(maxsize=1)
def read_gates() -> tuple[Gate, ...]:
    """The shipped gates, in order. Raises `DefinitionError`."""
    return parse(Gates, resource(__package__, "gates.yaml")).gates
