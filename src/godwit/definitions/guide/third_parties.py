"""Parties and systems outside the practice that a migration touches, and the life of each link to them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.duration import Duration
from godwit.definitions.read import Definition, parse, resource


class Step(Definition):
    """What happens with a party in one stage. `gap`: the guide names the stage and gives no detail."""

    what: str
    status: Literal["stated", "inferred", "gap"] = "stated"

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"what": value} if isinstance(value, str) else value


class Stages(Definition):
    """What happens by stage: P03 · P04-P08 · P09-P11 · P12 · P13 and after. An empty stage asks for nothing."""

    kickoff: tuple[Step, ...] = ()
    pre_migration: tuple[Step, ...] = ()
    cutover_planning: tuple[Step, ...] = ()
    cutover: tuple[Step, ...] = ()
    go_live: tuple[Step, ...] = ()


class Notice(Definition):
    """How long before a change the party wants to be told. `value` is None where no source gives a figure: ask."""

    value: Duration | None = None
    source: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if (self.value is None) != (not self.source):
            raise ValueError("a notice period has a figure and its source, or neither")
        return self


class ThirdParty(Definition):
    """One party or system. `applies` lists conditions of which any brings it in; none means always.

    `link` says that it is switched off before the final extract and on again at go-live, so that it lives through
    the link states. `handled_by` are the tasks that deal with it.
    """

    id: str = Field(pattern=r"^TPY-\d\d$")
    slug: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    kind: str
    also_called: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    link: bool
    notice: Notice = Notice()
    stages: Stages
    handled_by: tuple[str, ...] = Field(min_length=1)
    who_tells: str
    source: tuple[str, ...] = Field(min_length=1)


class ThirdParties(Definition):
    """All of them, in the order of the guide's catalogue."""

    edition: str
    parties: tuple[ThirdParty, ...]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        if (
            not len(self.parties)
            == len({one.id for one in self.parties})
            == len({one.slug for one in self.parties})
        ):
            raise ValueError("an id or slug stands twice")
        return self


class LinkState(Definition):
    """One state of a link. `moves_on` says what brings it to the next state; the last one has none."""

    id: str = Field(pattern=r"^[a-z_]+$")
    name: str
    means: str
    moves_on: str | None


class Reminders(Definition):
    """When to remind a party, counted back from the day its link changes."""

    before_change: tuple[Duration, ...]
    status: Literal["stated", "proposed"]
    source: tuple[str, ...] = ()


class Chase(Definition):
    """When to ask again, counted from the notice, if nobody has acknowledged it."""

    after: Duration
    status: Literal["stated", "proposed"]
    source: tuple[str, ...] = ()


class LinkLife(Definition):
    """The states a link passes through in order, and when to remind and to chase."""

    edition: str
    status: Literal["stated", "proposed"]
    states: tuple[LinkState, ...]
    reminders: Reminders
    chase: Chase

    @model_validator(mode="after")
    def _leads_to_an_end(self) -> Self:
        if len({one.id for one in self.states}) != len(self.states):
            raise ValueError("a state stands twice")
        if [one.id for one in self.states if one.moves_on is None] != [self.states[-1].id]:
            raise ValueError("every state but the last says what moves it on")
        return self


@lru_cache(maxsize=1)
def read_third_parties() -> tuple[ThirdParty, ...]:
    """The 39 parties and systems. Raises `DefinitionError`."""
    return parse(ThirdParties, resource(__package__, "third_parties.yaml")).parties


@lru_cache(maxsize=1)
def read_link_life() -> LinkLife:
    """The life of a link. Raises `DefinitionError`."""
    return parse(LinkLife, resource(__package__, "link_states.yaml"))
