"""What every document is filled in from: the plan, the day it is made, and one notice or stream where it is for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from godwit.definitions.guide.capture_streams import CaptureStream
from godwit.papers.paper import long_date
from godwit.plan.case import Person
from godwit.plan.making import Plan
from godwit.plan.notices import PartyNotice
from godwit.plan.wording import day_words

Item = PartyNotice | CaptureStream
NOBODY: Final = Person(name="")


def day_in_words(day: date | None) -> str:
    """A date as people say it: Friday 18 June 2027; empty for none."""
    return f"{day:%A} {long_date(day)}" if day else ""


def short_day(day: date | None) -> str:
    """A date as tables have it: Fri 18 Jun 2027; empty for none."""
    return day_words(day) if day else ""


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Desk:
    """A plan on the desk of whoever fills in a document; `item` is the notice or stream that it is about."""

    plan: Plan
    made_on: date
    item: Item | None = None

    def about(self, item: Item) -> Desk:
        """The same desk, for a document about one notice or stream."""
        return replace(self, item=item)

    @property
    def notice(self) -> PartyNotice:
        """The notice it is about. Raises `TypeError` in a document that is about none."""
        if not isinstance(self.item, PartyNotice):
            raise TypeError("this document is about no third party")
        return self.item

    @property
    def stream(self) -> CaptureStream:
        """The capture stream it is about. Raises `TypeError` in a document that is about none."""
        if not isinstance(self.item, CaptureStream):
            raise TypeError("this document is about no capture stream")
        return self.item

    def applies(self, conditions: Iterable[str]) -> bool:
        """Whether something with these conditions applies to the practice: any of them, or none asked."""
        wanted = tuple(conditions)
        return not wanted or not self.plan.conditions.isdisjoint(wanted)

    def roles(self, slugs: Iterable[str]) -> str:
        """The names of roles, as one text."""
        return ", ".join(self.plan.guide.roles.of(one).name for one in slugs)

    def person(self, role: str) -> Person:
        """Who fills a role; nobody by name if the practice has not said."""
        return self.plan.case.practice.people.get(role, NOBODY)

    def last_due(self, tasks: Iterable[str]) -> date | None:
        """The day on which the last of some tasks is due; None where the plan holds none of them."""
        found = (self.plan.schedule.tasks[one].due for one in tasks if one in self.plan.schedule.tasks)
        return max(found, default=None)

    def anchor(self, name: str) -> date | None:
        """The day of an anchor such as GL; None where it does not apply."""
        found = self.plan.schedule.anchors.get(name)
        return found.start if found else None
