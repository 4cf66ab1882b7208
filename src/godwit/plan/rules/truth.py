"""What an expression can come to: a value, or that it cannot be told and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from godwit.definitions.guide.duration import Duration
from godwit.plan.scene import Scene

Base = Literal["date", "count", "yes_no", "text", "list", "duration"]
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that cannot be given yet. `reasons` are sentences for people, each of them once."""

    reasons: tuple[str, ...]


Value = date | int | str | bool | Duration | tuple[Row, ...] | Unknown


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is. A text may be one of `choices`; a list has `columns`, by name, each with its kind.

    `about` says in words what a column holds, for where a row leaves it out.
    """

    base: Base
    choices: tuple[str, ...] = ()
    columns: Mapping[str, Kind] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What an expression looks at: a scene and, inside a list, one row of it."""

    scene: Scene
    row: Row | None = None


Run = Callable[[Look], Value]


@dataclass(frozen=True, slots=True)
class Term:
    """A compiled piece of an expression."""

    kind: Kind
    run: Run


def always(value: Value) -> Run:
    """The same value wherever one looks."""

    def run(_look: Look) -> Value:
        return value

    return run


def unknown(values: Iterable[Value]) -> Unknown | None:
    """All that is not known among `values`, together; None if everything is."""
    reasons = dict.fromkeys(reason for one in values if isinstance(one, Unknown) for reason in one.reasons)
    return Unknown(tuple(reasons)) if reasons else None


def all_of(values: Iterable[Value]) -> Value:
    """Whether all hold. One that does not decides it, whatever is not known about the others."""
    held = tuple(values)
    if any(one is False for one in held):
        return False
    return unknown(held) or True


def any_of(values: Iterable[Value]) -> Value:
    """Whether one at least holds. One that does decides it, whatever is not known about the others."""
    held = tuple(values)
    if any(one is True for one in held):
        return True
    return unknown(held) or False
