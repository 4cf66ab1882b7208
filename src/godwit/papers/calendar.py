"""Dates as a calendar file (RFC 5545) that Outlook, Google and Apple calendars can take in, and take in again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import icalendar

from godwit.papers.characters import visible
from godwit.papers.paper import PaperRefused

PRODUCT = "-//Godwit//Practice migration plan//EN"
REMINDER_TIME = timedelta(hours=9)
"""The time of day of a reminder: when people are at work, not at midnight, when an all-day entry begins."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, lasting whole days from `first_on` to `last_on`, both included.

    `uid` is the same for ever, such as `T05-04@example-surgery.godwit`: a calendar that has the entry already
    changes it where `revision` is higher, and strikes it out where it is CANCELLED. `reminders` are days before
    the first day; 0 is the day itself. `changed_at` is when the plan last changed it.
    """

    uid: str
    first_on: date
    last_on: date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"] = "CONFIRMED"
    revision: int = 0
    reminders: tuple[int, ...] = (7, 0)
    changed_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.uid.strip() or not self.summary.strip():
            raise PaperRefused("a calendar entry needs an id and a summary")
        if self.last_on < self.first_on:
            raise PaperRefused(f"calendar entry {self.uid} ends before it begins")
        if self.revision < 0 or any(days < 0 for days in self.reminders):
            raise PaperRefused(f"calendar entry {self.uid} has a revision or a reminder below nought")
        if self.changed_at is not None and self.changed_at.tzinfo is None:
            raise PaperRefused(f"calendar entry {self.uid} was changed at a time without its zone")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar file by the name that people see, as it stood at `made_at`, a time with its zone."""

    name: str
    made_at: datetime
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise PaperRefused("a calendar was made at a time without its zone")
        uids = {entry.uid for entry in self.entries}
        if len(uids) != len(self.entries):
            raise PaperRefused("two calendar entries have the same id")


def ics_bytes(calendar: Calendar) -> bytes:
    """The calendar as an .ics file; the same calendar always gives the same bytes."""
    file = icalendar.Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", visible(calendar.name))
    made_at = _utc(calendar.made_at)
    for entry in calendar.entries:
        file.add_component(_event(entry, made_at))
    content: bytes = file.to_ical()
    return content


def _event(entry: Entry, made_at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("last-modified", _utc(entry.changed_at) if entry.changed_at else made_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.first_on)
    event.add("dtend", entry.last_on + timedelta(days=1))  # the first day that is free again
    event.add("summary", visible(entry.summary))
    if entry.description:
        event.add("description", visible(entry.description))
    if entry.categories:
        event.add("categories", [visible(category) for category in entry.categories])
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT")  # a task takes nobody's whole day
    if entry.status != "CANCELLED":
        for days in entry.reminders:
            event.add_component(_reminder(entry, days))
    return event


def _reminder(entry: Entry, days: int) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", visible(entry.summary))
    alarm.add("trigger", REMINDER_TIME - timedelta(days=days))
    return alarm


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
