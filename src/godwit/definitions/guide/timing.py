"""When a task happens, as a programme office writes it and as the scheduler reads it.

A clause is one short line: ``by IDP - {extract_notice}``, ``from FDP - 2d``, ``on KO``, ``start on FDP``,
``finish on GL``, ``within 10wd of ORD``. Offsets count calendar days (``d``), working days (``wd``), weeks (``w``)
or months (``m``), or name a setting in braces. ``by GL if hardware_swap is go_live_day`` holds only where that setting
has that value. Bounds are hard; ``within`` is a deadline that is shown and never
moves another date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator

from godwit.definitions.guide.duration import Duration

Edge = Literal["start", "finish"]
Relation = Literal["on", "from", "by", "within"]

_OFFSET: Final = r"(?P<offset>\d+(?:d|wd|w|m)|\{[a-z_]+\})"
_PLACE: Final = r"(?P<ref>[A-Z]+|T\d\d-\d\d)(?:\.(?P<edge>start|finish))?"
_BOUND: Final = re.compile(
    rf"(?:(?P<of>start|finish) )?(?P<how>on|from|by) {_PLACE}(?: (?P<sign>[+-]) {_OFFSET})?"
)
_WITHIN: Final = re.compile(rf"within {_OFFSET} of {_PLACE}")
_IF: Final = re.compile(r"(?P<rule>.+) if (?P<setting>[a-z_]+) is (?P<value>[a-z0-9_]+)")
_SETTING: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: written out, or the name of the setting that holds it."""

    duration: Duration | None = None
    setting: str | None = None

    def __str__(self) -> str:
        return f"{{{self.setting}}}" if self.setting else str(self.duration)

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Read ``15wd`` or ``{extract_notice}``. Raises `ValueError` with the reason in words."""
        if named := _SETTING.fullmatch(text):
            return cls(setting=named[1])
        return cls(duration=Duration.parse(text))


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the plan: an anchor such as GL, or one end of a task, and how far before or after it."""

    ref: str
    edge: Edge | None = None
    sign: Literal[-1, 1] = 1
    offset: Amount | None = None

    def __str__(self) -> str:
        point = f"{self.ref}.{self.edge}" if self.edge else self.ref
        return f"{point} {'+' if self.sign > 0 else '-'} {self.offset}" if self.offset else point


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a timing rule. `of` is the end of the task it speaks about; None means both ends.

    `only_if` names a setting and the value at which the line holds: where editions differ in more than a figure.
    """

    relation: Relation
    place: Place
    of: Edge | None = None
    only_if: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self._bare()} if {self.only_if[0]} is {self.only_if[1]}" if self.only_if else self._bare()

    def _bare(self) -> str:
        if self.relation == "within":
            return f"within {self.place.offset} of {Place(self.place.ref, self.place.edge)}"
        return f"{self.of} {self.relation} {self.place}" if self.of else f"{self.relation} {self.place}"

    @classmethod
    def parse(cls, text: str) -> Clause:
        """Read one line. Raises `ValueError` that shows the line and what a line looks like."""
        if chosen := _IF.fullmatch(text):
            return replace(cls.parse(chosen["rule"]), only_if=(chosen["setting"], chosen["value"]))
        if found := _WITHIN.fullmatch(text):
            place = Place(found["ref"], _edge(found["edge"]), 1, Amount.parse(found["offset"]))
            return cls("within", place, "finish")
        if found := _BOUND.fullmatch(text):
            return cls(_relation(found["how"]), _place(found), _edge(found["of"]) or _own_end(found["how"]))
        raise ValueError(f"'{text}' is no timing; write for example 'by IDP - 15wd' or 'within 2d of SUR'")


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a task takes, from its start to its finish: least, likely and most.

    A span has no length of its own: it lasts from where its clauses start it to where they finish it.
    """

    least: Amount
    likely: Amount
    most: Amount
    span: bool = False

    @classmethod
    def parse(cls, value: object) -> Lasts:
        """Read ``span``, one length, or a list of three (least, likely, most). Raises `ValueError`."""
        if value == "span":
            return cls(_MOMENT, _MOMENT, _MOMENT, span=True)
        items = [str(one) for one in value] if isinstance(value, list) else [str(value)] * 3
        if len(items) != 3:
            raise ValueError("lasts is 'span', one length such as 5wd, or three: [3wd, 5wd, 15wd]")
        least, likely, most = (Amount.parse(one) for one in items)
        return cls(least, likely, most)


_MOMENT: Final = Amount(Duration.parse("0d"))
WITHIN_THE_DAY: Final = Lasts(_MOMENT, _MOMENT, _MOMENT)
"""The length of a task that is done within one day."""


def _edge(text: str | None) -> Edge | None:
    return "start" if text == "start" else "finish" if text == "finish" else None


def _relation(text: str) -> Relation:
    return "on" if text == "on" else "from" if text == "from" else "by"


def _own_end(how: str) -> Edge | None:
    """``by`` speaks of the finish and ``from`` of the start; ``on`` of both."""
    return {"by": _edge("finish"), "from": _edge("start")}.get(how)


def _place(found: re.Match[str]) -> Place:
    offset = Amount.parse(found["offset"]) if found["offset"] else None
    return Place(found["ref"], _edge(found["edge"]), -1 if found["sign"] == "-" else 1, offset)


def _clause(value: Any) -> Clause:
    return value if isinstance(value, Clause) else Clause.parse(str(value))


def _lasts(value: Any) -> Lasts:
    return value if isinstance(value, Lasts) else Lasts.parse(value)


TimingClause = Annotated[Clause, BeforeValidator(_clause)]
TaskLasts = Annotated[Lasts, BeforeValidator(_lasts)]
