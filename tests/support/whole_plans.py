"""Whole plans of made-up practices by the shipped guide, for tests of what is printed from them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.seasons import read_seasons
from godwit.plan.case import Facts, Practice
from godwit.plan.making import Plan, PlanMaker
from godwit.plan.scheduler import Case

MADE_ON = date(2026, 11, 23)
GO_LIVE = date(2027, 6, 18)
TRICKY = "=1+1 </script> & Söns’ Surgery"
"""A name that would be a formula, a tag or a letter lost if somebody were careless."""


@dataclass(frozen=True)
class MadeMove:
    """A move as a plan's record keeps it."""

    at: date
    by: str
    name: str
    moved_from: date
    moved_to: date
    reason: str


MOVES = (
    MadeMove(
        date(2026, 12, 1), "", "MS-13", date(2027, 5, 5), date(2027, 5, 12), "The supplier has no slot <b>"
    ),
    MadeMove(date(2026, 12, 8), "A. Made-up", "GL", date(2027, 6, 11), GO_LIVE, "Leave of the lead GP"),
)


@lru_cache(maxsize=1)
def maker() -> PlanMaker:
    return PlanMaker(read_guide(), read_bank_holidays(), read_seasons())


def made(go_live: date = GO_LIVE, today: date = MADE_ON, facts: Any = None, **practice: Any) -> Plan:
    whose = Practice.model_validate({"practice": "Wader Lane Surgery", **practice})
    return maker().make(Case(whose, go_live, today, Facts.model_validate(facts or {})))


@lru_cache(maxsize=1)
def fresh() -> Plan:
    """Nothing has happened yet."""
    return made()


@lru_cache(maxsize=1)
def too_late() -> Plan:
    """A go-live that nobody can keep."""
    return made(go_live=date(2026, 12, 11))


@lru_cache(maxsize=1)
def under_way() -> Plan:
    """On the day before kick-off, with people, tasks done, a date confirmed and a name that is hard to print."""
    early = [one for one in fresh().schedule.tasks.values() if one.due < date(2027, 3, 12)]
    return made(
        today=date(2027, 3, 18),
        practice=TRICKY,
        ods_code="Z99999",
        current_system="Old System",
        new_system="New System",
        people={"project_manager": {"name": "A. Made-up", "contact": "01632 960000"}},
        third_parties={"docman": {"product": "=DocMan", "contact": "desk@example.org"}},
        facts={
            "done": {one.task.id: one.due for one in early},
            "dates": {"GL": {"day": GO_LIVE, "status": "confirmed"}},
        },
    )
