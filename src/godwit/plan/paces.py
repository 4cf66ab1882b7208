"""The fastest lawful plan and the comfortable one, and where the difference lies, chain by chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from godwit.plan.overlays import durations_of
from godwit.plan.planned import Link
from godwit.plan.rules.counting import moved
from godwit.plan.scheduler import Case, Scheduler
from godwit.plan.settings import PACES, Pace

EXTRACT_LOOP: Final = timedelta(weeks=6)
"""What SLA-10 allows from the first request for an extract to the end of checking."""


@dataclass(frozen=True, slots=True)
class PaceLine:
    """One pace: when its order would be placed for this go-live, the earliest go-live from today, and its chain.

    `extract_loop` is the working days from the latest lawful request for the first extract to the data sign-off, for
    which SLA-10 allows six weeks; `loop_kept` says whether it stays within them.
    """

    pace: Pace
    order_on: date
    weeks: float
    earliest_go_live: date
    feasible: bool
    extract_loop: int
    loop_kept: bool
    chain: tuple[Link, ...]
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A task on the chain of either pace and how many working days it takes there; None where it is not on it."""

    task: str
    name: str
    fastest: int | None
    comfortable: int | None


def pace_lines(scheduler: Scheduler, case: Case) -> tuple[PaceLine, ...]:
    """All paces for one case, from the most patient to the quickest. Raises as `Scheduler.at` does."""
    return tuple(_line(scheduler, case, pace) for pace in PACES)


def steps_between(scheduler: Scheduler, case: Case) -> tuple[Step, ...]:
    """Where the days between the fastest and the comfortable plan go: the chains side by side.

    Each chain is split at its tasks; a task's days are the working days from when the one before it let go until it
    is finished, waiting included.
    """
    calendar = scheduler.calendar
    chains: dict[Pace, dict[str, int]] = {}
    ends_of: tuple[Pace, ...] = ("fastest", "comfortable")
    for pace in ends_of:
        made = scheduler.at(case, pace).chain
        ends = [one.due for one in made]
        chains[pace] = {
            one.task: calendar.working_days_between(before, one.due)
            for one, before in zip(made, [made[0].start, *ends], strict=False)
        }
    names = {one.id: one.name for one in scheduler.guide.tasks}
    ids = [*chains["comfortable"], *(one for one in chains["fastest"] if one not in chains["comfortable"])]
    return tuple(
        Step(one, names[one], chains["fastest"].get(one), chains["comfortable"].get(one))
        for one in sorted(ids)
    )


def _line(scheduler: Scheduler, case: Case, pace: Pace) -> PaceLine:
    made = scheduler.at(case, pace)
    order, go_live = made.on("ORD"), made.on("GL")
    own = scheduler.settings(case, pace)
    notice = durations_of(own)["extract_notice"]
    asked = moved(scheduler.calendar, made.on("IDP"), notice, -1)
    chosen = tuple(f"{name}: {one.value}" for name, one in own.items() if one.chosen_by == f"the {pace} pace")
    return PaceLine(
        pace=pace,
        order_on=order,
        weeks=round((go_live - order).days / 7, 1),
        earliest_go_live=made.earliest_go_live,
        feasible=made.too_late is None,
        extract_loop=scheduler.calendar.working_days_between(asked, made.on("SIGNOFF")),
        loop_kept=made.on("SIGNOFF") <= asked + EXTRACT_LOOP,
        chain=made.chain,
        settings=chosen,
    )
