"""A role's two pages for the wall: what to do this week and next, and the weeks until go-live.

The same content is printed from a browser page and as a PDF. It always fills exactly two pages: what does not fit
on the first is counted there and stands in the spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.papers.page_templates import template
from godwit.papers.paper import PaperRefused
from godwit.papers.plan_words import PlanWords
from godwit.plan.making import Plan
from godwit.plan.planned import PlannedTask
from godwit.plan.wording import count_words, day_words

WEEK: Final = timedelta(days=7)
MOST_TASKS: Final = 44
"""The most boxes that fit on the first page of the browser's sheet, both weeks together."""
MOST_WEEKS: Final = 30
MOST_DATES: Final = 9
MOST_GOING_ON: Final = 6
AIRY, ROOMY, TIGHT = 7, 14, 26
"""Up to so many tasks the type is large; up to so many the sheet says what shows that each is done; up to so many
it has one column."""
CALLED: Final = (
    "project_manager",
    "practice_manager",
    "lead_gp",
    "it_lead",
    "new_supplier",
    "current_supplier",
    "delivery_partner",
    "commissioner",
)


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to tick off."""

    text: str
    day: str
    shows: str
    critical: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week with its boxes; `left_out` counts those that did not fit."""

    title: str
    boxes: tuple[Box, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Square:
    """One week of the strip: its Monday, how many of the role's tasks are due in it, and its milestones."""

    monday: date
    due: int
    milestones: tuple[str, ...]
    go_live: bool


@dataclass(frozen=True, slots=True)
class WallSheet:
    """All that stands on the two pages."""

    role: str
    person: str
    practice: str
    monday: date
    go_live: date
    weeks: tuple[Week, Week]
    going_on: tuple[str, ...]
    strip: tuple[Square, ...]
    weeks_after: int
    dates: tuple[tuple[str, date], ...]
    people: tuple[tuple[str, str], ...]

    @property
    def density(self) -> str:
        """How closely the boxes stand: airy, roomy, tight or full."""
        count = sum(len(one.boxes) for one in self.weeks)
        steps = ((AIRY, "airy"), (ROOMY, "roomy"), (TIGHT, "tight"))
        return next((name for most, name in steps if count <= most), "full")

    @property
    def until(self) -> str:
        """How far go-live is from this week, in words."""
        weeks = (self.go_live - self.monday).days // 7
        if weeks > 0:
            return f"{count_words(weeks, 'week')} to go-live on {day_words(self.go_live)}"
        return f"Go-live {'this week' if weeks == 0 else 'was'} on {day_words(self.go_live)}"


def wall_sheet(plan: Plan, role: str, week_of: date, most: int = MOST_TASKS) -> WallSheet:
    """The sheet of a role for the week that holds `week_of`, with at most so many boxes.

    Raises `PaperRefused` for a role that the guide lacks.
    """
    words = PlanWords(plan.guide)
    if role not in {one.slug for one in plan.guide.roles.roles}:
        raise PaperRefused(f"there is no role called {role}")
    monday = week_of - timedelta(days=week_of.weekday())
    tasks = [one for one in plan.schedule.tasks.values() if role in one.task.responsible]
    person = plan.case.practice.people.get(role)
    strip, weeks_after = _strip(plan, tasks, monday)
    return WallSheet(
        role=words.role(role).name,
        person=person.name if person else "",
        practice=plan.case.practice.practice,
        monday=monday,
        go_live=plan.schedule.go_live,
        weeks=_weeks(tasks, monday, plan.schedule.today, most),
        going_on=tuple(_going_on(tasks, monday)),
        strip=strip,
        weeks_after=weeks_after,
        dates=tuple(_dates(plan, monday)),
        people=tuple(_people(plan, words, role)),
    )


def _weeks(tasks: Iterable[PlannedTask], monday: date, today: date, most: int) -> tuple[Week, Week]:
    """This week, with what is left over, and next week; the first has the first claim on the room."""
    ordered = sorted(tasks, key=lambda one: (one.due, one.start, one.task.id))
    over = [one for one in ordered if one.due < min(monday, today) and one.status != "done"]
    this = [*over, *(one for one in ordered if monday <= one.due < monday + WEEK)]
    following = [one for one in ordered if monday + WEEK <= one.due < monday + 2 * WEEK]
    room = max(most - len(this), most // 4)
    left = most - min(len(following), room)
    return (
        _week(f"This week, {_week_words(monday)}", this, left, monday),
        _week(f"Next week, {_week_words(monday + WEEK)}", following, room, monday),
    )


def _week(title: str, tasks: list[PlannedTask], most: int, monday: date) -> Week:
    return Week(title, tuple(_box(one, monday) for one in tasks[:most]), max(len(tasks) - most, 0))


def _box(one: PlannedTask, monday: date) -> Box:
    left_over = one.due < monday and one.status != "done"
    return Box(
        text=f"{one.task.id} {one.task.name}",
        day=f"left over from {_short(one.due)}" if left_over else _short(one.due),
        shows="; ".join(one.task.evidence),
        critical=one.critical,
        done=one.status == "done",
    )


def _going_on(tasks: Iterable[PlannedTask], monday: date) -> Iterator[str]:
    """What runs on beyond next week and has begun by then."""
    end = monday + 2 * WEEK
    running = [one for one in tasks if one.start < end <= one.due and one.status != "done"]
    running.sort(key=lambda one: (one.due, one.task.id))
    for one in running[:MOST_GOING_ON]:
        yield f"{one.task.id} {one.task.name} (to {day_words(one.due)})"
    if len(running) > MOST_GOING_ON:
        yield f"{count_words(len(running) - MOST_GOING_ON, 'more task')}, in the spreadsheet"


def _strip(plan: Plan, tasks: list[PlannedTask], monday: date) -> tuple[tuple[Square, ...], int]:
    """The weeks until two after go-live, or until the end of the plan once that has passed; and how many more."""
    last = plan.schedule.go_live + 2 * WEEK
    if last < monday:
        last = max(one.due for one in plan.schedule.tasks.values())
    count = max((last - monday).days // 7 + 1, 1)
    mondays = [monday + place * WEEK for place in range(min(count, MOST_WEEKS))]
    return tuple(_square(plan, tasks, one) for one in mondays), max(count - MOST_WEEKS, 0)


def _square(plan: Plan, tasks: list[PlannedTask], monday: date) -> Square:
    end = monday + WEEK
    return Square(
        monday=monday,
        due=sum(monday <= one.due < end and one.status != "done" for one in tasks),
        milestones=tuple(one.milestone.name for one in plan.milestones if monday <= one.day < end),
        go_live=monday <= plan.schedule.go_live < end,
    )


def _dates(plan: Plan, monday: date) -> Iterator[tuple[str, date]]:
    """The next milestones; go-live is always among them while it is to come."""
    coming = sorted((one for one in plan.milestones if one.day >= monday), key=lambda one: one.day)
    shown = coming[:MOST_DATES]
    for one in shown:
        yield one.milestone.name, one.day
    if plan.schedule.go_live > (shown[-1].day if shown else plan.schedule.go_live):
        yield "Go-live", plan.schedule.go_live


def _people(plan: Plan, words: PlanWords, own: str) -> Iterator[tuple[str, str]]:
    """Whom to call: a name and contact, or nothing, which leaves a line to write on."""
    for slug in CALLED:
        if slug != own:
            person = plan.case.practice.people.get(slug)
            told = ", ".join(one for one in (person.name, person.contact) if one) if person else ""
            yield words.role(slug).name, told


def _short(day: date) -> str:
    return day_words(day).rpartition(" ")[0]


def _week_words(monday: date) -> str:
    return f"{_short(monday)} to {_short(monday + timedelta(days=4))}"


def wall_sheet_html(plan: Plan, role: str, week_of: date, made_on: date) -> str:
    """The sheet as a page that prints on two A4 sheets. Raises `PaperRefused` for an unknown role."""
    return template("wall.html.jinja").render(sheet=wall_sheet(plan, role, week_of), made_on=made_on)
